"""Who speaks when: turns, their styles and labels."""
