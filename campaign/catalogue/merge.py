"""campaign.pot into each PO file: what changed becomes fuzzy with its previous source, nothing is lost.

Our rules on translate-toolkit's entries: an entry whose context, source and plural are unchanged stays as it is; a
changed one keeps its text as a fuzzy proposal with `#|` lines; a revived one is fuzzy too; an orphan becomes obsolete.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue import store

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

#: How alike (difflib ratio) two sources must be for the old text to stand in as a proposal.
SIMILAR = 0.75

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What an update did to one language, in numbers of units."""

    kept: int = 0
    changed: int = 0
    new: int = 0
    obsolete: int = 0


def merge(pot: pofile, po: pofile, locale: str) -> Merged:
    """Bring a PO file in step with the template, in place; the order is the template's, obsolete entries last."""
    old = {store.identity(unit): unit for unit in store.live(po)}
    gone = {store.identity(unit): unit for unit in po.units if unit.isobsolete()}
    wanted = [store.identity(unit) for unit in store.live(pot)]
    orphans = {key: unit for key, unit in old.items() if key not in set(wanted)}
    kept = changed = new = 0
    units: list[pounit] = [unit for unit in po.units if unit.isheader()][:1]
    for template in store.live(pot):
        key = store.identity(template)
        if key in old:
            unit, kept = old[key], kept + 1
        elif key in gone:
            unit, changed = gone.pop(key), changed + 1
            unit.resurrect()
            unit.markfuzzy(True)
        else:
            base = _nearest(key, {**gone, **orphans})
            unit = _fresh(template, locale)
            if base is None:
                new += 1
            else:
                changed += 1
                _propose(unit, base, key)
        _describe(unit, template)
        units.append(unit)
    for unit in orphans.values():
        if store.identity(unit) not in gone:
            unit.makeobsolete()
            gone[store.identity(unit)] = unit
    po.units = units + [unit for unit in gone.values() if _has_text(unit)]
    return Merged(kept, changed, new, len(gone))


def _fresh(template: pounit, locale: str) -> pounit:
    from translate.storage import pypo

    unit = pypo.pounit(encoding="UTF-8")
    unit.source = template.source
    if template.getcontext():
        unit.setcontext(template.getcontext())
    unit.target = [""] * languages.get(locale).nplurals if template.hasplural() else ""
    return unit


def _nearest(key: Identity, candidates: dict[Identity, pounit]) -> pounit | None:
    """The old entry whose text is worth keeping as a proposal: same source first, else the most alike one."""
    best, best_ratio = None, SIMILAR
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(key[1])
    for identity, unit in candidates.items():
        if not _has_text(unit):
            continue
        if identity[1] == key[1]:
            return unit
        matcher.set_seq1(identity[1])
        if matcher.real_quick_ratio() >= best_ratio and matcher.quick_ratio() >= best_ratio and matcher.ratio() >= best_ratio:
            best, best_ratio = unit, matcher.ratio()
    return best


def _propose(unit: pounit, base: pounit, key: Identity) -> None:
    """Copy the text of another entry as a fuzzy proposal that says which source it was made for."""
    from translate.storage.pypo import quoteforpo

    forms = [str(text) for text in (base.target.strings if base.hasplural() else [base.target])]
    unit.target = [forms[min(n, len(forms) - 1)] for n in range(len(unit.target.strings))] if unit.hasplural() else forms[0]
    unit.othercomments = list(base.othercomments)
    # An entry that was already fuzzy goes on pointing at the source its text was really made for.
    context, source, plural = (store.previous(base) if base.isfuzzy() else None) or store.identity(base)
    unit.prev_msgctxt = quoteforpo(context) if context != key[0] else []
    unit.prev_msgid = quoteforpo(source)
    unit.prev_msgid_plural = quoteforpo(plural) if plural else []
    unit.markfuzzy(True)


def _describe(unit: pounit, template: pounit) -> None:
    """Take notes, places and format flags from the template; the translator's own comments stay."""
    unit.automaticcomments = list(template.automaticcomments)
    unit.sourcecomments = list(template.sourcecomments)
    if template.hastypecomment("python-format") != unit.hastypecomment("python-format"):
        unit.settypecomment("python-format", template.hastypecomment("python-format"))


def _has_text(unit: pounit) -> bool:
    return any(str(text).strip() for text in (unit.target.strings if unit.hasplural() else [unit.target or ""]))
