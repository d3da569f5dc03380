"""What runs a neural network: the same ONNX files under one of several libraries, the time inside them counted.

A backend is a module of `pipeline.ocr.backends` with a class `Network`; no list names them. They differ in speed and,
from the fifth digit on, in what they compute; some compute in half precision where the processor can. So the backend
and its precision stand in the engine's version: pages are cached, and records made, under them.

"auto" takes the backend that is known to be fastest on this machine: OpenVINO where it is
installed and the processor multiplies bfloat16 by itself (it then takes 0.6 of the time), else ONNX Runtime.

>>> chosen("onnxruntime")
'onnxruntime'
>>> chosen("no-such")
Traceback (most recent call last):
pipeline.errors.UsageError: 没有名为 no-such 的推理后端；可用：auto、onnxruntime、openvino
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from pipeline import discover
from pipeline.errors import ExtraMissingError, UsageError

Array: TypeAlias = npt.NDArray[np.float32]

PACKAGE = "pipeline.ocr.backends"
AUTO, EVERYWHERE, FAST = "auto", "onnxruntime", "openvino"
FULL = "f32"  # the precision that every processor has


@dataclass(frozen=True, slots=True)
class Compute:
    """What an engine's networks may compute with."""

    threads: int = 1
    backend: str = AUTO


DEFAULT = Compute()


class Network(Protocol):
    """One network; `seconds` is the time spent inside it so far, `raw` whether it leaves out the activation (sigmoid
    or softmax) that its file ends with."""

    seconds: float
    raw: bool

    def __init__(self, path: Path, threads: int = 1) -> None: ...

    def __call__(self, blob: Array) -> Array:
        """The network's first output for one batch: to be used before the next call, which may take its memory."""

    def metadata(self, key: str) -> str:
        """What the file says about itself under `key`; KeyError where it says nothing."""

    @staticmethod
    def precision() -> str:
        """What this machine's networks compute in, f32 or bf16; ExtraMissingError where the library is missing."""

    @staticmethod
    def roomy(width: int) -> int:
        """The width that a row of this width is filled up to: backends that prepare for each width want few."""


def opened(path: Path, compute: Compute) -> Network:
    """The network in the file, under the backend that was asked for."""
    network: Network = backend(chosen(compute.backend))(path, compute.threads)
    return network


def opened_in_full(path: Path, compute: Compute, network: Network) -> Network:
    """The network in full precision: the very same where it already is."""
    return network if network.precision() == FULL else opened(path, Compute(compute.threads, EVERYWHERE))


def version(compute: Compute) -> str:
    """The backend and its precision, as an engine's version names them."""
    name = chosen(compute.backend)
    return f"{name}-{backend(name).precision()}"


def backend(name: str) -> type[Network]:
    found: type[Network] = discover.modules(PACKAGE, "Network")[name].Network
    return found


@cache
def chosen(name: str) -> str:
    """The backend of that name, `auto` resolved; UsageError if there is none."""
    known = tuple(discover.modules(PACKAGE, "Network"))
    if name not in (AUTO, *known):
        raise UsageError(f"没有名为 {name} 的推理后端；可用：{'、'.join((AUTO, *known))}")
    return automatic() if name == AUTO else name


def automatic() -> str:
    try:
        return FAST if backend(FAST).precision() != FULL else EVERYWHERE
    except ExtraMissingError:
        return EVERYWHERE
