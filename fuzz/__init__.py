"""Fuzzing of the readers: files of every format, changed at random, must be read by the laws or be refused by name.

``python -m fuzz --seconds 60`` from the root of the repository. Nothing here is part of what users install.
"""
