"""Codes, codings, coders and memos."""
