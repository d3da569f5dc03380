"""A deal from a seed. Each part draws from its own stream, so that a change in one leaves the others as they were.

>>> draw(7) == draw(7), draw(7) == draw(8)
(True, False)
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from bench.synth import payment, people, prices, service
from bench.synth.deal import (
    Annex,
    Capitals,
    Chapter,
    Copies,
    Deal,
    Level,
    Look,
    Party,
    PriceTable,
    Ruling,
    Statement,
    Term,
)
from bench.synth.kinds import GENERAL, KINDS, Kind
from bench.synth.twists import twisted

FONTS = ("Noto Serif CJK SC", "Noto Serif CJK SC", "Noto Sans CJK SC", "AR PL UKai CN")
NUMBERINGS = ("article", "article", "chinese", "decimal", "mixed", "bracket", "chapter")
RULINGS: tuple[Ruling, ...] = ("full", "full", "full", "full", "part", "horizontal", "none")
FIRST = ("cloud", "consulting", "goods", "lease", "maintenance", "software", "supervision")
LATER = 0.25  # the share of the kinds that were added later: the other contracts stay as they were
SERVED = ("cloud", "maintenance", "software", "goods")


def draw(seed: int) -> Deal:
    """The deal of a seed, as a correct contract states it."""
    rng = Random(f"{seed}/deal")
    first = KINDS[rng.choice(FIRST)]
    kind = draw_later_kind(Random(f"{seed}/kind")) or first
    look = draw_look(Random(f"{seed}/look"))
    months = rng.choice(kind.months)
    parties = draw_parties(Random(f"{seed}/parties"), kind)
    signed = date(rng.randint(2021, 2025), rng.randint(1, 12), rng.randint(1, 28))
    table = prices.draw(Random(f"{seed}/prices"), kind, months, look.ruling)
    client = next(party for party in parties if party.role == kind.payer)
    project = rng.choice(kind.projects).format(client=client.name)
    served = Random(f"{seed}/service")
    levels = service.draw_levels(served, kind.metrics)
    annexes, statements = draw_annexes(rng, kind, look, table)
    held = {annex.content for annex in annexes}
    closing = general(rng, kind)
    deal = Deal(
        seed=seed,
        kind=kind.name,
        title=rng.choice(kind.titles).format(project=project),
        number=f"{rng.choice(['HT', 'ZC', 'CG', 'XM'])}{signed.year}-{rng.randint(1, 999):03}",
        project=project,
        procurement_number=people.maybe(rng, 0.5, tender(rng, signed.year)),
        place=people.town(rng) + "市",
        signed=signed,
        parties=parties,
        term_word=kind.term_word,
        term=draw_term(rng, signed, months) if kind.term_word else None,
        prices=table,
        statements=statements,
        installments=payment.draw(Random(f"{seed}/payment"), table.price, kind.thing),
        installments_in_table=rng.random() < 0.25,
        requirements=False,
        levels=levels,
        annex_levels=service.draw_levels(served, unpromised(levels)) if "service" in held else (),
        breaches=service.draw_breaches(served, kind.thing),
        coefficients=service.draw_coefficients(served) if "coefficients" in held else (),
        copies=draw_copies(rng),
        annexes=annexes,
        opening=tuple(filled(chapter, kind) for chapter in kind.opening),
        closing=closing,
        look=look,
        near_misses=near_misses(table, months),
    )
    return twisted(deal)


def draw_later_kind(rng: Random) -> Kind | None:
    later = sorted(KINDS.keys() - set(FIRST))
    return KINDS[rng.choice(later)] if rng.random() < LATER else None


def tender(rng: Random, year: int) -> str:
    return f"{rng.choice(['CHCG', 'ZFCG', 'GKZB'])}-{year}-C{rng.randint(1, 399):03}"


def unpromised(levels: tuple[Level, ...]) -> tuple[str, ...]:
    """What an annex may promise without contradicting the clauses."""
    promised = {level.metric for level in levels}
    return tuple(metric for metric in ("support_hours", "staffing", "recovery_time") if metric not in promised)


def draw_look(rng: Random) -> Look:
    capitals = Capitals(
        yuan=rng.choice(["元", "元", "元", "圆"]),
        whole=rng.choice(["整", "整", "整", "正", ""]),
        traditional=rng.random() < 0.07,
        open_zero=rng.random() < 0.5,
        whole_after_jiao=rng.random() < 0.5,
    )
    return Look(
        font=rng.choice(FONTS),
        size=rng.choice([10.5, 12, 12, 14]),
        leading=rng.choice([1.5, 1.65, 1.9]),
        cover=rng.random() < 0.6,
        numbering=rng.choice(NUMBERINGS),
        ruling=rng.choice(RULINGS),
        repeat_header=rng.random() < 0.5,
        torn_rows=rng.random() < 0.3,
        narrow_amounts=rng.random() < 0.12,
        parties_at=rng.choice(["head", "head", "end", "table"]),
        table_in_body=rng.random() < 0.4,
        sign_side_by_side=rng.random() < 0.6,
        separators=rng.random() < 0.6,
        sign=rng.choice(["", "", "¥", "￥"]),
        page_number=rng.choice(["— {} —", "{}", "第 {} 页", ""]),
        capitals=capitals,
        words_look=rng.choice(["", "", "", "blank", "spaced"]),
    )


def draw_parties(rng: Random, kind: Kind) -> tuple[Party, Party]:
    """party_a and party_b; labels are plain (甲方), words of the trade (买方), or both (买方（甲方）)."""
    payer, payee = rng.choice(kind.labels)
    plain = ("甲方", "乙方") if kind.payer == "party_a" else ("乙方", "甲方")
    client = people.town(rng) + rng.choice(["市", "区"]) + rng.choice(people.NAMES["bodies"])
    supplier = people.company(rng, kind.trade)
    form = rng.choice(["word", "both"]) if (payer, payee) != plain else "word"
    labels = (payer, payee) if form == "word" else (f"{payer}（{plain[0]}）", f"{payee}（{plain[1]}）")
    aliases = (payer, payee) if form == "word" else plain
    first = kind.payer == "party_a"
    pays = people.party(rng, "party_a" if first else "party_b", labels[0], aliases[0], client, True, False)
    paid = people.party(rng, "party_b" if first else "party_a", labels[1], aliases[1], supplier, False, True)
    return (pays, paid) if first else (paid, pays)


def near_misses(table: PriceTable, months: int) -> tuple[str, ...]:
    """What looks like an error of the table and is none."""
    lines = [line for line in table.lines if line.amount is not None and line.unit_price is not None]
    seen = {
        "describes": table.convention == "describe",
        "term": table.convention == "term",
        "free_line": any(not line.amount for line in table.lines),
        "free_months": any(line.periods not in (None, months) for line in lines),
        "fractions": any(line.quantity % 1 for line in lines),
        "price_below_total": table.price != table.total,
    }
    return tuple(name for name, holds in seen.items() if holds)


def draw_term(rng: Random, signed: date, months: int) -> Term:
    """Whole months from a day after the signature; the last day is the one before the anniversary."""
    start = signed + timedelta(days=rng.randint(0, 30))
    start = start.replace(day=1) if rng.random() < 0.4 else start.replace(day=min(start.day, 28))
    years, month = divmod(start.month - 1 + months, 12)
    return Term(start, date(start.year + years, month + 1, start.day) - timedelta(days=1), months)


def draw_copies(rng: Random) -> Copies:
    a, b, other = rng.randint(2, 4), rng.randint(1, 3), rng.choice([0, 0, 0, 1])
    return Copies(a + b + other, a, b, other)


def draw_annexes(
    rng: Random, kind: Kind, look: Look, table: PriceTable
) -> tuple[tuple[Annex, ...], tuple[Statement, ...]]:
    """The annexes in their order, and the statements of the price: the clause's, and that of an annexed award."""
    contents: list[tuple[str, str]] = [] if look.table_in_body else [("prices", table.title)]
    wanted = [
        ("award", "中标通知书", 0.3),
        ("service", "服务承诺", 0.35 if kind.name in SERVED else 0.0),
        ("coefficients", "违约行为及惩罚系数表", 0.35 if kind.name in SERVED else 0.1),
        ("secrecy", "保密协议", 0.45),
        ("integrity", "廉洁协议", 0.3),
    ]
    contents += [(content, title) for content, title, chance in wanted if rng.random() < chance]
    if len(contents) > 1 and rng.random() < 0.5:
        rng.shuffle(contents)
    annexes = tuple(
        Annex(number, title, content)  # type: ignore[arg-type]
        for number, (content, title) in enumerate(contents, 1)
    )
    total = Statement("contract_total", table.price, table.price)
    award = (replace(total, kind="award"),) if "award" in [content for content, _ in contents] else ()
    return annexes, (total, *award)


def general(rng: Random, kind: Kind) -> tuple[Chapter, ...]:
    """Some of the general clauses, none whose heading the kind's own clauses have."""
    own = {chapter.title for chapter in kind.opening}
    chosen = [chapter for chapter in GENERAL["chapter"] if chapter.title not in own]
    rng.shuffle(chosen)
    return tuple(filled(chapter, kind) for chapter in chosen[: rng.randint(5, 9)])


def filled(chapter: Chapter, kind: Kind) -> Chapter:
    return replace(chapter, text=tuple(text.replace("{thing}", kind.thing) for text in chapter.text))
