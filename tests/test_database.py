"""Records in a database: figures exact, a repeated load replaces, a failed one changes nothing."""

import json
import sqlite3
from decimal import Decimal

import pytest
from helpers_records import complete, filed

from pipeline.errors import OutputError, UsageError
from pipeline.warehouse import database
from pipeline.warehouse.tables import TABLES

pytest.importorskip("sqlalchemy")


@pytest.fixture
def target(tmp_path):
    """A database file of the test's own: its URL, and a way to ask it."""
    path = tmp_path / "contracts.sqlite"

    def ask(query):
        with sqlite3.connect(path) as connection:
            return connection.execute(query).fetchall()

    return f"sqlite:///{path}", ask


@pytest.fixture
def out(samples, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    return filed(samples, folder)


def test_figures_come_back_digit_for_digit(out, target):
    url, ask = target
    assert database.load(out, url) == 3
    amounts = ask("select amount from line_items where record = 'cloud-lease'")
    assert sum(Decimal(amount) for (amount,) in amounts) == Decimal("320390.40")
    (price,) = ask("select unit_price from line_items where record = 'goods-purchase' and pointer like '%/items/4'")
    assert price == ("7350.50",)


def test_a_repeated_load_replaces(out, target):
    url, ask = target
    counts = []
    for _ in range(2):
        database.load(out, url)
        counts.append([ask(f"select count(*) from {table.name}") for table in TABLES])
    assert counts[0] == counts[1]


def test_a_file_that_lost_a_line_loses_its_row(out, target, samples):
    url, ask = target
    database.load(out, url)
    (before,) = ask("select count(*) from line_items where record = 'cloud-lease'")
    data = complete(samples / "cloud-lease")
    data["line_item_tables"][0]["items"].pop()
    (out / "cloud-lease.json").write_text(json.dumps(data))
    database.load(out, url)
    (after,) = ask("select count(*) from line_items where record = 'cloud-lease'")
    assert after[0] == before[0] - 1


def test_other_settings_are_another_reading(out, target, samples):
    url, ask = target
    database.load(out, url)
    data = complete(samples / "cloud-lease")
    data["processing"] |= {"config_sha256": "f" * 64}
    (out / "cloud-lease.json").write_text(json.dumps(data))
    database.load(out, url)
    assert ask("select count(*) from contracts where record = 'cloud-lease'") == [(2,)]


def test_a_load_that_fails_changes_nothing(out, target, samples):
    url, ask = target
    database.load(out, url)
    data = complete(samples / "software-errors")
    data["line_item_tables"][0]["items"][0]["amount"] = "0.1234567890123"
    data["contract"]["title"] = "改过"
    (out / "software-errors.json").write_text(json.dumps(data))
    with pytest.raises(OutputError, match="software-errors"):
        database.load(out, url)
    assert ask("select count(*) from contracts where title = '改过'") == [(0,)]


@pytest.mark.parametrize(
    ("url", "error"),
    [("no url", UsageError), ("nosuch://x/y", UsageError), ("sqlite:////no/such/folder/x", OutputError)],
)
def test_a_database_that_cannot_be_used_is_one_clear_line(out, url, error):
    with pytest.raises(error) as caught:
        database.load(out, url)
    assert "数据库" in str(caught.value)


def test_a_password_is_never_shown(out):
    with pytest.raises(UsageError) as caught:
        database.load(out, "nosuch://clerk:secret@host/base")
    assert "secret" not in str(caught.value)
