"""Requests and responses of the public interface, a concept a file."""
