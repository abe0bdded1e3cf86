"""Screens of evidence: quotes, matrix, search, review."""
