"""The screen on which interviews are read and coded."""
