"""What the outputs show of the paper: `NAME.crops/`, a picture of where each doubted value was read.

`index.json` in the folder leads from the JSON Pointer of a value to its pictures, one a page:
{"/amounts/0/figures": [{"page": 3, "file": "1.jpg", "width": 980, "height": 92}]}; only values that a mismatch or an
unverified check points at have one.
"""

from __future__ import annotations

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

SUFFIX = ".crops"
INDEX = "index.json"

# Enough of the surroundings to recognise the place: share of the page's width and height on each side.
MARGIN_X, MARGIN_Y = 0.2, 0.014
WIDEST = 1000
MOST_VALUES = 400
FRAME, QUALITY = (40, 40, 220), 70

Pixels = npt.NDArray[np.uint8]


def write(result: Result, path: Path) -> None:
    """Renders each page that is needed once, cuts out all its places and writes them; OutputError."""
    wanted: dict[int, list[tuple[str, Box]]] = defaultdict(list)
    for pointer, number, box in places(result.data):
        wanted[number].append((pointer, box))
    index: dict[str, list[dict[str, Any]]] = defaultdict(list)
    count = 0
    with files.folder_aside(path) as folder:
        for page in (page for page in result.pages if page.number in wanted):
            shown = result.shown(page)
            for pointer, box in wanted[page.number]:
                count += 1
                crop = picture(shown, box)
                files.write_bytes(folder / f"{count}.jpg", jpeg(crop))
                size = {"width": crop.shape[1], "height": crop.shape[0]}
                index[pointer].append({"page": page.number, "file": f"{count}.jpg", **size})
        files.write_text(folder / INDEX, json.dumps(index, ensure_ascii=False, indent=1) + "\n")


def places(data: dict[str, Any]) -> Iterator[tuple[str, int, Box]]:
    """Pointer, page number and box of each doubted value, one box a page."""
    doubted = {ref: None for check in data["checks"] if check["status"] != "pass" for ref in check["refs"]}
    for pointer in list(doubted)[:MOST_VALUES]:
        boxes: dict[int, list[Box]] = defaultdict(list)
        for place in data["provenance"].get(pointer, ()):
            boxes[place["page"]].append(Box(*place["bbox"]))
        for page, found in boxes.items():
            yield pointer, page, around(found)


def picture(page: Pixels, box: Box) -> Pixels:
    """The box with its surroundings, framed, no wider than a screen shows."""
    height, width = page.shape[:2]
    x0, x1 = span(box.x0, box.x1, MARGIN_X, width)
    y0, y1 = span(box.y0, box.y1, MARGIN_Y, height)
    crop = page[y0:y1, x0:x1].copy()
    corners = (int(box.x0) - x0 - 3, int(box.y0) - y0 - 3), (int(box.x1) - x0 + 3, int(box.y1) - y0 + 3)
    cv2.rectangle(crop, *corners, FRAME, 2)
    if crop.shape[1] <= WIDEST:
        return crop
    size = WIDEST, max(1, crop.shape[0] * WIDEST // crop.shape[1])
    return np.asarray(cv2.resize(crop, size, interpolation=cv2.INTER_AREA), np.uint8)


def span(start: float, end: float, margin: float, length: int) -> tuple[int, int]:
    """From where to where to cut along one side of the page; at least one pixel, inside the page."""
    first = min(max(0, int(start - margin * length)), length - 1)
    return first, max(first + 1, min(length, int(end + margin * length)))


def jpeg(picture: Pixels) -> bytes:
    _, encoded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return encoded.tobytes()
