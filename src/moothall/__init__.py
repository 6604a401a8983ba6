"""Moothall: a newsroom's story page and the discussion beneath it."""
