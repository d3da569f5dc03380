"""Finds the sheet in a photograph by its four edges, and lays it flat.

Contracts are photographed on a desk: the desk shows around the sheet, perspective makes it a quadrangle, and the lens
bends its edges. Each edge is a long, almost straight step from the darker desk to the lighter paper, so it is followed
from one end to the other along the path on which the steps add up to the most, and a parabola is laid through it. Four
such edges give the sheet: its corners fix the perspective, and the sag of its edges, which fades linearly towards the
middle of the sheet, the lens. A page that fills its picture, as scanners deliver it, has no such edges and is left as
it is.

>>> photo = np.full((600, 440, 3), 70, np.uint8)
>>> _ = cv2.fillPoly(photo, [np.array([[30, 40], [415, 30], [405, 570], [25, 560]])], (235, 235, 235))
>>> sheet = flattened(photo)
>>> sheet.pixels.shape, [round(v) for v in sheet.mesh.place(0, 0)]
((531, 384, 3), [31, 41])

The blending of four curved sides into a surface is that of Coons, "Surfaces for Computer-Aided Design of Space Forms"
(1967).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.model.mesh import Mesh

Image: TypeAlias = npt.NDArray[np.uint8]
Grey: TypeAlias = npt.NDArray[np.float32]
Array: TypeAlias = npt.NDArray[np.float64]

WORKING_SIDE = 800  # pixels on the longer side while edges are looked for
NARROWEST = 150  # working pixels of a picture in which a sheet can be told from a desk
RIM = 0.01  # of the picture's side: what lies there is desk, or there is none
DARKER = 0.9  # of the paper's light, at most: the desk
DEPTH = 0.3  # of the picture, from each side: where the edge is looked for
CORNER = 0.1  # of an edge at either end that is not followed: the neighbouring edge may come in there
STEP = 3  # working pixels on each side of the edge whose light is compared
LEAST_STEP = 0.05  # of the paper's light: a step that counts as one
NEAR = 2.0  # working pixels between the followed path and the curve laid through it
FOLLOWED = 0.8  # of the path: must lie on the curve, and be a step
INSIDE = 0.002  # of the sheet's side: cut off with the edge's own shadow
SMALLEST = 0.4  # of the picture: a sheet that was photographed for itself
KNOTS = 17  # along each side of the mesh: between two of them a bent edge sags by a tenth of a pixel


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The sheet laid flat, and the way back to the picture."""

    pixels: Image
    mesh: Mesh


def flattened(picture: Image) -> Sheet | None:
    """The sheet in the picture, laid flat; None where no sheet with four edges shows."""
    edges = edges_of(picture)
    if edges is None:
        return None
    corners = corners_of(*edges)
    width, height = size_of(corners)
    if width * height < SMALLEST * picture.shape[0] * picture.shape[1]:
        return None
    knots = knots_of(edges, corners)
    points = tuple(tuple((x, y) for x, y in row) for row in knots.round(2).tolist())
    return Sheet(laid_flat(picture, knots, width, height), Mesh(width, height, points))


# ---- edges


@dataclass(frozen=True, slots=True)
class Curve:
    """A parabola along the picture: what lies across it at each place along it."""

    square: float
    slope: float
    start: float

    def at(self, along: Any) -> Any:
        return (self.square * along + self.slope) * along + self.start


Edges: TypeAlias = tuple[Curve, Curve, Curve, Curve]


def edges_of(picture: Image) -> Edges | None:
    """The sheet's upper, lower, left and right edge: y for each x, y for each x, x for each y, x for each y."""
    scale = max(1.0, max(picture.shape[:2]) / WORKING_SIDE)
    if min(picture.shape[:2]) < NARROWEST * scale:
        return None
    if not all(map(has_dark_rim, views(sampled(picture, scale)))):
        return None
    curves = [followed(view) for view in views(reduced(picture, scale))]
    top, bottom, left, right = (enlarged(curve, scale) if curve else None for curve in curves)
    if not (top and bottom and left and right):
        return None
    height, width = picture.shape[:2]
    return top, mirrored(bottom, height), left, mirrored(right, width)


def sampled(picture: Image, scale: float) -> Grey:
    """The picture's light at some of its pixels: noisy, but it costs nothing, and most pages are no photographs."""
    every = math.ceil(scale)
    return np.asarray(picture[::every, ::every, 1], np.float32)


def reduced(picture: Image, scale: float) -> Grey:
    """The picture's light on a scale on which noise is gone."""
    size = round(picture.shape[1] / scale), round(picture.shape[0] / scale)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA)[..., 1], np.float32)


def views(grey: Grey) -> tuple[Grey, Grey, Grey, Grey]:
    """The picture turned so that its upper, lower, left and right side are the upper one."""
    return grey, grey[::-1], grey.T, grey.T[::-1]


def has_dark_rim(view: Grey) -> bool:
    """Whether the desk shows along the view's upper side, darker than the paper farther down in the same columns."""
    ends = round(CORNER * view.shape[1])
    band = view[: round(DEPTH * view.shape[0]), ends:-ends]
    rim = band[: max(1, round(RIM * view.shape[0]))].mean(axis=0)
    return bool((rim < DARKER * np.percentile(band, 90, axis=0)).mean() >= FOLLOWED)


def followed(view: Grey) -> Curve | None:
    """The edge along the view's upper side; None where there is none from end to end."""
    band = view[: round(DEPTH * view.shape[0])]
    steps = steps_of(band) / max(1.0, float(np.percentile(band, 90)))
    ends = round(CORNER * view.shape[1])
    path = best_path(steps[:, ends:-ends])
    along = np.arange(len(path)) + ends
    curve, close = laid_through(along, path)
    strong = steps[path, along] >= LEAST_STEP
    return curve if (close & strong).mean() >= FOLLOWED else None


def steps_of(band: Grey) -> Grey:
    """By how much it is lighter below each pixel's upper side than above it."""
    kernel = np.concatenate([np.full(STEP, -1.0), np.full(STEP, 1.0)])[:, None] / STEP
    found = cv2.filter2D(band, cv2.CV_32F, kernel, anchor=(0, STEP), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)


def best_path(steps: Grey) -> npt.NDArray[np.intp]:
    """The row in each column of the path from left to right on which the steps add up to the most."""
    gain, came_from = steps[:, 0], np.zeros(steps.shape, np.int8)
    for column in range(1, steps.shape[1]):
        padded = np.pad(gain, 1, constant_values=-np.inf)
        ways = np.stack([padded[1:-1], padded[:-2], padded[2:]])
        best = ways.argmax(axis=0)
        came_from[:, column] = np.array([0, -1, 1], np.int8)[best]
        gain = ways.max(axis=0) + steps[:, column]
    path = np.empty(steps.shape[1], np.intp)
    path[-1] = int(gain.argmax())
    for column in range(steps.shape[1] - 1, 0, -1):
        path[column - 1] = path[column] + came_from[path[column], column]
    return path


def laid_through(along: npt.NDArray[np.intp], across: npt.NDArray[np.intp]) -> tuple[Curve, npt.NDArray[np.bool_]]:
    """The parabola through most of the points, and which of them lie on it."""
    close = np.ones(len(along), np.bool_)
    for reach in (4 * NEAR, 2 * NEAR, NEAR):
        square, slope, start = np.polyfit(along[close], across[close], 2)
        curve = Curve(float(square), float(slope), float(start))
        near = np.asarray(np.abs(curve.at(along) - across) <= reach, np.bool_)
        if near.sum() < 3:
            break
        close = near
    return curve, close


def enlarged(curve: Curve, scale: float) -> Curve:
    """The curve in a picture `scale` times finer; points count from pixels' corners."""
    return Curve(curve.square / scale, curve.slope, curve.start * scale)


def mirrored(curve: Curve, size: float) -> Curve:
    return Curve(-curve.square, -curve.slope, size - curve.start)


# ---- the surface between the edges


def corners_of(top: Curve, bottom: Curve, left: Curve, right: Curve) -> Array:
    """Where the edges meet: top left, top right, bottom right, bottom left."""
    return np.array(
        [meeting(across, down) for across, down in ((top, left), (top, right), (bottom, right), (bottom, left))]
    )


def meeting(across: Curve, down: Curve) -> tuple[float, float]:
    """Where an edge across the picture and one down it meet: almost straight, they are near it after few steps."""
    x, y = down.start, across.start
    for _ in range(20):
        x, y = float(down.at(y)), float(across.at(x))
    return x, y


def size_of(corners: Array) -> tuple[int, int]:
    """The sheet's width and height in the picture's pixels."""
    sides = np.linalg.norm(np.roll(corners, -1, axis=0) - corners, axis=1)
    return round(float(sides[0] + sides[2]) / 2), round(float(sides[1] + sides[3]) / 2)


def knots_of(edges: Edges, corners: Array) -> Array:
    """The picture's points under an even grid on the sheet, rows x columns x 2."""
    u, v = np.meshgrid(*(np.linspace(INSIDE, 1 - INSIDE, KNOTS),) * 2)
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
    view = cv2.getPerspectiveTransform(square, corners.astype(np.float32))
    flat = np.asarray(cv2.perspectiveTransform(np.stack([u, v], -1), view), np.float64)
    x, y = flat[..., 0], flat[..., 1]
    (top, bottom, left, right), turned = edges, corners[:, ::-1]
    sag_y = blended(v, sag(top, corners[0], corners[1], x), sag(bottom, corners[3], corners[2], x))
    sag_x = blended(u, sag(left, turned[0], turned[3], y), sag(right, turned[1], turned[2], y))
    return np.asarray(flat + np.stack([sag_x, sag_y], -1), np.float64)


def blended(share: Array, first: Array, second: Array) -> Array:
    return np.asarray((1 - share) * first + share * second)


def sag(edge: Curve, start: Array, end: Array, along: Array) -> Array:
    """How far the edge lies from the straight line between its corners (along, across)."""
    slope = (end[1] - start[1]) / (end[0] - start[0])
    return np.asarray(edge.at(along) - (start[1] + slope * (along - start[0])))


def laid_flat(picture: Image, knots: Array, width: int, height: int) -> Image:
    """The picture drawn through the mesh."""
    rows, columns = hats(height, len(knots)), hats(width, knots.shape[1])
    x, y = (rows @ knots[..., axis].astype(np.float32) @ columns.T - 0.5 for axis in (0, 1))
    flat = cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(flat, np.uint8)


def hats(length: int, count: int) -> Grey:
    """The share that each of `count` knots has in each of `length` pixels' middles."""
    at = (np.arange(length) + 0.5) / length * (count - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(at[:, None] - np.arange(count))), np.float32)
