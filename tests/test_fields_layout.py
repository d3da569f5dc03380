"""fields.tables and fields.sections: what was printed, where it stood, each value its own leaf."""

from __future__ import annotations

from helpers_document import Clause, document_of, passage_of, table

from pipeline.fields import sections, tables
from pipeline.model.check import value_of
from pipeline.model.source import Cited


def texts(row: tuple[Cited[str], ...]) -> list[str]:
    return [leaf.value for leaf in row]


def test_merged_cells_are_spread_as_leaves_of_their_own() -> None:
    grid = table(["类别", "<", "次数"], ["事故", "中断", "1次"], ["^", "篡改", ""], header_rows=1, title="事故表")
    (record,) = tables.read(document_of(grid))
    assert (record.id, value_of(record.title), record.pages) == ("t1", "事故表", (1,))
    assert texts(record.header) == ["类别", "类别", "次数"]
    assert [texts(row) for row in record.rows] == [["事故", "中断", "1次"], ["事故", "篡改", ""]]
    leaves = [id(leaf) for row in (record.header, *record.rows) for leaf in row]
    assert len(set(leaves)) == len(leaves)


def test_a_blank_cell_has_its_place() -> None:
    (record,) = tables.read(document_of(table(["名称", ""], ["电话", ""])))
    assert record.header == ()
    source = record.rows[1][1].sources[0]
    assert (source.text, source.page) == ("", 1)
    assert source.box.area > 0


def test_stacked_headers_are_one() -> None:
    (record,) = tables.read(
        document_of(table(["名称", "价格", "<"], ["^", "单价", "合价"], ["甲", "1", "2"], header_rows=2))
    )
    assert texts(record.header) == ["名称", "价格单价", "价格合价"]


def test_sections_are_a_tree_with_their_own_text() -> None:
    document = document_of(
        Clause("第一条", "服务内容", ["双方约定如下：", Clause("1、", "", ["提供服务。"]), table(["甲", "乙"])]),
        Clause("", "合同条款", ["总则。"], "body"),
    )
    first, second = sections.read(document)
    assert [
        (s.id, value_of(s.number), value_of(s.title), value_of(s.text)) for s in (first, *first.children, second)
    ] == [
        ("s1", "第一条", "服务内容", "双方约定如下："),
        ("s1.1", "1、", None, "提供服务。"),
        ("s2", None, "合同条款", "总则。"),
    ]
    assert (first.level, first.children[0].level) == (1, 2)


def test_a_number_is_as_sure_as_its_numerals() -> None:
    number = sections.sure_of_numerals(passage_of("四", confidence=0.98) + passage_of("、", left=120.0, confidence=0.5))
    assert (number.text, number.cite().confidence) == ("四、", 0.98)
