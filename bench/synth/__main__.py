"""Writes invented contracts: NAME.pdf, NAME.json (the true record).

    python -m bench.synth --seeds 1-200 --profile office -o DIR

Profiles: born (the printed PDF with its text), or a scan of bench.scanning. The same seed and profile give the same
bytes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bench import scanning
from bench.synth.make import made


def seeds(text: str) -> list[int]:
    """`1-3,9` -> [1, 2, 3, 9]."""
    spans = (part.partition("-") for part in text.split(","))
    return [seed for first, _, last in spans for seed in range(int(first), int(last or first) + 1)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=seeds, required=True, metavar="A-B[,C]")
    parser.add_argument("--profile", choices=("born", *scanning.PROFILES), default="office")
    parser.add_argument("-o", "--out", type=Path, required=True, metavar="DIR")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for seed in options.seeds:
        contract = made(seed, options.profile)
        name = f"{seed:05}-{options.profile}"
        (options.out / f"{name}.pdf").write_bytes(contract.pdf)
        text = json.dumps(contract.truth, ensure_ascii=False, indent=1)
        (options.out / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
