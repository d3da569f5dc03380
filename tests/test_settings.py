"""hetong.toml < environment < command line."""

import pytest

from pipeline.errors import UsageError
from pipeline.settings import load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("HETONG_ENGINE", raising=False)


def test_the_nearest_wins(tmp_path, monkeypatch):
    (tmp_path / "hetong.toml").write_text('engine = "from-file"\nlang = "en"\nworkers = 3\n')
    monkeypatch.setenv("HETONG_LANG", "zh")
    settings = load(workers=5, engine=None)
    assert (settings.engine, settings.lang, settings.workers) == ("from-file", "zh", 5)


@pytest.mark.parametrize("options", [{"lang": "fr"}, {"threads": 0}, {"no_such_option": 1}])
def test_what_makes_no_sense_is_refused_by_name(options):
    with pytest.raises(UsageError, match=next(iter(options))):
        load(**options)


def test_a_broken_file_is_a_usage_error(tmp_path):
    (tmp_path / "hetong.toml").write_text("engine = [")
    with pytest.raises(UsageError, match=r"hetong\.toml"):
        load()


def test_the_hash_changes_with_what_bears_on_the_result_only():
    assert load(engine="tesseract").sha256 != load().sha256
    assert load(lang="en").sha256 != load(lang="zh").sha256
    assert load(threads=2, workers=7, cache=False).sha256 == load().sha256
