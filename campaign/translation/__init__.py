"""Catalogues and how they are filled: extraction, drafts, worksheets, terms."""
