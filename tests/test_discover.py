import sys
from pathlib import Path

import pytest

from pipeline import discover

MODULES = {
    "alpha": "class Engine:\n    pass\n",
    "beta": "raise RuntimeError('imported though nobody asked for it')\nclass Engine:\n    pass\n",
    "describes": "from typing import Protocol\nclass Engine(Protocol):\n    pass\n",
    "borrows": "from zoo.alpha import Engine\n",
    "_helps": "class Engine:\n    pass\n",
    "constant": "SUFFIX = '.x'\n",
    "annotated": "SUFFIX: str = '.y'\n",
    "function": "def read(document):\n    return document\n",
}


@pytest.fixture
def zoo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    folder = tmp_path / "zoo"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    for name, source in MODULES.items():
        (folder / f"{name}.py").write_text(source)
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "zoo"]:
        monkeypatch.delitem(sys.modules, name)
    return "zoo"


def test_finds_what_a_module_defines_itself_without_importing_it(zoo: str) -> None:
    assert list(discover.modules(zoo, "Engine")) == ["alpha", "beta"]


@pytest.mark.parametrize(
    ("marker", "names"), [("SUFFIX", ["annotated", "constant"]), ("read", ["function"]), ("no", [])]
)
def test_any_name_marks(zoo: str, marker: str, names: list[str]) -> None:
    assert list(discover.modules(zoo, marker)) == names


def test_imports_what_is_asked_for(zoo: str) -> None:
    found = discover.modules(zoo, "Engine")

    assert found["alpha"].__name__ == "zoo.alpha"
    with pytest.raises(RuntimeError, match="nobody asked"):
        found["beta"]


def test_a_name_that_is_not_there_is_a_key_error(zoo: str) -> None:
    found = discover.modules(zoo, "Engine")

    assert "describes" not in found
    with pytest.raises(KeyError):
        found["describes"]


def test_the_engines_of_the_house() -> None:
    assert list(discover.modules("pipeline.ocr", "Engine")) == ["paddle", "rapid", "recorded", "tesseract"]
