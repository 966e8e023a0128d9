"""The review page: a local web application in which mediators see, correct and sign. Only routes."""

from __future__ import annotations

from campaign.webapp.app import create_app

__all__ = ["create_app"]
