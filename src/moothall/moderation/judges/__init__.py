"""Judges outside this process: each behind one port, with a deadline; what is late, broken or silent holds."""
