"""Sight: a photographed screen in, what is written on it out. Nothing is kept."""
