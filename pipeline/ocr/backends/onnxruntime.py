"""ONNX Runtime: runs everywhere and computes in full precision, so that machines of any kind read the same.

The options matter more than the model: the detector is full of denormal numbers, which cost a CPU four times the time
unless they count as zero, and the memory arena keeps a block for every width of line it ever saw.

>>> options(2).intra_op_num_threads
2
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import onnxruntime

from pipeline.ocr import network
from pipeline.ocr.network import FULL, Array

STEP = 8  # columns that the recogniser's network makes one of


def options(threads: int) -> Any:
    """Session options: denormals as zero, no arena, `threads` threads that sleep when there is nothing to do."""
    chosen = onnxruntime.SessionOptions()
    chosen.intra_op_num_threads = threads
    chosen.inter_op_num_threads = 1
    chosen.enable_cpu_mem_arena = False
    chosen.log_severity_level = 3
    chosen.add_session_config_entry("session.set_denormal_as_zero", "1")
    chosen.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return chosen


class Network(network.Network):
    """A network in an ONNX Runtime session."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        self.session = onnxruntime.InferenceSession(str(path), options(threads), providers=["CPUExecutionProvider"])
        self.input = self.session.get_inputs()[0].name
        self.seconds, self.raw = 0.0, False

    def __call__(self, blob: Array) -> Array:
        start = time.perf_counter()
        output: Array = self.session.run(None, {self.input: blob})[0]
        self.seconds += time.perf_counter() - start
        return output

    def metadata(self, key: str) -> str:
        return str(self.session.get_modelmeta().custom_metadata_map[key])

    @staticmethod
    def precision() -> str:
        return FULL

    @staticmethod
    def roomy(width: int) -> int:
        return -(-width // STEP) * STEP
