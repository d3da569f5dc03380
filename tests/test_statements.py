"""Labels and values in lines of text."""

import pytest
from helpers_document import passage_of
from hypothesis import given
from hypothesis import strategies as st

from pipeline.fields._labels import KINDS, tag_of
from pipeline.fields._statements import statements


def found(text: str) -> list[tuple[str, str | None, str]]:
    return [(one.kind, one.role, one.value.text) for one in statements(passage_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲    方：东江市数据中心", [("party", "party_a", "东江市数据中心")]),
        ("联系人：李某  电话：010-1234", [("contact", None, "李某"), ("phone", None, "010-1234")]),
        ("4、乙方项目负责人及联系方式：王某188", [("leader", "party_b", "王某188")]),
        ("承租方（甲方）：王某", [("party", "party_a", "王某")]),
        ("法定代表人或其授权代表（签字）：", [("agent", None, "")]),
        ("委托人（甲方）天盖章）：某中心", [("party", "party_a", "某中心")]),
        ("受托人（乙方）（盖章：某公司", [("party", "party_b", "某公司")]),
        ("采购人（甲方）（单位盖阜：某中心", [("party", "party_a", "某中心")]),
        ("供应商（乙方）单位盖草）：某公司", [("party", "party_b", "某公司")]),
        ("成交供应商（单位【）：某公司", [("party", "party_b", "某公司")]),
        ("供应商单位性质：民营", []),
        ("服务电话：12345", [("hotline", None, "12345")]),
        ("本系统电话：12345", []),
        ("甲方应于收到发票后付款。", []),
    ],
)
def test_lines(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert found(text) == expected


@given(st.sampled_from(sorted(KINDS)), st.from_regex(r"[0-9]{6,12}", fullmatch=True))
def test_every_label_states_its_kind(label: str, value: str) -> None:
    assert found(f"{label}：{value}") == [(KINDS[label], None, value)]
    assert found(f"乙方{label}:{value}") == [(KINDS[label], "party_b", value)]


@given(st.sampled_from(sorted(KINDS)))
def test_a_label_in_a_cell_is_a_label_with_its_notes(label: str) -> None:
    tag = tag_of(f"{label}（盖章）")
    assert tag is not None
    assert tag.kind == KINDS[label]


@given(st.text(alphabet="甲乙方电话名称：:（）()0123，。 "))
def test_values_lie_within_the_line(text: str) -> None:
    passage = passage_of(text) if text else passage_of(" ")
    for one in statements(passage):
        assert one.label.text in passage.text
        assert one.value.text in passage.text
