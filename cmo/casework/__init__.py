"""Cases in the analyst's words, and what was done in them placed on ladders."""
