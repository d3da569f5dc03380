"""The unit that a table's sums are counted in: from a header (金额（万元）), or from the line above (单位：万元).

>>> in_ten_thousands("金额", "金额单位：万元"), in_ten_thousands("单价（元）", "单位：万元")
(True, False)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model.document import Document, Paragraph, Table

TEN_THOUSANDS = re.compile(r"单位[：:]?(?:人民币)?[（(]?万元")
LONGEST_CAPTION = 40


def captioned(document: Document) -> Iterator[tuple[Table, str]]:
    """Every table with its title and the short line before it, where 单位：万元 may stand."""
    before = ""
    for block in document.blocks:
        if isinstance(block.content, Paragraph):
            text = block.content.text.text
            before = text if len(text) <= LONGEST_CAPTION else ""
        else:
            yield block.content, block.content.title.text + before
            before = ""


def in_ten_thousands(header: str, caption: str) -> bool:
    """Whether the sums under a header count 万元; a header that names its unit says so itself."""
    return "万元" in header or ("元" not in header and TEN_THOUSANDS.search(caption) is not None)
