"""Small PDFs and page images for tests: typed pages whose glyphs are boxes, scans, and both at once."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from numpy.typing import NDArray

Image = NDArray[np.uint8]

HEIGHT = 842  # points of a page; 595 wide


@dataclass(frozen=True)
class Text:
    """One run of text: its left end and baseline in points from the page's top left, size, lean, colour, mode."""

    text: str
    x: float
    y: float
    size: float = 12.0
    lean: tuple[float, float] = (1.0, 0.0)
    colour: str = "0 0 0"
    mode: int = 0


def typed_page(texts: Sequence[Text], drawing: str = "") -> tuple[str, str]:
    """A page's content stream, and its font's characters in the order of their codes."""
    chars = "".join(dict.fromkeys("".join(text.text for text in texts)))
    return drawing + "\n" + "\n".join(shown(text, chars) for text in texts), chars


def shown(text: Text, chars: str, digits: int = 2) -> str:
    """The text as a content stream shows it, each code in so many hexadecimal digits."""
    codes = "".join(f"{chars.index(char) + 1:0{digits}x}" for char in text.text)
    cos, sin = text.lean
    place = f"{cos} {sin} {-sin} {cos} {text.x} {HEIGHT - text.y}"
    return f"BT {text.colour} rg {text.mode} Tr /F {text.size} Tf {place} Tm <{codes}> Tj ET"


def add_page(pdf: pikepdf.Pdf, content: str, chars: str, rotate: int = 0) -> pikepdf.Page:
    pdf.add_blank_page(page_size=(595, HEIGHT))
    page = pdf.pages[-1]
    page.Contents = pdf.make_stream(content.encode())
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font(pdf, chars)))
    page.Rotate = rotate
    return page


def font(pdf: pikepdf.Pdf, chars: str) -> pikepdf.Object:
    """A font whose glyphs are boxes, wide ones for Chinese; its ToUnicode says what they mean. Spaces are blank."""
    procedures, widths = pikepdf.Dictionary(), []
    for code, char in enumerate(chars, start=1):
        width = 1000 if char > "\u2000" else 500
        widths.append(width)
        box = "" if char.isspace() else f"80 0 {width - 160} 700 re f"
        procedures[f"/g{code}"] = pdf.make_stream(f"{width} 0 d0 {box}".encode())
    names = [pikepdf.Name(f"/g{code}") for code in range(1, len(chars) + 1)]
    rows = "\n".join(f"<{code:02x}> <{char.encode('utf-16-be').hex()}>" for code, char in enumerate(chars, start=1))
    cmap = f"1 begincodespacerange\n<00> <ff>\nendcodespacerange\n{len(chars)} beginbfchar\n{rows}\nendbfchar"
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type3,
            FontBBox=[0, -120, 1000, 880],
            FontMatrix=pikepdf.Array([0.001, 0, 0, 0.001, 0, 0]),
            CharProcs=procedures,
            Encoding=pikepdf.Dictionary(Type=pikepdf.Name.Encoding, Differences=pikepdf.Array([1, *names])),
            FirstChar=1,
            LastChar=len(chars),
            Widths=pikepdf.Array(widths),
            Resources=pikepdf.Dictionary(),
            ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )


def unnamed_font(pdf: pikepdf.Pdf, chars: str) -> pikepdf.Object:
    """A font that is embedded, with boxes for glyphs, of which only its own table says what they mean."""
    names = [".notdef", *(f"g{code}" for code in range(1, len(chars) + 1))]
    widths = [500, *(1000 if char > "\u2000" else 500 for char in chars)]
    outlines = {}
    for name, width in zip(names, widths, strict=True):
        pen = TTGlyphPen(None)
        for move, x, y in ((pen.moveTo, 80, 0), (pen.lineTo, 80, 700), (pen.lineTo, width - 80, 700)):
            move((x, y))
        pen.lineTo((width - 80, 0))
        pen.closePath()
        outlines[name] = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({ord(char): name for char, name in zip(chars, names[1:], strict=True)})
    font.setupGlyf(outlines)
    font.setupHorizontalMetrics({name: (width, 80) for name, width in zip(names, widths, strict=True)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupOS2()
    font.setupPost()
    font.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    written = io.BytesIO()
    font.save(written)
    name, dictionary = pikepdf.Name, pikepdf.Dictionary
    about = dictionary(
        Type=name.FontDescriptor,
        FontName=name.Boxes,
        Flags=4,
        FontBBox=[0, -120, 1000, 880],
        ItalicAngle=0,
        Ascent=880,
        Descent=-120,
        CapHeight=700,
        StemV=80,
        FontFile2=pdf.make_stream(written.getvalue()),
    )
    glyphs = dictionary(
        Type=name.Font,
        Subtype=name.CIDFontType2,
        BaseFont=name.Boxes,
        CIDSystemInfo=dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(about),
        W=pikepdf.Array([0, pikepdf.Array(widths)]),
        CIDToGIDMap=name.Identity,
    )
    return pdf.make_indirect(
        dictionary(
            Type=name.Font,
            Subtype=name.Type0,
            BaseFont=name.Boxes,
            Encoding=name("/Identity-H"),
            DescendantFonts=pikepdf.Array([pdf.make_indirect(glyphs)]),
        )
    )


def typed_pdf(path: Path, texts: Sequence[Text], drawing: str = "", rotate: int = 0) -> Path:
    with pikepdf.new() as pdf:
        add_page(pdf, *typed_page(texts, drawing), rotate=rotate)
        pdf.save(path)
    return path


def scan_pdf(path: Path, pixels: Image, texts: Sequence[Text] = (), rotate: int = 0) -> Path:
    """A page that is one image of the whole sheet, with `texts` over it."""
    with pikepdf.new() as pdf:
        content, chars = typed_page(texts, f"q 595 0 0 {HEIGHT} 0 0 cm /I Do Q")
        page = add_page(pdf, content, chars or "x", rotate)
        page.Resources.XObject = pikepdf.Dictionary(I=image(pdf, pixels))
        pdf.save(path)
    return path


def image(pdf: pikepdf.Pdf, pixels: Image) -> pikepdf.Stream:
    height, width = pixels.shape[:2]
    return pdf.make_stream(
        np.ascontiguousarray(pixels[..., ::-1]).tobytes(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )


def printed_sheet(width: int = 827, height: int = 1170, lines: int = 24) -> Image:
    """A page of made-up print, 100 dpi: square characters with strokes, a comma at the foot after every sixth."""
    rng = np.random.default_rng(3)
    page = np.full((height, width, 3), 255, np.uint8)
    for row in range(lines):
        top = 100 + row * 36
        for column in range(rng.integers(18, 29)):
            left = 90 + column * 22
            if column % 6 == 5:
                page[top + 15 : top + 20, left + 2 : left + 6] = 0
            else:
                character(page[top : top + 20, left : left + 19], rng)
    return page


def character(place: Image, rng: np.random.Generator) -> None:
    """Strokes within a square that they fill."""
    place[[0, 1, -2, -1], :] = place[:, [0, 1, -2, -1]] = 30
    high, low, middle = rng.integers(4, 8), rng.integers(11, 15), rng.integers(4, 14)
    place[high : high + 2, :] = place[low : low + 2, :] = place[:, middle : middle + 2] = 30


def turned(pixels: Image, rotation: int) -> Image:
    """Turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(pixels, -rotation // 90))


def tilted(pixels: Image, degrees: float) -> Image:
    """Turned clockwise by a few degrees about its middle."""
    height, width = pixels.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=(255, 255, 255)), np.uint8)


def tiff(*pages: Image) -> bytes:
    from PIL import Image as Pillow

    images = [Pillow.fromarray(np.ascontiguousarray(page[..., ::-1])) for page in pages]
    buffer = io.BytesIO()
    images[0].save(buffer, "TIFF", save_all=True, append_images=images[1:], dpi=(200, 200))
    return buffer.getvalue()
