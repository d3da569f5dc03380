"""No silent wrong number: whatever an engine or a layout does to a sample's pages, the record says where it is unsure.

The harm is done on the page, with full confidence, and everything after the reading runs as always (bench.tamper).
"""

from random import Random

import pytest

import pipeline
from bench.tamper.table_harms import HARMS
from bench.tamper.trial import case_of, invented, tried

TRIALS = 2
# The product of a line is the same where price and quantity are exchanged; only their print may tell.
UNKNOWABLE = {"swap_in_row"}


@pytest.fixture(scope="module", params=["cloud-lease", "goods-purchase"])
def case(request, samples):
    """A sample that agrees with itself, as it was really read."""
    return case_of(pipeline.extract(samples / request.param / "contract.pdf"))


@pytest.mark.parametrize("harm", sorted(HARMS.keys() - UNKNOWABLE))
def test_no_harm_makes_a_figure_wrong_in_silence(case, harm):
    told = [tried(case, harm, Random(f"{case.name}/{harm}/{trial}")) for trial in range(TRIALS)]
    assert [story for outcome, story in filter(None, told) if outcome == "silent"] == []


def test_every_misread_digit_is_pointed_at(case):
    told = [tried(case, "digit", Random(trial)) for trial in range(8)]
    assert {outcome for outcome, _ in filter(None, told)} == {"flagged"}


def test_a_figure_that_nobody_points_at_is_silent(case):
    blind = {**case.truth, "checks": []}
    blind["installments"] = [*blind["installments"], {"percent": "7", "figures": "1.00"}]
    assert invented(case.truth, blind) == [f"/installments/{len(case.truth['installments'])} invented: 7 1.00"]
