"""Runs that are cut off at random moments: the next one ends with the very files of a run that nothing disturbed."""

import os
import random
import signal
import subprocess

import pytest
from helpers_batch import command, contracts, environment, ingest, left, wait_for, workers

from pipeline.batch import progress
from pipeline.errors import InputError
from pipeline.ocr import recorded

COUNT = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return contracts(tmp_path_factory.mktemp("in"), COUNT)


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(recorded.FOLDER, os.devnull)
        ingest(folder, out)
    return left(out)


@pytest.fixture
def begun(folder, tmp_path):
    """A run of which some contracts are done, and its output."""
    out = tmp_path / "out"
    whole = command("ingest", folder, "--out", out)
    with subprocess.Popen(whole, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        wait_for(lambda: done(out) >= 1)
        yield process, out
        process.kill()


def done(out):
    try:
        return progress.look(out).done
    except InputError:
        return 0


def same(out, expected):
    """Whether everything is there as expected; outputs over all records may stand beside it."""
    found = left(out)
    return {name: found.get(name) for name in expected} == expected


def again(folder, out, monkeypatch):
    monkeypatch.setenv(recorded.FOLDER, os.devnull)
    return ingest(folder, out)


def test_killed_workers_cost_an_attempt_each(begun, undisturbed):
    process, out = begun
    for _ in range(2):
        victims = wait_for(lambda: workers(process.pid) or process.poll() is not None)
        if isinstance(victims, list):
            os.kill(random.choice(victims), signal.SIGKILL)
    process.communicate(timeout=120)
    assert process.returncode == 0
    assert same(out, undisturbed)


def test_a_killed_run_goes_on_where_it_was(begun, folder, undisturbed, monkeypatch):
    process, out = begun
    children = workers(process.pid)
    process.kill()
    process.wait()
    finished = {path: path.stat().st_mtime_ns for path in out.glob("*.json")}
    wait_for(lambda: not any(os.path.exists(f"/proc/{child}/exe") for child in children))
    after = again(folder, out, monkeypatch)
    assert sorted(after) == [f"{number:02}" for number in range(COUNT)]
    assert "unchanged" in after.values()
    assert same(out, undisturbed)
    assert all(path.stat().st_mtime_ns == time for path, time in finished.items())
    assert not list(out.glob(".*.part"))


def test_ctrl_c_ends_at_once_and_says_how_to_go_on(begun, folder, undisturbed, monkeypatch):
    process, out = begun
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode in (0, 130)
    assert b"Traceback" not in said
    assert progress.look(out).under_way == ()
    again(folder, out, monkeypatch)
    assert same(out, undisturbed)


def test_two_runs_never_write_to_one_folder(begun, folder):
    process, out = begun
    assert progress.look(out).running or process.poll() is not None
    other = subprocess.run(
        command("ingest", folder, "--out", out), capture_output=True, text=True, check=False, env=environment()
    )
    assert other.returncode == 0 or "另一个" in other.stderr
