"""The spoken voice: Chinese text in, a WAV with mouth shapes and caption timings out.

The way of one utterance: :mod:`~server.voice.reading` turns text into pieces (what is shown, what is said),
:mod:`~server.voice.engine` turns what is said into sound with the times of its phonemes,
:mod:`~server.voice.timing` ties those times back to the characters shown, and
:mod:`~server.voice.voice` puts it together behind a cache. Import the modules themselves: this package
imports nothing, so that the synthesizer's own process starts quickly.
"""
