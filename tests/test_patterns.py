from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.text.patterns import Rules, part_of, sentence_of

RULES = Rules(
    [
        ("cap", ["不超过 @base* <rate>"]),
        ("penalty", ["<rate> …6 @fine", "@fine …4 <rate>", "<rate> ……6 滞纳金"]),
        ("daily", ["每 <duration:一日|1日> …10 <money>"]),
    ],
    {"fine": "违约金|罚款", "base": "合同|总价|的"},
    ("未",),
)


def found(text: str) -> list[tuple[str, str, str]]:
    return [(match.label, match.quantity.text, text[match.start : match.end]) for match in RULES.find(text)]


def test_a_named_list_stands_for_each_of_its_words() -> None:
    assert found("支付5%的罚款") == [("penalty", "5%", "5%的罚款")]


def test_the_first_rule_takes_a_quantity_from_the_later_ones() -> None:
    assert found("违约金不超过合同总价的5%") == [("cap", "5%", "不超过合同总价的5%")]


@pytest.mark.parametrize(
    "text", ["支付5%。违约金另计", "支付5%，违约金另计", "5%未付违约金", "5%一二三四五六七违约金", "无数字的违约金"]
)
def test_running_text_ends_at_marks_barriers_and_its_limit(text: str) -> None:
    assert found(text) == []


def test_a_long_gap_crosses_commas_but_no_full_stop() -> None:
    assert [label for label, _, _ in found("按5%，支付滞纳金")] == ["penalty"]
    assert found("按5%。支付滞纳金") == []


def test_a_quantity_may_be_asked_for_by_its_text() -> None:
    assert [label for label, _, _ in found("每一日支付100元")] == ["daily"]
    assert found("每三日支付100元") == []


def test_a_line_that_is_no_pattern_is_refused() -> None:
    with pytest.raises(ValueError, match="not a pattern"):
        Rules([("wrong", ["<rate"])])


def test_a_part_ends_at_marks_but_not_within_a_number() -> None:
    text = "第一句。若逾期，扣除5,000元；其他"
    at = text.index("5")
    assert text[slice(*part_of(text, at, at + 1))] == "扣除5,000元"
    assert text[slice(*sentence_of(text, at))] == "若逾期，扣除5,000元"


@given(st.text(alphabet="每一日，。5%未违约金超过3元（）的", max_size=40))
def test_claims_lie_in_the_text_and_claim_each_quantity_once(text: str) -> None:
    matches = RULES.find(text)
    assert len({match.quantity for match in matches}) == len(matches)
    assert all(0 <= m.start <= m.quantity.start < m.quantity.end <= m.end <= len(text) for m in matches)
