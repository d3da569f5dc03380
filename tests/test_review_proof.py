"""review.proof: a finding says of each value how it stands and what it may have been."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers_records import complete

from pipeline.review import outputs
from pipeline.review.proof import of_value
from pipeline.review.words import RULES

PRICE, QUANTITY, AMOUNT = (f"/line_item_tables/0/items/3/{name}" for name in ("unit_price", "quantity", "amount"))
CHECK = {
    "refs": [PRICE, QUANTITY, AMOUNT],
    "suggestion": {
        "ref": QUANTITY,
        "value": "27000",
        "reason": "",
        "also": [{"ref": AMOUNT, "value": "71280"}],
        "rivals": [{"ref": PRICE, "value": "2.2"}, {"ref": QUANTITY, "value": "2790"}],
    },
}


@pytest.mark.parametrize(
    ("pointer", "labels"),
    [
        (QUANTITY, [("应为", "27000"), ("也可能", "2790")]),
        (AMOUNT, [("应为", "71280")]),
        (PRICE, [("也可能", "2.2")]),
        ("/amounts/0/figures", []),
    ],
)
def test_a_value_shows_its_repair_and_its_rivals(pointer: str, labels: list[tuple[str, str]]) -> None:
    assert [(one.label.zh, one.value) for one in of_value(pointer, CHECK, {}).readings] == labels


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"status": "confirmed", "equations": 1}, "confirmed by 1 equation"),
        ({"status": "confirmed", "equations": 3}, "confirmed by 3 equations"),
        ({"status": "contradicted", "equations": 0}, "suspect: no equation confirms it"),
        ({"status": "unchecked", "equations": 0}, "no equation to check it"),
    ],
)
def test_a_figure_says_how_it_stands(entry: dict[str, object], words: str) -> None:
    said = of_value(QUANTITY, {}, {"proof": {QUANTITY: entry}}).standing
    assert said is not None
    assert said.en == words


def test_the_suspects_stand_before_what_is_confirmed(samples: Path, tmp_path: Path) -> None:
    sample = samples / "software-errors"
    data = complete(sample) | {"proof": json.loads((sample / "record.json").read_text(encoding="utf-8"))["proof"]}
    (tmp_path / "a.json").write_text(json.dumps(data), encoding="utf-8")
    outputs.write(tmp_path, "zh", ["report"])
    page = (tmp_path / "report" / "a.html").read_text(encoding="utf-8")
    article = next(part for part in page.split("<article")[1:] if 'data-rule="table.sum"' in part)
    assert article.index("standing contradicted") < article.index("standing confirmed")


def test_a_repaired_value_has_words() -> None:
    assert "proof.repaired" in RULES
