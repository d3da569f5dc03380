"""The samples' expected records, completed with what an expectation leaves out, as `ingest` would leave them."""

import hashlib
import json
from pathlib import Path


def complete(sample: Path) -> dict:
    """The record of samples/NAME, its document and provenance invented."""
    data = json.loads((sample / "record.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256(sample.name.encode()).hexdigest()
    page = {"number": 1, "width": 1654, "height": 2339, "dpi": 200, "source": "scan"}
    return data | {
        "document": {
            "sha256": digest,
            "file_name": f"{sample.name}.pdf",
            "page_count": 1,
            "pages": [page | {"rotation": 0, "skew": 0.0, "confidence": 0.98}],
        },
        "processing": {
            "pipeline_version": "1",
            "engine": "rapid",
            "engine_version": "1",
            "config_sha256": hashlib.sha256(b"settings").hexdigest(),
        },
        "proof": {"/amounts/0/figures": {"status": "confirmed", "equations": 2, "checks": []}},
        "provenance": {
            "/amounts/0/figures": [{"page": 1, "bbox": [100, 200, 300, 220], "text": "略", "confidence": 0.99}]
        },
    }


def filed(samples: Path, out: Path) -> Path:
    """All samples' records in the folder `out`."""
    for path in sorted(samples.glob("*/record.json")):
        text = json.dumps(complete(path.parent), ensure_ascii=False)
        (out / f"{path.parent.name}.json").write_text(text, encoding="utf-8")
    return out
