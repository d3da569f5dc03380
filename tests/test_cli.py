"""The commands as a user meets them: output, exit codes, one clear line for a mistake, nothing half-written."""

import json
import shutil
import subprocess
import sys

import pytest

from pipeline.exporters.json import schema


def hetong(*arguments, cwd=None):
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=cwd, check=False)


@pytest.fixture(scope="module")
def extracted(samples, tmp_path_factory):
    """The sample with planted errors, read by the command."""
    out = tmp_path_factory.mktemp("out")
    run = hetong("extract", samples / "software-errors" / "contract.pdf", "--out", out, "--json", "--verbose")
    return run, out


def test_extract_writes_the_record_and_exits_1_on_mismatches(extracted):
    run, out = extracted
    assert run.returncode == 1, run.stderr
    outcome = json.loads(run.stdout)[0]
    data = json.loads((out / "contract.json").read_text(encoding="utf-8"))
    assert outcome["mismatches"] == sum(check["status"] == "mismatch" for check in data["checks"]) > 0


def test_verbose_says_what_each_stage_took(extracted):
    run, _ = extracted
    for stage in ("images", "detect", "recognise", "layout", "fields", "checks"):
        assert stage in run.stderr


def test_check_finds_the_same_mismatches_again(extracted):
    _, out = extracted
    run = hetong("check", out / "contract.json", "--json")
    data = json.loads((out / "contract.json").read_text(encoding="utf-8"))
    assert run.returncode == 1
    assert [without_verdict(check) for check in json.loads(run.stdout)] == list(map(without_verdict, data["checks"]))


def without_verdict(check):
    """A check without what only the page's picture can tell."""
    return {key: value for key, value in check.items() if key not in ("diagnosis", "suggestion")}


def test_check_speaks_english_when_asked(extracted):
    _, out = extracted
    run = hetong("check", out / "contract.json", "--lang", "en")
    assert "mismatches" in run.stdout
    assert run.stdout.isascii() or "mismatch " in run.stdout


def test_schema_prints_the_schema():
    run = hetong("schema")
    assert run.returncode == 0
    assert json.loads(run.stdout) == schema()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "空"), (b"not a pdf at all", "PDF"), (b"%PDF-1.4\n%%EOF", "PDF")],
    ids=["empty", "no-pdf", "no-pages"],
)
def test_a_bad_file_is_one_clear_line_and_leaves_nothing(tmp_path, content, words):
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    run = hetong("extract", bad, "--out", tmp_path / "out")
    assert run.returncode == 3
    assert words in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("extract", "missing.pdf"), 3),
        (("extract", "missing.pdf", "--lang", "fr"), 2),
        (("extract",), 2),
        (("no-such-command",), 2),
        (("ingest", "missing"), 3),
        (("check", "missing.json"), 3),
        (("status", "missing"), 3),
    ],
)
def test_mistakes_have_their_exit_codes_and_no_traceback(tmp_path, arguments, code):
    run = hetong(*arguments, cwd=tmp_path)
    assert run.returncode == code
    assert "Traceback" not in run.stderr


def test_an_unknown_engine_is_named_with_those_that_exist(samples, tmp_path):
    run = hetong("extract", samples / "goods-purchase" / "contract.pdf", "--out", tmp_path, "--engine", "magic")
    assert run.returncode == 2
    assert "magic" in run.stderr
    assert "rapid" in run.stderr
    assert "tesseract" in run.stderr


def test_a_folder_that_cannot_be_written_is_said_before_any_reading(samples, tmp_path):
    (tmp_path / "out").write_text("a file")
    run = hetong("extract", samples / "goods-purchase" / "contract.pdf", "--out", tmp_path / "out")
    assert run.returncode == 3
    assert "无法写入" in run.stderr


def test_ingest_does_all_but_the_bad_file_and_then_nothing_twice(samples, tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    shutil.copy(samples / "goods-purchase" / "contract.pdf", folder / "good.pdf")
    (folder / "bad.pdf").write_bytes(b"junk")

    first = hetong("ingest", folder, "--out", out, "--json")
    assert first.returncode == 3
    assert {o["name"]: o["status"] for o in json.loads(first.stdout)} == {"bad": "failed", "good": "done"}
    assert "bad.pdf" in (out / "failures.csv").read_text(encoding="utf-8")
    assert "bad.pdf" in (out / "report.html").read_text(encoding="utf-8")
    made = (out / "good.json").stat().st_mtime_ns

    second = hetong("ingest", folder, "--out", out, "--json")
    assert {o["name"]: o["status"] for o in json.loads(second.stdout)} == {"bad": "failed", "good": "unchanged"}
    assert (out / "good.json").stat().st_mtime_ns == made

    (folder / "bad.pdf").unlink()
    third = hetong("ingest", folder, "--out", out)
    assert third.returncode == 0
    assert not (out / "failures.csv").exists()
    assert str(out / "report.html") in third.stdout


def test_doctor_names_every_engine():
    run = hetong("doctor", "--json")
    names = {finding["name"]: finding for finding in json.loads(run.stdout)}
    assert names["engine rapid"]["works"]
    assert {"engine tesseract", "engine paddle"} <= set(names)
