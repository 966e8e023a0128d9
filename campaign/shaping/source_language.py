"""The language that messages are written in, changed: what the templates say in one, they say in another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from campaign import languages
from campaign.catalogue import date_words, extract, merge, store
from campaign.catalogue.rewritten import Identity, rewritten, with_notes
from campaign.errors import CampaignError, Problem
from campaign.model.unit import Unit, unit_key
from campaign.project import Project, read_text, write_atomic
from campaign.shaping import agreed_words, settings
from campaign.spoken.guide import rewritten as rewritten_note

#: So many sentences without a text are named, the others are counted.
_NAMED = 5


def change(project: Project, tag: str) -> None:
    """Write the messages in another language of the campaign: its texts become the templates' sentences, to be edited,
    and what was the source becomes a translation like the others. Nothing is signed by it: a signature is of the words
    that were read.

    Raises:
        CampaignError: it is no language of the campaign, or some of its texts are not there yet.
    """
    old = str(settings.values(project, project.config).get("source_language", ""))
    settings.known(tag, settings.listed(project, "languages"), "a language of the campaign", "campaign.toml")
    if tag == old:
        return
    new = _translated(project, tag)
    _templates(project, new, partial(rewritten_note, old=old, new=tag))
    _names(project, old, tag)
    _kinds(project, new)
    _all_said(project, new)
    for locale in _with_catalogue(project):
        if locale not in (old, tag):
            _rekeyed(project, locale, new)
    _former(project, old, new)
    project.catalogue(tag).unlink()
    agreed_words.turn(project, old, tag, ((before[1], after[1]) for before, after in new.items()))
    with settings.document(project, project.config) as held:
        held["source_language"] = tag
    settings.change_list(project, "languages", lambda tags: [tag, *(known for known in tags if known != tag)])


def _with_catalogue(project: Project) -> Iterator[str]:
    """The languages that have a catalogue, be they in campaign.toml or waiting for their return."""
    yield from (name for name in sorted(languages.registry()) if project.catalogue(name).exists())


def _translated(project: Project, tag: str) -> Mapping[Identity, Identity]:
    """What each sentence becomes; words of dates stay the names of their entries."""
    path = project.catalogue(tag)
    known = store.read(path, project.name(path), tag).by_key() if path.exists() else {}
    found: dict[Identity, Identity] = {}
    missing = []
    for key in _sentences(project):
        unit = known.get(unit_key(*key))
        if unit is None or not unit.translated:
            missing.append(repr(key[1][:40]))
        else:
            found[key] = key[0], *_one_and_many(unit)
    if missing:
        shown = ", ".join(missing[:_NAMED]) + (", …" if len(missing) > _NAMED else "")
        raise CampaignError.single(
            f"has no text yet for {len(missing)} of {len(found) + len(missing)} sentences: {shown}",
            where=project.name(path),
            todo="translate them first; then they can be what other languages are translated from",
        )
    return found


def _sentences(project: Project) -> list[Identity]:
    """Every sentence of the workspace's own."""
    found = ((each.context, each.source, each.plural) for each in extract.extract(project))
    return [key for key in found if unit_key(*key) not in date_words.all_words()]


def _one_and_many(unit: Unit) -> tuple[str, str]:
    """The text for one and the text for many: templates know no other numbers."""
    if not unit.plural:
        return unit.text, ""
    names = languages.get(unit.locale).categories
    return unit.forms[names.index("one") if "one" in names else -1], unit.forms[-1]


def _templates(project: Project, new: Mapping[Identity, Identity], told: Callable[[str], str]) -> None:
    """The sentences of the templates, and beside them the notes for translators as far as somebody put them into it."""
    problems: list[Problem] = []
    for path in extract.sources(project):
        name = project.name(path)
        try:
            text = rewritten(read_text(path, name), name, lambda key: new.get(key, key))
        except CampaignError as error:
            problems += error.problems
        else:
            write_atomic(path, with_notes(text, told).encode())
    if problems:
        raise CampaignError(problems)


def _names(project: Project, old: str, new: str) -> None:
    """What the campaign, its audiences and forms are called, where the program knows it in the new language."""
    with settings.document(project, project.config) as held:
        for table in (held, *held.get("audiences", {}).values(), *held.get("forms", {}).values()):
            if isinstance(table, dict) and "name" in table:
                table["name"] = rewritten_note(str(table["name"]), old, new)


def _kinds(project: Project, new: Mapping[Identity, Identity]) -> None:
    """The words of kinds of contacts, which stand in contacts.toml."""
    if not project.contacts.exists():
        return
    said = {(context, source): text for (context, source, _), (_, text, _) in new.items()}
    with settings.document(project, project.contacts) as held:
        for kind in held.get("kinds", {}).values():
            for key, context in (("words", ""), ("child_words", "for children")):
                if key in kind:
                    kind[key] = said.get((context, str(kind[key])), kind[key])


def _all_said(project: Project, new: Mapping[Identity, Identity]) -> None:
    """Refuse a template that marks a sentence in a way that was not found again."""
    said = {*new.values()}
    if left := [key[1] for key in _sentences(project) if key not in said]:
        what = f"cannot be written anew: {', '.join(repr(text[:60]) for text in left[:_NAMED])}"
        where, todo = project.name(project.templates), "write each of them between {% trans %} and {% endtrans %}"
        raise CampaignError.single(what, where=where, todo=todo)


def _rekeyed(project: Project, locale: str, new: Mapping[Identity, Identity]) -> None:
    """The same translations beside the new sentences. Of two sentences that are one now, the first keeps its text."""
    path = project.catalogue(locale)
    po = store.parse(path, project.name(path), locale)
    taken = {key[:2] for key in new.values()}
    po.units = [unit for unit in po.units if not (unit.isobsolete() and store.identity(unit)[:2] in taken)]
    done: set[tuple[str, str]] = set()
    for unit in store.live(po):
        key = new.get(store.identity(unit))
        if key is None:
            continue
        if key[:2] in done:
            unit.makeobsolete()
            continue
        done.add(key[:2])
        unit.source = [key[1], key[2]] if key[2] else key[1]
        unit.prev_msgctxt, unit.prev_msgid, unit.prev_msgid_plural = [], [], []
    store.write(path, po)


def _former(project: Project, old: str, new: Mapping[Identity, Identity]) -> None:
    """A catalogue of the language that was the source, with the sentences as they were written."""
    back: dict[Identity, Identity] = {}
    for before, after in new.items():
        back.setdefault(after, before)
    path, config = project.catalogue(old), settings.values(project, project.config)
    name, edition = str(config.get("name", "")), str(config.get("edition", ""))
    po = store.parse(path, project.name(path), old) if path.exists() else store.new(old, name, edition)
    merge.merge(extract.build_pot(extract.extract(project), name, edition), po, old)
    count = languages.get(old).nplurals
    for unit in store.live(po):
        known = back.get(store.identity(unit))
        words = _forms(known, count) if known else (date_words.draft(store.unit_of(unit, old)),)
        origin = f"the sentence as it was written before, in {languages.get(old).english}"
        store.apply(unit, store.Edit(words, fuzzy=True, origin=origin))
    store.write(path, po)


def _forms(before: Identity, count: int) -> tuple[str, ...]:
    _, source, plural = before
    return (source, *[plural] * (count - 1)) if plural else (source,)
