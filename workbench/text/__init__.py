"""Words, colours, and the transcript on screen: laid out, painted, read and selected in."""
