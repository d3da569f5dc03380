"""`hetong export`, `report` and `load`: what they make and say, also where a library is not installed."""

import json
import subprocess
import sys

import pytest
from helpers_records import complete, filed
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ExtraMissingError
from pipeline.review import outputs

# Runs a command as if the libraries that are not everywhere were nowhere.
WITHOUT = """
import sys
sys.modules.update(dict.fromkeys(("pyarrow", "xlsxwriter", "sqlalchemy")))
from pipeline.cli import main
sys.argv = ["hetong", *sys.argv[1:]]
main()
"""


def hetong(*arguments):
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def without_extras(*arguments):
    command = [sys.executable, "-c", WITHOUT, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def test_export_makes_everything_that_can_be_made_and_names_it(samples, tmp_path):
    run = hetong("export", filed(samples, tmp_path))
    assert run.exit_code == 0
    made = [module.FILE for name, module in outputs.outputs().items() if name in outputs.installed()]
    assert {"report.html", "records.jsonl"} <= set(made)
    for name in made:
        assert (tmp_path / name).exists()
        assert str(tmp_path / name) in run.stdout


def test_export_makes_only_what_is_asked_for(samples, tmp_path):
    hetong("export", filed(samples, tmp_path), "-f", "jsonl")
    assert {path.name for path in tmp_path.iterdir() if path.suffix != ".json"} == {"records.jsonl"}


def test_records_that_a_batch_keeps_apart_are_found(samples, tmp_path):
    (tmp_path / "records").mkdir()
    filed(samples, tmp_path / "records")
    hetong("report", tmp_path)
    assert len(list((tmp_path / "report").glob("*.html"))) == 3


def test_without_its_library_an_output_is_left_out_with_what_to_install(samples, tmp_path):
    run = without_extras("export", filed(samples, tmp_path))
    assert run.returncode == 0
    assert (tmp_path / "report.html").exists()
    assert "hetong[parquet]" in run.stderr
    assert "hetong[xlsx]" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (["export", "-f", "parquet"], "parquet"),
        (["export", "-f", "workbook"], "xlsx"),
        (["load", "sqlite://"], "database"),
    ],
)
def test_asked_for_without_its_library_it_is_an_error_of_usage(tmp_path, arguments, extra):
    command, *rest = arguments
    run = without_extras(command, tmp_path, *rest)
    assert run.returncode == ExtraMissingError.exit_code == 2
    assert f"hetong[{extra}]" in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert list(tmp_path.rglob("*")) == []


def test_the_same_report_comes_from_any_folder(samples, tmp_path):
    pages = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.json").write_text(json.dumps(complete(samples / "software-errors")))
        hetong("report", tmp_path / name)
        pages.append([(tmp_path / name / page).read_bytes() for page in ("report.html", "report/a.html")])
    assert pages[0] == pages[1]
