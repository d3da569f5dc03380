"""Credit codes read again: what the readings agree on is as sure as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from helpers_image import paper, write
from test_checks import build
from test_proof import Paper

from pipeline import checks, proof
from pipeline.model.check import value_of
from pipeline.model.page import Frame, Page
from pipeline.model.record import Record
from pipeline.model.source import Box, Cited, Source
from pipeline.ocr import rapid
from pipeline.ocr.second import Reading, SecondReader
from pipeline.proof.codes import agreed
from pipeline.proof.paths import replaced

RIGHT, WRONG = "91990100MA00TEX7Q2", "91990100MA00TEX7Q3"


@pytest.fixture(scope="module")
def engine() -> rapid.Engine:
    return rapid.Engine()


class Sheet(Paper):
    """A page that shows a code, read with some confidence as another."""

    def __init__(self, shown: str, source: str = "scan") -> None:
        self.image = paper(60, 620)
        write(self.image, shown, 20, 12)
        self.page = Page(1, 620, 60, 200, source, Frame(620, 60), ())  # type: ignore[arg-type]

    def record(self, read: str, confidence: float) -> Record:
        record = build({"parties": [{"role": "party_a", "label": "甲方", "uscc": read, "mentions": []}]})
        leaf = Cited(read, (Source(1, Box(15, 8, 600, 52), read, confidence),))
        return replaced(record, ("parties", 0, "uscc"), leaf)


def statuses(record: Record) -> list[str]:
    return [check.status for check in checks.run(record) if check.rule == "party.uscc"]


def test_a_code_that_does_not_hold_and_is_surely_read_is_the_papers(engine: rapid.Engine) -> None:
    page = Sheet(WRONG)
    record = page.record(WRONG, 0.6)
    found, said = proof.with_codes(record, page.witness(engine), SecondReader(engine))

    assert (statuses(record), statuses(found), said) == (["unverified"], ["mismatch"], ())


def test_a_misread_code_is_what_all_readings_say(engine: rapid.Engine) -> None:
    page = Sheet(RIGHT)
    found, [check] = proof.with_codes(page.record(WRONG, 0.6), page.witness(engine), SecondReader(engine))

    assert (value_of(found.parties[0].uscc), statuses(found)) == (RIGHT, ["pass"])
    assert (check.rule, check.severity, check.refs) == ("reading.second", "info", (found.parties[0].uscc,))
    assert proof.kept([check], found) == (check,)


@pytest.mark.parametrize(
    ("read", "confidence", "source"), [(RIGHT, 0.6, "scan"), (WRONG, 0.99, "scan"), (WRONG, 0.6, "text")]
)
def test_what_holds_is_sure_or_is_the_file_s_own_text_is_left_alone(
    engine: rapid.Engine, read: str, confidence: float, source: str
) -> None:
    page = Sheet(RIGHT, source)
    record = page.record(read, confidence)

    assert proof.with_codes(record, page.witness(engine), SecondReader(engine)) == (record, ())


def readings(*texts: str) -> list[Reading]:
    return [Reading(text, "rapid", str(i), 0.95) for i, text in enumerate(texts)]


def test_it_takes_three_readings_and_none_of_another_code() -> None:
    assert list(agreed(readings(RIGHT, RIGHT, RIGHT, "9199"))) == [RIGHT]
    assert agreed(readings(RIGHT, RIGHT)) == {}
    assert agreed(readings(RIGHT, RIGHT, RIGHT, WRONG)) == {}
    assert agreed([replace(reading, confidence=0.4) for reading in readings(RIGHT, RIGHT, RIGHT)]) == {}


def test_an_account_that_two_places_state_differently_is_sure_if_all_readings_say_so(engine: rapid.Engine) -> None:
    shown, elsewhere = "01579492123131437", "01579492123131487"
    page = Sheet(shown)
    mention = {"field": "bank_account", "value": elsewhere, "page": 1}
    party = {"role": "party_b", "label": "乙方", "bank_account": shown, "mentions": [mention]}
    record = build({"parties": [party]})
    read = Cited(shown, (Source(1, Box(15, 8, 600, 52), shown, 0.6),))
    other = Cited(elsewhere, (Source(1, Box(15, 8, 600, 52), elsewhere, 0.99),))
    record = replaced(record, ("parties", 0, "bank_account"), read)
    record = replaced(record, ("parties", 0, "mentions", 0, "value"), other)
    found, said = proof.with_codes(record, page.witness(engine), SecondReader(engine))

    accounts = [[c.status for c in checks.run(each) if c.rule == "party.consistent"] for each in (record, found)]
    assert (accounts, said) == ([["unverified"], ["mismatch"]], ())
    assert value_of(found.parties[0].bank_account) == shown
