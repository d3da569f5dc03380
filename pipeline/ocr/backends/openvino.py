"""OpenVINO: computes in bfloat16 where the processor can, in 0.6 of the time. It comes with hetong on x86-64 alone.

Processors with AVX512-BF16 or AMX multiply bfloat16 twice as fast as float; OpenVINO finds that out by itself. Others
compute in full precision. It prepares for each width of a row once, which costs more than reading it, so widths are
rounded up: finely for narrow rows, where filling costs most. A sigmoid over a whole page takes a tenth of finding its
lines, a softmax over all characters a tenth of reading one, and only the few pixels and steps where they decide need
them: both are left out. Threads aren't pinned to cores: every process of a batch would pin its own to the first.

>>> [Network.roomy(width) for width in (96, 100, 200, 500)]
[96, 112, 224, 512]
"""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import extras
from pipeline.ocr import network
from pipeline.ocr.network import FULL, Array

BRAIN = "bf16"  # Google Brain's half precision: the range of float, eight bits of mantissa
ACTIVATIONS = {"Sigmoid", "Softmax"}  # that a network ends with
FINE, COARSE, NARROW = 16, 32, 192  # columns: steps of the widths up to `NARROW`, and beyond


class Network(network.Network):
    """A network compiled for this processor."""

    def __init__(self, path: Path, threads: int = 1) -> None:
        model = core().read_model(path)
        self.about = model.get_rt_info()["framework"]
        last = model.outputs[0].get_node().input_value(0).get_node()
        self.raw = last.get_type_name() in ACTIVATIONS
        if self.raw:
            model = openvino().Model([last.input_value(0)], model.get_parameters())
        self.request = core().compile_model(model, "CPU", options(threads)).create_infer_request()
        self.seconds = 0.0

    def __call__(self, blob: Array) -> Array:
        start = time.perf_counter()
        self.request.infer({0: blob}, share_inputs=True)
        output: Array = self.request.get_output_tensor(0).data
        self.seconds += time.perf_counter() - start
        return output

    def metadata(self, key: str) -> str:
        return str(self.about[key].value)

    @staticmethod
    @cache
    def precision() -> str:
        return BRAIN if core().get_property("CPU", "INFERENCE_PRECISION_HINT").to_string() == BRAIN else FULL

    @staticmethod
    def roomy(width: int) -> int:
        step = FINE if width <= NARROW else COARSE
        return -(-width // step) * step


def openvino() -> Any:
    """OpenVINO itself; ExtraMissingError where it is not installed."""
    return extras.needed("openvino", "openvino")


@cache
def core() -> Any:
    """What compiles networks; ExtraMissingError where OpenVINO is not installed."""
    return openvino().Core()


def options(threads: int) -> dict[str, Any]:
    """One stream of `threads` threads; results don't depend on their number."""
    return {
        "INFERENCE_PRECISION_HINT": Network.precision(),
        "INFERENCE_NUM_THREADS": threads,
        "NUM_STREAMS": 1,
        "ENABLE_CPU_PINNING": False,
    }
