"""The screen that brings interviews in."""
