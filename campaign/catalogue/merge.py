"""campaign.pot into each PO file: what changed becomes fuzzy with its previous source, nothing is lost.

Our rules on translate-toolkit's entries: an entry whose context, source and plural are unchanged stays as it is; a
changed one keeps its text as a fuzzy proposal with `#|` lines; a revived one is fuzzy too; an orphan becomes obsolete.
One that is new again with a source for which somebody signed a text has that text again, and is final: an edit that is
undone costs nobody a second signature.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaign import languages
from campaign.catalogue import date_words, store
from campaign.model.digest import digest
from campaign.model.unit import unit_key

if TYPE_CHECKING:
    from translate.storage.pypo import pofile, pounit

#: How alike (difflib ratio) two sources must be for the old text to stand in as a proposal.
SIMILAR = 0.75

Identity = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What an update did to one language, in numbers of sentences: each is counted once.

    `changed` took the place of one that was there before and is alike, `new` are the others that were not there,
    `obsolete` those that no template says any more and that nothing took the place of.
    """

    kept: int = 0
    changed: int = 0
    new: int = 0
    obsolete: int = 0


@dataclass(frozen=True, slots=True)
class Signed:
    """The texts for which enough people stand: as hashes, and, as far as the ledger kept the words, by their source."""

    hashes: Collection[tuple[str, str]] = ()
    words: Mapping[Identity, tuple[str, ...]] = field(default_factory=dict)

    def forms(self, key: Identity, own: tuple[str, ...]) -> tuple[str, ...] | None:
        """The signed text of a source: its own where that is signed, else the last one; None where there is none."""
        return own if (digest(*key), digest(*own)) in self.hashes else self.words.get(key)


def merge(pot: pofile, po: pofile, locale: str, signed: Signed | None = None) -> Merged:
    """Bring a PO file in step with the template, in place; the order is the template's, obsolete entries last."""
    # gettext tells messages apart by context and singular, and refuses two of them even when one is obsolete.
    old = {store.identity(unit)[:2]: unit for unit in store.live(po)}
    gone = {store.identity(unit)[:2]: unit for unit in po.units if unit.isobsolete()}
    templates = {
        store.identity(template)[:2]: template
        for template in store.live(pot)
        if date_words.meant_for(unit_key(*store.identity(template)), locale)
    }
    orphans = {name: unit for name, unit in {**gone, **old}.items() if name not in templates}
    texts = {name: unit for name, unit in orphans.items() if _has_text(unit)}
    left = {name: unit for name, unit in orphans.items() if not unit.isobsolete()}  # nothing took their place yet
    kept = changed = new = 0
    units: list[pounit] = []
    for name, template in templates.items():
        key, before = store.identity(template), old.get(name, gone.get(name))
        if before is not None and _fits(before, key, locale):
            unit = before
            if unit.isobsolete():
                new += 1
                unit.resurrect()
                doubted = unit.isfuzzy()
                unit.markfuzzy(True)
                if not doubted:
                    _restore(unit, key, signed)
            else:
                kept += 1
        else:
            unit = _fresh(template, locale)
            base = before if before is not None and _has_text(before) else _nearest(key, texts)
            if base is not None:
                _propose(unit, base)
            _restore(unit, key, signed)
            if before is not None:
                _keep_in_comments(unit, before)
            replaced = name in old or _take(left, base or _nearest(key, left))
            changed, new = changed + replaced, new + (not replaced)
        _describe(unit, template)
        units.append(unit)
    for unit in orphans.values():
        if not unit.isobsolete():
            unit.makeobsolete()
    header = [unit for unit in po.units if unit.isheader()]
    comments = [unit for unit in po.units if not unit.msgid and not unit.isheader()]
    po.units = header + units + comments + list(texts.values())
    return Merged(kept, changed, new, len(left))


def _fits(unit: pounit, key: Identity, locale: str) -> bool:
    """Whether an old entry can stand for this message as it is: same plural, and as many forms as the language has."""
    right = not unit.hasplural() or len(unit.target.strings) == languages.get(locale).nplurals
    return store.identity(unit) == key and right


def _fresh(template: pounit, locale: str) -> pounit:
    from translate.storage import pypo

    unit = pypo.pounit(encoding="UTF-8")
    unit.source = template.source
    if template.getcontext():
        unit.setcontext(template.getcontext())
    unit.target = [""] * languages.get(locale).nplurals if template.hasplural() else ""
    return unit


def _nearest(key: Identity, candidates: dict[tuple[str, str], pounit]) -> pounit | None:
    """The old entry that this one comes from: same source first, else the most alike one; None when none is alike."""
    best, best_ratio = None, SIMILAR
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(key[1])
    for identity, unit in candidates.items():
        if identity[1] == key[1]:
            return unit
        matcher.set_seq1(identity[1])
        bounds = (matcher.real_quick_ratio, matcher.quick_ratio, matcher.ratio)  # from cheap to exact
        if all(bound() >= best_ratio for bound in bounds):
            best, best_ratio = unit, matcher.ratio()
    return best


def _take(left: dict[tuple[str, str], pounit], base: pounit | None) -> bool:
    """Whether an entry was still left; it is not any more."""
    return base is not None and left.pop(store.identity(base)[:2], None) is not None


def _propose(unit: pounit, base: pounit) -> None:
    """Copy the text of another entry as a fuzzy proposal that says which source it was made for."""
    from translate.storage.pypo import quoteforpo

    forms = _forms(base)
    count = len(_forms(unit))
    unit.target = [forms[min(n, len(forms) - 1)] for n in range(count)] if unit.hasplural() else forms[0]
    unit.othercomments = list(base.othercomments)
    # An entry that was already fuzzy goes on pointing at the source its text was really made for.
    context, source, plural = (store.previous(base) if base.isfuzzy() else None) or store.identity(base)
    unit.prev_msgctxt = quoteforpo(context) if context else []
    unit.prev_msgid = quoteforpo(source)
    unit.prev_msgid_plural = quoteforpo(plural) if plural else []
    unit.markfuzzy(True)


def _restore(unit: pounit, key: Identity, signed: Signed | None) -> None:
    """Give an entry the text that is signed for its source, and no doubt about it."""
    own = tuple(_forms(unit))
    forms = signed.forms(key, own) if signed else None
    if forms is not None and len(forms) == len(own):
        store.apply(unit, store.Edit(forms, fuzzy=False))


def _keep_in_comments(unit: pounit, before: pounit) -> None:
    """Keep the comments of the entry that this one replaces, and the plural forms that have no place in it any more."""
    have = _forms(unit)
    unit.othercomments = list(dict.fromkeys(before.othercomments + unit.othercomments))
    for number, text in enumerate(_forms(before)):
        if text.strip() and text not in have:
            unit.othercomments.append(f"# earlier form {number}: {' '.join(text.split())}\n")


def _describe(unit: pounit, template: pounit) -> None:
    """Take notes, places and format flags from the template; the translator's own comments stay."""
    unit.automaticcomments = list(template.automaticcomments)
    unit.sourcecomments = list(template.sourcecomments)
    if template.hastypecomment("python-format") != unit.hastypecomment("python-format"):
        unit.settypecomment("python-format", template.hastypecomment("python-format"))


def _has_text(unit: pounit) -> bool:
    return any(text.strip() for text in _forms(unit))


def _forms(unit: pounit) -> list[str]:
    return [str(text) for text in unit.target.strings] if unit.hasplural() else [str(unit.target or "")]
