"""The report: contracts by money at stake, a page each, everything escaped, nothing loaded from elsewhere."""

import copy
import html
import json
import re

import pytest
from helpers_records import complete

from pipeline.errors import RecordError
from pipeline.review import outputs


@pytest.fixture
def faulty(samples):
    """The sample with planted errors."""
    return complete(samples / "software-errors")


@pytest.fixture
def clean(faulty):
    data = copy.deepcopy(faulty)
    data["checks"] = [check for check in data["checks"] if check["status"] == "pass"]
    return data


def report_of(out, lang="zh", **records):
    for name, data in records.items():
        (out / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (page,) = outputs.write(out, lang, ["report"])
    return page.read_text(encoding="utf-8")


def rows_of(page):
    return json.loads(re.search(r'id="rows">(.*?)</script>', page, re.S)[1])


def page_of(out, name):
    return (out / "report" / f"{name}.html").read_text(encoding="utf-8")


def test_the_contract_with_most_money_at_stake_comes_first(tmp_path, faulty, clean):
    clean["contract"]["title"] = "无误合同"
    rows = rows_of(report_of(tmp_path, aaa=clean, bbb=faulty))
    assert [row["title"] for row in rows] == [faulty["contract"]["title"], "无误合同"]
    assert rows[0]["stake"] > 0
    assert "没有发现问题" in page_of(tmp_path, "aaa")


def test_the_list_counts_findings_by_what_it_filters(tmp_path, faulty):
    (row,) = rows_of(report_of(tmp_path, a=faulty))
    counted = {(rule, status): count for rule, status, _, _, count, _ in row["groups"]}
    wanted = [check for check in faulty["checks"] if check["status"] == "mismatch"]
    assert sum(count for (_, status), count in counted.items() if status == "mismatch") == len(wanted)
    assert not any(status == "pass" for _, status in counted)


def test_a_finding_shows_printed_expected_and_difference(tmp_path, faulty):
    report_of(tmp_path, a=faulty)
    page = page_of(tmp_path, "a")
    assert "第4行" in page
    for figure in ("118,000", "108,000", "10,000"):
        assert figure in page


def test_a_figure_that_nothing_checks_is_never_shown_as_fine(tmp_path, clean):
    clean["proof"] = {
        "/amounts/0/figures": {"status": "confirmed", "equations": 2, "checks": []},
        "/line_item_tables/0/items/1/unit_price": {"status": "unchecked", "equations": 0, "checks": []},
    }
    clean["line_item_tables"][0]["items"][1]["unit_price"] = "76543.21"
    report_of(tmp_path, a=clean)
    page = page_of(tmp_path, "a")
    assert "76,543.21" in page
    assert "但有1个数值无从核对" in page
    assert '1 <span lang="zh">有算式印证' in page


def test_pictures_stand_beside_their_values_wherever_records_lie(tmp_path, faulty):
    check = next(check for check in faulty["checks"] if check["status"] == "mismatch")
    crops = tmp_path / "records" / "甲 #1.crops"
    crops.mkdir(parents=True)
    picture = {"page": 2, "file": "1.jpg", "width": 300, "height": 40}
    (crops / "index.json").write_text(json.dumps({check["refs"][0]: [picture]}))
    (crops / "1.jpg").write_bytes(b"picture")
    (tmp_path / "records" / "甲 #1.json").write_text(json.dumps(faulty))
    (row,) = rows_of(report_of(tmp_path))
    assert row["link"] == "report/%E7%94%B2%20%231.html"
    assert 'src="../records/%E7%94%B2%20%231.crops/1.jpg"' in page_of(tmp_path, "甲 #1")


def test_a_damaged_index_of_pictures_is_named(tmp_path, faulty):
    (tmp_path / "a.crops").mkdir()
    (tmp_path / "a.crops" / "index.json").write_text("[1]")
    with pytest.raises(RecordError, match="index"):
        report_of(tmp_path, a=faulty)


def test_what_a_contract_says_is_never_markup(tmp_path, faulty):
    faulty["contract"]["title"] = "</script><script>alert(1)</script>"
    faulty["checks"][0]["message"] = '"><img src=x onerror=alert(1)>'
    faulty["document"] = faulty["document"] | {"file_name": "<b>.pdf"}
    for check in faulty["checks"]:
        check["status"] = "mismatch"
    listed = report_of(tmp_path, a=faulty)
    for page in (listed, page_of(tmp_path, "a")):
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>.pdf" not in page
    assert rows_of(listed)[0]["title"] == faulty["contract"]["title"]


def test_every_page_loads_only_what_lies_beside_it(tmp_path, faulty):
    pages = {tmp_path: report_of(tmp_path, a=faulty), tmp_path / "report": page_of(tmp_path, "a")}
    for folder, page in pages.items():
        assert "default-src 'none'" in page
        links = re.findall(r"""(?:src|href)=["']?([^"'> ]+)""", page)
        assert links
        assert all((folder / html.unescape(link)).is_file() for link in links)


def test_failed_files_are_named_and_english_is_to_be_had(tmp_path, faulty):
    (tmp_path / "failures.csv").write_text("\ufeff文件,原因\nscans/b.pdf,文件是空的\n", encoding="utf-8")
    page = report_of(tmp_path, "en", a=faulty)
    assert "scans/b.pdf" in page
    assert 'data-lang="en"' in page
    assert "price table" in page_of(tmp_path, "a")


def test_pages_of_contracts_that_are_gone_go_too(tmp_path, faulty, clean):
    report_of(tmp_path, a=faulty, b=clean)
    (tmp_path / "b.json").unlink()
    assert len(rows_of(report_of(tmp_path))) == 1
    assert sorted(path.name for path in (tmp_path / "report").glob("*.html")) == ["a.html"]


def test_the_same_records_make_the_same_bytes(tmp_path, faulty, clean):
    report_of(tmp_path, a=faulty, b=clean)
    before = contents(tmp_path)
    report_of(tmp_path)
    assert contents(tmp_path) == before


def contents(out):
    return {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
