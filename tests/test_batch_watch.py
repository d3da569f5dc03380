"""A watched folder: new files are read when they are complete, as long as the run lasts."""

import os
import threading
from contextlib import closing

import pytest
from helpers_batch import contract

from pipeline.batch import ingest as batch
from pipeline.batch.plan import Choice
from pipeline.ocr import recorded
from pipeline.settings import Settings

pytest.importorskip("watchfiles")


def test_new_files_are_read_when_nothing_writes_to_them_any_more(tmp_path, monkeypatch):
    monkeypatch.setenv(recorded.FOLDER, os.devnull)
    folder, out, whole = tmp_path / "in", tmp_path / "out", contract(tmp_path / "whole.pdf").read_bytes()
    folder.mkdir()
    begun = threading.Event()

    def scanner() -> None:
        """Writes a contract in two steps, as a scanner does."""
        begun.wait(60)
        (folder / "slow.pdf").write_bytes(whole[:300])
        (folder / "slow.pdf").write_bytes(whole)

    settings = Settings(engine="recorded", on="inline", cache=False)
    thread = threading.Thread(target=scanner)
    thread.start()
    with closing(batch.ingest(folder, out, settings, Choice(watch=True))) as passes:
        assert next(passes) == ()
        begun.set()
        told = next(filter(None, passes))
    thread.join()
    assert [(outcome.name, outcome.status) for outcome in told] == [("slow", "done")]
    assert (out / "slow.json").exists()
