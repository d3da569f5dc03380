"""What is read for what: invented figures, printed, seen so coarsely that some are misread, and read again.

    python -m bench.confusions [--seeds 1-40] [--engine rapid] [--write]

A page holds figures as price tables print them, in the fonts and small sizes of real ones. A scan of ordinary quality
shows hardly any misreading, so each page is seen at the resolution of a bad fax, blurred and noisy, one crop a figure.
--write puts the counts into pipeline/proof/confusions.json, by which repairs are ranked.

>>> counts = counted([("2700", "27000"), ("71", "77"), ("5", "5")])
>>> counts["kinds"], counts["figures"]
({'changed': 1, 'lost': 1}, {'71': 1})
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

import cv2
import numpy as np
from weasyprint import HTML

from bench import scanning
from bench.synth.__main__ import seeds
from bench.synth.draw import FONTS
from pipeline.ocr.engine import Engine, Pixels
from pipeline.run import engine_named
from pipeline.text.misread import slip

TARGET = Path(__file__).parents[1] / "pipeline" / "proof" / "confusions.json"
ROWS, COLUMNS = 25, 5
ROW, COLUMN, INCH = 10.0, 36.0, 25.4  # millimetres
SIZES = (8, 9, 10.5)
COARSE = (65, 75, 90, 110)  # dots an inch: a fax in its fine mode has 196
CELL = "<div style='position:absolute;left:{x}mm;top:{y}mm;font:{size}pt \"{font}\";line-height:{row}mm'>{text}</div>"


def figure(rng: Random) -> str:
    """A price, a sum, a quantity or a percent, with separators or without."""
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


def counted(figures: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each kind of misreading occurred, and printed figure + read figure where one was changed."""
    kinds, changed = Counter[str](), Counter[str]()
    for read, true in figures:
        kind = slip(read, true)
        if kind:
            kinds[kind] += 1
        if kind == "changed":
            changed.update(f"{b}{a}" for a, b in zip(read, true, strict=True) if a != b)
    return {"kinds": dict(sorted(kinds.items())), "figures": dict(sorted(changed.items()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-40", metavar="A-B[,C]")
    parser.add_argument("--engine", default="rapid")
    parser.add_argument("--write", action="store_true", help="into pipeline/proof/confusions.json")
    options = parser.parse_args()
    engine = engine_named(options.engine)
    figures = [pair for seed in seeds(options.seeds) for pair in read(seed, engine)]
    text = json.dumps(counted(figures), indent=1)
    print(f"{len(figures)} figures, {sum(read != true for read, true in figures)} read otherwise\n{text}")
    if options.write:
        TARGET.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
