"""Which files make which records."""

import pytest

from pipeline.batch.folder import contracts
from pipeline.errors import InputError


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_files_below_the_folder_make_names_of_their_paths(tmp_path):
    touch(tmp_path, "b.pdf", "2024/a.PDF", "2024/notes.txt", "scan.tiff")
    found = contracts(tmp_path, tmp_path / "out")
    assert set(found) == {"b", "2024__a", "scan"}


def test_files_that_would_share_a_record_keep_their_suffix(tmp_path):
    touch(tmp_path, "a.pdf", "A.png", "c.pdf")
    assert set(contracts(tmp_path, tmp_path / "out")) == {"a.pdf", "A.png", "c"}


def test_the_output_folder_is_no_input(tmp_path):
    touch(tmp_path, "a.pdf", "out/page.png")
    assert set(contracts(tmp_path, tmp_path / "out")) == {"a"}


def test_a_folder_without_contracts_is_said_to_be_so(tmp_path):
    with pytest.raises(InputError, match="没有 PDF 或图片"):
        contracts(tmp_path, tmp_path / "out")
    with pytest.raises(InputError, match="没有这个文件夹"):
        contracts(tmp_path / "missing", tmp_path / "out")


def test_no_two_files_ever_share_a_record(tmp_path):
    touch(tmp_path, "a/b.pdf", "a__b.pdf", "a__b.pdf.png", "a__b.png")
    assert len(contracts(tmp_path, tmp_path / "out")) == 4
