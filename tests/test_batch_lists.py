"""The lists that a batch leaves for a clerk."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.lists import defused, write
from pipeline.batch.work import Outcome

GOOD = Outcome("a", "a.pdf", "done", pages=3, mismatches=1, also=("copy/a.pdf",))
BAD = Outcome("b", "b.pdf", "failed", reason="文件是空的")


def rows(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def test_every_file_leads_to_its_record(tmp_path):
    write((GOOD, BAD), tmp_path)
    assert rows(tmp_path / "files.csv")[1:] == [
        ["a.pdf", "a", "完成", "3", "1", "0", ""],
        ["b.pdf", "", "失败", "", "", "", "文件是空的"],
        ["copy/a.pdf", "a", "完成", "3", "1", "0", "与 a.pdf 内容相同"],
    ]
    assert rows(tmp_path / "failures.csv") == [["文件", "原因"], ["b.pdf", "文件是空的"]]


def test_no_list_of_failures_where_none_failed(tmp_path):
    write((BAD,), tmp_path)
    write((GOOD,), tmp_path)
    assert not (tmp_path / "failures.csv").exists()


def test_done_now_or_before_makes_the_same_list(tmp_path):
    write((GOOD,), tmp_path)
    first = (tmp_path / "files.csv").read_bytes()
    write((Outcome("a", "a.pdf", "unchanged", 3, 1, seconds=9.0, also=GOOD.also),), tmp_path)
    assert (tmp_path / "files.csv").read_bytes() == first


@given(st.text())
def test_no_cell_is_a_formula_and_nothing_is_lost(text):
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert defused(text).endswith(text)
