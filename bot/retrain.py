"""``python -m bot.retrain DATA MODELS``: trains the small models of the present content, in a process of its own.

The server goes on with the models that it has; the new ones are taken over once they lie in the folder.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot import environment


def main() -> int:
    """Train what is missing; 0 when all is there, 1 when the content can't be used."""
    environment.prepare()
    from bot.understanding_build import load_understander
    from bot.yaml_source import ContentError

    os.nice(10)  # a resident who talks meanwhile comes first
    try:
        load_understander(Path(sys.argv[1]), Path(sys.argv[2]), lambda text: print(text, flush=True))
    except ContentError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
