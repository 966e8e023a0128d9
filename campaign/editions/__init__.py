"""Editions: what is built, why, from what, and when it may be released."""
