"""TOML to a checked Campaign: every problem at once, with file and key."""

from campaign.config.load import hold, load

__all__ = ["hold", "load"]
