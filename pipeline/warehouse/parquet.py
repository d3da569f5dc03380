"""`parquet/TABLE.parquet`: the tables of `warehouse.tables`, for DuckDB, Spark, pandas, Polars.

Figures are `decimal128(38, 12)` in every file, whatever the records say, so that files of many batches can be read as
one table. A figure that does not fit is an error that names its record; it is never rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Literal

from pipeline import extras, files
from pipeline.warehouse.columns import PRECISION, SCALE, Row, Table, checked
from pipeline.warehouse.store import Stored
from pipeline.warehouse.tables import TABLES

FILE = "parquet"
LIBRARY, EXTRA = "pyarrow", "parquet"
# A row group is what a reader loads at once: large enough to compress, small enough to hold.
ROWS_A_GROUP = 5_000


@contextmanager
def output(out: Path, lang: Literal["zh", "en"]) -> Iterator[Callable[[Stored], None]]:
    """Takes the records one by one; the files appear when the block ends well. ExtraMissingError, OutputError."""
    arrow, parquet = extras.needed(LIBRARY, EXTRA), extras.needed("pyarrow.parquet", EXTRA)
    folder = files.folder(out / FILE)
    with ExitStack() as stack:
        writers = [stack.enter_context(writer(table, folder, arrow, parquet)) for table in TABLES]

        def add(stored: Stored) -> None:
            for write in writers:
                write(stored)

        yield add


@contextmanager
def writer(table: Table, folder: Path, arrow: Any, parquet: Any) -> Iterator[Callable[[Stored], None]]:
    """Writes one table's file, a row group at a time."""
    schema = schema_of(table, arrow)
    waiting: list[Row] = []
    with (
        files.aside(folder / f"{table.name}.parquet") as part,
        parquet.ParquetWriter(part, schema, compression="zstd") as file,
    ):

        def flush() -> None:
            file.write_table(arrow.Table.from_pylist(waiting, schema=schema))
            waiting.clear()

        def add(stored: Stored) -> None:
            waiting.extend(checked(row, table.columns) for row in table.rows(stored))
            if len(waiting) >= ROWS_A_GROUP:
                flush()

        yield add
        flush()


def schema_of(table: Table, arrow: Any) -> Any:
    """The table's Arrow schema: the same for every file."""
    kinds = {"text": arrow.string(), "integer": arrow.int64(), "decimal": arrow.decimal128(PRECISION, SCALE)}
    return arrow.schema([(column.name, kinds[column.kind]) for column in table.columns])
