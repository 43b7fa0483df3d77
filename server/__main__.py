"""``python -m server`` is ``hean``."""

from server.cli import main

main()
