"""Phone screens that were never anybody's: drawn from texts, then photographed badly, to measure reading with."""
