"""What was published, by whom and when: kept for good, and the way back."""
