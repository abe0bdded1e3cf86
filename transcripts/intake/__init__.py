"""Files become sources: gathered, previewed, imported."""
