"""Configurations: what was said where, put together as context, mechanism and outcome, within cases and across them."""
