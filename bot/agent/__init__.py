"""Rasa behind one adapter: everything that knows Rasa's classes at run time stands in this package."""
