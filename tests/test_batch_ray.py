"""The same work on Ray: the same files to the byte, the same losses in the same words."""

import os
import subprocess
from contextlib import closing
from functools import partial

import helpers_calls
import pytest
from helpers_batch import contracts, ingest, left

from pipeline.batch.executors import Limits, Lost
from pipeline.errors import OutputError, UsageError
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


def test_a_cluster_without_nodes_ends_the_batch_with_a_word(monkeypatch):
    from pipeline.batch.executors import ray as on_ray

    monkeypatch.setattr(on_ray, "PATIENCE", 1.0)
    with closing(on_ray.Executor(1, Limits(seconds=300, memory=300))) as executor:
        executor.start("one", helpers_calls.hang)
        subprocess.run(["pkill", "-9", "-P", str(os.getpid()), "raylet"], check=True)
        with pytest.raises(UsageError, match="没有可用的节点"):
            tried_again(executor)


def tried_again(executor):
    """A call that is lost is started once more, as a batch does."""
    while True:
        for _ in executor.finished(1.0):
            executor.start("one", helpers_calls.hang)
