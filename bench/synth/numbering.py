"""How a contract numbers its clauses: 第三条 / 1、 / （1）, 三、 / 1., 3 / 3.1, 第一章 / 第三条 ...

>>> [top("article", 3), top("chinese", 12), sub("decimal", 3, 2), sub("mixed", 3, 2), sub("bracket", 3, 2)]
['第三条', '十二、', '3.2', '3.2', '（二）']
"""

from __future__ import annotations

from bench.synth.figures import chinese


def top(style: str, number: int) -> str:
    """The number of a clause of the first level."""
    forms = {
        "article": f"第{chinese(number)}条",
        "mixed": f"第{chinese(number)}条",
        "chinese": f"{chinese(number)}、",
        "bracket": f"{chinese(number)}、",
        "decimal": f"{number}.",
        "chapter": f"第{chinese(number)}章",
        "comma": f"{number}、",
        "bare": f"{number}",
    }
    return forms[style]


def sub(style: str, above: int, number: int, before: int = 0) -> str:
    """The number of the paragraph `number` of clause `above`; `before` counts the 条 of earlier chapters."""
    forms = {
        "article": f"{number}、",
        "chinese": f"{number}.",
        "bracket": f"（{chinese(number)}）",
        "decimal": f"{above}.{number}",
        "mixed": f"{above}.{number}",
        "chapter": f"第{chinese(before + number)}条",
        "comma": f"（{number}）",
        "bare": f"{above}.{number}",
    }
    return forms[style]


def third(style: str, above: str, number: int) -> str:
    """The number of a paragraph of the third level, below `above`.

    >>> third("comma", "（2）", 1), third("bare", "3.2", 1), third("article", "2、", 1)
    ('①', '3.2.1', '（1）')
    """
    forms = {"bracket": f"{number}.", "comma": "①②③④⑤⑥⑦⑧⑨⑩"[number - 1], "bare": f"{above}.{number}"}
    return forms.get(style, f"（{number}）")


def annexed(style: str, number: int) -> str:
    """The number of a clause within an annex: an agreement of its own, numbered plainly."""
    return f"第{chinese(number)}条" if style in ("article", "mixed", "chapter") else f"{chinese(number)}、"
