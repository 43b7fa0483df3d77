"""Which dialect somebody speaks, and its words in Mandarin."""
