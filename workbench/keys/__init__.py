"""Which key does what, on every screen, and how that is printed."""
