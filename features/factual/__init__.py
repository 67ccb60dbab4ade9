"""Checks of the factual axis."""
