"""Sources: readers, text, turns, sentences, cases and participants."""
