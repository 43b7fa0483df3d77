"""The conversation: text in, reply out. Knows nothing of HTTP."""
