"""Bringing archives in and out: one neutral row, one file a format, a check before anything changes."""
