"""Makes the samples' scans: contract.html -> printed page -> stamped -> scanned -> contract.pdf.

    python -m samples.make [NAME ...]

Needs the extra `hetong[samples]`, Pango (apt: libpango-1.0-0 libpangoft2-1.0-0) and the font Noto Serif CJK SC (apt:
fonts-noto-cjk). The same sources give the same scans, but for the libraries' versions. All companies, people and
figures are invented.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import cv2
import img2pdf
import numpy as np
from PIL import Image
from weasyprint import HTML

from bench.scanning import sheets
from bench.seals import Seal, stamp

HERE = Path(__file__).parent
DPI = 200

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
    pages = sheets(HTML(HERE / name / "contract.html").write_pdf(), DPI)
    for seal in SEALS[name]:
        pages[seal.page - 1] = stamp(pages[seal.page - 1], seal, DPI)
    rng = np.random.default_rng(sorted(SEALS).index(name))
    scans = [scanned(sheet, rng) for sheet in pages]
    layout = img2pdf.get_fixed_dpi_layout_fun((DPI, DPI))
    (HERE / name / "contract.pdf").write_bytes(img2pdf.convert(scans, layout_fun=layout, nodate=True))


if __name__ == "__main__":
    for sample in sys.argv[1:] or SEALS:
        make(sample)
