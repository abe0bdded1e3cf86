"""Screens of the theory, its configurations and the codebook."""
