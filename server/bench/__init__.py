"""Benchmarks, side by side with stock Rasa in one run on the same machine."""
