"""Names below seals: what the pixels say of a company's legal form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pytest
from helpers_image import paper
from test_checks import build

from pipeline import checks, proof
from pipeline.model.page import Frame, Page
from pipeline.model.record import Record
from pipeline.model.source import Box, Cited, Source
from pipeline.proof.paths import replaced

OWN, OTHER, THIRD = "云枢工程监理股份有限公司", "云枢工程监理有限公司", "云枢工程监理有限责任公司"


def record(own: str, read: str, *, lines: int = 1) -> Record:
    """A party whose signature was read so, hardly, in so many lines."""
    mention = {"field": "name", "value": read, "page": 1}
    built = build({"parties": [{"role": "party_b", "label": "乙方", "name": own, "mentions": [mention]}]})
    sources = tuple(Source(1, Box(15, 8 + 20 * i, 600, 24 + 20 * i), read, 0.2) for i in range(lines))
    return replaced(built, ("parties", 0, "mentions", 0, "value"), Cited(read, sources))


def witness(likelihoods: Mapping[str, float], source: str = "scan") -> proof.Witness:
    """Pixels that speak for the names as said; every other text is beyond likelihood."""
    page = Page(1, 620, 60, 200, source, Frame(620, 60), ())  # type: ignore[arg-type]

    def score(crop: npt.NDArray[np.uint8], texts: Sequence[str]) -> tuple[float, ...]:
        return tuple(likelihoods.get(text, -99.0) for text in texts)

    return proof.Witness({1: page}, lambda _: paper(60, 620), score)


def statuses(found: Record) -> list[str]:
    return [check.status for check in checks.run(found) if check.rule == "party.consistent"]


def test_another_legal_form_that_the_pixels_show_is_the_paper_s() -> None:
    read = record(OWN, "云枢工程监理限州有限公司")
    found, [check] = proof.with_names(read, witness({OWN: -44.0, OTHER: -18.0, THIRD: -45.0}))

    assert (statuses(read), statuses(found)) == (["unverified"], ["mismatch"])
    assert found.parties[0].mentions[0].value.value == OTHER
    assert (check.rule, check.severity) == ("reading.second", "info")


@pytest.mark.parametrize(
    ("likelihoods", "lines", "source"),
    [
        ({OWN: -18.0, OTHER: -44.0}, 1, "scan"),  # the party's own
        ({OWN: -20.0, OTHER: -18.0}, 1, "scan"),  # both
        ({OWN: -117.0, OTHER: -86.0}, 1, "scan"),  # neither: the shorter one leads wherever a part of a name stands
        ({OWN: -38.0, OTHER: -10.0}, 3, "scan"),  # the middle of three lines may not have been found
        ({OWN: -44.0, OTHER: -18.0}, 1, "text"),
    ],
)
def test_what_the_pixels_leave_open_stays_in_doubt(likelihoods: dict[str, float], lines: int, source: str) -> None:
    read = record(OWN, "云枢工程监理限州有限公司", lines=lines)
    assert proof.with_names(read, witness(likelihoods, source)) == (read, ())


def test_a_name_without_a_legal_form_has_no_rivals() -> None:
    read = record("某市卫生监督所", "某市卫生监")
    assert proof.with_names(read, witness({"某市卫生监督所": -1.0})) == (read, ())
