"""The true record of a deal (docs/record.md), from the deal and its script; places from the paper.

Beside the record's own fields it holds `expected_mismatches` (what a correct checker must report), `optional` (entries
that a record may have or lack) and `alternatives` (other values that are right too), both as the scorer reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from bench.synth.deal import Breach, Deal, Finding, Installment, Level, Line, Party, Statement
from bench.synth.figures import in_words
from bench.synth.paper import Paper
from bench.synth.script import Clause, Grid, Pair, Par, Script
from bench.synth.speech import spoken

Json = dict[str, Any]


def truth(deal: Deal, script: Script, paper: Paper) -> Json:
    facts = places_of_facts(script, paper)
    grids = [content for _, content in script.contents() if isinstance(content, Grid)]
    ids = {grid.key: f"t{i}" for i, grid in enumerate(grids, 1)}
    return {
        "schema_version": "1.0.0",
        "contract": contract(deal, paper),
        "parties": [party(one, deal) for one in deal.parties],
        "amounts": [amount(one, deal) | facts.get(f"/amounts/{i}", {}) for i, one in enumerate(deal.statements)],
        "installments": [installment(i, one, deal) for i, one in enumerate(deal.installments)],
        "tables": [table(grid, ids, paper) for grid in grids],
        "line_item_tables": [line_items(deal, ids["prices"])],
        "sla": [sla(one) | facts.get(f"/sla/{i}", {}) for i, one in enumerate((*deal.levels, *deal.annex_levels))],
        "penalties": penalties(deal, facts),
        "sections": [section(c, f"s{i}", 1, paper) for i, c in enumerate((*script.body, *script.annexes), 1)],
        "expected_mismatches": [expected(one, deal, grids) for one in deal.findings],
        "optional": optional(deal),
        "alternatives": alternatives(deal) | run_in_titles(script),
        "page_count": paper.pages,
        "synth": {
            "seed": deal.seed,
            "kind": deal.kind,
            "ruling": deal.look.ruling,
            "planted": list(deal.planted),
            "near_misses": list(deal.near_misses),
        },
    }


def places_of_facts(script: Script, paper: Paper) -> dict[str, Json]:
    """The section and page of each pointer that a paragraph states."""
    out: dict[str, Json] = {}
    for label, content in script.contents():
        for fact in content.facts if isinstance(content, Par) else ():
            out.setdefault(fact, {"section": label or None, "page": paper.places[fact].page})
    return out


def expected(one: Finding, deal: Deal, grids: list[Grid]) -> Json:
    """A finding; one about a line's number may point at the line, or at each row of the table that has that number."""
    pointers = list(one.pointers)
    if match := re.fullmatch(r"/line_item_tables/0/items/(\d+)/seq", one.pointers[0]):
        seq = str(deal.prices.lines[int(match[1])].seq)
        index = next(i for i, grid in enumerate(grids) if grid.key == "prices")
        rows = [i for i, row in enumerate(grids[index].spread()) if row[0] == seq]
        pointers += [f"/tables/{index}/rows/{at}" for at in rows]
    return {"rule": one.rule, "pointer": pointers, "where": one.why, "why": one.why}


def number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


# ---- header and parties ----------------------------------------------------------------------------------------------


def contract(deal: Deal, paper: Paper) -> Json:
    copies, term = deal.copies, deal.term
    return {
        "title": deal.title,
        "number": deal.number,
        "project_name": deal.project,
        "procurement_number": deal.procurement_number,
        "sign_date": deal.signed.isoformat(),
        "sign_place": deal.place,
        "term": {"start": term.start.isoformat(), "end": term.end.isoformat(), "months": term.months} if term else None,
        "copies": {
            "total": copies.total, "party_a": copies.party_a, "party_b": copies.party_b, "other": copies.other or None,
        },
        "annexes": [
            {
                "number": annex.number,
                "title": annex.title,
                "listed": annex.listed,
                "present": annex.content != "missing",
                "page": paper.places[f"a{i}"].page if annex.content != "missing" else None,
            }
            for i, annex in enumerate(deal.annexes)
        ],
    }  # fmt: skip


def party(one: Party, deal: Deal) -> Json:
    return {
        "role": one.role,
        "label": one.alias if "（" in one.label else one.label,
        "name": one.name,
        "legal_representative": one.legal_representative,
        "agent": one.agent if deal.look.parties_at != "table" else None,
        "contact": one.contact,
        "phone": one.phone,
        "email": one.email,
        "address": one.address,
        "postcode": one.postcode,
        "uscc": one.uscc,
        "account_name": one.name if one.bank_account else None,
        "bank_name": one.bank_name,
        "bank_account": one.bank_account,
    }


# ---- money -----------------------------------------------------------------------------------------------------------


def amount(one: Statement, deal: Deal) -> Json:
    return {
        "kind": one.kind,
        "figures": number(one.figures),
        "words": in_words(one.words, deal.look.capitals),
        "words_value": number(one.words),
        "currency": "CNY",
    }


def installment(index: int, one: Installment, deal: Deal) -> Json:
    printed = one.words is not None and not deal.installments_in_table
    return {
        "seq": index + 1,
        "label": one.label,
        "percent": number(one.percent),
        "figures": number(one.figures),
        "words": in_words(one.words, deal.look.capitals) if printed and one.words is not None else None,
        "words_value": number(one.words) if printed else None,
        "condition": spoken(one.condition, deal),
        "due_days": one.due_days,
        "due_day_kind": one.due_day_kind,
    }


def table(grid: Grid, ids: dict[str, str], paper: Paper) -> Json:
    return {
        "id": ids[grid.key],
        "title": grid.title,
        "pages": [paper.places[grid.key].page],
        "header": [cell.text for cell in grid.header],
        "rows": grid.spread(),
    }


def line_items(deal: Deal, table_id: str) -> Json:
    table = deal.prices
    return {
        "table_id": table_id,
        "title": table.title,
        "items": [line_item(line, deal) for line in table.lines],
        "total": number(table.total),
    }


def line_item(line: Line, deal: Deal) -> Json:
    return {
        "seq": str(line.seq),
        "category": list(line.category),
        "name": line.name,
        "spec": line.spec,
        "unit": line.unit if deal.prices.has("unit") or deal.prices.counted_quantities else None,
        "unit_price": number(line.unit_price),
        "quantity": number(line.quantity),
        "periods": None if line.periods is None else str(line.periods),
        "period_unit": deal.prices.period_unit if line.periods is not None else None,
        "amount": number(line.amount),
        "remark": line.remark,
    }


# ---- service levels, penalties, clauses ------------------------------------------------------------------------------


def sla(one: Level) -> Json:
    return {
        "metric": one.metric, "operator": one.operator, "value": one.value, "unit": one.unit, "scope": one.scope,
        "text": one.text,
    }  # fmt: skip


def penalties(deal: Deal, facts: dict[str, Json]) -> list[Json]:
    clauses = [penalty(one) | facts.get(f"/penalties/{i}", {}) for i, one in enumerate(deal.breaches)]
    title = next((annex.title for annex in deal.annexes if annex.content == "coefficients"), None)
    rows = [penalty(one) | {"table": title, "seq": str(i)} for i, one in enumerate(deal.coefficients, 1)]
    return clauses + rows


def penalty(one: Breach) -> Json:
    unit = "CNY" if one.kind == "fixed" else "%"
    return {"kind": one.kind, "value": number(one.value), "unit": unit, "trigger": one.trigger}


def section(clause: Clause, identity: str, level: int, paper: Paper) -> Json:
    return {
        "id": identity,
        "level": level,
        "number": clause.number,
        "title": clause.title,
        "page": paper.places[clause.key].page,
        "text": "".join(text_of(content) for content in clause.content),
        "children": [section(c, f"{identity}.{i}", level + 1, paper) for i, c in enumerate(clause.children, 1)],
    }


def text_of(content: Par | Grid | Pair) -> str:
    return content.text if isinstance(content, Par) else ""


# ---- what may be read in more than one way ---------------------------------------------------------------------------


def optional(deal: Deal) -> Json:
    """A total that a table writes out in words may count as a clause's statement."""
    rows = [row for row in deal.prices.tail if row.form != "figures"]
    sums = [sum_ for row in rows for sum_ in (number(row.figures), None)]
    return {"amounts": [{"kind": "contract_total", "figures": sum_} for sum_ in sums]}


def run_in_titles(script: Script) -> Json:
    """`3、首付款：…`: what stands before the colon may be read as a title."""
    out: Json = {}
    for top, clause in enumerate((*script.body, *script.annexes)):
        for pointer, inner in pointed(clause, f"/sections/{top}"):
            first = inner.content[0] if inner.content else None
            lead = re.match(r"([^，。；：]{2,12})：", first.text) if isinstance(first, Par) else None
            if lead and not inner.title:
                out[f"{pointer}/title"] = [lead[1]]
    return out


def pointed(clause: Clause, pointer: str) -> Iterator[tuple[str, Clause]]:
    yield pointer, clause
    for i, child in enumerate(clause.children):
        yield from pointed(child, f"{pointer}/children/{i}")


def alternatives(deal: Deal) -> Json:
    """What a table states below its lines is more than one sum, or words only; a bracketed label is a label too."""
    tail = deal.prices.tail
    totals = [number(row.figures) for row in tail if row.figures != deal.prices.total] if len(tail) > 1 else []
    unprinted = [None] if all(row.form == "words" for row in tail) else []
    out: Json = {"/line_item_tables/0/total": [*totals, *unprinted]} if totals or unprinted else {}
    for i, one in enumerate(deal.parties):
        if "（" in one.label:
            out[f"/parties/{i}/label"] = [one.label, one.label.partition("（")[0]]
    return out
