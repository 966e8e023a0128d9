"""A form filled in: laid out, read back, compared. Everything is in memory; no cache, log or file gets a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from campaign.catalogue import form_templates
from campaign.errors import CampaignError, Problem
from campaign.forms import read_back, text_message
from campaign.forms.lexicon import Lexicon
from campaign.forms.sheet import LAYOUT, SIZES, Sheet, data, fonts_of, sheet
from campaign.forms.values import Value
from campaign.model.form import Form, FormTemplate
from campaign.model.used_unit import UsedUnit
from campaign.typeset import fonts
from campaign.typeset.session import Laid, Typesetter
from campaign.workspace.loader import Workspace

_AGAIN = "nothing was made; say it as it is written here, without the values"


@dataclass(frozen=True, slots=True)
class Filled:
    """The finished sheets by the ending of their file, the text message (empty without one), and what they used."""

    own_id: str
    sheets: Mapping[str, bytes]
    sms: str
    used: Mapping[str, tuple[UsedUnit, ...]]
    parts: int = 0
    pages: Mapping[str, tuple[bytes, ...]] = field(default_factory=dict)
    cap: bytes = b""


@dataclass(frozen=True, slots=True)
class Desk:
    """What forms are filled in with: a workspace, and one compiler."""

    space: Workspace
    typesetter: Typesetter

    @classmethod
    def of(cls, space: Workspace) -> Desk:
        """A desk for a workspace."""
        return cls(space, Typesetter(space.project))

    def template(self, form: Form) -> FormTemplate:
        """The template of a form.

        Raises:
            CampaignError: it is broken, or does not fit its table.
        """
        return form_templates.read(self.space.project, form)


def words(
    desk: Desk, form: Form, values: Mapping[str, Value], locales: tuple[str, ...]
) -> tuple[Sheet, str, Mapping[str, tuple[UsedUnit, ...]]]:
    """The sheet and the text message in words, with the units behind both by language.

    Raises:
        CampaignError: the template is broken.
    """
    template = desk.template(form)
    lexicons = tuple(Lexicon(desk.space.texts[locale]) for locale in locales)
    made = sheet(template, values, lexicons)
    said = text_message.text(form, template, values, lexicons[0], desk.space.campaign)
    return made, said, {lexicon.locale: lexicon.used for lexicon in lexicons}


def make(
    desk: Desk,
    form: Form,
    values: Mapping[str, Value],
    locales: tuple[str, ...],
    *,
    own_id: str,
    sizes: tuple[str, ...] = ("a5", "a4"),
    draft: str = "",
    ppi: float = 0,
) -> Filled:
    """Set a form in each size, read it back, and compare it with what was filled in; `ppi` also draws its pages.

    Raises:
        CampaignError: why it cannot be made; no message names a value.
    """
    made, said, used = words(desk, form, values, locales)
    problems = [*_glyphs(desk, form, made)]
    sheets, pages = dict[str, bytes](), dict[str, tuple[bytes, ...]]()
    for name in sizes if not problems else ():
        laid = _laid(desk, form, ppi, data(made, SIZES[name], desk.space.campaign, own_id=own_id, draft=draft))
        where = f"{form.id}/{locales[0]} ({name})"
        problems += [Problem(where, fault, _AGAIN) for fault in read_back.faults(laid.pdf, laid.frames, made)]
        sheets[name], pages[name] = laid.pdf, laid.pages(ppi) if ppi else ()
    lexicon = Lexicon(desk.space.texts[locales[0]])
    faults = text_message.faults(said, form, values, lexicon, desk.space.campaign)
    problems += [Problem(f"{form.id}/{locales[0]} (sms)", fault, "shorten its words") for fault in faults]
    if problems:
        raise CampaignError(problems)
    parts = text_message.cost(said, desk.space.campaign).segments if said else 0
    return Filled(own_id, sheets, said, used, parts, pages)


def _laid(desk: Desk, form: Form, ppi: float, values: Mapping[str, object]) -> Laid:
    """The sheet as it was laid out. The compiler's own words may cite a value: they go no further."""
    try:
        return desk.typesetter.lay_out(LAYOUT, values, unwritten=True, shots=(ppi,) if ppi else ())
    except CampaignError:
        if values["draft"]:  # values of nobody
            raise
        where = f"templates/layouts/{LAYOUT}.typ"
        todo = "look at the layout with values of nobody: campaign fill FORM --lang LANG --sample FOLDER"
        raise CampaignError.single(f"the sheet of {form.id} cannot be laid out", where=where, todo=todo) from None


def _glyphs(desk: Desk, form: Form, made: Sheet) -> Iterator[Problem]:
    """Each kind of character that no font of the sheet shows; the character alone says nothing of a value."""
    families = tuple(
        dict.fromkeys(
            (*fonts_of(made.locales), "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Ethiopic")
        )
    )
    for character in fonts.missing(desk.typesetter.fonts, families, made.texts):
        what = f"no font shows U+{ord(character):04X}"
        yield Problem(form.id, what, "write it in letters of one of the two languages", "glyph")
