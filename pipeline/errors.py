"""Everything that can go wrong with a run, each with an exit code and a sentence for a person.

A bad contract is data (a check); only bad input and broken runs raise. Exit codes: 0 clean, 1 mismatches found,
2 usage, 3 some files failed.
"""

from __future__ import annotations


class HetongError(Exception):
    """Base of all errors that a user can meet; `str(error)` is one clear line."""

    exit_code = 3


class UsageError(HetongError):
    """The command line or the settings ask for something that does not exist."""

    exit_code = 2


class InputError(HetongError):
    """The file can't be read as a contract: not a PDF or image, empty, encrypted, without pages, too large."""


class OutputError(HetongError):
    """The output can't be written."""


class EngineError(HetongError):
    """An OCR engine is missing or failed."""


class EngineMissingError(UsageError):
    """An OCR engine was asked for that is not installed; the message says what to install."""


class ExtraMissingError(UsageError):
    """An output was asked for whose library is not installed; the message says what to install."""


class RecordError(HetongError):
    """A record does not follow the schema."""
