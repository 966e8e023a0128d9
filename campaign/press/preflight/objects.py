"""What the pages paint: colour spaces, black text, type sizes, reversed type, lines, pictures, glyphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from campaign.press.preflight.subject import Line, Subject, judge
from campaign.press.preflight.walk import Painted, walk
from campaign.typeset import collisions, guard

#: Inks that a press has: four plates, and what is on all of them (marks).
SPACES = ("/DeviceCMYK", "/Separation", "/Pattern")
HAIRLINE_PT, MIN_PPI, GOOD_PPI = 0.25, 150, 300
#: White type smaller than this fills in unless it is bold.
REVERSED_PT = 8.0


def object_lines(subject: Subject) -> Iterator[Line]:
    """The checks of every painted object."""
    painted = tuple(walk(subject.pdf))
    typed = tuple(walk(subject.live)) if subject.live else painted
    texts = [p for p in typed if p.kind in ("text", "type3 text") and not p.artifact]
    yield from _colours(painted)
    yield from _black(texts)
    yield from _sizes(subject, texts)
    thin = min((p.size for p in painted if p.kind == "line"), default=None)
    weight, enough = "no lines" if thin is None else f"{thin:.2f} pt", thin is None or thin >= HAIRLINE_PT - 0.005
    yield judge("line weight", "file", weight, f"{HAIRLINE_PT} pt or more", enough)
    yield _resolution([p for p in painted if p.kind == "image"])
    # Identity-H: two bytes a glyph, and glyph 0 is .notdef, the box or blank that stands for a missing character.
    missing = sum(_notdef(p.codes) for p in texts if p.font)
    yield judge("missing glyphs", "file", str(missing), "0", missing == 0)
    yield _safe(subject)
    yield _apart(subject)


def _colours(painted: Sequence[Painted]) -> Iterator[Line]:
    strange = sorted(
        {f"{p.space} ({p.kind}, page {p.page})" for p in painted if p.kind != "mask image" and _strange(p)}
    )
    yield judge("colour spaces", "file", ", ".join(strange[:4]) or "DeviceCMYK", "DeviceCMYK", not strange)


def _strange(item: Painted) -> bool:
    return item.kind == "inline image" or item.space not in SPACES


def _black(texts: Sequence[Painted]) -> Iterator[Line]:
    """Dark type is black ink alone and prints over what lies below it: no white rims when plates shift."""
    rich = [p for p in texts if len(p.ink) == 4 and p.ink[3] >= 0.9 and any(p.ink[:3])]
    yield judge("black type", "file", f"{len(rich)} of {len(texts)} in mixed inks", "black plate only", not rich)
    pure = [p for p in texts if p.ink == (0, 0, 0, 1)]
    over = sum(p.overprint for p in pure)
    yield judge("overprint of black type", "file", f"{over} of {len(pure)}", "all", over == len(pure))


def _resolution(pictures: Sequence[Painted]) -> Line:
    """The effective resolution of the coarsest picture: what it has where it stands, not in its file."""
    if not pictures:
        return judge("picture resolution", "file", "no pictures of pixels", f"{GOOD_PPI} ppi", True)
    worst = min(pictures, key=lambda picture: picture.ppi)
    where, measured = f"page {worst.page}", f"{worst.ppi:.0f} ppi"
    if worst.ppi < MIN_PPI:
        return judge("picture resolution", where, measured, f"{MIN_PPI} ppi or more", False)
    return judge("picture resolution", where, measured, f"{GOOD_PPI} ppi", worst.ppi >= GOOD_PPI, soft=True)


def _sizes(subject: Subject, texts: Sequence[Painted]) -> Iterator[Line]:
    least = max(subject.profile.min_text, subject.layout.min_text)
    if texts:
        smallest = min(texts, key=lambda text: text.size)
        yield judge(
            "smallest type",
            f"page {smallest.page}",
            f"{smallest.size:.2f} pt",
            f"{least:g} pt",
            smallest.size >= least - 0.01,
        )
    reversed_ = [p for p in texts if p.space == "/DeviceCMYK" and sum(p.ink) < 0.1]
    thin = [p for p in reversed_ if p.size < REVERSED_PT and "bold" not in p.font.lower()]
    smallest_size = min((p.size for p in thin), default=0.0)
    yield judge(
        "reversed type",
        "file",
        f"{len(thin)} runs, from {smallest_size:.2f} pt" if thin else "none thin",
        f"bold below {REVERSED_PT:g} pt",
        not thin,
        soft=True,
    )


def _notdef(codes: bytes) -> int:
    return sum(1 for at in range(0, len(codes) - 1, 2) if codes[at : at + 2] == b"\0\0") if len(codes) % 2 == 0 else 0


def _apart(subject: Subject) -> Line:
    """Text that touches other text, a rule or the edge of its ground."""
    faults = collisions.faults(guard.opened(subject.readable), 0.0)
    return judge("text apart", "file", "; ".join(faults[:3]) or "nothing touches", "nothing touches", not faults)


def _safe(subject: Subject) -> Line:
    faults = guard.outside(guard.opened(subject.readable), (), subject.profile.safe)
    limit = f"{subject.profile.safe:g} mm from the trim"
    return judge("safe margin", "file", "; ".join(faults[:3]) or "kept", limit, not faults)
