"""Measurements: what is slow and what is right, as ratios against a named alternative in the same run."""
