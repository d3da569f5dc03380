"""text.misread: the candidates hold the true text whenever one likely confusion explains the misread one."""

from __future__ import annotations

import pytest

from pipeline.text.misread import alike, figure_misreadings, word_misreadings


@pytest.mark.parametrize(
    ("read", "true"),
    [
        ("23140.00", "23040.00"),
        ("2304.00", "23040.00"),
        ("233040.00", "23040.00"),
        ("2304000", "23040.00"),
        ("1O5", "105"),
    ],
)
def test_one_misreading_away(read: str, true: str) -> None:
    assert true in set(figure_misreadings(read))


@pytest.mark.parametrize(
    ("read", "true"), [("贰万任元整", "贰万仟元整"), ("玖元整", "捌元整"), ("叄佰元无", "叁佰元无")]
)
def test_one_numeral_away(read: str, true: str) -> None:
    assert true in set(word_misreadings(read))


def test_two_misreadings_are_no_candidate() -> None:
    assert "23040.00" not in set(figure_misreadings("23149.00"))


def test_likeness_of_figures_goes_both_ways() -> None:
    assert all(a in alike(b) for a in "0123456789" for b in alike(a) if b.isdigit())
