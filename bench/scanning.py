"""Printed contracts made into scans: stamped with red seals, then scanned, faxed or photographed.

| profile | what it is like |
| --- | --- |
| clean | 300 dpi, almost straight, soft JPEG |
| office | 200 dpi, a little askew, tinted paper, uneven light, noise, dust, now and then a dark edge |
| poor | 150 dpi, blurred, low contrast, worn toner, the back showing through |
| fax | 200 dpi, one bit a pixel, salt noise, damaged lines |
| phone | a photograph: perspective, lens, shadow, colour cast, the desk around it |

Every page draws from a generator of its own, seeded by (seed, profile, page); the paper's look is the document's.
Pixels are float32, RGB, 0 black to 1 white; lengths grow with the resolution (`k` = dpi / 200).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import cv2
import img2pdf
import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont

Pixels: TypeAlias = npt.NDArray[Any]
Rng: TypeAlias = np.random.Generator

SEAL_RED = (214, 38, 44)
SEAL_MM = 42
SEAL_FONT = "NotoSerifCJK-Bold.ttc"


@dataclass(frozen=True, slots=True)
class Seal:
    """A round company seal: its text, the page (from 1), and its centre in millimetres from the page's top left."""

    text: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Profile:
    """How a device renders a page; ranges are drawn from for each page."""

    dpi: int
    quality: int
    blur: tuple[float, float]
    skew: float
    tones: tuple[float, float]  # of ink and of paper
    tint: float = 0.0
    shade: float = 0.0
    noise: float = 0.0
    dust: tuple[int, int] = (0, 0)
    wear: float = 0.0
    through: float = 0.0
    edge: float = 0.0
    bits: bool = False
    photo: bool = False


PROFILES = {
    "clean": Profile(300, 90, (0.35, 0.45), 0.14, (0.02, 0.99), noise=0.006),
    "office": Profile(200, 75, (0.45, 0.8), 0.7, (0.1, 1.0), 0.06, 0.1, 0.012, (10, 45), edge=0.4),
    "poor": Profile(150, 45, (1.0, 1.35), 1.5, (0.31, 0.85), 0.09, 0.22, 0.025, (40, 110), 0.5, 0.17, 0.5),
    "fax": Profile(200, 0, (0.6, 0.9), 0.8, (0.08, 0.96), 0.0, 0.15, 0.03, wear=0.35, bits=True),
    "phone": Profile(200, 80, (0.6, 0.9), 0.0, (0.07, 0.98), 0.0, 0.1, 0.012, photo=True),
}


# ---- the sheet -------------------------------------------------------------------------------------------------------


def sheets(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as they leave the printer."""
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def stamp(sheet: Image.Image, seal: Seal, dpi: int = 200) -> Image.Image:
    """The sheet with the seal's red ink on it: ink darkens what is below, as on paper."""
    ink = impression(seal.text, dpi)
    layer = Image.new("RGB", sheet.size, "white")
    layer.paste(ink, (round(seal.x / 25.4 * dpi) - ink.width // 2, round(seal.y / 25.4 * dpi) - ink.height // 2))
    return multiply(sheet, layer)


@lru_cache(maxsize=8)
def impression(text: str, dpi: int) -> Image.Image:
    """A seal's ring, star and lettering, on white."""
    side = round(SEAL_MM / 25.4 * dpi)
    ink = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(ink)
    draw.ellipse((4, 4, side - 5, side - 5), outline=SEAL_RED, width=round(9 * dpi / 200))
    star = [
        (side / 2 + r * np.sin(i * np.pi / 5), side / 2 - r * np.cos(i * np.pi / 5))
        for i, r in enumerate([side * 0.15, side * 0.06] * 5)
    ]
    draw.polygon(star, fill=SEAL_RED)
    font = ImageFont.truetype(SEAL_FONT, side // 9)
    for i, char in enumerate(text):
        angle = (i - (len(text) - 1) / 2) * 250 / max(8, len(text))
        glyph = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(glyph).text((side / 2, side * 0.14), char, SEAL_RED, font, anchor="mm")
        ink = multiply(ink, glyph.rotate(-angle, fillcolor="white", resample=Image.Resampling.BICUBIC))
    return ink


def multiply(below: Image.Image, above: Image.Image) -> Image.Image:
    product = np.asarray(below, np.float32) * np.asarray(above, np.float32) / 255
    return Image.fromarray(product.astype(np.uint8))


# ---- the device ------------------------------------------------------------------------------------------------------


def scan(pdf: bytes, name: str, seed: int, seals: Iterable[Seal] = ()) -> bytes:
    """The printed PDF stamped and scanned by a profile: one image a page, no text."""
    profile, kind = PROFILES[name], zlib.crc32(name.encode())
    pages, stamped = sheets(pdf, profile.dpi), list(seals)
    images, back = [], None
    for number, sheet in enumerate(pages, 1):
        for seal in (seal for seal in stamped if seal.page == number):
            sheet = stamp(sheet, seal, profile.dpi)
        image = np.asarray(sheet, np.float32) / 255
        rng, paper = (np.random.default_rng([seed, kind, n]) for n in (number, 0))
        images.append(encoded(captured(image, back, profile, rng, paper), profile))
        back = image
    layout = img2pdf.get_fixed_dpi_layout_fun((profile.dpi, profile.dpi))
    return anonymous(img2pdf.convert(images, layout_fun=layout, nodate=True))


def anonymous(pdf: bytes) -> bytes:
    """The PDF without the random identity that its writer gave it: the same pages give the same bytes."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for key in {"/ID", "/Info"} & set(document.trailer.keys()):
            del document.trailer[key]
        document.save(out, deterministic_id=True)
    return out.getvalue()


def captured(image: Pixels, back: Pixels | None, profile: Profile, rng: Rng, paper: Rng) -> Pixels:
    """One page through the device: worn, blurred, tinted, turned, lit, dusty, noisy."""
    k = profile.dpi / 200
    image = worn(image, rng, profile.wear, k) if profile.wear else image
    image = soft(image, rng.uniform(*profile.blur) * k)
    image = image * shown_through(back, rng, profile.through) if profile.through and back is not None else image
    dark, light = profile.tones
    image = (dark + (light - dark) * image) * tinted(paper, profile.tint)
    image = photographed(image, rng, paper, k) if profile.photo else turned(image, rng, profile.skew)
    image = lit(image, rng, profile.shade) if profile.shade else image
    image = dusted(image, rng, int(rng.integers(profile.dust[0], profile.dust[1] + 1)), k)
    image = edged(image, rng, k) if rng.random() < profile.edge else image
    return np.asarray(np.clip(image + grain(image.shape, rng, profile.noise), 0, 1))


def encoded(image: Pixels, profile: Profile) -> bytes:
    """JPEG, or one bit a pixel in CCITT G4."""
    out, dpi = io.BytesIO(), (profile.dpi, profile.dpi)
    if profile.bits:
        bits = faxed(image, profile.dpi / 200)
        Image.fromarray(bits).convert("1", dither=Image.Dither.NONE).save(out, "TIFF", compression="group4", dpi=dpi)
    else:
        Image.fromarray((image * 255 + 0.5).astype(np.uint8)).save(out, "JPEG", quality=profile.quality, dpi=dpi)
    return out.getvalue()


# ---- effects ---------------------------------------------------------------------------------------------------------


def soft(image: Pixels, sigma: float) -> Pixels:
    return cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.2 else image


def clouds(shape: tuple[int, ...], rng: Rng, cell: float) -> Pixels:
    """Values in 0..1 that vary over about `cell` pixels."""
    height, width = shape[:2]
    grid = rng.random((int(height / cell) + 3, int(width / cell) + 3), dtype=np.float32)
    return np.clip(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)[..., None]


def grain(shape: tuple[int, ...], rng: Rng, sigma: float) -> Pixels:
    """Sensor noise, mostly the same in the three channels and a little correlated between neighbours."""
    grey = cv2.GaussianBlur(rng.standard_normal(shape[:2], dtype=np.float32), (0, 0), 0.55)
    colour = cv2.GaussianBlur(rng.standard_normal(shape, dtype=np.float32), (0, 0), 0.8)
    return (sigma * (grey[..., None] + 0.5 * colour)).astype(np.float32)


def worn(image: Pixels, rng: Rng, strength: float, k: float) -> Pixels:
    """Toner that dropped out: in patches, in grains, and along streaks of the drum."""
    patches = np.clip((clouds(image.shape, rng, 90 * k) - 0.45) * 2, 0, 1)
    grains = np.clip((clouds(image.shape, rng, 2.2 * k) - 0.35) * 1.8, 0, 1)
    streaks = np.zeros((1, image.shape[1], 1), np.float32)
    for x in rng.integers(0, image.shape[1], int(rng.integers(0, 4))):
        streaks[:, max(0, x - 2) : x + 3] = rng.uniform(0.15, 0.35)
    lost = np.clip(strength * (0.25 + patches) * grains + streaks, 0, 0.7)
    return np.asarray(1 - (1 - image) * (1 - lost), np.float32)


def shown_through(back: Pixels, rng: Rng, strength: float) -> Pixels:
    """The sheet's other side, mirrored and blurred, as a factor."""
    shift = np.array([[1, 0, rng.uniform(-12, 12)], [0, 1, rng.uniform(-12, 12)]], np.float32)
    size = (back.shape[1], back.shape[0])
    mirrored = cv2.warpAffine(soft(np.ascontiguousarray(back[:, ::-1]), 1.4), shift, size, borderValue=(1, 1, 1))
    ink = 1 - np.asarray(mirrored).mean(axis=2, keepdims=True)
    return np.asarray(1 - rng.uniform(0.7, 1.3) * strength * ink, np.float32)


def tinted(paper: Rng, depth: float) -> Pixels:
    """The paper's colour, between white and cream."""
    return np.array(1 - paper.uniform(0.3, 1) * depth * paper.uniform([0, 0.15, 1], [0.15, 0.45, 1]), np.float32)


def lit(image: Pixels, rng: Rng, depth: float) -> Pixels:
    """Uneven light: a slope in some direction, and slow blotches."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None] * np.float32(np.cos(angle))
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None] * np.float32(np.sin(angle))
    blotches = clouds(image.shape, rng, max(height, width) / 3)
    return (image * (1 - depth * (0.35 * (x + y + 1) + 0.4 * blotches))).astype(np.float32)


def dusted(image: Pixels, rng: Rng, count: int, k: float) -> Pixels:
    """Specks, most of them dark."""
    out = np.ascontiguousarray(image)
    for _ in range(count):
        at = int(rng.integers(out.shape[1])), int(rng.integers(out.shape[0]))
        tone = rng.uniform(0.15, 0.6) if rng.random() < 0.8 else 1.0
        cv2.circle(out, at, round(rng.uniform(0.3, 1.5) * k), (tone, tone, tone), -1, cv2.LINE_AA)
    return out


def edged(image: Pixels, rng: Rng, k: float) -> Pixels:
    """A dark strip along one side, where the sheet did not cover the glass."""
    turns = int(rng.integers(4))
    out = np.rot90(image, turns).copy()
    width = max(1, round(rng.uniform(2, 7) * k))
    out[:, :width] *= np.linspace(rng.uniform(0.1, 0.3), 0.85, width, dtype=np.float32)[None, :, None]
    return np.ascontiguousarray(np.rot90(out, -turns))


def turned(image: Pixels, rng: Rng, limit: float) -> Pixels:
    """The sheet a little askew and shifted by a hair."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-limit, limit)), 1.0)
    turn[:, 2] += rng.uniform(-0.003, 0.003, 2) * width
    tone = float(rng.uniform(0.88, 1.0))
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(tone,) * 3)


def photographed(image: Pixels, rng: Rng, paper: Rng, k: float) -> Pixels:
    """The sheet on a desk: perspective, a barrel lens, its own shadow and the photographer's, a colour cast."""
    height, width = image.shape[:2]
    frame = round(width * 1.08), round(height * 1.08)
    mapping = lens(width, height, frame, rng)
    sheet = cv2.remap(image, *mapping, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    ones = np.ones((height, width), np.float32)
    mask = cv2.remap(ones, *mapping, cv2.INTER_LINEAR, borderValue=0)[..., None]
    wood = np.float32(paper.uniform([0.3, 0.25, 0.2], [0.55, 0.5, 0.45]))
    desk = wood * (0.8 + 0.3 * clouds(mask.shape, rng, 25 * k)) * (1 - 0.5 * soft(mask[..., 0], 9 * k)[..., None])
    out = (desk + (sheet - desk) * mask) * shadow(mask.shape, rng)
    cast = np.array([(1.0, 0.95, 0.84), (0.90, 0.97, 1.0), (0.93, 1.0, 0.92)][int(paper.integers(3))], np.float32)
    out = soft((out * cast).astype(np.float32), rng.uniform(0.4, 0.7) * k)
    return (out + 0.5 * (out - soft(out, 1.5 * k))).astype(np.float32)


def lens(width: int, height: int, frame: tuple[int, int], rng: Rng) -> tuple[Pixels, Pixels]:
    """For every pixel of the photograph, where on the sheet it looks."""
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    shift = (np.array(frame) - (width, height)) / 2
    seen = (corners + shift + rng.uniform(-0.018, 0.018, (4, 2)) * width).astype(np.float32)
    back = np.linalg.inv(cv2.getPerspectiveTransform(corners, seen))
    x, y = np.meshgrid(np.arange(frame[0], dtype=np.float64), np.arange(frame[1], dtype=np.float64))
    cx, cy, half = frame[0] / 2, frame[1] / 2, np.hypot(*frame) / 2
    bend = 1 + rng.uniform(0.008, 0.018) * (((x - cx) / half) ** 2 + ((y - cy) / half) ** 2)
    points = np.stack([cx + (x - cx) * bend, cy + (y - cy) * bend], -1).reshape(1, -1, 2)
    sources = cv2.perspectiveTransform(points, back).reshape(frame[1], frame[0], 2).astype(np.float32)
    return sources[..., 0], sources[..., 1]


def shadow(shape: tuple[int, ...], rng: Rng) -> Pixels:
    """The photographer's shadow across one side, and the lens's darker corners."""
    angle, depth, width = rng.uniform(0, 2 * np.pi), rng.uniform(0.22, 0.42), rng.uniform(0.08, 0.3)
    x = np.linspace(-1, 1, shape[1], dtype=np.float32)[None, :, None]
    y = np.linspace(-1, 1, shape[0], dtype=np.float32)[:, None, None]
    edge = x * np.cos(angle) + y * np.sin(angle) - rng.uniform(-0.3, 0.5)
    return np.asarray((1 - depth / (1 + np.exp(-edge / width))) * (1 - 0.12 * (x**2 + y**2)), np.float32)


def faxed(image: Pixels, k: float) -> npt.NDArray[np.uint8]:
    """Black and white by a local threshold, with salt and lines lost on the wire; draws from the page's own pixels."""
    grey = cv2.cvtColor((image * 255).astype(np.uint8), cv2.COLOR_RGB2GRAY)
    rng = np.random.default_rng(zlib.crc32(grey.tobytes()))
    block = round(20 * k) * 2 + 1
    bits = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_GAUSSIAN_C, cv2.THRESH_BINARY, block, int(rng.integers(14, 22))
    )
    salt = rng.random(bits.shape, dtype=np.float32)
    bits[salt < 0.0006] = 0
    bits[salt > 0.985] = 255
    for y in rng.integers(1, bits.shape[0], int(rng.integers(0, 5))):
        bits[y] = bits[y - 1]
    return np.asarray(bits, np.uint8)
