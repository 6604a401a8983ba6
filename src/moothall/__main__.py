"""`python -m moothall`."""

from moothall.cli import main

main()
