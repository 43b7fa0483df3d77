"""The routes of the public interface, a concept a file."""
