"""How the price is paid: 2-6 instalments, with or without percents, each exact to the fen."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from bench.synth.deal import Installment
from bench.synth.figures import chinese, fen

SPLITS = (
    "50 50", "70 30", "40 60", "30 70", "60 40", "30 60 10", "40 50 10", "30 40 30", "50 45 5", "50 30 20",
    "30 30 30 10", "20 30 40 10", "25 25 25 25", "20 20 30 25 5", "10 20 20 20 20 10",
)  # fmt: skip
LABELS = {
    2: ("首付款", "尾款"),
    3: ("首付款", "中期款", "尾款"),
    4: ("预付款", "进度款", "验收款", "质保金"),
}
FIRST = ("自本合同签订之日起{n}{unit}内", "本合同生效后{n}{unit}内", "本合同签订且收到乙方发票后{n}{unit}内")
MIDDLE = (
    "乙方完成阶段工作并经甲方书面确认后{n}{unit}内",
    "{thing}通过初步验收后{n}{unit}内",
    "合同履行过半并经甲方考核合格后{n}{unit}内",
)
LAST = (
    "{thing}通过最终验收后{n}{unit}内",
    "合同期满验收合格后{n}{unit}内",
    "全部义务履行完毕且无遗留问题后{n}{unit}内",
)


def draw(rng: Random, price: Decimal, thing: str) -> tuple[Installment, ...]:
    """The instalments of `price`; a split whose rounded parts miss the price by a fen is drawn again."""
    splits = [parts for parts in map(parse, SPLITS) if sum(share(price, part) for part in parts) == price]
    percents = rng.choice(splits) if splits else (Decimal(100),)
    mode = rng.choice(["both"] * 6 + ["sums"] * 3 + ["percents"])
    labels = LABELS.get(len(percents)) if rng.random() < 0.6 else None
    numbered = labels or tuple(f"第{chinese(i + 1)}期" for i in range(len(percents)))
    return tuple(
        installment(rng, label, percent, share(price, percent), mode, when(rng, i, len(percents), thing))
        for i, (label, percent) in enumerate(zip(numbered, percents, strict=True))
    )


def parse(split: str) -> tuple[Decimal, ...]:
    return tuple(Decimal(part) for part in split.split())


def share(price: Decimal, percent: Decimal) -> Decimal:
    return fen(price * percent / 100)


def when(rng: Random, index: int, count: int, thing: str) -> tuple[str, int, bool]:
    """The condition, its days, and whether they are working days."""
    days, working = rng.choice([5, 7, 10, 15, 20, 30]), rng.random() < 0.6
    texts = FIRST if index == 0 else LAST if index == count - 1 else MIDDLE
    return rng.choice(texts).format(n=days, unit="个工作日" if working else "日", thing=thing), days, working


def installment(
    rng: Random, label: str, percent: Decimal, figures: Decimal, mode: str, due: tuple[str, int, bool]
) -> Installment:
    condition, days, working = due
    stated = None if mode == "percents" else figures
    return Installment(
        label=label,
        percent=None if mode == "sums" else percent,
        figures=stated,
        words=stated,
        condition=condition,
        due_days=days,
        due_day_kind="working" if working else "calendar",
    )
