"""Append-only records: what was decided about sentences and items, and what was released."""
