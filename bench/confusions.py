"""What is read for what: scans of invented contracts against what is printed, and figures seen so coarsely that many
are misread.

    python -m bench.confusions [--seeds 1-20] [--profiles office,poor,fax,phone] [--cache DIR] [--pages 1-40]
                               [--engine rapid] [--write]

The scans are those of `bench.verdicts` (--cache is the folder that it keeps), read without any proof: every figure of
money and every sum in words that the record has is held against the truth. A scan of ordinary quality shows hardly any
misreading, so pages of figures (--pages are their seeds) are also seen at the resolution of a bad fax, blurred and
noisy, one crop a figure (`coarse`). --write puts the counts into pipeline/proof/confusions.json, by which repairs are
ranked, and the table of kinds into docs/proof.md.

>>> counts = counted([("2700", "27000"), ("71", "77"), ("5", "5"), ("任仟元整", "伍仟元整")])
>>> counts["kinds"], counts["figures"], counts["numerals"]
({'changed': 1, 'lost': 1, 'numeral': 1}, {'71': 1}, {'五任': 1})
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from weasyprint import HTML

from bench import scanning
from bench.accuracy import written
from bench.compared import Json, number
from bench.misprints import remembered
from bench.reliability import PAGE, figures, table
from bench.synth.__main__ import seeds
from bench.synth.draw import FONTS
from pipeline import fields, layout
from pipeline.model.check import plain as digits
from pipeline.model.lower import lower
from pipeline.model.record import Record
from pipeline.ocr.engine import Engine, Pixels
from pipeline.run import about, engine_named, processing, read_pages
from pipeline.settings import Settings
from pipeline.text.amounts import plain as spelled
from pipeline.text.amounts import to_words
from pipeline.text.misread import numeral_slip, slip
from pipeline.timing import Stages

TARGET = Path(__file__).parents[1] / "pipeline" / "proof" / "confusions.json"
BEGIN, END = "<!-- bench.confusions begins -->", "<!-- bench.confusions ends -->"
COARSELY = "coarse"
KINDS = ("changed", "lost", "added", "point", "minus", "numeral", "other")
ROWS, COLUMNS = 25, 5
ROW, COLUMN, INCH = 10.0, 36.0, 25.4  # millimetres
SIZES = (8, 9, 10.5)
IN_WORDS = 0.2
MOST = 8
COARSE = (65, 75, 90, 110)  # dots an inch: a fax in its fine mode has 196
CELL = "<div style='position:absolute;left:{x}mm;top:{y}mm;font:{size}pt \"{font}\";line-height:{row}mm'>{text}</div>"


# ---- pages of figures ------------------------------------------------------------------------------------------------


def figure(rng: Random) -> str:
    """A price, a sum, a quantity or a percent, with separators or without; or a small sum in words."""
    if rng.random() < IN_WORDS:
        return to_words(Decimal(100 * rng.randrange(1, 100)))
    whole = rng.choice((rng.randrange(1, 100), rng.randrange(100, 10_000), rng.randrange(10_000, 10_000_000)))
    places = rng.choice((0, 2, 2))
    text = f"{whole:,}" if rng.random() < 0.3 else str(whole)
    return text + (f".{rng.randrange(10**places):0{places}}" if places else "")


def page(texts: list[str], rng: Random) -> bytes:
    """The figures on paper, row by row."""
    size, font = rng.choice(SIZES), rng.choice(FONTS)
    cells = (
        CELL.format(x=COLUMN * (i % COLUMNS), y=ROW * (i // COLUMNS), size=size, font=font, row=ROW, text=text)
        for i, text in enumerate(texts)
    )
    html = f"<style>@page {{ size: A4; margin: 15mm }} body {{ margin: 0 }}</style>{''.join(cells)}"
    pdf: bytes = HTML(string=html).write_pdf(pdf_identifier=b"synthetic")
    return pdf


def crops(pdf: bytes, rng: Random) -> Iterator[Pixels]:
    """Each figure of the page as a bad device sees it."""
    dpi, noise = rng.choice(COARSE), np.random.default_rng(rng.randrange(2**32))
    sheet = cv2.GaussianBlur(np.asarray(scanning.sheets(pdf, dpi)[0])[:, :, ::-1], (0, 0), rng.uniform(0.3, 0.9))
    grainy = sheet + noise.normal(0, rng.uniform(2, 18), sheet.shape)
    seen, k = np.asarray(np.clip(grainy, 0, 255), np.uint8), dpi / INCH
    for i in range(ROWS * COLUMNS):
        x, y = 15 + COLUMN * (i % COLUMNS), 15 + ROW * (i // COLUMNS)
        yield seen[round((y + 1) * k) : round((y + ROW - 1) * k), round((x - 2) * k) : round((x + COLUMN - 4) * k)]


def read(seed: int, engine: Engine) -> Iterator[tuple[str, str]]:
    """Each figure of one page as it was read and as it was printed."""
    rng = Random(seed)
    texts = [figure(rng) for _ in range(ROWS * COLUMNS)]
    for line, text in zip(engine.read_crops(tuple(crops(page(texts, rng), rng))), texts, strict=True):
        yield plain(line.text), plain(text)


def plain(text: str) -> str:
    return text.replace(",", "").replace("，", "").replace(" ", "")


# ---- scans of contracts ----------------------------------------------------------------------------------------------


def scanned(path: Path, true: Json, engine: Engine, settings: Settings) -> Iterator[tuple[str, str]]:
    """Each figure of money and each sum in words of a scan as it was read and as it is printed."""
    pages = tuple(read_pages(path, engine, settings, Stages()))
    record = Record(about(path, pages), processing(engine, settings), **fields.read(layout.layout(pages)))
    data = lower(record, (), {page.number: page.frame for page in pages})
    for leaf, printed in figures(record, data, true):
        yield (leaf.value if isinstance(leaf.value, str) else digits(leaf.value)), printed


def of_profile(profile: str, chosen: Sequence[int], engine: Engine, folder: Path) -> list[tuple[str, str]]:
    settings = Settings(cache_dir=folder / "pages", cache=True, threads=1)
    scans = (remembered(seed, profile, folder / "scans") for seed in chosen)
    return [pair for path, true in scans for pair in scanned(path, true, engine, settings)]


# ---- the counts ------------------------------------------------------------------------------------------------------


def kind_of(read: str, true: str) -> str | None:
    """How the figure or the words were misread; None where they say what is printed."""
    if number(true) is None:
        return None if spelled(read) == spelled(true) else "numeral" if numeral_slip(read, true) else "other"
    return None if number(read) == number(true) else slip(read, true) or "other"


def counted(values: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each kind of misreading occurred, and printed + read character where one figure or numeral was
    changed."""
    kinds, changed, numerals = Counter[str](), Counter[str](), Counter[str]()
    for read, true in values:
        kind = kind_of(read, true)
        kinds.update([kind] if kind and kind != "other" else [])
        if kind == "changed":
            changed.update(f"{b}{a}" for a, b in zip(read, true, strict=True) if a != b)
        if kind == "numeral":
            numerals[numeral_slip(read, true) or ""] += 1
    found = {"kinds": kinds, "figures": changed, "numerals": numerals}
    return {name: dict(sorted(counts.items())) for name, counts in found.items()}


def rows(found: dict[str, list[tuple[str, str]]]) -> Iterator[list[str]]:
    """How many values of each profile were misread, and how."""
    yield ["", "values", "misread", *KINDS, "most often (printed → read)"]
    for name, values in found.items():
        kinds = Counter(kind for read, true in values if (kind := kind_of(read, true)))
        pairs = counted(values)
        most = Counter(pairs["figures"] | pairs["numerals"]).most_common(MOST)
        said = ", ".join(f"{pair[0]} → {pair[1]} ({count})" for pair, count in most)
        yield [name, str(len(values)), str(sum(kinds.values())), *(str(kinds[kind]) for kind in KINDS), said]


def options_of() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", metavar="A-B[,C]")
    parser.add_argument("--profiles", default="office,poor,fax,phone", metavar="A,B")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where scans and pages are kept")
    parser.add_argument("--pages", default="1-40", metavar="A-B", help="seeds of the pages of figures")
    parser.add_argument("--engine", default="rapid")
    parser.add_argument("--write", action="store_true", help="into pipeline/proof/confusions.json and docs/proof.md")
    return parser.parse_args()


def main() -> None:
    options = options_of()
    engine = engine_named(options.engine)
    with TemporaryDirectory() as folder:
        chosen, kept = seeds(options.seeds), options.cache or Path(folder)
        found = {name: of_profile(name, chosen, engine, kept) for name in options.profiles.split(",")}
    found[COARSELY] = [pair for seed in seeds(options.pages) for pair in read(seed, engine)]
    counts = json.dumps(counted(pair for pairs in found.values() for pair in pairs), ensure_ascii=False, indent=1)
    command = f"    python -m bench.confusions --seeds {options.seeds} --profiles {options.profiles}"
    report = f"{command} --pages {options.pages}\n\n{table(rows(found))}"
    print(report, counts, sep="\n\n")
    if options.write:
        TARGET.write_text(counts + "\n", encoding="utf-8")
        written(report, BEGIN, END, PAGE)


if __name__ == "__main__":
    main()
