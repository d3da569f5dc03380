"""What many tests share: the folder of samples, one record that was really read, and a cache of their own."""

import os
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """Pages that one test reads serve the next, but never those of another version of the code."""
    before = os.environ.get("HETONG_CACHE_DIR")
    os.environ["HETONG_CACHE_DIR"] = str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["HETONG_CACHE_DIR"]
    else:
        os.environ["HETONG_CACHE_DIR"] = before


@pytest.fixture(scope="session")
def samples() -> Path:
    return SAMPLES
