"""Checks of the attribution axis."""
