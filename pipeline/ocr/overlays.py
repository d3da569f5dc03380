"""What is laid over a PDF's page: form fields, typed notes, stamps. They are part of what the page shows, but of its
text only once they are drawn into it. (ISO 32000-2: 12.5 annotations, 12.7 forms.)"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pypdfium2 import raw

from pipeline.ocr import pdf

UNSEEN = {raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP}  # they change nothing that is printed


def are_on(page: Any) -> bool:
    """Whether anything lies over pdfium's page that may be seen."""
    return any(kind_of(page, index) not in UNSEEN for index in range(raw.FPDFPage_GetAnnotCount(page)))


def kind_of(page: Any, index: int) -> int:
    annotation = raw.FPDFPage_GetAnnot(page, index)
    try:
        return int(raw.FPDFAnnot_GetSubtype(annotation))
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


class Flattened:
    """A PDF's pages with all that lies over them drawn into them, in memory; opened when the first is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.document: Any = None

    def close(self) -> None:
        if self.document is not None:
            self.document.close()

    @contextmanager
    def page(self, number: int) -> Iterator[Any]:
        """pdfium's page `number`, counted from 1. Raises InputError."""
        if self.document is None:
            self.document = pdf.load(self.path)
            self.document.init_forms()
        with pdf.page_of(self.document, number) as page:
            raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        with pdf.page_of(self.document, number) as page:
            yield page
