"""A page's characters and drawings, as pdfium reads them: they stand just where it draws them.

pdfium takes what an /ActualText says for the glyphs it stands for, and places it badly; what counts here is what the
page shows, so replacement texts are taken out of the page in memory before its text is asked for.
(ISO 32000-2: 8.5 paths, 9.4.4 text space, 14.9.4 replacement text.)
"""

from __future__ import annotations

import ctypes
import itertools
import math
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.model.source import Box
from pipeline.ocr.content import Content, Matrix, matrix_of
from pipeline.ocr.typed import DESCENT, ILLEGIBLE, Printed, Shape, Typed, ideograph, is_red, is_white

REPLACEMENT = b"ActualText"
HYPHENS = {0x02, 0xAD, 0xFFFE}  # what pdfium says of a hyphen that ends a line
EM = 1000.0  # units of a glyph's width
STRAIGHT = 0.01  # points by which the sides of an upright rectangle may lean


def read(page: Any, content: Content, number: int) -> Typed:
    """What page `number` shows; `page` is pdfium's."""
    for text in content.texts:
        without_replacement(text)
    width, height = page.get_size()
    onto = shown_matrix(page)
    shapes = tuple(shape for path, outside in content.paths for shape in shapes_of(path, outside.then(onto)))
    with closing(page.get_textpage()) as text_page:
        chars = tuple(characters(text_page.raw, onto))
    return Typed(number, float(width), float(height), chars, shapes)


def without_replacement(text: Any) -> None:
    for index in range(raw.FPDFPageObj_CountMarks(text)):
        raw.FPDFPageObjMark_RemoveParam(text, raw.FPDFPageObj_GetMark(text, index), REPLACEMENT)


def shown_matrix(page: Any) -> Matrix:
    """From the page's own coordinates to points of the shown page, turned by its /Rotate, y downwards."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = box.left, box.bottom, box.right, box.top
    return (
        Matrix(1, 0, 0, -1, -left, top),
        Matrix(0, 1, 1, 0, -bottom, -left),
        Matrix(-1, 0, 0, 1, right, -bottom),
        Matrix(0, -1, -1, 0, top, right),
    )[raw.FPDFPage_GetRotation(page) % 4]


@dataclass(frozen=True, slots=True)
class Style:
    """How characters are set: from text space onto the shown page, size in text space, em and angle there, redness."""

    a: float
    b: float
    c: float
    d: float
    size: float
    em: float
    angle: float
    red: bool

    def square(self, x: float, y: float, advance: float) -> Box:
        """The em square's box of a character whose origin is shown at (x, y); `advance` is in ems."""
        right, down = self.a * self.size * advance, self.b * self.size * advance
        if down == self.c == 0 and right > 0 > self.d:
            bottom = y + DESCENT * self.em
            return Box(x, bottom - self.em, x + right, bottom)
        below, above = -DESCENT * self.size, (1 - DESCENT) * self.size
        lean = self.c * below, self.c * above, right + self.c * below, right + self.c * above
        bottom = y + max(self.d * below, self.d * above) + max(0.0, down)
        return Box(x + min(lean), bottom - self.em, x + max(lean), bottom)


class Glyph(NamedTuple):
    """One of pdfium's characters: its text object's address, its origin on the page, advance in ems, style and text."""

    thing: int
    x: float
    y: float
    advance: float
    style: Style
    text: str

    @property
    def printed(self) -> Printed:
        box = self.style.square(self.x, self.y, self.advance)
        return Printed(ideograph(self.text), box, self.style.em, self.style.angle, self.style.red)


def characters(text: Any, onto: Matrix) -> Iterator[Printed]:
    """The characters of pdfium's text page; those that stand for one glyph, as a ligature's letters do, as one."""
    last: Glyph | None = None
    for glyph in Glyphs(text, onto).every():
        if last and glyph.thing == last.thing and glyph.x == last.x and glyph.y == last.y:
            last = last._replace(text=last.text + glyph.text)
            continue
        if last:
            yield last.printed
        last = glyph
    if last:
        yield last.printed


class Glyphs:
    """What pdfium found on one page, asked piece by piece into the same few cells of memory."""

    def __init__(self, text: Any, onto: Matrix) -> None:
        self.text, self.onto = text, onto
        self.matrix, self.x, self.y, self.wide = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), ctypes.c_float()
        self.colour = Colour()
        self.styles: dict[tuple[float, ...], Style] = {}
        self.widths: dict[tuple[int, int], float] = {}

    def every(self) -> Iterator[Glyph]:
        """All but the spaces that pdfium adds, which belong to no text object."""
        last = 0
        for index in range(raw.FPDFText_CountChars(self.text)):
            thing = raw.FPDFText_GetTextObject(self.text, index)
            if not thing:
                continue
            address = ctypes.addressof(thing.contents)
            if address != last:
                last, style = address, self.style(index)
                font = raw.FPDFTextObj_GetFont(thing)
                number = ctypes.addressof(font.contents) if font else 0
            raw.FPDFText_GetCharOrigin(self.text, index, self.x, self.y)
            x, y = self.onto.at(self.x.value, self.y.value)
            code = raw.FPDFText_GetUnicode(self.text, index)
            yield Glyph(address, x, y, self.width(font, number, code), style, self.meaning(index, code))

    def style(self, index: int) -> Style:
        raw.FPDFText_GetMatrix(self.text, index, self.matrix)
        size = raw.FPDFText_GetFontSize(self.text, index)
        rgb = self.colour.asked(raw.FPDFText_GetFillColor, self.text, index)
        key = self.matrix.a, self.matrix.b, self.matrix.c, self.matrix.d, size, *rgb
        if key not in self.styles:
            sign = math.copysign(1.0, size)  # a negative size turns its characters round
            a, b = self.onto.turned(sign * self.matrix.a, sign * self.matrix.b)
            c, d = self.onto.turned(sign * self.matrix.c, sign * self.matrix.d)
            size = abs(size)
            em, angle = math.hypot(c, d) * size, math.degrees(math.atan2(-b, a))
            self.styles[key] = Style(a, b, c, d, size, em, angle, is_red(rgb))
        return self.styles[key]

    def width(self, font: Any, number: int, code: int) -> float:
        """How far the character moves on, in ems; one where its font, known by a number, doesn't say."""
        known = self.widths.get((number, code))
        if known is None:
            found = font and raw.FPDFFont_GetGlyphWidth(font, code, EM, self.wide) and self.wide.value > 0
            known = self.widths[number, code] = self.wide.value / EM if found else 1.0
        return known

    def meaning(self, index: int, code: int) -> str:
        """The character's Unicode text; pdfium gives its code in the font where the font doesn't say what it means."""
        if code in HYPHENS and raw.FPDFText_IsHyphen(self.text, index) == 1:
            return "-"
        return chr(code) if code and raw.FPDFText_HasUnicodeMapError(self.text, index) != 1 else ILLEGIBLE


class Colour:
    """Asks pdfium for colours."""

    def __init__(self) -> None:
        self.red, self.green, self.blue, self.alpha = (ctypes.c_uint() for _ in range(4))

    def asked(self, get: Any, *of: Any) -> tuple[float, float, float]:
        """Red, green and blue, 0..1; black where pdfium can't say."""
        if not get(*of, self.red, self.green, self.blue, self.alpha):
            return 0.0, 0.0, 0.0
        return self.red.value / 255, self.green.value / 255, self.blue.value / 255


def shapes_of(path: Any, outside: Matrix) -> Iterator[Shape]:
    """The path's straight lines and upright rectangles, if they leave dark ink: white ones only cover what lies
    below."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)
    ink = raw.FPDFPageObj_GetStrokeColor if stroke.value else raw.FPDFPageObj_GetFillColor
    if not (fill.value or stroke.value) or is_white(Colour().asked(ink, path)):
        return
    matrix = matrix_of(path).then(outside)
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(path, width)
    pen = width.value * math.hypot(matrix.a, matrix.b)
    for outline in outlines(path):
        points = [matrix.at(x, y) for x, y in outline]
        if len(points) == 2 or is_rectangle(points):
            xs, ys = zip(*points, strict=True)
            yield Shape(Box(min(xs), min(ys), max(xs), max(ys)), pen, len(points) > 2, bool(stroke.value))


def outlines(path: Any) -> Iterator[list[tuple[float, float]]]:
    """The points of each of the path's parts, the first again at the end of a closed one; curved parts are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    straight = True
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if straight and part:
                yield part
            part, straight = [], True
        straight = straight and kind != raw.FPDF_SEGMENT_BEZIERTO
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        part.append((x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and part[0] != part[-1] and len(part) > 2:
            part.append(part[0])
    if straight and part:
        yield part


def is_rectangle(points: list[tuple[float, float]]) -> bool:
    """Whether these are the corners of an upright rectangle, the first one twice.

    >>> is_rectangle([(0, 0), (9, 0), (9, 4), (0, 4), (0, 0)]), is_rectangle([(0, 0), (9, 1), (9, 4), (0, 4), (0, 0)])
    (True, False)
    """
    if len(points) != 5 or points[0] != points[4]:
        return False
    sides = [(abs(x1 - x0) <= STRAIGHT, abs(y1 - y0) <= STRAIGHT) for (x0, y0), (x1, y1) in itertools.pairwise(points)]
    upright = [down != across for down, across in sides]
    return all(upright) and all(a[0] != b[0] for a, b in itertools.pairwise(sides))
