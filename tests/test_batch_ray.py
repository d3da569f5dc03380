"""The same work on Ray: the same files to the byte, the same losses in the same words."""

import os
from contextlib import closing
from functools import partial

import helpers_calls
import pytest
from helpers_batch import contracts, ingest, left

from pipeline.batch.executors import Limits, Lost
from pipeline.errors import OutputError
from pipeline.ocr import recorded

pytest.importorskip("ray")


@pytest.fixture(autouse=True)
def found_by_workers(monkeypatch):
    """Ray's processes find the tests' modules, and the recording that holds nothing."""
    here = os.path.dirname(os.path.abspath(helpers_calls.__file__))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.getcwd(), os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setenv(recorded.FOLDER, os.devnull)


def test_records_are_those_of_this_machine_to_the_byte(tmp_path):
    folder = contracts(tmp_path / "in", 3)
    (folder / "bad.pdf").write_bytes(b"junk")
    here = ingest(folder, tmp_path / "here")
    assert ingest(folder, tmp_path / "there", on="ray", workers=2) == here
    assert left(tmp_path / "there") == left(tmp_path / "here")


def test_losses_are_those_of_local_workers():
    from pipeline.batch.executors.ray import Executor

    with closing(Executor(1, Limits(seconds=5, memory=300))) as ray:
        assert given(ray, partial(helpers_calls.crash, 3)) == Lost("处理进程意外终止")
        assert given(ray, helpers_calls.hang) == Lost("处理超过 5 秒，已中止")
        assert given(ray, helpers_calls.swell) == Lost("内存超过 300 MiB，已中止")
        assert given(ray, partial(helpers_calls.double, 4)) == 8
        with pytest.raises(OutputError, match="磁盘已满"):
            given(ray, helpers_calls.disk_full)


def given(executor, call):
    executor.start("one", call)
    while True:
        for _, outcome in executor.finished(1.0):
            return outcome
