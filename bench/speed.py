"""What a scan costs: seconds a page, the share that is model inference, peak memory; and RapidOCR as shipped beside it.

    python -m bench.speed [FILE ...] [--alone]

Each file is read in a process of its own, without the page cache, on one thread. `ratio` is the whole run over the time
inside the models: 1.00 would be nothing but inference. RapidOCR reads the very same upright page images, text only;
--alone leaves it out.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[1] / "samples"


def ours(path: Path) -> dict[str, Any]:
    """One file through the whole pipeline."""
    import pipeline

    options = pipeline.Settings(cache=False, threads=1)
    pipeline.extract(SAMPLES / "goods-purchase" / "contract.pdf", options)  # the models are loaded now
    start = time.perf_counter()
    result = pipeline.extract(path, options)
    total = time.perf_counter() - start
    return {
        "pages": len(result.pages),
        "total": total,
        "inference": sum(result.seconds.get(step, 0.0) for step in ("detect", "recognise")),
        "stages": {stage: round(seconds, 2) for stage, seconds in result.seconds.items()},
        "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def theirs(path: Path) -> dict[str, Any]:
    """The same pages through RapidOCR as shipped, on one thread."""
    os.environ["OMP_NUM_THREADS"] = "1"
    from rapidocr import RapidOCR

    from pipeline.ocr import images

    limit = {"EngineConfig.onnxruntime.intra_op_num_threads": 1, "EngineConfig.onnxruntime.inter_op_num_threads": 1}
    engine = RapidOCR(params=limit)
    pages = [page.pixels for page in images.open_pages(path, text_layer="never")]
    engine(pages[0])
    start = time.perf_counter()
    for page in pages:
        engine(page)
    return {"total": time.perf_counter() - start}


def apart(what: str, path: Path) -> dict[str, Any]:
    """The measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.speed", "--one", what, str(path)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(run.stdout.strip().splitlines()[-1])  # type: ignore[no-any-return]


def row(path: Path, alone: bool) -> str:
    mine = apart("ours", path)
    total, inference = mine["total"], mine["inference"]
    ratio = f"{total / inference:.2f}" if inference else "-"
    other = "" if alone else f"  rapidocr as shipped {apart('theirs', path)['total'] / total:5.2f}x"
    return (
        f"{path.parent.name + '/' + path.name:<40} {mine['pages']:>3} pages  {total / mine['pages']:6.2f} s/page"
        f"  inference {inference:7.2f} of {total:7.2f} s, ratio {ratio}  peak {mine['peak_mib']} MiB{other}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=sorted(SAMPLES.glob("*/contract.pdf")))
    parser.add_argument("--alone", action="store_true", help="without RapidOCR as shipped")
    parser.add_argument("--one", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps({"ours": ours, "theirs": theirs}[options.one](options.files[0])))
        return
    for path in options.files:
        print(row(path, options.alone), flush=True)


if __name__ == "__main__":
    main()
