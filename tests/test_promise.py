"""No silent wrong number: whatever digit of a sample is misread, the record's wrong figures are pointed at by a check.

The misreading is made where an engine makes it, on the page: one digit or one numeral of a word is changed or lost,
with full confidence, and everything after the reading runs as always.
"""

import json
import random
from dataclasses import replace

import pytest

import pipeline
from pipeline import checks, fields, layout
from pipeline.model.lower import lower
from pipeline.model.record import Record

MONEY = {"unit_price", "quantity", "periods", "amount", "total", "figures", "percent", "words_value"}
PARTS = ("line_item_tables", "amounts", "installments")
NUMERALS = "壹贰叁肆伍陆柒捌玖"
TRIALS = 25


@pytest.fixture(scope="module", params=["cloud-lease", "goods-purchase"])
def result(request, samples):
    """A sample that agrees with itself, as it was really read."""
    return pipeline.extract(samples / request.param / "contract.pdf")


def plain(tree):
    return json.loads(json.dumps(tree))


def figures(data):
    """Every money value of a record by its pointer."""

    def walk(node, pointer):
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for key, value in children:
            if key in MONEY:
                yield f"{pointer}/{key}", value
            yield from walk(value, f"{pointer}/{key}")

    return {pointer: value for part in PARTS for pointer, value in walk(data[part], f"/{part}")}


def misread(pages, places, rng):
    """The pages with one digit or numeral at one of the places changed or lost."""
    spots = [
        (p, n, w, i)
        for place in places
        for x0, y0, x1, y1 in [place["bbox"]]
        for p, page in enumerate(pages)
        if page.number == place["page"]
        for n, line in enumerate(page.lines)
        for w, word in enumerate(line.words)
        for i, char in enumerate(word.text)
        if (char.isdigit() or char in NUMERALS)
        and (box := page.frame.shown(word.box)).x0 < x1
        and box.x1 > x0
        and y0 < box.center[1] < y1
    ]
    p, n, w, i = rng.choice(spots)
    page, line, word = pages[p], pages[p].lines[n], pages[p].lines[n].words[w]
    others = [char for char in ("0123456789" if word.text[i].isdigit() else NUMERALS) if char != word.text[i]]
    new = word.text[:i] + rng.choice(["", *others] if len(word.text.strip()) > 1 else others) + word.text[i + 1 :]
    words = (*line.words[:w], replace(word, text=new, confidence=1.0), *line.words[w + 1 :])
    lines = (*page.lines[:n], replace(line, words=words), *page.lines[n + 1 :])
    return (*pages[:p], replace(page, lines=lines), *pages[p + 1 :]), f"{word.text} -> {new}"


def read_again(result, pages):
    record = Record(result.record.document, result.record.processing, **fields.read(layout.layout(pages)))
    return plain(lower(record, checks.run(record), {page.number: page.frame for page in pages}))


def silent(before, after):
    """The figures that are wrong now and that no check which is no pass points at: itself, its entry, or its list."""
    pointed = {ref for check in after["checks"] if check["status"] != "pass" for ref in check["refs"]}
    entries = {ref.rpartition("/")[0] for ref in pointed if ref.rpartition("/")[2] in MONEY}
    now = figures(after)
    for pointer, value in figures(before).items():
        if value is not None and now.get(pointer) != value:
            entry = pointer.rpartition("/")[0]
            lists = {entry.rpartition("/")[0], f"/{pointer.split('/')[1]}", "/".join(pointer.split("/")[:3]) + "/total"}
            if not ({pointer, entry} & pointed or entry in entries or lists & pointed):
                yield pointer, value, now.get(pointer)


def test_a_misread_figure_never_passes_in_silence(result):
    before = plain(result.data)
    targets = sorted(p for p, value in figures(before).items() if value is not None and p in before["provenance"])
    rng = random.Random(len(targets))
    for pointer in rng.sample(targets, min(TRIALS, len(targets))):
        pages, change = misread(result.pages, before["provenance"][pointer], rng)
        assert list(silent(before, read_again(result, pages))) == [], f"{pointer}: {change}"
