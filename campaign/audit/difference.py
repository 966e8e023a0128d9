"""How a wrong contact differs from the right one: reversed, cut, changed; and the difference for a person's eye."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from campaign.reading import phones


def difference(right: str, wrong: str) -> str:
    """The wrong text with its differences in brackets: `+32 3 201 16 [90→09]`, `[→x]` for too much, `[x→]` for lost."""
    pieces = []
    for what, a, b, c, d in SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes():
        pieces.append(right[a:b] if what == "equal" else f"[{right[a:b]}→{wrong[c:d]}]")
    return "".join(pieces)


def by_place(right: str, wrong: str) -> str:
    """The difference of two texts of the same length, character by character: `15[2→5]2`."""
    pieces = re.finditer(r"=+|!+", "".join("=" if a == b else "!" for a, b in zip(right, wrong, strict=True)))
    return "".join(
        right[m.start() : m.end()] if m[0][0] == "=" else f"[{right[m.start() : m.end()]}→{wrong[m.start() : m.end()]}]"
        for m in pieces
    )


def likeness(right: str, wrong: str) -> float:
    """How alike two texts are, 0 to 1."""
    return SequenceMatcher(None, right, wrong, autojunk=False).ratio()


def reversed_number(right: str, written: str) -> bool:
    """Whether a folded number is the right one with its groups or its digits from the other end."""
    groups = re.findall(r"\d+", written)
    turned = {"".join(reversed(groups)), "".join(groups)[::-1], "".join(group[::-1] for group in groups)}
    wanted = {form.lstrip("+") for form in phones.forms(right)}
    wanted |= {f"00{form[1:]}" for form in phones.forms(right) if form.startswith("+")}
    own = "".join(groups)
    return own not in wanted and bool(turned & wanted)


def cut_number(right: str, written: str) -> bool:
    """Whether a folded number is the right one with digits lost at its start or end."""
    have = phones.digits(written)
    return any(
        len(have) >= max(3, len(plain) // 2)
        and len(have) < len(plain)
        and (plain.startswith(have) or plain.endswith(have))
        for plain in (form.lstrip("+") for form in phones.forms(right))
    )


def number_likeness(right: str, written: str) -> float:
    """How alike the digits of two numbers are, 0 to 1, in the form that fits best."""
    have = phones.digits(written)
    return max((likeness(form.lstrip("+"), have) for form in phones.forms(right)), default=0.0)
