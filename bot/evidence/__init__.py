"""What in a text speaks for or against fraud, found by a spaCy pipeline."""
