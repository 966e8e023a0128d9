"""Preflight: reads the finished press files again and measures everything that a print shop would send back.

There is no free validator for PDF/X; these checks measure its parts and what printers ask for beyond it.
"""

from campaign.press.preflight.run import inspect
from campaign.press.preflight.subject import Line, Subject, Verdict

__all__ = ["Line", "Subject", "Verdict", "inspect"]
