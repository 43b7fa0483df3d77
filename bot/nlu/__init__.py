"""Rasa graph components of this project, named in ``config.yml``."""
