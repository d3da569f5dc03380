"""hetong (合同): scanned Chinese contracts in, validated and cross-checked records out.

result = pipeline.extract("contract.pdf")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.model.result import Result
    from pipeline.run import extract
    from pipeline.settings import Settings

__all__ = ["Result", "Settings", "__version__", "extract"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The library's face, imported when it is first used: `hetong schema` needs no engine."""
    if name == "extract":
        from pipeline.run import extract

        return extract
    if name == "Result":
        from pipeline.model.result import Result

        return Result
    if name == "Settings":
        from pipeline.settings import Settings

        return Settings
    raise AttributeError(f"module 'pipeline' has no attribute {name!r}")
