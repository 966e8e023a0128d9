"""The words of the digits, as a voice reads them one by one: templates/channels/digits.j2."""

from __future__ import annotations

from collections.abc import Mapping

from campaign.render.templates import CHANNELS, Templates, macro

FILE = "digits.j2"
#: The macros of the file, in the order of `voice.script.DIGITS`.
MACROS = (*(f"digit_{digit}" for digit in range(10)), "plus")


def spoken_digits(templates: Templates, variables: Mapping[str, object]) -> tuple[str, ...]:
    """Zero to nine and the plus of a message's language; none where the workspace lacks the file.

    Raises:
        CampaignError: the file lacks one of them.
    """
    if not templates.has(FILE):
        return ()
    with templates.running(FILE, CHANNELS):
        module = templates.get(FILE, CHANNELS).make_module(dict(variables))
        return tuple(macro(module, name, f"{CHANNELS}/{FILE}")().strip() for name in MACROS)
