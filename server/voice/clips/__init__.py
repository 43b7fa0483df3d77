"""Recordings of volunteers: ``data/voice/clips/<dialect>/clips.yml`` and the WAV files beside it."""
