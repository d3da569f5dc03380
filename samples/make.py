"""Makes the samples' scans: contract.html -> printed page -> stamped -> scanned -> contract.pdf.

    python samples/make.py [NAME ...]

Needs the extra `hetong[samples]`, Pango (apt: libpango-1.0-0 libpangoft2-1.0-0) and the font Noto Serif CJK SC (apt:
fonts-noto-cjk). The same sources give the same scans, but for the libraries' versions. All companies, people and
figures are invented.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2
import img2pdf
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML

HERE = Path(__file__).parent
DPI = 200
SEAL_RED = (214, 38, 44)
SEAL_MM = 42
SEAL_FONT = "NotoSerifCJK-Bold.ttc"

Pixels = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Seal:
    """A round company seal: its text, the page (from 1), and its centre in millimetres from the page's top left."""

    text: str
    page: int
    x: float
    y: float


SEALS = {
    "cloud-lease": (
        Seal("澄湖市大数据服务中心", 3, 66, 147),
        Seal("北溪云枢科技有限公司", 3, 146, 149),
        Seal("北溪云枢科技有限公司", 4, 166, 220),
    ),
    "goods-purchase": (
        Seal("明岭学院", 2, 128, 190),
        Seal("蜀川锦程网络设备有限公司", 2, 138, 232),
    ),
    "software-errors": (
        Seal("柳泉市档案馆", 3, 66, 133),
        Seal("杭城墨笺软件有限公司", 3, 150, 131),
    ),
}


def printed(source: Path) -> list[Image.Image]:
    """The HTML page's sheets at DPI."""
    with pdfium.PdfDocument(HTML(source).write_pdf()) as pdf:
        return [page.render(scale=DPI / 72).to_pil().convert("RGB") for page in pdf]


def stamp(sheet: Image.Image, seal: Seal) -> Image.Image:
    """The sheet with the seal's red ink on it: ink darkens what is below, as on paper."""
    side = round(SEAL_MM / 25.4 * DPI)
    ink = Image.new("RGB", (side, side), "white")
    draw = ImageDraw.Draw(ink)
    draw.ellipse((4, 4, side - 5, side - 5), outline=SEAL_RED, width=9)
    star = [
        (side / 2 + r * np.sin(i * np.pi / 5), side / 2 - r * np.cos(i * np.pi / 5))
        for i, r in enumerate([side * 0.15, side * 0.06] * 5)
    ]
    draw.polygon(star, fill=SEAL_RED)
    font = ImageFont.truetype(SEAL_FONT, side // 9)
    for i, char in enumerate(seal.text):
        angle = (i - (len(seal.text) - 1) / 2) * 250 / max(8, len(seal.text))
        glyph = Image.new("RGB", (side, side), "white")
        ImageDraw.Draw(glyph).text((side / 2, side * 0.14), char, SEAL_RED, font, anchor="mm")
        ink = multiply(ink, glyph.rotate(-angle, fillcolor="white", resample=Image.Resampling.BICUBIC))
    layer = Image.new("RGB", sheet.size, "white")
    layer.paste(ink, (round(seal.x / 25.4 * DPI) - side // 2, round(seal.y / 25.4 * DPI) - side // 2))
    return multiply(sheet, layer)


def multiply(below: Image.Image, above: Image.Image) -> Image.Image:
    product = np.asarray(below, np.float32) * np.asarray(above, np.float32) / 255
    return Image.fromarray(product.astype(np.uint8))


def scanned(sheet: Image.Image, rng: np.random.Generator) -> bytes:
    """The sheet as an office scanner gives it: a little askew and soft, tinted, noisy, JPEG."""
    image = np.asarray(sheet, np.float32) / 255
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 0.8))
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-0.6, 0.6), 1)
    image = cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(0.95,) * 3)
    slope = np.linspace(1, rng.uniform(0.93, 0.98), width, dtype=np.float32)[None, :, None]
    paper = np.array([1.0, 0.985, rng.uniform(0.94, 0.97)], np.float32)
    noise = rng.normal(0, 0.012, image.shape).astype(np.float32)
    image = (0.08 + 0.92 * image) * slope * paper + cv2.GaussianBlur(noise, (0, 0), 0.6)
    out = io.BytesIO()
    Image.fromarray((np.clip(image, 0, 1) * 255).astype(np.uint8)).save(out, "JPEG", quality=78, dpi=(DPI, DPI))
    return out.getvalue()


def make(name: str) -> None:
    """Writes samples/NAME/contract.pdf."""
    sheets = printed(HERE / name / "contract.html")
    for seal in SEALS[name]:
        sheets[seal.page - 1] = stamp(sheets[seal.page - 1], seal)
    rng = np.random.default_rng(sorted(SEALS).index(name))
    scans = [scanned(sheet, rng) for sheet in sheets]
    layout = img2pdf.get_fixed_dpi_layout_fun((DPI, DPI))
    (HERE / name / "contract.pdf").write_bytes(img2pdf.convert(scans, layout_fun=layout, nodate=True))


if __name__ == "__main__":
    for sample in sys.argv[1:] or SEALS:
        make(sample)
