"""What the mismatch report shows of the paper: `NAME.crops.json`, a picture of where each doubted value was read.

A JSON object: JSON Pointer of the value -> list of {"page": 16, "image": "data:image/jpeg;base64,..."}; only values
that a mismatch or an unverified check points at.
"""

from __future__ import annotations

import base64
import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from pipeline import files
from pipeline.model.result import Result
from pipeline.model.source import Box, around

SUFFIX = ".crops.json"

# Enough of the surroundings to recognise the place: share of the page's width and height on each side.
MARGIN_X, MARGIN_Y = 0.08, 0.012
WIDEST = 1000
MOST_VALUES = 400

Pixels = npt.NDArray[np.uint8]


def write(result: Result, path: Path) -> None:
    """Renders each page that is needed once, cuts out all its places and writes them; OutputError."""
    wanted: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for pointer, number, box in places(result.data):
        wanted[number].append((pointer, box))
    crops: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for page in (page for page in result.pages if page.number in wanted):
        shown = result.shown(page)
        for pointer, box in wanted[page.number]:
            crops[pointer].append({"page": page.number, "image": picture(shown, box)})
    files.write_text(path, json.dumps(crops, ensure_ascii=False) + "\n")


def places(data: dict[str, Any]) -> Iterator[tuple[str, int, Box]]:
    """Pointer, page number and box of each doubted value, one box a page."""
    doubted = {ref: None for check in data["checks"] if check["status"] != "pass" for ref in check["refs"]}
    for pointer in list(doubted)[:MOST_VALUES]:
        boxes: dict[int, list[Box]] = defaultdict(list)
        for place in data["provenance"].get(pointer, ()):
            boxes[place["page"]].append(Box(*place["bbox"]))
        for page, found in boxes.items():
            yield pointer, page, around(found)


def picture(page: Pixels, box: Box) -> str:
    """The box with its surroundings, framed, as a data URI."""
    height, width = page.shape[:2]
    x0, x1 = max(0, int(box.x0 - MARGIN_X * width)), min(width, int(box.x1 + MARGIN_X * width))
    y0, y1 = max(0, int(box.y0 - MARGIN_Y * height)), min(height, int(box.y1 + MARGIN_Y * height))
    crop = page[y0:y1, x0:x1].copy()
    corners = (int(box.x0) - x0 - 3, int(box.y0) - y0 - 3), (int(box.x1) - x0 + 3, int(box.y1) - y0 + 3)
    cv2.rectangle(crop, *corners, (40, 40, 220), 2)
    if crop.shape[1] > WIDEST:
        size = WIDEST, max(1, crop.shape[0] * WIDEST // crop.shape[1])
        crop = np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8)
    done, jpeg = cv2.imencode(".jpg", crop, [cv2.IMWRITE_JPEG_QUALITY, 70])
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.tobytes()).decode("ascii") if done else ""
