"""Which language a text is in, its sentences, and the forms of its words."""
