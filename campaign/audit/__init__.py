"""Audit: the contacts of finished files in any language against those of a reference."""
