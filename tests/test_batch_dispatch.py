"""The loop between ledger and executor: order, attempts, helpers."""

from functools import partial

import pytest

from pipeline.batch import ledger
from pipeline.batch.dispatch import Calls, dispatch
from pipeline.batch.executors import Lost
from pipeline.batch.ledger import Entry
from pipeline.batch.work import Outcome
from pipeline.errors import OutputError


class Scripted:
    """An executor that gives each ticket what a script says, the newest call first; `log` is what it was asked."""

    def __init__(self, capacity, script):
        self.capacity, self.script, self.log, self.open = capacity, script, [], []

    def start(self, ticket, call):
        assert len(self.open) < self.capacity
        self.log.append(ticket)
        self.open.append(ticket)

    def finished(self, patience):
        ticket = self.open.pop()
        given = self.script[ticket].pop(0)
        if isinstance(given, Exception):
            raise given
        yield ticket, given


def entry(name):
    return Entry(name, "c0", name, f"{name}.pdf")


def good(name):
    return Outcome(name, f"{name}.pdf", "done", pages=2, size=10)


@pytest.fixture
def book(tmp_path):
    with ledger.opened(tmp_path) as opened:
        yield opened


def done(book, executor, names, helper=None, attempts=3):
    entries = [entry(name) for name in names]
    book.enrol(entries)
    calls = Calls(lambda which: partial(print, which), helper, long=-1.0)
    return {after.name: after for after in dispatch(entries, book, executor, calls, attempts)}


def test_what_was_lost_is_tried_again_after_all_others(book):
    executor = Scripted(1, {"a": [Lost("died"), good("a")], "b": [good("b")]})
    after = done(book, executor, "ab")
    assert executor.log == ["a", "b", "a"]
    assert (after["a"].status, after["a"].attempts, after["a"].reason) == ("done", 2, None)
    assert {entry.name: entry.status for entry in book.entries()} == {"a": "done", "b": "done"}


def test_after_so_many_attempts_it_has_failed_with_the_reason(book):
    executor = Scripted(1, {"a": [Lost("处理超过 5 秒，已中止")] * 2})
    after = done(book, executor, "a", attempts=2)
    assert after["a"].status == "failed"
    assert after["a"].reason == "处理超过 5 秒，已中止（共尝试 2 次）"


def test_a_file_that_is_at_fault_itself_is_not_tried_again(book):
    executor = Scripted(1, {"a": [Outcome("a", "a.pdf", "failed", reason="文件是空的")]})
    assert done(book, executor, "a")["a"].reason == "文件是空的"
    assert executor.log == ["a"]


def test_what_stops_the_run_leaves_everything_waiting(book):
    executor = Scripted(2, {"a": [good("a")], "b": [OutputError("磁盘已满")]})
    with pytest.raises(OutputError):
        done(book, executor, "ab")
    assert {entry.status for entry in book.entries()} == {"running"}
    book.ended()
    assert {entry.status for entry in book.entries()} == {"queued"}


def test_free_workers_help_with_what_takes_long_until_there_is_nothing_to_help_with(book):
    executor = Scripted(2, {"a": [good("a")], "a+1": [3], "a+2": [0]})
    after = done(book, executor, "a", helper=lambda which, number: partial(print, which, number))
    assert executor.log == ["a", "a+1", "a+2"]
    assert after["a"].status == "done"


def test_a_lost_helper_costs_its_contract_nothing(book):
    executor = Scripted(2, {"a": [good("a")], "a+1": [Lost("died")]})
    after = done(book, executor, "a", helper=lambda which, number: partial(print, which, number))
    assert (after["a"].status, after["a"].attempts) == ("done", 1)
