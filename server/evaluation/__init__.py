"""Measuring understanding on packs of labelled rows, in process or through the public interface."""
