"""The labels of a message: the small words around it that every item shares (templates/messages/labels.j2)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LabelSpec:
    """One label: the macro `<name>` of labels.j2; `channels` are those whose every item shows it.

    `describes`: it stands for a picture, so it is read aloud and never set. `offered`: a printed format may show it,
    and shows it only when its table says so. `optional`: a workspace may be older than it, and then does without.
    """

    name: str
    channels: tuple[str, ...] = ()
    describes: bool = False
    offered: bool = False
    optional: bool = False


LABELS = (
    LabelSpec("contacts_title", ("leaflet", "web")),
    LabelSpec("emergency_line", ("leaflet", "web")),
    LabelSpec("scan", ("leaflet",)),
    LabelSpec("qr_alt", ("leaflet",), describes=True),
    LabelSpec("edition_line", ("leaflet", "web")),
    LabelSpec("draft"),
    LabelSpec("draft_line"),
    LabelSpec("logo_alt", ("leaflet",), describes=True),
    LabelSpec("exit", ("web",)),
    LabelSpec("exit_help", ("web",), optional=True),
    LabelSpec("exit_note", ("web",)),
    LabelSpec("neutral", ("web",), offered=True, optional=True),
    LabelSpec("languages", ("web",)),
    LabelSpec("step_call", ("web",), offered=True, optional=True),
    LabelSpec("step_language", ("web",), offered=True, optional=True),
    LabelSpec("step_interpreter", ("web",), offered=True, optional=True),
    LabelSpec("step_help", ("web",), offered=True, optional=True),
    LabelSpec("write_sms"),
    LabelSpec("write_whatsapp"),
    LabelSpec("opt_out_line"),
    LabelSpec("hashtag"),
)

#: The steps of a call, in pictures for who reads little: each label with its icon; those that promise an interpreter.
STEPS = {"step_call": "call", "step_language": "language", "step_interpreter": "interpreter", "step_help": "together"}
INTERPRETED = ("step_language", "step_interpreter")

#: What stands for the code that leads to the page, and beside it: empty where there is none.
CODE = ("scan", "qr_alt")


#: What a printed format may show: what every one does, and what one shows only when its table says so.
ON_PAPER = tuple(spec.name for spec in LABELS if "leaflet" in spec.channels or spec.offered)


def labels_of(channel: str) -> tuple[str, ...]:
    """The labels that every item of a channel shows."""
    return tuple(spec.name for spec in LABELS if channel in spec.channels)
