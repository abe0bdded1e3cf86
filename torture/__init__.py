"""The torture chamber: the real program, killed, starved, crowded and damaged, many times over (``make torture``)."""
