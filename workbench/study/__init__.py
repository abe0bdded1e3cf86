"""Screens of the whole study: sources, cases, findings, reports, journal, and the first way through it."""
