"""PaddleOCR's own pipeline over the same networks as the default engine: `pip install "hetong[paddle]"`.

PaddleOCR downloads its networks unless it is given folders, so folders are made of the files in the rapidocr wheel,
each with an `inference.yml` that says how they take their input. The environment variable HETONG_PADDLE_MODELS
names a folder of other networks: `det/` and `rec/`, as PaddleX exports them for ONNX Runtime.

PaddleOCR gives one confidence a line, so every word carries
its line's.

>>> [(char.text, char.x0, char.x1) for char in chars_of("12", (10, 0, 30, 20), 0.9)]
[('1', 10.0, 20.0), ('2', 20.0, 30.0)]
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import EngineError, EngineMissingError
from pipeline.model.page import Line
from pipeline.model.source import Box
from pipeline.ocr import engine
from pipeline.ocr.detect import GROWTH, LONG_SIDE, SURE, TEXT
from pipeline.ocr.engine import Char, Pixels, line_of
from pipeline.ocr.network import DEFAULT, EVERYWHERE, Compute, opened
from pipeline.ocr.rapid import DETECTION, RECOGNITION, model_folder

DETECTOR = "PP-OCRv6_small_det"
RECOGNISER = "PP-OCRv6_small_rec"
MODELS = "HETONG_PADDLE_MODELS"
MISSING = 'paddle 引擎未安装，请运行：pip install "hetong[paddle]"'

DETECTION_CONFIG: dict[str, Any] = {
    "Global": {"model_name": DETECTOR},
    "PreProcess": {
        "transform_ops": [
            {"DetResizeForTest": {"resize_long": LONG_SIDE}},
            {"NormalizeImage": {"mean": [0.5] * 3, "std": [0.5] * 3, "scale": "1./255.", "order": "hwc"}},
            {"ToCHWImage": None},
        ]
    },
    "PostProcess": {"name": "DBPostProcess", "thresh": TEXT, "box_thresh": SURE, "unclip_ratio": GROWTH},
}


class Engine(engine.Engine):
    """PaddleOCR 3.7 or later on ONNX Runtime, without paddlepaddle."""

    name = "paddle"

    def __init__(self, compute: Compute = DEFAULT) -> None:
        paddleocr = imported()
        self.version = importlib.metadata.version("paddleocr")
        self.seconds = 0.0
        how: dict[str, Any] = {
            "engine": "onnxruntime",
            "engine_config": {"intra_op_num_threads": compute.threads, "enable_cpu_mem_arena": False},
        }
        with tempfile.TemporaryDirectory(prefix="hetong-paddle-") as made:
            chosen = os.environ.get(MODELS)
            detector, recogniser = own_folders(Path(chosen)) if chosen else made_folders(Path(made))
            self.page = page_reader(paddleocr, detector, recogniser, how)
            self.row = paddleocr.TextRecognition(model_name=name_in(recogniser), model_dir=str(recogniser), **how)

    @property
    def inference(self) -> Mapping[str, float]:
        return {"recognise": self.seconds}

    def read(self, image: Pixels, cleared: Pixels | None = None) -> tuple[Line, ...]:
        plain = image if cleared is None else cleared
        return tuple(line for result in self.timed(self.page, plain) for line in lines_of(result))

    def read_crops(self, crops: Sequence[Pixels]) -> tuple[Line, ...]:
        return tuple(row_of(self.timed(self.row, crop)[0], crop) for crop in crops)

    def timed(self, model: Any, image: Pixels) -> list[Any]:
        start = time.perf_counter()
        try:
            return list(model.predict(image))
        except RuntimeError as error:
            raise EngineError(f"paddle 识别失败：{error}") from error
        finally:
            self.seconds += time.perf_counter() - start


def imported() -> Any:
    """The package, kept from looking for networks on the internet; EngineMissingError if it is not installed."""
    os.environ.setdefault("PADDLE_PDX_DISABLE_MODEL_SOURCE_CHECK", "True")
    try:
        import paddleocr
    except ImportError as error:
        raise EngineMissingError(MISSING) from error
    return paddleocr


def page_reader(paddleocr: Any, detector: Path, recogniser: Path, how: dict[str, Any]) -> Any:
    return paddleocr.PaddleOCR(
        text_detection_model_name=name_in(detector),
        text_detection_model_dir=str(detector),
        text_recognition_model_name=name_in(recogniser),
        text_recognition_model_dir=str(recogniser),
        text_det_limit_side_len=LONG_SIDE,
        text_det_limit_type="max",
        use_doc_orientation_classify=False,
        use_doc_unwarping=False,
        use_textline_orientation=False,
        return_word_box=True,
        **how,
    )


def own_folders(folder: Path) -> tuple[Path, Path]:
    """The user's folders; EngineMissingError where they don't hold networks for ONNX Runtime."""
    folders = folder / "det", folder / "rec"
    for part in folders:
        if not all((part / name).is_file() for name in ("inference.onnx", "inference.yml")):
            raise EngineMissingError(f"{MODELS} 指定的 {part} 中没有 inference.onnx 和 inference.yml")
    return folders


def name_in(folder: Path) -> str:
    """The network's name as its `inference.yml` gives it."""
    found = re.search(
        r"""["']?model_name["']?\s*:\s*["']?([\w.-]+)""", (folder / "inference.yml").read_text(encoding="utf-8")
    )
    return found[1] if found else RECOGNISER if folder.name == "rec" else DETECTOR


def made_folders(folder: Path) -> tuple[Path, Path]:
    """The folders that PaddleOCR takes for its detector and recogniser."""
    models = model_folder()
    characters = opened(models / RECOGNITION, Compute(backend=EVERYWHERE)).metadata("character").split("\n")
    detector = made_folder(folder / "det", models / DETECTION, DETECTION_CONFIG)
    return detector, made_folder(folder / "rec", models / RECOGNITION, recognition_config(characters))


def made_folder(folder: Path, model: Path, config: dict[str, Any]) -> Path:
    """A folder with the network and its `inference.yml`, written as JSON, which YAML includes."""
    folder.mkdir()
    (folder / "inference.onnx").symlink_to(model)
    (folder / "inference.yml").write_text(json.dumps(config, ensure_ascii=False), encoding="utf-8")
    return folder


def recognition_config(characters: list[str]) -> dict[str, Any]:
    return {
        "Global": {"model_name": RECOGNISER},
        "PreProcess": {"transform_ops": [{"RecResizeImg": {"image_shape": [3, 48, 320]}}]},
        "PostProcess": {"name": "CTCLabelDecode", "character_dict": characters},
    }


def lines_of(result: Any) -> Iterator[Line]:
    """The lines of PaddleOCR's result for one page."""
    parts = (result["rec_boxes"], result["rec_scores"], result["text_word"], result["text_word_boxes"])
    for (_, top, _, bottom), score, words, boxes in zip(*parts, strict=True):
        chars = [char for word, box in zip(words, boxes, strict=True) for char in chars_of(word, box, float(score))]
        line = line_of(chars, float(top), float(bottom))
        if line.words:
            yield line


def chars_of(word: str, box: Sequence[float], score: float) -> Iterator[Char]:
    """The characters of one of PaddleOCR's words share its width."""
    left, right = float(box[0]), float(box[2])
    step = (right - left) / max(1, len(word))
    for i, char in enumerate(word):
        yield Char(char, left + step * i, left + step * (i + 1), score)


def row_of(result: Any, crop: Pixels) -> Line:
    """A crop's line; PaddleOCR gives no places here, so the text shares the crop's width."""
    height, width = crop.shape[:2]
    chars = list(chars_of(result["rec_text"], (0, 0, width, height), float(result["rec_score"])))
    return line_of(chars, 0.0, float(height)) if chars else Line((), Box(0, 0, width, height), 0.0)
