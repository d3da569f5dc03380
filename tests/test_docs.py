"""Every command, option of the settings, engine, rule, exporter and part of the record stands in the docs."""

from pathlib import Path

import pytest

from pipeline import checks, discover
from pipeline.cli import app
from pipeline.review import outputs
from pipeline.settings import Settings

DOCS = Path(__file__).parents[1] / "docs"

COMMANDS = [command.name or command.callback.__name__ for command in app.registered_commands]
THINGS = [
    *(("cli.md", f"`hetong {name}") for name in COMMANDS),
    *(("cli.md", f"| `{name}` |") for name in Settings.model_fields),
    *(("engines.md", f"| `{name}`") for name in discover.modules("pipeline.ocr", "Engine")),
    *(("batch.md", f"| `{name}` |") for name in discover.modules("pipeline.batch.executors", "Executor")),
    *(("checks.md", f"| `{name}` |") for name, _ in checks.rules()),
    *(("fields.md", f"`{name}`") for name in discover.modules("pipeline.fields", "read")),
    *(("exporters.md", f"| `{name}` |") for name in discover.modules("pipeline.exporters", "SUFFIX")),
    *(("exporters.md", f"| `{name}` |") for name in outputs.outputs()),
]


@pytest.mark.parametrize(("page", "words"), THINGS)
def test_it_stands_in_the_docs(page, words):
    assert words in (DOCS / page).read_text(encoding="utf-8")


def test_every_page_is_linked_from_the_readme_or_from_another_page():
    pages = {path.name: path.read_text(encoding="utf-8") for path in DOCS.glob("*.md")}
    everything = "".join(pages.values()) + (DOCS.parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in pages if f"{name})" not in everything] == []
