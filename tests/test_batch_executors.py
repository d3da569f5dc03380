"""Executors: what is lost is one call, whatever its process does; the next call finds a sound place."""

import os
import signal
import time
from contextlib import closing
from functools import partial

import helpers_calls
import pytest

from pipeline.batch.executors import Limits, Lost
from pipeline.batch.executors.local import Executor
from pipeline.errors import OutputError


def outcomes(executor, calls):
    """Every call's outcome by ticket, no more calls at once than there is room for."""
    waiting, told, running = list(calls.items()), {}, 0
    while waiting or running:
        while waiting and running < executor.capacity:
            executor.start(*waiting.pop(0))
            running += 1
        for ticket, given in executor.finished(1.0):
            told[ticket] = given
            running -= 1
    return told


def text(path):
    """The file's text, once it is there."""
    while not path.exists():
        time.sleep(0.05)
    return path.read_text()


@pytest.fixture
def executor():
    with closing(Executor(2, Limits(seconds=60, memory=0))) as local:
        yield local


def test_every_call_comes_back_with_what_it_gave(executor):
    calls = {str(number): partial(helpers_calls.double, number) for number in range(7)}
    assert outcomes(executor, calls) == {str(number): 2 * number for number in range(7)}


def test_a_crash_costs_its_own_call_alone(executor):
    calls = {
        "first": partial(helpers_calls.double, 1),
        "crash": partial(helpers_calls.crash, 3),
        "killed": partial(helpers_calls.crash, 137),
        "last": partial(helpers_calls.double, 2),
    }
    told = outcomes(executor, calls)
    assert (told["first"], told["last"]) == (2, 4)
    assert told["crash"] == Lost("处理进程意外终止")
    assert isinstance(told["killed"], Lost)


def test_a_killed_worker_is_replaced_also_when_it_was_idle(executor):
    worker = outcomes(executor, {"who": helpers_calls.whoami})["who"]
    os.kill(worker, signal.SIGKILL)
    outcomes(executor, {"lost if it came before the death was seen": helpers_calls.whoami})
    assert outcomes(executor, {"again": helpers_calls.whoami})["again"] not in (worker, None)


def test_a_worker_killed_at_work_loses_its_call(executor, tmp_path):
    executor.start("victim", partial(helpers_calls.say_and_hang, tmp_path / "who"))
    os.kill(int(text(tmp_path / "who")), signal.SIGKILL)
    told = list(executor.finished(30))
    assert [ticket for ticket, given in told if isinstance(given, Lost)] == ["victim"]
    assert outcomes(executor, {"next": partial(helpers_calls.double, 4)}) == {"next": 8}


def test_a_call_that_hangs_is_ended_in_time():
    with closing(Executor(1, Limits(seconds=2, memory=0))) as local:
        calls = {"hang": helpers_calls.hang, "next": partial(helpers_calls.double, 4)}
        assert outcomes(local, calls) == {"hang": Lost("处理超过 2 秒，已中止"), "next": 8}


def test_a_call_that_swells_is_ended_before_the_machine_is_full():
    with closing(Executor(1, Limits(seconds=60, memory=300))) as local:
        calls = {"swell": helpers_calls.swell, "next": partial(helpers_calls.double, 4)}
        told = outcomes(local, calls)
    assert told["next"] == 8
    assert told["swell"] == Lost("内存超过 300 MiB，已中止")


def test_an_error_that_is_no_calls_own_is_raised(executor):
    executor.start("full", helpers_calls.disk_full)
    with pytest.raises(OutputError, match="磁盘已满"):
        list(executor.finished(30))
