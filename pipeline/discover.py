"""Finds the modules of a package by what they define: engines, fields, exporters register by existing.

A module counts if it defines the marker itself (a class, a function or a constant of that name); its source is parsed
to see, so that listing engines imports none of them. Protocols only describe; a module named with a leading underscore
only helps.

>>> sorted(modules("pipeline.model", "Box"))
['source']
>>> modules("pipeline.model", "Box")["source"].Box(0, 0, 3, 4).height
4
"""

from __future__ import annotations

import ast
import importlib
import importlib.util
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType


class Modules(Mapping[str, ModuleType]):
    """Modules by short name, in alphabetical order; each is imported when it is asked for."""

    def __init__(self, package: str, names: tuple[str, ...]) -> None:
        self.package = package
        self.names = names

    def __getitem__(self, name: str) -> ModuleType:
        if name not in self.names:
            raise KeyError(name)
        return importlib.import_module(f"{self.package}.{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)

    def __contains__(self, name: object) -> bool:
        return name in self.names


def modules(package: str, marker: str) -> Modules:
    """The package's modules that define `marker`."""
    return Modules(package, tuple(path.stem for path in sources(package) if marker in defined(path)))


def sources(package: str) -> Iterator[Path]:
    """The source files of the package's own public modules, by name."""
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for info in sorted(pkgutil.iter_modules(folders), key=lambda info: info.name):
        path = Path(getattr(info.module_finder, "path", "")) / f"{info.name}.py"
        if path.is_file() and not info.name.startswith("_"):
            yield path


@cache
def defined(path: Path) -> frozenset[str]:
    """The names that a module defines at its top level; what it imports or only describes (Protocol) is not its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"), str(path))
    return frozenset(name for node in tree.body for name in names_of(node))


def names_of(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name, bases=bases):
            if not any(isinstance(base, ast.Name) and base.id == "Protocol" for base in bases):
                yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
