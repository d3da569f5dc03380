from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import EngineError, EngineMissingError
from pipeline.model.page import Frame, Line, Page, Word
from pipeline.model.source import Box
from pipeline.ocr import recorded

LINE = Line((Word("元", Box(1, 2, 3, 4), 0.5),), Box(1, 2, 3, 4), 0.5)
IMAGE = np.zeros((4, 4, 3), np.uint8)


def test_replays_what_was_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded.record(tmp_path, IMAGE, Page(1, 4, 4, 200, "scan", Frame(4, 4), (LINE,)))
    monkeypatch.setenv(recorded.FOLDER, str(tmp_path))

    assert recorded.Engine().read(IMAGE) == (LINE,)


def test_an_unknown_page_is_an_error_that_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=tmp_path.name):
        recorded.Engine(folder=tmp_path).read(IMAGE + 1)


def test_crops_are_not_legible(tmp_path: Path) -> None:
    engine = recorded.Engine(folder=tmp_path)

    assert [line.words for line in engine.read_crops([IMAGE, IMAGE])] == [(), ()]
    assert engine.legible([IMAGE]) == 0
    assert engine.legible([]) == 0


def test_without_a_folder_it_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(recorded.FOLDER, raising=False)

    with pytest.raises(EngineMissingError, match=recorded.FOLDER):
        recorded.Engine()
