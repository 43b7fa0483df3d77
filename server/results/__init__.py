"""What came of the drills, counted from the records, with small groups kept out of sight."""
