"""Folders of files: which files make which records, and doing them in parallel with nothing lost."""
