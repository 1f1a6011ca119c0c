"""Rows taken out of a tracker for good: what refers to them follows, and nothing of them is left in the file."""
