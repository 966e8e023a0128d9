"""An audience's message in one language for one country: the only importer of jinja2.

Templates run in Jinja2's sandbox with StrictUndefined. Translations are data: only `%(name)s` and `%%` mean something
in them, and only names that the source uses. Every unit that a block used is recorded with its state, and so is every
fallback.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign import languages
from campaign.catalogue.seen import SeenFacts
from campaign.catalogue.states import Approvals, state
from campaign.counting.platforms import platforms
from campaign.errors import CampaignError, Problem
from campaign.model.campaign import Campaign
from campaign.model.contact import Contact
from campaign.model.digest import digest
from campaign.model.message import Helpline, Message
from campaign.model.state import State
from campaign.model.unit import Unit, unit_key
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.words import Words

BLOCKS = (
    "title",
    "lead",
    "signs_title",
    "signs",
    "rights_title",
    "rights",
    "steps_title",
    "steps",
    "closing",
    "sms",
    "post",
    "alt",
    "easy",
)
LABELS = (
    "contacts_title",
    "emergency_line",
    "scan",
    "qr_alt",
    "edition_line",
    "draft",
    "draft_line",
    "logo_alt",
    "exit",
    "exit_note",
    "languages",
    "write_sms",
    "write_whatsapp",
    "opt_out_line",
    "hashtag",
)
#: The texts of a message that a template of templates/channels writes whole: the SMS, the image description, the posts.
TEXT_CHANNELS = ("sms", "alt", *platforms())
NOTICE = ("title", "old_line", "new_line", "pass_on")
CLAIMS = ("kind", "hours", "cost", "privacy", "spoken")

#: Batch ids are read aloud: no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
BATCH_ALPHABET = "34679ACDEFGHJKMNPQRTUVWXY"

_PLACEHOLDER = re.compile(r"%\((\w+)\)s|%%")


def placeholders(text: str) -> list[str]:
    """The names of the `%(name)s` placeholders of a text, in order, with repeats."""
    return [match[1] for match in _PLACEHOLDER.finditer(text) if match[1]]


@lru_cache(maxsize=16384)  # every message asks again about the same texts
def unprintable(text: str) -> str | None:
    """The first character that no printed text may hold (control, surrogate, bidi override), as U+XXXX and name."""
    for character in text:
        # Overrides and embeddings reorder what follows them; marks and joiners (Persian, Indic) are ordinary spelling.
        if unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co") and character not in "\n\t":
            return f"U+{ord(character):04X} {unicodedata.name(character, 'control or unassigned character')}"
        if "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u2069":
            return f"U+{ord(character):04X} {unicodedata.name(character)}"
    return None


@dataclass(frozen=True, slots=True)
class Texts:
    """The units of one language with their states, as rendering looks them up.

    `seen` says with which facts (numbers, promises) sentences and items were approved; `needed` people must.
    """

    locale: str
    units: Mapping[str, Unit]
    states: Mapping[str, State]
    seen: SeenFacts = field(default_factory=SeenFacts)
    needed: int = 1

    @classmethod
    def of(
        cls, locale: str, units: Iterable[Unit], approvals: Approvals, needed: int, seen: SeenFacts | None = None
    ) -> Texts:
        """The texts of a language, each unit with the state that the ledger gives it."""
        by_key = {unit.key: unit for unit in units}
        states = {key: state(unit, approvals, needed) for key, unit in by_key.items()}
        return cls(locale, by_key, states, seen or SeenFacts(), needed)

    def hold(self, item: str, facts: str, keys: Iterable[str]) -> bool:
        """Whether an item that shows these units has the facts that it was approved with."""
        known = (self.units[key] for key in keys if key in self.units)
        return self.seen.hold(item, facts, ((unit.source_hash, unit.text_hash) for unit in known), self.needed)


@dataclass(slots=True)
class _Record:
    """What one rendering used: filled by the gettext calls of the templates."""

    texts: Texts
    used: list[UsedUnit] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def lookup(self, context: str, source: str, plural: str, count: int | None, values: Mapping[str, object]) -> str:
        key = unit_key(context, source, plural)
        unit = self.texts.units.get(key)
        missing = unit is None or not unit.translated
        if missing or unit is None:
            text = plural if plural and count != 1 else source
        else:
            text = unit.forms[plural_index(self.texts.locale, count)] if plural and count is not None else unit.text
        filled = self._filled(text, source, plural, values)
        state = State.MISSING if missing else self.texts.states.get(key, State.DRAFT)
        self.used.append(UsedUnit(key, state, missing, source, filled))
        return filled

    def _filled(self, text: str, source: str, plural: str, values: Mapping[str, object]) -> str:
        where = f"{self.texts.locale}: {source[:60]!r}"
        if bad := unprintable(text):
            self.problems.append(Problem(where, f"the text holds {bad}", "delete this character from the translation"))
            return ""
        wanted, have = set(placeholders(source + " " + plural)), set(placeholders(text))
        if unknown := have - wanted:
            self.problems.append(
                Problem(
                    where,
                    f"the text asks for {', '.join(sorted(unknown))}, the source does not",
                    f"use only {', '.join(sorted(wanted)) or 'plain words'}",
                )
            )
            return ""
        filled = _PLACEHOLDER.sub(lambda match: str(values[match[1]]) if match[1] else "%", text)
        # One unit is one line: lists and paragraphs are made by the template, never by a line break in a translation.
        return re.sub(r"[ \t\n]+", " ", filled).strip()


def plural_index(locale: str, count: int | None) -> int:
    """The gettext plural form that a count takes in a language."""
    from gettext import c2py

    return int(c2py(languages.get(locale).plural.partition("plural=")[2].rstrip("; "))(count or 0))


@dataclass(frozen=True, slots=True)
class Notice:
    """ "This number has changed", for one language: the page as it may go out and as a draft, the post, its units."""

    page: str
    draft_page: str
    post: str
    units: tuple[UsedUnit, ...]


class Renderer:
    """Renders messages of one workspace; compiled templates are kept between messages."""

    def __init__(self, project: Project, campaign: Campaign) -> None:
        self.campaign = campaign
        self._project = project
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([project.messages, project.templates / "channels"]),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            autoescape=False,
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        self._environment.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
        self._names: dict[str, frozenset[str]] = {}

    def message(self, audience: str, locale: str, country: str, texts: Texts) -> Message:
        """The message of an audience.

        Raises:
            CampaignError: a broken template (file and line), a translation that cannot be printed (unit), no contact.
        """
        campaign, record = self.campaign, _Record(texts)
        contacts, emergency = campaign.contacts_for(country, audience), campaign.emergency_for(country)
        url = f"{campaign.base_url}/{country.lower()}/{locale}/{audience}"
        variables: dict[str, object] = {
            **_gettext_calls(record),
            "phone": contacts[0].display,
            "emergency": emergency.display,
            "helpline": contacts[0].name,
            "url": url,
            "edition": campaign.edition.isoformat(),
            "opt_out": campaign.sms.opt_outs.get(country, ""),
        }
        template = self._template(f"{audience}.j2")
        units: dict[str, tuple[UsedUnit, ...]] = {}
        blocks: dict[str, tuple[str, ...]] = {}
        try:
            context = template.new_context(variables)
            # Running the root once resolves {% extends %}: afterwards context.blocks holds every block of the chain.
            for _ in template.root_render_func(context):
                pass
            for name in BLOCKS:
                record.used = []
                text = "".join(context.blocks[name][0](context)) if name in context.blocks else ""
                blocks[name] = tuple(line.strip() for line in text.split("\n") if line.strip())
                units[name] = tuple(dict.fromkeys(record.used))
            helplines = tuple(self._helpline(contact, locale, variables, record, units) for contact in contacts)
            batch = _batch(campaign, blocks, helplines, url)
            variables["batch"] = batch
            labels = self._labels(variables, record, units)
            words = Words(campaign, locale, blocks, labels, helplines, variables)
            written = {}
            for name in TEXT_CHANNELS:
                values = words.values(platforms()[name].hashtags if name in platforms() else None)
                shown = words.sources(self._asked(f"{name}.j2"), values)
                written[name] = self._template(f"{name}.j2").render({**variables, **values}).strip()
                units[f"text:{name}"] = tuple(dict.fromkeys(unit for source in shown for unit in units[source]))
        except TemplateError as error:
            raise CampaignError.single(
                f"template error: {error.message}",
                where=f"templates/messages/{audience}.j2",
                todo="correct the template",
            ) from error
        if record.problems:
            raise CampaignError(dict.fromkeys(record.problems))
        return Message(audience, locale, country, blocks, written, labels, helplines, emergency, url, batch, units)

    def notice(self, locale: str, country: str, texts: Texts, *, old: str, new: str) -> Notice:
        """The page and the post for a number that has changed; `old` and `new` are numbers as people read them.

        Raises:
            CampaignError: a broken template, or a translation that cannot be printed.
        """
        record = _Record(texts)
        values: dict[str, object] = {**_gettext_calls(record), "old": old, "new": new}
        try:
            module = self._template("notice.j2").make_module(dict(values))
            lines = {name: str(getattr(module, name)()).strip() for name in NOTICE}
            page = self._template("notice.html.j2")
            draft = self._template("labels.j2").make_module(dict(values)).draft()  # type: ignore[attr-defined]
            view = {
                **values,
                **lines,
                "locale": locale,
                "direction": "rtl" if languages.get(locale).rtl else "ltr",
                "dial": re.sub(r"[^0-9+]", "", new),
                "country": country,
            }
            pages = [page.render({**view, "draft": mark}) for mark in ("", f"DRAFT / {str(draft).strip()}")]
        except TemplateError as error:
            raise CampaignError.single(
                f"template error: {error.message}", where="templates/channels/notice.j2", todo="correct the template"
            ) from error
        if record.problems:
            raise CampaignError(dict.fromkeys(record.problems))
        units = tuple(unit for unit in dict.fromkeys(record.used) if unit.source not in ("DRAFT",))
        return Notice(pages[0], pages[1], "\n".join(lines.values()), units)

    def _template(self, name: str) -> Template:
        try:
            return self._environment.get_template(name)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            file = getattr(error, "filename", None) or f"templates/messages/{name}"
            what = getattr(error, "message", None) or f"no template {error}"
            raise CampaignError.single(
                f"template error: {what}",
                where=f"{self._shown(file)}:{line}" if line else self._shown(file),
                todo="correct the template, or make the missing file",
            ) from error

    def _asked(self, name: str) -> frozenset[str]:
        """The variables that a template of templates/channels reads, with those of the templates it includes."""
        if name not in self._names:
            self._template(name)  # says where a template is broken
            assert self._environment.loader is not None  # noqa: S101 - __init__ set it
            source = self._environment.loader.get_source(self._environment, name)[0]
            tree = self._environment.parse(source)
            found = meta.find_undeclared_variables(tree)
            for other in meta.find_referenced_templates(tree):
                if other is None:
                    raise CampaignError.single(
                        "template error: includes a template whose name is not written out",
                        where=f"templates/channels/{name}",
                        todo="name it in quotes: the program must know which sentences a text shows",
                    )
                found |= self._asked(other)
            self._names[name] = frozenset(found)
        return self._names[name]

    def _shown(self, file: str) -> str:
        return file.removeprefix(f"{self._project.root}/")

    def _labels(
        self, variables: Mapping[str, object], record: _Record, units: dict[str, tuple[UsedUnit, ...]]
    ) -> dict[str, str]:
        labels = {}
        module = self._template("labels.j2").make_module(dict(variables))
        for name in LABELS:
            record.used = []
            labels[name] = str(getattr(module, name)()).strip()
            units[f"label:{name}"] = tuple(dict.fromkeys(record.used))
        return labels

    def _helpline(
        self,
        contact: Contact,
        locale: str,
        variables: Mapping[str, object],
        record: _Record,
        units: dict[str, tuple[UsedUnit, ...]],
    ) -> Helpline:
        """The claims that the contact's record backs, in the reader's language."""
        view = {
            "kind": contact.kind,
            "always_open": contact.always_open,
            "hours": contact.hours,
            "cost": contact.cost,
            "anonymous": contact.anonymous,
            "interpreters": contact.interpreters,
            "speaks_reader": locale in contact.languages,
            # Readers find their own language's name wherever it stands; autonyms need no translation.
            "languages": tuple(languages.get(tag).autonym for tag in contact.languages),
        }
        module = self._template("claims.j2").make_module(dict(variables))
        record.used = []
        lines = {name: str(getattr(module, name)(view)).strip() for name in CLAIMS}
        units[f"contact:{contact.id}"] = tuple(dict.fromkeys(record.used))
        return Helpline(contact, **lines)


def _batch(campaign: Campaign, blocks: Mapping[str, tuple[str, ...]], helplines: tuple[Helpline, ...], url: str) -> str:
    """Six letters and digits that name what is printed: the same words, numbers and edition give the same batch."""
    printed = [name for name in BLOCKS if name not in ("sms", "post")]
    words = [campaign.edition.isoformat(), url, *(line for name in printed for line in blocks[name])]
    words += [part for helpline in helplines for part in (helpline.contact.number, *helpline.lines)]
    number, letters = int(digest(*words), 16), ""
    for _ in range(6):
        number, index = divmod(number, len(BATCH_ALPHABET))
        letters += BATCH_ALPHABET[index]
    return letters


def _gettext_calls(record: _Record) -> dict[str, Any]:
    """The gettext functions that {% trans %} calls, bound to one rendering."""

    def gettext(source: str, /, **values: object) -> str:
        return record.lookup("", source, "", None, values)

    def ngettext(source: str, plural: str, count: int, /, **values: object) -> str:
        return record.lookup("", source, plural, count, {"num": count, **values})

    def pgettext(context: str, source: str, /, **values: object) -> str:
        return record.lookup(context, source, "", None, values)

    def npgettext(context: str, source: str, plural: str, count: int, /, **values: object) -> str:
        return record.lookup(context, source, plural, count, {"num": count, **values})

    return {"gettext": gettext, "_": gettext, "ngettext": ngettext, "pgettext": pgettext, "npgettext": npgettext}
