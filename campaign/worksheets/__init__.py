"""Worksheets: what a person without a computer model needs to translate a language on paper or in a table."""
