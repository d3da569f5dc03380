"""What a page costs: hetong beside RapidOCR as shipped, Tesseract and the time inside its networks alone.

    python -m bench.speed [--seeds 601-602] [--profiles office,poor,fax] [--growth 50,500,5000] [--write]

Invented contracts are scanned and read by each reader in turn, file by file, so that a busy machine slows all alike;
each has a process and one thread of its own (bench/readers.py). Seconds are those of the processor, programs that were
started included; those of the clock stand beside. Characters and figures are compared with the printed PDF's own text,
wherever on the page they stand. --growth reads the same contracts over and over in one process, up to so many pages:
time a page and memory must not grow. --write puts the figures into docs/speed.md.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from pathlib import Path

import pypdfium2

from bench.readers import READERS, Cost, measured, one_thread, warmed
from bench.synth.__main__ import seeds
from bench.synth.make import made

REPORT = Path(__file__).parents[1] / "docs" / "speed.md"
MARK = "bench.speed"
WARMING = Path(__file__).parents[1] / "samples" / "goods-purchase" / "contract.pdf"
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
INFERENCE = ("detect", "recognise")  # counted within the other stages


@dataclass(frozen=True, slots=True)
class Scan:
    """A scanned contract, and the text that was printed on each of its pages."""

    path: Path
    profile: str
    truth: tuple[str, ...]


def scans(wanted: Iterable[int], profiles: Sequence[str], folder: Path) -> Iterator[Scan]:
    for seed in wanted:
        truth = printed(made(seed, "born").pdf)
        for profile in profiles:
            path = folder / f"{seed:05}-{profile}.pdf"
            path.write_bytes(made(seed, profile).pdf)
            yield Scan(path, profile, truth)


def printed(pdf: bytes) -> tuple[str, ...]:
    """The text of each page, as the PDF has it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return tuple(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


# ---- accuracy


def characters(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFKC", text).split()))


def figures(text: str) -> Counter[str]:
    return Counter(FIGURE.findall(unicodedata.normalize("NFKC", text)))


def agreement(pairs: Iterable[tuple[Counter[str], Counter[str]]]) -> float:
    """F1 of what is printed and what is read, page by page.

    >>> round(agreement([(figures("共 12 台 3,400.00 元"), figures("12 3,400.00 7"))]), 2)
    0.8
    """
    both = total = 0
    for true, read in pairs:
        both += (true & read).total()
        total += true.total() + read.total()
    return 2 * both / total if total else 1.0


# ---- tables


def rows(costs: Mapping[str, Cost], truth: Sequence[str]) -> Iterator[str]:
    """One row a reader, RapidOCR's time and the floors' as what it is measured by."""
    for name, cost in costs.items():
        seconds = (f"{total / cost.pages:.2f}" for total in (cost.cpu, cost.wall))
        ratios = (f"{a / b:.2f}" if a and b else "-" for a, b in ratio_parts(cost, costs))
        right = (right_part(what, truth, cost.texts) for what in (characters, figures))
        cells = (name, *seconds, f"{60 * cost.pages / cost.wall:.0f}", *ratios, str(cost.peak_mib), *right)
        yield f"| {' | '.join(cells)} |"


def right_part(what: Callable[[str], Counter[str]], truth: Sequence[str], read: Sequence[str]) -> str:
    return f"{100 * agreement(zip(map(what, truth), map(what, read), strict=True)):.2f} %" if any(read) else "-"


HEAD = (
    "s a page (processor)",
    "s a page (clock)",
    "pages a minute",
    "times as fast as rapidocr",
    "(clock)",
    "times the floor",
    "times session.run",
    "peak MiB",
    "characters",
    "figures",
)


def ratio_parts(cost: Cost, costs: Mapping[str, Cost]) -> tuple[tuple[float, float], ...]:
    other, floor, session = (costs.get(name, Cost(0, 0, 0)) for name in ("rapidocr", "floor", "session.run"))
    return (other.cpu, cost.cpu), (other.wall, cost.wall), (cost.cpu, floor.cpu), (cost.cpu, session.cpu)


def table(title: str, body: Iterable[str]) -> str:
    return "\n".join((f"| {title} | {' | '.join(HEAD)} |", "| --- |" + " --- |" * len(HEAD), *body))


def stages(cost: Cost) -> str:
    """Where hetong's time goes; inference is part of the stages it happens in."""
    whole = sum(seconds for stage, seconds in cost.stages.items() if stage not in INFERENCE)
    shares = {name: seconds / whole for name, seconds in cost.stages.items()}
    body = (f"| {name} | {cost.stages[name] / cost.pages:.3f} | {100 * part:.1f} % |" for name, part in shares.items())
    return "\n".join(("| stage | s a page (clock) | share |", "| --- | --- | --- |", *body))


# ---- measurement


def compared(found: Sequence[Scan], names: Sequence[str]) -> dict[str, dict[str, Cost]]:
    """For each profile what each reader took, the readers taking turns file by file."""
    costs: dict[str, dict[str, list[Cost]]] = {}
    with ExitStack() as stack:
        processes = {name: stack.enter_context(process()) for name in names}
        for name, one in processes.items():
            one.submit(warmed, name, WARMING).result()
        for scan in found:
            for name, one in processes.items():
                cost = one.submit(measured, name, scan.path).result()
                costs.setdefault(scan.profile, {}).setdefault(name, []).append(cost)
                print(f"{scan.path.name:<20} {name:<10} {cost.cpu / cost.pages:6.2f} s a page", flush=True)
    return {profile: {name: Cost.sum(many) for name, many in of.items()} for profile, of in costs.items()}


def process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def growth(paths: Sequence[Path], steps: Sequence[int]) -> str:
    """What the pages up to each step took, in one process that goes on."""
    body, done, files = list[str](), 0, cycle(paths)
    with process() as one:
        one.submit(warmed, "hetong", WARMING).result()
        for step in steps:
            costs = list[Cost]()
            while done < step:
                costs.append(one.submit(measured, "hetong", next(files)).result())
                done += costs[-1].pages
            cost = Cost.sum(costs)
            body.append(f"| {done} | {cost.cpu / cost.pages:.2f} | {cost.wall / cost.pages:.2f} | {cost.peak_mib} |")
            print(body[-1], flush=True)
    head = "| pages so far | s a page (processor) | s a page (clock) | peak MiB |"
    return "\n".join((head, "| --- | --- | --- | --- |", *body))


def report(costs: Mapping[str, Mapping[str, Cost]], found: Sequence[Scan]) -> Iterator[str]:
    for profile, of in costs.items():
        truth = [text for scan in found if scan.profile == profile for text in scan.truth]
        yield table(profile, rows(of, truth))
    ours = Cost.sum([of["hetong"] for of in costs.values() if "hetong" in of])
    if ours.pages:
        yield stages(ours)


def put(text: str, mark: str) -> None:
    """Puts a report between its marks in docs/speed.md."""
    begin, end = (f"<!-- {mark} {edge} -->" for edge in ("begins", "ends"))
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(begin)
    REPORT.write_text(f"{before}{begin}\n{text}\n{end}{rest.partition(end)[2]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="601-602", metavar="A-B[,C]")
    parser.add_argument("--profiles", default="office,poor,fax", metavar="A,B")
    parser.add_argument("--readers", default=",".join(READERS), metavar="A,B")
    parser.add_argument("--growth", default="", metavar="N[,N]")
    parser.add_argument("--write", action="store_true", help="into docs/speed.md")
    options = parser.parse_args()
    one_thread()
    with tempfile.TemporaryDirectory() as folder:
        found = list(scans(seeds(options.seeds), options.profiles.split(","), Path(folder)))
        parts = [f"    python -m bench.speed --seeds {options.seeds} --profiles {options.profiles}"]
        parts += report(compared(found, options.readers.split(",")), found)
        if options.growth:
            parts.append(growth([scan.path for scan in found], [int(step) for step in options.growth.split(",")]))
    print("\n\n".join(parts))
    if options.write:
        put("\n\n".join(parts), MARK)


if __name__ == "__main__":
    main()
