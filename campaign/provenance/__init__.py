"""Which words of an item somebody answers for: those of signed sentences and of declared values, and no others."""
