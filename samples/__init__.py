"""Invented contracts as scans, with the records that must come out of them."""
