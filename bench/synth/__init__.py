"""Invented contracts with their true records, from a seed: what the reader is measured against.

A contract flows one way: seed -> deal (who, what, how much, as printed) -> faults planted -> script (clauses, tables)
-> paper (HTML, PDF) and truth (the record, docs/record.md). The truth is made from the same deal and script as the
paper, never read back from it. Everything is drawn from the seed; no clock, no network, no real company or person.
"""
