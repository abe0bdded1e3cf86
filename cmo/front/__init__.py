"""The front door, in parts: one file for what one does with a study."""
