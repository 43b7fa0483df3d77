"""Rasa custom actions: thin, each reads the turn, asks ``bot`` and hands the outcome over.

The server runs them in its own process with its own services; ``rasa run actions`` makes each without arguments.
"""
