"""campaign: one source text per audience, out as signed material in every language."""

__version__ = "0.1.0"
