"""What is kept of conversations: redacted, in one SQLite file, for a limited time."""

from server.records.records import Records
from server.records.writer import RecordsWriter

__all__ = ["Records", "RecordsWriter"]
