"""The default engine: PP-OCRv6's small networks, which the rapidocr wheel carries, under a driver of our own.

RapidOCR's own driver reads the same text in three and a half times the time. Pages come upright and straight, so there
is no classifier of lines and no turning of crops; the lines of noisy pages are smoothed before they are read.

>>> import cv2
>>> image = np.full((100, 300, 3), 255, np.uint8)
>>> _ = cv2.putText(image, "4096.50", (40, 60), cv2.FONT_HERSHEY_DUPLEX, 1.2, (0, 0, 0), 2)
>>> [line.text for line in Engine().read(image)]
['4096.50']
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from pipeline.errors import EngineMissingError
from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr import engine, network, noise
from pipeline.ocr.detect import Detector
from pipeline.ocr.engine import Pixels, moved
from pipeline.ocr.ink import crop, rows_of
from pipeline.ocr.network import DEFAULT, Compute
from pipeline.ocr.recognise import Recogniser

DETECTION = "PP-OCRv6_det_small.onnx"
RECOGNITION = "PP-OCRv6_rec_small.onnx"
DRIVER = 41  # to be raised by every change to what is read
TALL = 1.7  # of the page's usual line: a box of several rows
MARGIN = 0.15  # of a row's height: paper left around a row that was cut out of a tall box


class Engine(engine.Engine):
    """PP-OCRv6 small."""

    name = "rapid"

    def __init__(self, compute: Compute = DEFAULT) -> None:
        models = model_folder()
        self.version = f"{importlib.metadata.version('rapidocr')}+{DRIVER} {network.version(compute)}"
        self.detector = Detector(models / DETECTION, compute)
        self.recogniser = Recogniser(models / RECOGNITION, compute)

    @property
    def inference(self) -> Mapping[str, float]:
        return {"detect": self.detector.network.seconds, "recognise": self.recogniser.seconds}

    def read(self, image: Pixels, cleared: Pixels | None = None) -> tuple[Line, ...]:
        plain = image if cleared is None else cleared
        specked = noise.is_specked(plain)
        boxes = tuple(single_rows(self.detector.find(noise.without_specks(plain) if specked else plain), plain))
        crops = [crop(image, box) for box in boxes]
        inked = None if cleared is None else [crop(cleared, box) for box in boxes]
        noisy = noise.noise_of(plain) > noise.NOISY
        lines = self.recogniser.read([noise.smoothed(piece) for piece in crops] if noisy else crops, inked=inked)
        placed = (moved(line, int(box.x0), int(box.y0)) for line, box in zip(lines, boxes, strict=True))
        return tuple(line for line in placed if line.words)

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        return self.recogniser.read(crops, squeeze=1.0)  # another look, at full width

    def likelihood(self, crop: Pixels, texts: Sequence[str]) -> tuple[float, ...]:
        return self.recogniser.likelihood(crop, texts)


def model_folder() -> Path:
    """Where the rapidocr wheel keeps its networks; the package itself is never imported, which would take a second."""
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    if not folder or not all((folder / name).is_file() for name in (DETECTION, RECOGNITION)):
        raise EngineMissingError('rapid 引擎缺少模型文件，请安装：pip install "rapidocr>=3.10,<3.11"')
    return folder


def single_rows(boxes: Sequence[Box], image: Pixels) -> Iterator[Box]:
    """The boxes, those that took several rows for one line cut into rows."""
    usual = float(np.median([box.height for box in boxes])) if boxes else 0.0
    for box in boxes:
        rows = rows_of(crop(image, box)) if box.height > TALL * usual else []
        if len(rows) < 2:
            yield box
        else:
            yield from (row_box(box, top, bottom) for top, bottom in rows)


def row_box(box: Box, top: int, bottom: int) -> Box:
    margin = MARGIN * (bottom - top)
    return Box(box.x0, max(box.y0, box.y0 + top - margin), box.x1, min(box.y1, box.y0 + bottom + margin))
