"""A workspace in memory: its settings, texts, selections, facts and findings."""
