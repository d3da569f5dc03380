"""The notebook's cells run, in order, on the samples' records."""

import json
from pathlib import Path

from helpers_records import filed

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "records.ipynb"


def test_its_cells_run(samples, tmp_path, monkeypatch):
    out = tmp_path / "out" / "demo"
    out.mkdir(parents=True)
    filed(samples, out)
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    cells = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    names = {}
    for cell in cells:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert set(names["found"]["record"]) == {"software-errors"}
    assert names["sums"]["cloud-lease"] == names["contracts"].set_index("record").loc["cloud-lease", "contract_total"]
