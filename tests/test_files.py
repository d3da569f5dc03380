"""Files appear whole or not at all."""

import pytest

from pipeline import files
from pipeline.errors import OutputError


def test_writes_and_replaces(tmp_path):
    target = tmp_path / "a.json"
    files.write_text(target, "一")
    files.write_text(target, "二")
    assert target.read_text(encoding="utf-8") == "二"
    assert [path.name for path in tmp_path.iterdir()] == ["a.json"]


def test_a_failed_write_leaves_what_was_there(tmp_path):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OutputError, match="无法写入"):
        files.write_text(tmp_path / "taken", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="无法写入文件夹"):
        files.folder(tmp_path / "out")
