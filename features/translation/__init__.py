"""Checks of the translation axis."""
