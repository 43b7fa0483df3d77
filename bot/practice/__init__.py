"""Practice cards in a conversation: a number that is nobody's name, and what may be practised next with it."""
