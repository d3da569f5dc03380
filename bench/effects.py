"""What devices do to a page: blur, worn toner, paper colour, uneven light, dust, skew, a camera's lens and shadow.

Pixels are float32, RGB, 0 black to 1 white; lengths grow with the resolution (`k` = dpi / 200).
"""

from __future__ import annotations

import zlib
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

Pixels: TypeAlias = npt.NDArray[Any]
Rng: TypeAlias = np.random.Generator


def soft(image: Pixels, sigma: float) -> Pixels:
    return cv2.GaussianBlur(image, (0, 0), sigma) if sigma > 0.2 else image


def clouds(shape: tuple[int, ...], rng: Rng, cell: float) -> Pixels:
    """Values in 0..1 that vary over about `cell` pixels."""
    height, width = shape[:2]
    grid = rng.random((int(height / cell) + 3, int(width / cell) + 3), dtype=np.float32)
    return np.clip(cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1)[..., None]


def grain(shape: tuple[int, ...], rng: Rng, sigma: float, softness: float) -> Pixels:
    """Sensor noise, mostly the same in the three channels and a little correlated between neighbours."""
    grey = cv2.GaussianBlur(rng.standard_normal(shape[:2], dtype=np.float32), (0, 0), softness)
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


def shown_through(image: Pixels, back: Pixels | None, rng: Rng, strength: float) -> Pixels:
    """The page with the sheet's other side showing through it, mirrored and blurred."""
    if back is None:
        return image
    shift = np.array([[1, 0, rng.uniform(-12, 12)], [0, 1, rng.uniform(-12, 12)]], np.float32)
    size = (back.shape[1], back.shape[0])
    mirrored = cv2.warpAffine(soft(np.ascontiguousarray(back[:, ::-1]), 1.4), shift, size, borderValue=(1, 1, 1))
    ink = 1 - np.asarray(mirrored).mean(axis=2, keepdims=True)
    return np.asarray(image * (1 - strength * ink), np.float32)


def tinted(paper: Rng, low: float, high: float) -> Pixels:
    """The paper's colour, between white and cream."""
    return np.array(1 - paper.uniform(low, high) * paper.uniform([0, 0.15, 1], [0.15, 0.45, 1]), np.float32)


def lit(image: Pixels, rng: Rng, depth: float) -> Pixels:
    """Uneven light: a slope in some direction, and slow blotches."""
    height, width = image.shape[:2]
    angle = rng.uniform(0, 2 * np.pi)
    x = np.linspace(-1, 1, width, dtype=np.float32)[None, :, None] * np.float32(np.cos(angle))
    y = np.linspace(-1, 1, height, dtype=np.float32)[:, None, None] * np.float32(np.sin(angle))
    blotches = clouds(image.shape, rng, max(height, width) / 3)
    return (image * (1 - depth * (0.35 * (x + y + 1) + 0.4 * blotches))).astype(np.float32)


def dusted(image: Pixels, rng: Rng, count: int, hairs: int, k: float) -> Pixels:
    """Specks, most of them dark, and at most so many hairs."""
    out = np.ascontiguousarray(image)
    for _ in range(count):
        at = int(rng.integers(out.shape[1])), int(rng.integers(out.shape[0]))
        tone = rng.uniform(0.15, 0.6) if rng.random() < 0.8 else 1.0
        cv2.circle(out, at, round(rng.uniform(0.3, 1.5) * k), (tone, tone, tone), -1, cv2.LINE_AA)
    for _ in range(int(rng.integers(0, hairs + 1))):
        start = rng.integers(0, (out.shape[1], out.shape[0]))
        bends = np.cumsum(rng.normal(0, 5 * k, (12, 2)) + rng.normal(0, 5 * k, (1, 2)), axis=0)
        cv2.polylines(out, [(start + bends).astype(np.int32)], False, (0.5, 0.5, 0.5), 1, cv2.LINE_AA)
    return out


def edged(image: Pixels, rng: Rng, k: float) -> Pixels:
    """A dark, uneven strip along one side, where the sheet did not cover the glass."""
    turns = int(rng.integers(4))
    out = np.rot90(image, turns).copy()
    width = max(1, round(rng.uniform(2, 7) * k))
    taper = np.linspace(rng.uniform(0.1, 0.3), 0.85, width, dtype=np.float32)[None, :, None]
    out[:, :width] *= taper + rng.uniform(-0.05, 0.05, (out.shape[0], 1, 1)).astype(np.float32)
    return np.ascontiguousarray(np.rot90(out, -turns))


def turned(image: Pixels, rng: Rng, limit: float, beyond: float) -> Pixels:
    """The sheet a little askew and shifted by a hair; what lies beyond it has its own tone."""
    height, width = image.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-limit, limit)), 1.0)
    turn[:, 2] += rng.uniform(-0.003, 0.003, 2) * width
    return cv2.warpAffine(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=(beyond,) * 3)


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
    return (out * cast).astype(np.float32)


def sharpened(image: Pixels, radius: float) -> Pixels:
    """What a camera does to edges, and to noise."""
    return (image + 0.5 * (image - soft(image, radius))).astype(np.float32)


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
