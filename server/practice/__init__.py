"""Where practice cards are kept: a keyed hash of each number, and what was practised under it."""
