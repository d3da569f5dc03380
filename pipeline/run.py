"""The recipe: images -> lines -> document -> record -> checks -> proofs -> outputs."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pipeline
from pipeline import checks, discover, fields, layout, proof
from pipeline.cache import PageCache, key_of
from pipeline.errors import EngineMissingError, InputError, UsageError
from pipeline.exporters.json import validate
from pipeline.files import printable
from pipeline.layout import rulings, strokes, tables
from pipeline.model.check import Repaired
from pipeline.model.lower import lower
from pipeline.model.page import Page
from pipeline.model.record import DocumentInfo, PageInfo, Processing, Record
from pipeline.model.result import Result
from pipeline.ocr import (
    brackets,
    dashes,
    images,
    lettering,
    missed,
    reread,
    rings,
    seals,
    second,
    slashes,
    specks,
    unread,
    variants,
)
from pipeline.ocr.engine import Engine
from pipeline.ocr.network import DEFAULT, Compute
from pipeline.settings import Settings
from pipeline.timing import Stages

log = logging.getLogger("hetong")


def extract(path: str | Path, settings: Settings | None = None) -> Result:
    """Reads one contract (PDF, PNG, JPEG or TIFF) into a validated, cross-checked record.

    Raises InputError if the file can't be read, EngineError or UsageError if the engine can't.
    """
    path, settings, stages = Path(path), settings or Settings(), Stages()
    engine = engine_named(settings.engine, compute_of(settings))
    before = dict(engine.inference)

    pages = tuple(read_pages(path, engine, settings, stages))
    with stages("layout"):
        document = layout.layout(pages)
    with stages("fields"):
        record = Record(about(path, pages), processing(engine, settings), **fields.read(document))
    with stages("checks"):
        found = checks.run(record)
    picture = lru_cache(maxsize=4)(partial(shown, path))
    witness = proof.Witness({page.number: page for page in pages}, picture, engine.likelihood)
    with stages("second"):
        reader = second.SecondReader(engine, partial(second_engine, engine.name, compute_of(settings)))
        full, made_out = proof.completed(record, witness, reader)
        full, proven = proof.with_proven(full, witness, reader)
        full, codes_said = proof.with_codes(full, witness, reader)
        full, names_said = proof.with_names(full, witness)
        made_out = (*made_out, *proven, *codes_said, *names_said)
        record, found = full, found if full is record else checks.run(full)
        surer, doubts = proof.second_look(record, found, witness, reader, made_out)
        record, found = surer, found if surer is record else checks.run(surer)
    with stages("proof"):
        found = proof.prove(record, found, witness)
        repairs: tuple[Repaired, ...] = ()
        if settings.apply_repairs:
            record, found, repairs = proof.corrected(record, found, witness)
        standings = proof.standings(record, found)
        found = (*found, *proof.kept((*made_out, *doubts), record))
    with stages("lower"):
        data = lower(record, found, {page.number: page.frame for page in pages}, settings.lang, standings, repairs)
        validate(data)

    for step, seconds in engine.inference.items():
        stages.add(step, seconds - before[step])
    log.info("%s: %d pages  %s", path.name, len(pages), stages)
    return Result(path, record, found, data, pages, stages.seconds, partial(shown, path))


def read_pages(path: Path, engine: Engine, settings: Settings, stages: Stages) -> Iterator[Page]:
    """Each page from its own text layer, from the cache, or by the engine."""
    limits = images.Limits(settings.max_pages, settings.max_pixels)
    opened = images.open_pages(path, limits, engine.legible, settings.text_layer)
    cache = PageCache(settings.cache_dir) if settings.cache else None
    for image in timed(opened, "images", stages):
        yield image.text or read_or_remember(image, engine, cache, stages)


def read_or_remember(image: images.PageImage, engine: Engine, cache: PageCache | None, stages: Stages) -> Page:
    """A scanned page, from the cache where these very pixels were read before."""
    if cache is None:
        return read_scan(image, engine, stages)
    with stages("cache"):
        key = page_key(image, engine)
        page = cache.get(key)
    if page is None:
        page = read_scan(image, engine, stages)
        cache.put(key, page)
    return replace(page, number=image.number, dpi=image.dpi, frame=image.frame)


def page_key(image: images.PageImage, engine: Engine) -> str:
    """The name under which the cache keeps what the engine reads on the page."""
    return key_of(image.pixels, engine.name, engine.version, pipeline.__version__)


def read_scan(image: images.PageImage, engine: Engine, stages: Stages) -> Page:
    """The lines and ruling lines of a scanned page; what stands in table cells is looked at twice."""
    with stages("seals"):
        red = seals.find(image.pixels, image.dpi)
        colourless = seals.without_seals(image.pixels, image.dpi, red)
        black = rings.find(colourless, image.dpi)
        pixels = specks.without_specks(rings.without_rings(colourless, black), image.dpi)
        printed = rings.with_rings(pixels, colourless, black)
    with stages("read"):
        lines = engine.read(printed, pixels) if black else engine.read(pixels)
        stamped = [*red, *(ring.box for ring in black)]
        added, passed_over = unread.found(image.printed, lines, stamped, pixels, engine)
        lines = (*lines, *added)
    with stages("rulings"):
        drawn = strokes.outside_seals(rulings.find(pixels, image.dpi), stamped)
        ruled = strokes.outside_texts(drawn, [line.box for line in lines])
    height, width = image.pixels.shape[:2]
    page = Page(image.number, width, height, image.dpi, "scan", image.frame, lines, ruled)
    with stages("reread"):
        cells = tables.cell_boxes(page)
        lines = reread.cells(lines, cells, pixels, engine, printed)
        lines = (*lines, *missed.figures(lines, cells, [ring.box for ring in black], pixels, engine))
        lines = brackets.closed(slashes.mended(dashes.mended(variants.mended(lines), pixels), pixels))
        lines = lettering.legible(lines, black, width)
        covered = lettering.covered(lines, black)
    return replace(page, lines=lettering.doubted(lines, covered), covered=covered, unread=passed_over)


def timed(items: Iterable[Any], stage: str, stages: Stages) -> Iterator[Any]:
    """The items, the time it takes to make each counted under `stage`."""
    iterator = iter(items)
    while True:
        with stages(stage):
            item = next(iterator, None)
        if item is None:
            return
        yield item


def shown(path: Path, page: Page) -> images.Image:
    """The page's picture as the file shows it."""
    return images.shown_page(path, page.number, page.frame)


def compute_of(settings: Settings) -> Compute:
    return Compute(settings.threads, settings.backend)


@lru_cache
def engine_named(name: str, compute: Compute = DEFAULT) -> Engine:
    """The engine, loaded once a process; UsageError if there is none of that name."""
    engines = discover.modules("pipeline.ocr", "Engine")
    if name not in engines:
        raise UsageError(f"没有名为 {name} 的识别引擎；可用：{'、'.join(engines)}")
    return engines[name].Engine(compute)  # type: ignore[no-any-return]


@lru_cache
def second_engine(first: str, compute: Compute) -> Engine | None:
    """An engine that errs otherwise than the first; None where it isn't installed."""
    try:
        return engine_named(second.OTHER.get(first, second.OTHERWISE), compute)
    except EngineMissingError:
        return None


def about(path: Path, pages: tuple[Page, ...]) -> DocumentInfo:
    infos = tuple(
        PageInfo(
            page.number,
            page.frame.width,
            page.frame.height,
            page.dpi,
            page.source,
            page.frame.rotation,
            round(page.frame.skew, 2),
            round(page.confidence, 4),
            len(page.unread),
        )
        for page in pages
    )
    return DocumentInfo(sha256_of(path), printable(path.name), len(pages), infos)


def processing(engine: Engine, settings: Settings) -> Processing:
    return Processing(pipeline.__version__, engine.name, engine.version, settings.sha256)


def sha256_of(path: Path) -> str:
    """The SHA-256 of the file's bytes; InputError if it can't be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"无法读取 {path}：{error.strerror}") from error
