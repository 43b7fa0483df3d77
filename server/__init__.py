"""The server: HTTP, kiosk screens, speech and records around the conversation."""
