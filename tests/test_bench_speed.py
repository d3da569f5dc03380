"""bench.speed: what it counts is what it says."""

from pathlib import Path

import numpy as np
import pytest

from bench import typed
from bench.readers import Cost, batched
from bench.speed import agreement, characters, figures, rows, stages


def test_figures_are_compared_whole() -> None:
    assert figures("单价 ¥1,280.50 元，共１２台") == figures("12 1,280.50")
    assert agreement([(figures("1,280.50"), figures("1,280.5"))]) == 0


def test_places_on_the_page_don_t_count_but_pages_do() -> None:
    assert agreement([(characters("甲 乙"), characters("乙甲"))]) == 1
    assert agreement([(characters("甲"), characters("乙")), (characters("乙"), characters("甲"))]) == 0


def test_a_row_tells_the_ratios() -> None:
    costs = {"hetong": Cost(2, 2.0, 2.0, 700, ("甲1", "乙")), "rapidocr": Cost(2, 8.0, 6.0, 900, ("甲2", "乙"))}
    floors = {"floor": Cost(2, 1.0, 1.6), "session.run": Cost(2, 2.0, 2.5)}
    ours, theirs, *_ = rows({**costs, **floors}, ("甲1", "乙"))
    cells = [cell.strip() for cell in ours.split("|")[1:-1]]

    assert cells == ["hetong", "1.00", "1.00", "60", "3.00", "4.00", "1.25", "0.80", "700", "100.00 %", "100.00 %"]
    assert theirs.endswith("66.67 % | 0.00 % |")


def test_stages_are_shares_of_the_whole() -> None:
    cost = Cost(2, 4.0, 4.0, stages={"read": 3.0, "layout": 1.0, "detect": 2.0})

    assert "| read | 1.500 | 75.0 % |" in stages(cost)


@pytest.mark.parametrize("count", [1, 4, 5])
def test_narrow_rows_are_batched_and_none_is_lost(count: int) -> None:
    narrow = [np.full((1, 3, 48, 96), index, np.float32) for index in range(count)]
    wide = [np.zeros((1, 3, 48, 960), np.float32)] * 2
    found = list(batched([*wide, *narrow]))

    assert sum(len(batch) for batch in found) == count + 2
    assert len([batch for batch in found if batch.shape[3] == 96]) == -(-count // 4)
    assert sorted({float(row.mean()) for batch in found for row in batch if row.shape[2] == 96}) == list(range(count))


def test_typed_pages_are_told_beside_pdfplumber_s() -> None:
    costs = {"hetong": Cost(10, 0.4, 0.4, 380), "pdfplumber": Cost(10, 0.6, 0.6, 290)}
    assert list(typed.rows("born", costs)) == [
        "| born | hetong | 10 | 40 | 25.0 | 1.50 | 380 |",
        "| born | pdfplumber | 10 | 60 | 16.7 | 1.00 | 290 |",
    ]


def test_a_page_that_an_engine_read_is_no_typed_page(samples: Path) -> None:
    with pytest.raises(ValueError, match="text layer"):
        typed.hetong(samples / "goods-purchase" / "contract.pdf")
