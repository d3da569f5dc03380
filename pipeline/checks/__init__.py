"""Record -> checks: every rule of docs/checks.md, one module a family, found by discovery.

A rule is a generator over the record (`model.check.rule`); it reports what agrees, what disagrees and what it could not
compare, and changes nothing. Adding a rule means adding a function to a module of this package.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from pipeline.model.check import RULES, Check, Rule
from pipeline.model.record import Record


@cache
def rules() -> tuple[tuple[str, Rule], ...]:
    """Every rule of this package with its name, in the order of the names."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
    return tuple(sorted((name, rule) for name, rule in RULES.items() if rule.__module__.startswith(f"{__name__}.")))


def run(record: Record) -> tuple[Check, ...]:
    """All rules over one record, in a stable order."""
    return tuple(check for _, rule in rules() for check in rule(record))
