"""The script on paper: HTML, then PDF, with the page where each clause and each fact stands.

The places come from the layout's own anchors, so the truth needs no reading of the page.
"""

from __future__ import annotations

import html
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from weasyprint import HTML

from bench.synth.deal import Look
from bench.synth.script import Script

MM = 25.4 / 96
ENVIRONMENT = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an anchor lies: its page (from 1), and millimetres from the page's top left."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Paper:
    """The printed contract; `places` by anchor name: keys of clauses and grids, pointers of facts."""

    pdf: bytes
    pages: int
    places: dict[str, Place]


def printed(script: Script, look: Look) -> Paper:
    """Lays the script out. The PDF carries no date and the same script gives the same bytes."""
    source = ENVIRONMENT.get_template("contract.html.j2").render(script=script, look=look)
    document = HTML(string=source).render()
    places = {
        html.unescape(name): Place(number, x * MM, y * MM)
        for number, page in reversed(list(enumerate(document.pages, 1)))  # a torn table begins where it first stands
        for name, x, y in anchors(page.anchors)
    }
    with undated():
        return Paper(document.write_pdf(pdf_identifier=b"synthetic"), len(document.pages), places)


@contextmanager
def undated() -> Iterator[None]:
    """Fonts cut down for a PDF carry the moment of their making, but for this variable (reproducible-builds.org)."""
    name = "SOURCE_DATE_EPOCH"
    before = os.environ.get(name)
    os.environ[name] = "0"
    try:
        yield
    finally:
        os.environ.pop(name) if before is None else os.environ.update({name: before})


def anchors(found: dict[str, tuple[float, ...]]) -> Iterator[tuple[str, float, float]]:
    for name, place in found.items():
        yield name, place[0], place[1]
