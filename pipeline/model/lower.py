"""Record and checks -> plain JSON, JSON Pointers (RFC 6901) and provenance, in one walk. Nobody else writes a pointer.

Every leaf gets a place on paper: a `Cited` its own sources, a derived leaf (kind, role, page ...) the sources of its
entry's first cited leaf.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from decimal import Decimal
from typing import Any, Literal

from pipeline.model.check import Check, Missing, Repaired, Standing, Suggestion, plain
from pipeline.model.page import Frame
from pipeline.model.record import SPARE, Record
from pipeline.model.source import Cited, Source

UNCITED = frozenset({"schema_version", "document", "processing"})


@dataclass(slots=True)
class Lowered:
    """The walk's findings: the plain tree, each node's pointer by identity, and provenance by pointer."""

    frames: Mapping[int, Frame]
    pointers: dict[int, str] = field(default_factory=dict)
    provenance: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def node(self, value: Any, pointer: str, evidence: tuple[Source, ...]) -> Any:
        if isinstance(value, Cited):
            self.remember(value, pointer)
            return self.leaf(value.value, pointer, value.sources or evidence)
        if is_dataclass(value):
            self.remember(value, pointer)
            evidence = next((c.sources for c in cited(value)), evidence)
            written = [f.name for f in fields(value) if f.metadata != SPARE or getattr(value, f.name) != f.default]
            return {name: self.node(getattr(value, name), f"{pointer}/{name}", evidence) for name in written}
        if isinstance(value, tuple):
            return [self.node(item, f"{pointer}/{i}", evidence) for i, item in enumerate(value)]
        return self.leaf(value, pointer, evidence)

    def remember(self, value: Any, pointer: str) -> None:
        if id(value) in self.pointers:
            raise ValueError(f"one object stands at {self.pointers[id(value)]} and at {pointer}")
        self.pointers[id(value)] = pointer

    def leaf(self, value: Any, pointer: str, sources: tuple[Source, ...]) -> Any:
        if value is not None and sources and pointer.split("/")[1] not in UNCITED:
            self.provenance[pointer] = [self.place(source) for source in sources]
        return plain(value) if isinstance(value, Decimal) else value

    def place(self, source: Source) -> dict[str, Any]:
        frame = self.frames.get(source.page)
        box = frame.shown(source.box) if frame else source.box
        bbox = [round(v, 1) for v in (box.x0, box.y0, box.x1, box.y1)]
        return {"page": source.page, "bbox": bbox, "text": source.text, "confidence": round(source.confidence, 4)}

    def ref(self, ref: Any) -> str:
        if isinstance(ref, Missing):
            return f"{self.pointers[id(ref.entry)]}/{ref.field}"
        return self.pointers[id(ref)]

    def check(self, check: Check, lang: Literal["zh", "en"]) -> dict[str, Any]:
        out: dict[str, Any] = {
            "rule": check.rule,
            "status": check.status,
            "severity": check.severity,
            "refs": [self.ref(ref) for ref in check.refs],
        }
        optional = {
            "expected": check.expected,
            "actual": check.actual,
            "difference": check.difference,
            "assumption": dict(check.assumption) or None,
            "diagnosis": check.diagnosis,
        }
        out |= {name: value for name, value in optional.items() if value is not None}
        if check.suggestion:
            out["suggestion"] = self.suggestion(check.suggestion, lang)
        return out | {"message": getattr(check.message, lang)}

    def suggestion(self, suggestion: Suggestion, lang: Literal["zh", "en"]) -> dict[str, Any]:
        first = {"ref": self.ref(suggestion.ref), "value": suggestion.value, "reason": getattr(suggestion.reason, lang)}
        more = {
            name: [{"ref": self.ref(ref), "value": value} for ref, value in values]
            for name, values in (("also", suggestion.also), ("rivals", suggestion.rivals))
            if values
        }
        return first | more

    def proof(self, standings: Sequence[Standing], checks: Sequence[Check]) -> dict[str, Any]:
        """The standing of each figure by its pointer, with pointers to the checks that decided it."""
        places = {id(check): f"/checks/{i}" for i, check in enumerate(checks)}
        return {
            self.ref(standing.leaf): {
                "status": standing.status,
                "equations": len(standing.checks) if standing.status == "confirmed" else 0,
                "checks": [places[id(check)] for check in standing.checks],
            }
            for standing in standings
        }

    def repairs(self, repairs: Sequence[Repaired], lang: Literal["zh", "en"]) -> dict[str, Any]:
        """What was read of each value that was repaired, by its pointer."""
        return {self.ref(one.leaf): {"read": one.read, "reason": getattr(one.reason, lang)} for one in repairs}


def cited(value: Any) -> Iterator[Cited[Any]]:
    """Every cited leaf below `value` that has sources, in order."""
    if isinstance(value, Cited):
        if value.sources:
            yield value
    elif is_dataclass(value):
        for f in fields(value):
            yield from cited(getattr(value, f.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from cited(item)


def lower(
    record: Record,
    checks: tuple[Check, ...],
    frames: Mapping[int, Frame],
    lang: Literal["zh", "en"] = "zh",
    standings: Sequence[Standing] = (),
    repairs: Sequence[Repaired] = (),
) -> dict[str, Any]:
    """The record as plain JSON (schemas/contract.schema.json), boxes in pixels of the pages as the file shows them.

    `frames` gives each page number its frame. Raises ValueError if one leaf object stands in two places.
    """
    walk = Lowered(frames)
    tree = {f.name: walk.node(getattr(record, f.name), f"/{f.name}", ()) for f in fields(record)}
    walk.pointers[id(record)] = ""
    ordered = {"schema_version": tree.pop("schema_version")} | tree
    found = [walk.check(check, lang) for check in checks]
    changed = {"repairs": walk.repairs(repairs, lang)} if repairs else {}
    proof = walk.proof(standings, checks)
    return ordered | {"checks": found, "proof": proof} | changed | {"provenance": walk.provenance}
