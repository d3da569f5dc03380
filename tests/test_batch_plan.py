"""What is to be done, from what lies there and what the ledger says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.batch.census import Contract, grouped
from pipeline.batch.ledger import Entry, FileSeen
from pipeline.batch.plan import Choice, plan


def file(name, content="A"):
    return FileSeen(f"{name}.pdf", "in", 1, 1, content, name)


def entry(name, content="A", status="done", config="c0"):
    return Entry(content, config, name, f"{name}.pdf", status)


def planned(files, entries=(), stands=True, **choice):
    return plan(grouped(files), entries, "c0", lambda entry: stands, Choice(**choice))


def names(entries):
    return [entry.name for entry in entries]


def test_what_is_new_is_read_once_however_many_files_hold_it():
    assert names(planned([file("a"), file("b"), file("c", "C")]).todo) == ["a", "c"]


@pytest.mark.parametrize(
    ("status", "choice", "read"),
    [
        ("done", {}, False),
        ("done", {"force": True}, True),
        ("queued", {}, True),
        ("running", {}, True),
        ("failed", {}, False),
        ("failed", {"retry_failed": True}, True),
        ("failed", {"force": True}, True),
    ],
)
def test_what_is_read_again(status, choice, read):
    found = planned([file("a")], [entry("a", status=status)], **choice)
    assert names(found.todo) == ["a"] * read
    assert len(found.entries) == 1


def test_a_lost_record_is_made_again():
    assert names(planned([file("a")], [entry("a")], stands=False).todo) == ["a"]


def test_a_renamed_file_takes_its_record_along():
    found = planned([file("b")], [entry("a")])
    assert [(move.name, move.to.name) for move in found.moves] == [("a", "b")]
    assert (found.todo, found.stale) == ((), ())


def test_a_record_stays_while_one_of_its_files_does():
    found = planned([file("a"), file("b")], [entry("b")])
    assert (names(found.kept), found.moves) == (["b"], ())


def test_no_record_moves_onto_another():
    swapped = [file("a", "B"), file("b", "A")]
    found = planned(swapped, [entry("a", "A"), entry("b", "B")])
    assert (names(found.todo), found.moves, found.stale) == (["a", "b"], (), ())


def test_another_configuration_reads_anew_and_clears_a_name_that_no_file_has_any_more():
    found = planned([file("b")], [entry("a", config="old")])
    assert (names(found.todo), found.stale) == (["b"], ("a",))


def test_the_limit_counts_what_is_read():
    found = planned([file("a"), file("b", "B"), file("c", "C")], [entry("a")], limit=1)
    assert (names(found.kept), names(found.todo)) == (["a"], ["b"])


STATUSES = st.sampled_from(["queued", "running", "done", "failed"])
CONTENTS = st.sampled_from("ABCD")


@given(
    st.dictionaries(st.sampled_from("abcde"), CONTENTS, min_size=1),
    st.dictionaries(st.sampled_from("abcde"), st.tuples(CONTENTS, STATUSES)),
    st.booleans(),
)
def test_every_contract_is_planned_once_under_a_name_of_its_own(files, known, stands):
    by_content = {content: entry(name, content, status) for name, (content, status) in known.items()}
    found = planned([file(name, content) for name, content in files.items()], tuple(by_content.values()), stands)
    assert sorted(entry.sha256 for entry in found.entries) == sorted(set(files.values()))
    assert len(set(names(found.entries))) == len(found.entries)
    assert not {move.name for move in found.moves} & set(found.stale)
    targets = {move.to.name for move in found.moves}
    assert not targets & {entry.name for entry in by_content.values()}
    settled = tuple(replace(entry, status="done") for entry in found.entries)
    again = planned([file(name, content) for name, content in files.items()], settled)
    assert (again.todo, again.moves, again.stale) == ((), (), ())


def test_contracts_come_in_the_order_of_their_first_files():
    assert grouped([file("b", "B"), file("a", "A"), file("c", "B")]) == (
        Contract("B", (file("b", "B"), file("c", "B"))),
        Contract("A", (file("a", "A"),)),
    )
