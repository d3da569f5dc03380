"""Which files make which records."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.folder import LONGEST, files, named
from pipeline.errors import InputError


def touch(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(root, out="out", taken=()):
    return set(named(files(root, root / out), root, taken))


def test_files_below_the_folder_make_names_of_their_paths(tmp_path):
    touch(tmp_path, "b.pdf", "2024/a.PDF", "2024/notes.txt", "scan.tiff")
    assert names(tmp_path) == {"b", "2024__a", "scan"}


def test_files_that_would_share_a_record_keep_their_suffix(tmp_path):
    touch(tmp_path, "a.pdf", "A.png", "c.pdf")
    assert names(tmp_path) == {"a.pdf", "A.png", "c"}


def test_the_output_folder_is_no_input(tmp_path):
    touch(tmp_path, "a.pdf", "out/page.png")
    assert names(tmp_path) == {"a"}


def test_other_programs_hidden_files_are_no_contracts(tmp_path):
    touch(tmp_path, "a.pdf", "._a.pdf", ".trash/b.pdf")
    assert names(tmp_path) == {"a"}


def test_what_is_no_file_is_no_contract(tmp_path):
    touch(tmp_path, "a.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "nowhere.pdf").symlink_to(tmp_path / "missing")
    assert names(tmp_path) == {"a"}


def test_a_missing_folder_is_said_to_be_so(tmp_path):
    with pytest.raises(InputError, match="没有这个文件夹"):
        files(tmp_path / "missing", tmp_path / "out")


def test_names_of_other_folders_records_are_not_taken(tmp_path):
    touch(tmp_path, "a.pdf")
    assert names(tmp_path, taken=["A"]) == {"a.pdf"}
    (other,) = names(tmp_path, taken=["a", "a.pdf"])
    assert other not in ("a", "a.pdf")


PARTS = st.text(st.sampled_from("ab_.甲合同 "), min_size=1, max_size=90).filter(lambda part: part.strip(" ."))


@given(
    st.sets(
        st.tuples(st.lists(PARTS, max_size=3), st.sampled_from([".pdf", ".png", ".PDF"])).map(
            lambda made: Path(*made[0], f"甲{made[1]}")
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_two_files_share_a_record_and_every_name_is_a_file_name(paths):
    found = named(sorted(Path("in") / path for path in paths), Path("in"))
    assert len({name.casefold() for name in found}) == len(paths)
    assert all("/" not in name and len(name.encode()) <= LONGEST for name in found)
