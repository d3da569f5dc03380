"""How long the outputs of a large batch take, and how much memory: records multiplied, each output in a fresh process.

    python -m bench.outputs OUT --contracts 5000

OUT is a folder that `hetong ingest` made; its records are filed again and again under other names, as other files, with
their pictures, until there are enough.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

from pipeline.exporters.crops import SUFFIX
from pipeline.review import outputs
from pipeline.warehouse.store import Stored, records


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--contracts", type=int, default=5000)
    parser.add_argument("--only", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        print(measured(options.out, options.only))
        return
    with tempfile.TemporaryDirectory() as folder:
        multiply(list(records(options.out)), Path(folder), options.contracts)
        for names in (*outputs.installed(), ",".join(outputs.installed())):
            command = [sys.executable, "-m", "bench.outputs", folder, "--only", names]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="", flush=True)


def multiply(found: list[Stored], folder: Path, count: int) -> None:
    """Files `count` contracts made of the records at hand."""
    for number, stored in enumerate(islice(cycle(found), count)):
        name = f"{number:05}-{stored.name}"
        digest = hashlib.sha256(name.encode()).hexdigest()
        data = stored.data | {"document": stored.data["document"] | {"sha256": digest, "file_name": f"{name}.pdf"}}
        (folder / f"{name}.json").write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
        pictures = stored.path.with_name(stored.name + SUFFIX)
        (folder / f"{name}{SUFFIX}").symlink_to(pictures.resolve())


def measured(out: Path, names: str) -> str:
    """What making these outputs costs this process."""
    start = time.perf_counter()
    outputs.write(out, "zh", names.split(","))
    seconds, cpu = time.perf_counter() - start, time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return f"{names:<34} {seconds:7.1f} s  {cpu:7.1f} s CPU  {peak:5} MB"


if __name__ == "__main__":
    main()
