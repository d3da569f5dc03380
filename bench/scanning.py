"""Printed contracts made into scans: stamped with red seals, then scanned, faxed or photographed.

| profile | what it is like |
| --- | --- |
| clean | 300 dpi, almost straight, soft JPEG |
| office | 200 dpi, a little askew, tinted paper, uneven light, noise, dust, now and then a dark edge |
| poor | 150 dpi, blurred, low contrast, worn toner, the back showing through |
| fax | 200 dpi, one bit a pixel, salt noise, damaged lines |
| phone | a photograph: perspective, lens, shadow, colour cast, the desk around it |

One document in eight has a few pages that lay the wrong way on the glass. Low resolutions are rendered at twice their
size and averaged, as a sensor does. Every page draws from a generator of its own, seeded by (seed, profile, page); the
paper's look is the document's.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import img2pdf
import numpy as np
import pikepdf
import pypdfium2 as pdfium
from PIL import Image

from bench.effects import (
    Pixels,
    Rng,
    dusted,
    edged,
    faxed,
    grain,
    lit,
    photographed,
    sharpened,
    shown_through,
    soft,
    tinted,
    turned,
    worn,
)  # fmt: skip
from bench.seals import Seal, stamp

TURNED_DOCUMENTS = 1 / 8
TURNED_PAGES = 0.12


@dataclass(frozen=True, slots=True)
class Profile:
    """How a device renders a page; ranges are drawn from for each page."""

    dpi: int
    quality: int
    blur: tuple[float, float]
    skew: float
    ink: tuple[float, float]
    paper: tuple[float, float]
    beyond: tuple[float, float] = (1.0, 1.0)  # the tone beside a sheet that lies askew
    tint: tuple[float, float] = (0.0, 0.0)
    shade: float = 0.0
    noise: float = 0.0
    softness: float = 0.5  # of the noise
    dust: tuple[int, int] = (0, 0)
    hairs: int = 0
    wear: tuple[float, float] = (0.0, 0.0)
    through: tuple[float, float] = (0.0, 0.0)
    edge: tuple[float, float] = (0.0, 1.0)  # how often, and how broad
    bits: bool = False
    photo: tuple[float, float] = (0.0, 0.0)  # a camera's own blur


PROFILES = {
    "clean": Profile(300, 90, (0.35, 0.45), 0.14, (0.0, 0.02), (0.98, 0.99), noise=0.006),
    "office": Profile(
        200, 75, (0.45, 0.8), 0.7, (0.1, 0.1), (1.0, 1.0), (0.88, 0.97), (0.02, 0.07), 0.1, 0.012,
        dust=(10, 45), hairs=1, edge=(0.4, 1.0),
    ),
    "poor": Profile(
        150, 45, (1.06, 1.4), 1.5, (0.26, 0.36), (0.8, 0.9), (0.6, 0.9), (0.04, 0.1), 0.22, 0.025, 0.65,
        dust=(40, 110), hairs=3, wear=(0.4, 0.65), through=(0.12, 0.22), edge=(0.5, 2.0),
    ),
    "fax": Profile(
        200, 0, (0.6, 0.9), 0.8, (0.08, 0.08), (0.96, 0.96), shade=0.15, noise=0.03, wear=(0.35, 0.35), bits=True,
    ),
    "phone": Profile(
        200, 80, (0.5, 0.5), 0.0, (0.07, 0.07), (0.98, 0.98), shade=0.08, noise=0.012, softness=0.6, photo=(0.4, 0.8),
    ),
}  # fmt: skip


# ---- the sheet -------------------------------------------------------------------------------------------------------


def sheets(pdf: bytes, dpi: int) -> list[Image.Image]:
    """The pages of a PDF as they leave the printer."""
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]


def seen(pdf: bytes, dpi: int) -> Iterator[Image.Image]:
    """The pages as a sensor of this resolution sees them, one after the other."""
    over = 2 if dpi <= 200 else 1
    with pdfium.PdfDocument(pdf) as document:
        for page in document:
            yield page.render(scale=over * dpi / 72).to_pil().convert("RGB").reduce(over)


# ---- the device ------------------------------------------------------------------------------------------------------


def scan(pdf: bytes, name: str, seed: int, seals: Iterable[Seal] = ()) -> bytes:
    """The printed PDF stamped and scanned by a profile: one image a page, no text."""
    profile, kind = PROFILES[name], zlib.crc32(name.encode())
    stamped, images, back = list(seals), [], None
    for number, sheet in enumerate(seen(pdf, profile.dpi), 1):
        for seal in (seal for seal in stamped if seal.page == number):
            sheet = stamp(sheet, seal, profile.dpi)
        image = np.asarray(sheet, np.float32) / 255
        rng, paper = (np.random.default_rng([seed, kind, n]) for n in (number, 0))
        images.append(encoded(laid(captured(image, back, profile, rng, paper), seed, kind, number), profile))
        back = image
    layout = img2pdf.get_fixed_dpi_layout_fun((profile.dpi, profile.dpi))
    return anonymous(img2pdf.convert(images, layout_fun=layout, nodate=True))


def laid(image: Pixels, seed: int, kind: int, number: int) -> Pixels:
    """The page as it lay on the glass: in some documents a few lie sideways or upside down."""
    if np.random.default_rng([seed, kind]).random() >= TURNED_DOCUMENTS:
        return image
    rng = np.random.default_rng([seed, kind, number, 1])
    quarters = int(rng.choice([1, 2, 2, 3])) if rng.random() < TURNED_PAGES else 0
    return np.ascontiguousarray(np.rot90(image, quarters))


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
    image = worn(image, rng, rng.uniform(*profile.wear), k) if profile.wear[1] else image
    image = soft(image, rng.uniform(*profile.blur) * k)
    image = shown_through(image, back, rng, rng.uniform(*profile.through)) if profile.through[1] else image
    dark, light = rng.uniform(*profile.ink), rng.uniform(*profile.paper)
    image = (dark + (light - dark) * image) * tinted(paper, *profile.tint)
    if profile.photo[1]:
        return taken(image, profile, rng, paper, k)
    image = lit(turned(image, rng, profile.skew, rng.uniform(*profile.beyond)), rng, profile.shade)
    image = dusted(image, rng, int(rng.integers(profile.dust[0], profile.dust[1] + 1)), profile.hairs, k)
    image = edged(image, rng, profile.edge[1] * k) if rng.random() < profile.edge[0] else image
    return clipped(image + grain(image.shape, rng, profile.noise, profile.softness))


def taken(image: Pixels, profile: Profile, rng: Rng, paper: Rng, k: float) -> Pixels:
    """The sheet through a camera, which sharpens its own noise."""
    image = lit(photographed(image, rng, paper, k), rng, profile.shade)
    image = soft(image, rng.uniform(*profile.photo) * k)
    return clipped(sharpened(image + grain(image.shape, rng, profile.noise, profile.softness), 1.5 * k))


def clipped(image: Pixels) -> Pixels:
    return np.asarray(np.clip(image, 0, 1), np.float32)


def encoded(image: Pixels, profile: Profile) -> bytes:
    """JPEG, or one bit a pixel in CCITT G4."""
    out, dpi = io.BytesIO(), (profile.dpi, profile.dpi)
    if profile.bits:
        bits = faxed(image, profile.dpi / 200)
        Image.fromarray(bits).convert("1", dither=Image.Dither.NONE).save(out, "TIFF", compression="group4", dpi=dpi)
    else:
        Image.fromarray((image * 255 + 0.5).astype(np.uint8)).save(out, "JPEG", quality=profile.quality, dpi=dpi)
    return out.getvalue()
