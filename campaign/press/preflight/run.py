"""All checks of one press file, in the order of the report."""

from __future__ import annotations

from campaign.press.preflight.codes import code_lines
from campaign.press.preflight.contacts import contact_lines
from campaign.press.preflight.file import file_lines
from campaign.press.preflight.ink import ink_lines
from campaign.press.preflight.objects import object_lines
from campaign.press.preflight.outlines import outline_lines
from campaign.press.preflight.subject import Line, Subject

CHECKS = (file_lines, object_lines, outline_lines, ink_lines, code_lines, contact_lines)


def inspect(subject: Subject) -> tuple[Line, ...]:
    """Every measured line; the file is good when none of them fails."""
    return tuple(line for check in CHECKS for line in check(subject))
