"""Conversation test stories: their format, playing them, comparing, reports, recording and coverage."""
