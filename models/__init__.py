"""Heads, taggers, calibration and their storage."""
