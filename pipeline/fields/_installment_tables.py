"""Instalments printed as a table: 期次 | 付款条件 | 付款比例 | 付款金额（元）, one instalment a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.fields._captions import in_ten_thousands
from pipeline.fields._cells import figures_of, number_in, text_of, words_of, words_value_of
from pipeline.fields._payment import due
from pipeline.model.document import Cell, Table
from pipeline.model.passage import Passage
from pipeline.model.record import Installment
from pipeline.text.money import statements
from pipeline.text.numbers import parse_decimal, parse_money, parse_percent, shifted

PLAN = re.compile(r"付款|支付|期次|款项|拨付|应[付缴]|缴[纳费]")
PERCENT = re.compile(r"(?<!累计支付)(?<!累计付款)(?<!累计)比例|占比|百分比")
SHARE = re.compile(r"\d{1,3}(?:\.\d+)?[%％]")
MISREAD = re.compile(r"比.|.例")
FIGURES = re.compile(r"金额|价款|款额|(?:应[付缴]|缴纳)(?:租金|费用|款)")
CONDITION = re.compile(r"条件|时间|日期|里程碑|节点|时限|要求|说明")
LABEL = re.compile(r"期[次数]|阶段|批次|款项|名称|类别|付款$|次序")
TOTAL = re.compile(r"^(?:合计|总计|共计|小计)")


@dataclass(frozen=True, slots=True)
class Plan:
    """A payment plan's columns, by their place, and whether its sums count 万元."""

    label: int | None
    condition: int | None
    percent: int | None
    figures: int | None
    percent_header: str
    scaled: bool


def table_installments(table: Table, caption: str = "") -> Iterator[Installment]:
    """The rows of a payment plan; nothing for any other table."""
    grid = table.grid()
    start = max(1, table.header_rows)
    stacks = [[row[i].text.text for row in grid[:start]] for i in range(table.columns)]
    columns = [[row[i].text.text for row in grid[start:]] for i in range(table.columns)]
    plan = plan_of(["".join(dict.fromkeys(stack)) for stack in stacks], caption, columns)
    if not plan:
        return
    for row in grid[start:]:
        if any(TOTAL.match(cell.text.text) for cell in row):
            continue
        entry = installment(row, plan)
        if entry.percent or entry.figures or entry.words:
            yield entry


def plan_of(headers: list[str], caption: str, columns: Sequence[Sequence[str]]) -> Plan | None:
    """The columns of a payment plan; None where the headers are no payment plan's. Beside 款项 and 付款节点 a column of
    percents is that of the shares, however its header was misread (比阴)."""
    percent, figures = column(headers, PERCENT), column(headers, FIGURES)
    if percent is None and column(headers, LABEL) is not None and column(headers, CONDITION) is not None:
        percent = shares(headers, columns)
    if not any(PLAN.search(header) for header in headers) or (percent is None and figures is None):
        return None
    return Plan(
        label=column(headers, LABEL),
        condition=column(headers, CONDITION),
        percent=percent,
        figures=figures,
        percent_header=headers[percent] if percent is not None else "",
        scaled=figures is not None and in_ten_thousands(headers[figures], caption),
    )


def shares(headers: list[str], columns: Sequence[Sequence[str]]) -> int | None:
    """The only column of percents, where its header has half of 比例 and says nothing else of them."""
    found = [i for i, texts in enumerate(columns) if len(texts) > 1 and all(map(SHARE.fullmatch, texts))]
    return found[0] if len(found) == 1 and MISREAD.fullmatch(headers[found[0]]) else None


def column(headers: list[str], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, header in enumerate(headers) if pattern.search(header)), None)


def installment(row: tuple[Cell, ...], plan: Plan) -> Installment:
    share, money, when, name = (
        row[i].text if i is not None else Passage() for i in (plan.percent, plan.figures, plan.condition, plan.label)
    )
    sum_of = next(iter(statements(money.text)), None)
    value = (figures_of(money, sum_of) if sum_of else None) or number_in(money, parse_money)
    days, kind = due(when)
    return Installment(
        seq=0,
        label=text_of(name) if not name.text.isdigit() else None,
        percent=number_in(
            share, parse_decimal if "%" in plan.percent_header and "%" not in share.text else parse_percent
        ),
        figures=value.map(lambda v: shifted(v, 4)) if value and plan.scaled and "元" not in money.text else value,
        words=words_of(money, sum_of) if sum_of else None,
        words_value=words_value_of(money, sum_of) if sum_of else None,
        condition=text_of(when),
        due_days=days,
        due_day_kind=kind,
        page=row[0].page,
    )
