"""What travels over a kiosk's stream, a concept a file. A message is one JSON object with its ``type``."""
