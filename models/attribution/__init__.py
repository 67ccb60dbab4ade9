"""Taggers and measures of the attribution axis."""
