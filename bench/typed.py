"""What a page with a text layer of its own costs: hetong, up to the checked record, beside pdfplumber's text alone.

    python -m bench.typed [--seeds 601-606] [--write] [FILE.pdf ...]

Invented contracts as they were printed, and the files named, are read by both in turn, each in a process and one thread
of its own. Hetong's pages count only where no engine was asked. --write puts the figures into docs/speed.md.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from bench.readers import Cost, Reading, cpu_seconds, one_thread, peak_mib
from bench.speed import process, put
from bench.synth.__main__ import seeds
from bench.synth.make import made

MARK = "bench.typed"
WARMING = "611-620"


def hetong(path: Path) -> Reading:
    """The whole pipeline, as a worker of a batch runs it."""
    import pipeline
    from pipeline.batch import work

    result = pipeline.extract(path, pipeline.Settings(cache=False))
    work.settle()
    if scanned := [page.number for page in result.pages if page.source != "text"]:
        raise ValueError(f"{path.name}: the text layer of pages {scanned} was not used")
    return Reading(tuple(page.source for page in result.pages), dict(result.seconds))


def pdfplumber(path: Path) -> Reading:
    """Text only, neither checked against the page as shown nor understood."""
    import pdfplumber

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    texts = []
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            texts.append(page.extract_text())
            page.close()
    return Reading(tuple(texts))


READERS = {"hetong": hetong, "pdfplumber": pdfplumber}


def printed(wanted: Iterable[int], folder: Path) -> Iterator[Path]:
    """The invented contracts as they were printed."""
    for seed in wanted:
        path = folder / f"{seed}.pdf"
        path.write_bytes(made(seed).pdf)
        yield path


def measured(name: str, path: Path) -> Cost:
    """What the reader takes for the file's pages, in processor time."""
    start = cpu_seconds()
    reading = READERS[name](path)
    seconds = cpu_seconds() - start
    return Cost(len(reading.texts), seconds, seconds, peak_mib(), stages=reading.stages)


def compared(paths: Sequence[Path], others: Sequence[Path]) -> dict[str, Cost]:
    """What both take, taking turns file by file, once they have read the others: much is loaded at its first use."""
    costs: dict[str, list[Cost]] = {name: [] for name in READERS}
    with ExitStack() as stack:
        processes = {name: stack.enter_context(process()) for name in READERS}
        for one, name, path in ((one, name, path) for name, one in processes.items() for path in others):
            one.submit(measured, name, path).result()
        for path in paths:
            for name, one in processes.items():
                costs[name].append(one.submit(measured, name, path).result())
    return {name: Cost.sum(many) for name, many in costs.items()}


def rows(title: str, costs: Mapping[str, Cost]) -> Iterator[str]:
    other = costs["pdfplumber"]
    for name, cost in costs.items():
        each, ratio = cost.cpu / cost.pages, other.cpu / other.pages
        cells = title, name, str(cost.pages), f"{1000 * each:.0f}", f"{1 / each:.1f}", f"{ratio / each:.2f}"
        yield f"| {' | '.join((*cells, str(cost.peak_mib)))} |"


def table(body: Iterable[str]) -> str:
    head = "files", "reader", "pages", "ms a page", "pages a second a core", "times as fast as pdfplumber", "peak MiB"
    return "\n".join((f"| {' | '.join(head)} |", "| --- |" + " --- |" * (len(head) - 1), *body))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE.pdf")
    parser.add_argument("--seeds", default="601-606", metavar="A-B[,C]")
    parser.add_argument("--write", action="store_true", help="into docs/speed.md")
    options = parser.parse_args()
    one_thread()
    with tempfile.TemporaryDirectory() as folder:
        found, others = (list(printed(seeds(each), Path(folder))) for each in (options.seeds, WARMING))
        body = list(rows(f"generated {options.seeds}", compared(found, others)))
        if options.files:
            body += rows(", ".join(file.parent.name for file in options.files), compared(options.files, others))
    text = (
        f"    python -m bench.typed --seeds {options.seeds}{' FILE.pdf ...' if options.files else ''}\n\n{table(body)}"
    )
    print(text)
    if options.write:
        put(text, MARK)


if __name__ == "__main__":
    main()
