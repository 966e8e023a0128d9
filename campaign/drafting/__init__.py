"""Drafts: a source text through an offline engine without losing a number, a name or a sentence."""
