"""The commands of ``hean``, one a module."""
