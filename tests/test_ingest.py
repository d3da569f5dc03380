"""A folder ingested: nothing lost, nothing done twice, whatever is renamed, doubled, broken or asked for."""

import csv
import io
import json
import os

import pytest
from helpers_batch import contract, contracts, ingest, left

from pipeline.batch import progress
from pipeline.batch.ingest import rehearsed
from pipeline.batch.plan import Choice
from pipeline.errors import InputError, OutputError, UsageError
from pipeline.ocr import recorded
from pipeline.settings import Settings


@pytest.fixture(autouse=True)
def no_recording(monkeypatch):
    """Pages are read from their own text; a recording that holds no page stands in for an engine."""
    monkeypatch.setenv(recorded.FOLDER, os.devnull)


@pytest.fixture
def folder(tmp_path):
    return contracts(tmp_path / "in", 3)


def table(path):
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def record(out, name):
    return json.loads((out / f"{name}.json").read_text(encoding="utf-8"))


def times(out):
    return {path.name: path.stat().st_mtime_ns for path in out.glob("*.json")}


def test_what_is_done_is_not_done_again(folder, tmp_path):
    out = tmp_path / "out"
    assert ingest(folder, out) == {"00": "done", "01": "done", "02": "done"}
    made = times(out)
    contract(folder / "new.pdf")
    assert ingest(folder, out) == {"00": "unchanged", "01": "unchanged", "02": "unchanged", "new": "done"}
    assert {name: made[name] for name in made} == {name: times(out)[name] for name in made}


def test_other_settings_and_a_changed_file_are_read_anew(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    assert set(ingest(folder, out, lang="en").values()) == {"done"}
    contract(folder / "00.pdf", "HT-77")
    assert ingest(folder, out, lang="en")["00"] == "done"
    assert record(out, "00")["contract"]["number"] == "HT-77"
    assert ingest(folder, out)["00"] == "done"


def test_the_same_content_under_two_names_is_one_contract(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "copies").mkdir()
    (folder / "copies" / "again.pdf").write_bytes((folder / "01.pdf").read_bytes())
    assert set(ingest(folder, out)) == {"00", "01", "02"}
    rows = {row[0]: row for row in table(out / "files.csv")}
    assert rows["copies/again.pdf"][1] == rows["01.pdf"][1] == "01"
    assert "01.pdf" in rows["copies/again.pdf"][-1]


def test_files_of_one_name_in_two_folders_are_two_contracts(tmp_path):
    for place in ("2023", "2024"):
        contract(tmp_path / "in" / place / "a.pdf", place)
    ingest(tmp_path / "in", tmp_path / "out")
    assert record(tmp_path / "out", "2023__a")["contract"]["number"] == "2023"
    assert record(tmp_path / "out", "2024__a")["contract"]["number"] == "2024"


def test_folders_that_share_an_output_never_take_each_others_records(tmp_path):
    out = tmp_path / "out"
    made = {}
    for place in ("HT-1", "HT-2"):
        contract(tmp_path / place / "a.pdf", place)
        made |= dict.fromkeys(ingest(tmp_path / place, out), place)
    assert {name: record(out, name)["contract"]["number"] for name in made} == made
    assert sorted(made.values()) == ["HT-1", "HT-2"]
    assert set(ingest(tmp_path / "HT-1", out).values()) == {"unchanged"}


def test_a_renamed_file_takes_its_record_along_unread(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    (folder / "00.pdf").rename(folder / "cloud.pdf")
    assert ingest(folder, out) == {"01": "unchanged", "02": "unchanged", "cloud": "unchanged"}
    assert not (out / "00.json").exists()
    undisturbed = tmp_path / "fresh"
    ingest(folder, undisturbed)
    assert left(out) == left(undisturbed)


def test_two_files_that_swap_names_swap_records(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    (folder / "00.pdf").rename(folder / "x.pdf")
    (folder / "01.pdf").rename(folder / "00.pdf")
    (folder / "x.pdf").rename(folder / "01.pdf")
    ingest(folder, out)
    assert (record(out, "00")["contract"]["number"], record(out, "01")["contract"]["number"]) == ("HT-1", "HT-0")
    assert set(ingest(folder, out).values()) == {"unchanged"}


def test_hostile_files_fail_alone_with_a_reason_and_leave_no_record(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "empty.pdf").write_bytes(b"")
    (folder / "=cmd.pdf").write_bytes(b"junk")
    (folder / "cut.pdf").write_bytes((folder / "00.pdf").read_bytes()[:300])
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    os.mkfifo(folder / "pipe.pdf")
    assert {name for name, status in ingest(folder, out).items() if status == "failed"} == {
        "empty",
        "=cmd",
        "cut",
        "picture",
    }
    rows = dict(table(out / "failures.csv")[1:])
    assert set(rows) == {"'=cmd.pdf", "cut.pdf", "empty.pdf", "picture.png"}
    assert rows["empty.pdf"] == "文件是空的"
    assert all(rows.values())
    assert not (out / "cut.json").exists()


def test_names_that_no_file_system_would_take_are_shortened(tmp_path):
    deep = tmp_path / "in" / ("采购项目" * 15) / ("服务合同" * 15)
    contract(deep / "甲.pdf")
    contract(deep / "乙.pdf")
    old = os.fsdecode("合同".encode("gb18030") + b".pdf")
    contract(tmp_path / "in" / "x.pdf").rename(tmp_path / "in" / old)
    made = ingest(tmp_path / "in", tmp_path / "out")
    assert list(made.values()) == ["done"] * 3
    assert any(name.startswith("合同~") for name in made)


def test_a_record_whose_contract_fails_later_goes(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    (folder / "00.pdf").write_bytes(b"junk")
    assert ingest(folder, out)["00"] == "failed"
    assert not (out / "00.json").exists()


def test_failed_files_are_tried_again_only_when_asked(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    assert set(ingest(folder, out, text_layer="never").values()) == {"failed"}
    ledger = progress.look(out).failures
    assert set(ingest(folder, out, text_layer="never").values()) == {"failed"}
    assert progress.look(out).failures == ledger
    assert set(ingest(folder, out, text_layer="never", retry_failed=True).values()) == {"failed"}


def test_force_does_everything_again(folder, tmp_path):
    ingest(folder, tmp_path / "out")
    made = times(tmp_path / "out")
    assert set(ingest(folder, tmp_path / "out", force=True).values()) == {"done"}
    assert all(times(tmp_path / "out")[name] > made[name] for name in made)


def test_limit_reads_so_many_and_the_next_run_the_rest(folder, tmp_path):
    out = tmp_path / "out"
    assert list(ingest(folder, out, limit=2).values()) == ["done", "done"]
    assert sorted(ingest(folder, out).values()) == ["done", "unchanged", "unchanged"]


def test_a_dry_run_says_what_would_be_done_and_writes_nothing(folder, tmp_path):
    lines = rehearsed(folder, tmp_path / "out", Settings(), Choice())
    assert "待读  00.pdf → 00.json" in lines
    assert not (tmp_path / "out").exists()


def test_an_unknown_place_is_named_with_those_that_exist(folder, tmp_path):
    with pytest.raises(UsageError, match=r"moon.*inline.*local"):
        ingest(folder, tmp_path / "out", on="moon")


def test_a_lost_record_is_made_again(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    (out / "01.json").unlink()
    assert ingest(folder, out) == {"00": "unchanged", "01": "done", "02": "unchanged"}


def test_a_lost_ledger_costs_no_reading(folder, tmp_path):
    out = tmp_path / "out"
    ingest(folder, out)
    made = times(out)
    for path in out.glob("ledger.*"):
        path.unlink()
    ingest(folder, out)
    assert times(out) == made


def test_status_tells_how_far_it_is(folder, tmp_path):
    out = tmp_path / "out"
    (folder / "bad.pdf").write_bytes(b"junk")
    ingest(folder, out)
    told = progress.look(out)
    assert (told.done, told.failed, told.queued, told.running) == (3, 1, 0, False)
    assert told.failures[0][0] == "bad.pdf"
    with pytest.raises(InputError, match="台账"):
        progress.look(tmp_path)


def test_a_record_that_cannot_be_written_stops_the_batch_and_costs_no_file_anything(folder, tmp_path):
    out = tmp_path / "out"
    (out / "01.json").mkdir(parents=True)
    with pytest.raises(OutputError, match="01"):
        ingest(folder, out)
    told = progress.look(out)
    assert (told.done, told.failed, told.queued) == (1, 0, 2)
    (out / "01.json").rmdir()
    assert ingest(folder, out) == {"00": "unchanged", "01": "done", "02": "done"}
