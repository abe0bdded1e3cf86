"""A better text for a source, and every passage found again in it."""
