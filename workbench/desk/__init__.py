"""What a coder has before them: the open source, its codings, and what is done with them."""
