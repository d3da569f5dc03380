"""What a page of a PDF draws: its objects as pdfium lists them, those inside form XObjects too.

>>> Matrix(2, 0, 0, 2, 5, 0).then(Matrix(1, 0, 0, -1, 0, 842)).at(10, 100)
(25, 642)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pypdfium2
from pypdfium2 import raw

DEPTH = 8  # of form XObjects in one another


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f (ISO 32000-2, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, other: Matrix) -> Matrix:
        """This one first, the other after it."""
        x, y = other.at(self.e, self.f)
        return Matrix(
            self.a * other.a + self.b * other.c,
            self.a * other.b + self.b * other.d,
            self.c * other.a + self.d * other.c,
            self.c * other.b + self.d * other.d,
            x,
            y,
        )

    def at(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A direction, which no shift moves."""
        return self.a * x + self.c * y, self.b * x + self.d * y


IDENTITY = Matrix(1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Content:
    """A page's objects, which live as long as pdfium's page is open: pypdfium2's images, the handles of its texts, the
    handles of its paths with the matrices of the forms around them; and how many other things it shows."""

    images: list[Any] = field(default_factory=list)
    texts: list[Any] = field(default_factory=list)
    paths: list[tuple[Any, Matrix]] = field(default_factory=list)
    others: int = 0

    @property
    def is_image_alone(self) -> bool:
        """Whether one image is all that the page shows: invisible text, which OCR lays over scans, doesn't count."""
        visible = any(
            raw.FPDFTextObj_GetTextRenderMode(text) != raw.FPDF_TEXTRENDERMODE_INVISIBLE for text in self.texts
        )
        return len(self.images) == 1 and not (self.paths or self.others or visible)


def content_of(page: Any) -> Content:
    content = Content(others=max(0, raw.FPDFPage_GetAnnotCount(page)))
    for thing, outside in things(page, raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, IDENTITY, DEPTH):
        kind = raw.FPDFPageObj_GetType(thing)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            content.texts.append(thing)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            content.paths.append((thing, outside))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            content.images.append(pypdfium2.PdfImage(thing, page=page, pdf=page.pdf))
        else:
            content.others += 1
    return content


def things(parent: Any, count: Any, get: Any, outside: Matrix, depth: int) -> Iterator[tuple[Any, Matrix]]:
    """The page's or form's objects; a form's own instead of the form, unless it lies too deep."""
    for index in range(count(parent)):
        thing = get(parent, index)
        if depth and raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            inside = matrix_of(thing).then(outside)
            yield from things(thing, raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, inside, depth - 1)
        else:
            yield thing, outside


def matrix_of(thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
