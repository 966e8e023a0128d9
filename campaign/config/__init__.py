"""TOML to a checked Campaign: every problem at once, with file and key."""

from campaign.config.load import load

__all__ = ["load"]
