"""Speech recognition: a recording in, what was said and in which dialect out. No sound is ever kept.

:mod:`~server.hearing.recording` checks what comes in, a :class:`~server.hearing.recogniser.Recogniser` writes it down,
:mod:`~server.hearing.regions` joins what sound and words tell of the dialect, :mod:`~server.hearing.ears` does it all
beside the event loop. Import the modules themselves: this package imports nothing.
"""
