"""The ledger, and what is told from it."""

import sqlite3
from dataclasses import replace

import pytest

from pipeline.batch import ledger, progress
from pipeline.batch.ledger import Entry, FileSeen, Run
from pipeline.errors import InputError, OutputError

A = Entry("aa", "c0", "a", "a.pdf")
B = Entry("bb", "c0", "b", "b.pdf")


@pytest.fixture
def book(tmp_path):
    with ledger.opened(tmp_path) as opened:
        yield opened


def test_what_was_written_is_there_for_others_at_once(book, tmp_path):
    book.enrol([A, B])
    book.settle(A.ended("done", pages=3, size=10))
    with ledger.looked_at(tmp_path) as other:
        assert [(entry.name, entry.status, entry.pages) for entry in other.entries()] == [
            ("a", "done", 3),
            ("b", "queued", 0),
        ]


def test_onlookers_write_nothing(book, tmp_path):
    with ledger.looked_at(tmp_path) as other, pytest.raises(OutputError):
        other.enrol([A])


def test_a_record_has_one_owner(book):
    book.enrol([A])
    book.enrol([replace(A, config="c1"), replace(B, name="b")])
    book.enrol([replace(B, name="a")])
    assert [(entry.sha256, entry.name) for entry in book.entries()] == [("bb", "a")]


def test_what_a_run_left_under_way_waits_when_the_next_begins(book):
    book.began("in", 2)
    book.enrol([A])
    book.begin(A)
    book.began("in", 2)
    assert book.entries()[0].status == "queued"


def test_a_folder_is_what_it_holds_now(book):
    one, two = (FileSeen(f"{name}.pdf", "in", 1, 1, "aa", name) for name in "ab")
    elsewhere = replace(one, folder="other")
    book.saw("other", [elsewhere])
    book.saw("in", [one, two])
    book.saw("in", [two])
    assert book.files() == (two, elsewhere)


def test_a_damaged_ledger_is_said_to_be_so(tmp_path):
    (tmp_path / ledger.FILE).write_bytes(b"no database" * 200)
    with pytest.raises(OutputError, match="台账"), ledger.opened(tmp_path) as book:
        book.entries()


def test_without_a_ledger_there_is_no_progress(tmp_path):
    with pytest.raises(InputError, match="台账"):
        progress.look(tmp_path)


def test_every_commit_is_on_the_disk_and_readers_are_let_in(book, tmp_path):
    with sqlite3.connect(tmp_path / ledger.FILE) as other:
        assert other.execute("pragma journal_mode").fetchone() == ("wal",)
    assert book.connection.execute("pragma synchronous").fetchone() == (2,)


def test_rate_and_time_left_are_those_of_this_run():
    before = replace(A, status="done", finished=50.0)
    now = tuple(replace(A, name=str(n), status="done", finished=110.0 + n) for n in range(4))
    rest = (replace(B, status="running"), B)
    told = progress.told((before, *now, *rest), Run("in", 2, 100.0, None), True, 140.0)
    assert (told.done, told.queued, told.under_way) == (5, 1, ("b.pdf",))
    assert told.rate == pytest.approx(4 / 40 * 3600)
    assert told.left == pytest.approx(20.0)
    assert "预计还需 0:00:20" in told.lines()


def test_a_run_that_was_cut_off_ended_when_it_was_last_heard_of():
    done = replace(A, status="done", finished=130.0)
    told = progress.told((done, B), Run("in", 2, 100.0, None), False, 9999.0)
    assert told.seconds == 30.0
    assert told.lines()[0] == "没有在运行，已用 0:00:30"


def test_before_anything_is_done_no_time_is_promised():
    told = progress.told((A, B), Run("in", 2, 100.0, None), True, 130.0)
    assert (told.rate, told.left) == (None, None)
    assert told.lines()
