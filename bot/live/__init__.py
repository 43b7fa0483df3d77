"""Content that is edited while the server runs: looked at, checked, taken over between turns, written down."""
