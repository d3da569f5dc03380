"""The mismatch report: contracts by money at stake, everything escaped, one page that needs nothing else."""

import copy
import json
import re

import pytest

from pipeline.batch.work import Outcome
from pipeline.review import report


@pytest.fixture
def faulty(samples):
    """The sample with planted errors, with what the expectation leaves out."""
    data = json.loads((samples / "software-errors" / "record.json").read_text(encoding="utf-8"))
    return data | {"document": {"file_name": "a.pdf", "page_count": 5}, "provenance": {}}


@pytest.fixture
def clean(faulty):
    data = copy.deepcopy(faulty)
    data["checks"] = [check for check in data["checks"] if check["status"] == "pass"]
    return data


def page_of(out, **records):
    for name, data in records.items():
        (out / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    return report.write(out, "zh").read_text(encoding="utf-8")


def test_the_contract_with_most_money_at_stake_comes_first(tmp_path, faulty, clean):
    clean["contract"]["title"] = "无误合同"
    page = page_of(tmp_path, aaa=clean, bbb=faulty)
    assert page.index(faulty["contract"]["title"]) < page.index("无误合同")
    assert "没有发现问题" in page


def test_a_finding_shows_printed_recomputed_and_difference(tmp_path, faulty):
    page = page_of(tmp_path, a=faulty)
    assert "第4行" in page
    for figure in ("118000", "108000", "10000"):
        assert figure in page


def test_pictures_stand_beside_their_values(tmp_path, faulty):
    check = next(check for check in faulty["checks"] if check["status"] == "mismatch")
    crops = {check["refs"][0]: [{"page": 2, "image": "data:image/jpeg;base64,QUJD"}]}
    (tmp_path / "a.crops.json").write_text(json.dumps(crops))
    assert "data:image/jpeg;base64,QUJD" in page_of(tmp_path, a=faulty)


def test_what_a_contract_says_is_never_markup(tmp_path, faulty):
    faulty["contract"]["title"] = "<script>alert(1)</script>"
    faulty["checks"][0]["message"] = '"><img src=x onerror=alert(1)>'
    for check in faulty["checks"]:
        check["status"] = "mismatch"
    page = page_of(tmp_path, a=faulty)
    assert "<script" not in page
    assert "<img src=x" not in page


def test_the_page_loads_nothing(tmp_path, faulty):
    page = page_of(tmp_path, a=faulty)
    assert re.findall(r"""(?:src|href)=["']?(?!data:)[^"'> ]+""", page) == []
    assert "default-src 'none'" in page


def test_failed_files_are_named_and_english_is_to_be_had(tmp_path, faulty):
    (tmp_path / "a.json").write_text(json.dumps(faulty))
    failure = Outcome("b", "scans/b.pdf", "failed", reason="文件是空的")
    page = report.write(tmp_path, "en", (failure,)).read_text(encoding="utf-8")
    assert "scans/b.pdf" in page
    assert "Files that failed" in page
    assert "price table" in page
