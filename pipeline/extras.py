"""Libraries that not every installation has: loaded when they are needed, named with what installs them when missing.

>>> needed("decimal", "none").Decimal("0.10")
Decimal('0.10')
>>> needed("no_such_library", "xlsx")
Traceback (most recent call last):
pipeline.errors.ExtraMissingError: 没有安装 no_such_library：请运行 pip install 'hetong[xlsx]'
"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from pipeline.errors import ExtraMissingError


def needed(library: str, extra: str) -> Any:
    """The library, or an ExtraMissingError that names the extra of hetong which brings it."""
    try:
        return importlib.import_module(library)
    except ImportError as error:
        raise ExtraMissingError(f"没有安装 {library}：请运行 pip install 'hetong[{extra}]'") from error


def there(library: str) -> bool:
    """Whether the library is installed; it is not loaded."""
    return importlib.util.find_spec(library) is not None
