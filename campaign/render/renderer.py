"""The messages of one campaign, from its templates and texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from campaign.counting.platforms import platforms
from campaign.errors import CampaignError
from campaign.model.blocks import BLOCKS, TITLE
from campaign.model.campaign import Campaign
from campaign.model.labels import CODE, INTERPRETED, LABELS, STEPS
from campaign.model.message import Helpline, Message
from campaign.model.place import country_of
from campaign.model.used_unit import UsedUnit
from campaign.project import Project
from campaign.render.batch import batch
from campaign.render.digits import spoken_digits
from campaign.render.helpline import helpline
from campaign.render.record import Record
from campaign.render.strangers import strangers
from campaign.render.templates import CHANNELS, MESSAGES, Templates, macro
from campaign.render.texts import Texts
from campaign.sandbox import bounded, within
from campaign.words import SPOKEN, TEXT_CHANNELS, VOICE, Words


class Renderer:
    """Renders messages of one workspace; compiled templates are kept between messages."""

    def __init__(self, project: Project, campaign: Campaign) -> None:
        self.campaign = campaign
        self._project, self._templates = project, Templates(project)
        self._forms: dict[tuple[str, str, str], Message] = {}

    def message(self, audience: str, locale: str, country: str, texts: Texts) -> Message:
        """The message of an audience.

        Raises:
            CampaignError: a broken template (file and line) or one that takes too long, a translation that cannot be
                printed (unit), no contact, words that no sentence and no record says.
        """
        with self._templates.running(f"{audience}.j2"), within():
            return self._message(audience, locale, country, texts)

    def form(self, audience: str, locale: str, country: str) -> Message:
        """The message as its source reads, whatever is translated: its sentences in their order and their places.

        Raises:
            CampaignError: as `message`.
        """
        key = audience, locale, country
        if key not in self._forms:
            with self._templates.running(f"{audience}.j2"), within():
                self._forms[key] = self._message(*key, Texts(locale, {}, {}), proved=False)
        return self._forms[key]

    def _message(self, audience: str, locale: str, country: str, texts: Texts, *, proved: bool = True) -> Message:
        campaign, record = self.campaign, Record(texts)
        contacts, emergency = campaign.contacts_for(country, audience), campaign.emergency_for(country)
        page = campaign.page(country, locale, audience)
        url = page if "web" in campaign.channels_for(audience) else ""  # nobody is led to a page that is not made
        variables: dict[str, object] = {
            **record.calls(),
            "phone": contacts[0].display,
            "reach": contacts[0].display,
            "emergency": emergency.display,
            "helpline": contacts[0].name,
            "url": url,
            "edition": campaign.edition.isoformat(),
            "opt_out": campaign.sms.opt_out(country),
        }
        record.declared.update(value for value in variables.values() if isinstance(value, str))
        # What templates choose sentences by is no word for a reader: printed, it is a stranger.
        readers = campaign.audiences[audience]
        land = country_of(country)
        variables |= {"country": land, "region": country if land != country else ""}
        variables |= {"crisis": campaign.crisis, "child": readers.child, "women": readers.women}
        variables["way"] = contacts[0].way
        record.numberless = "" if contacts[0].number else contacts[0].id
        record.message = f"{MESSAGES}/{audience}.j2"
        units: dict[str, tuple[UsedUnit, ...]] = {}
        blocks = self._blocks(f"{audience}.j2", variables, record, units)
        helplines: list[Helpline] = []
        with self._templates.running("claims.j2"):
            for contact in contacts:
                helplines.append(helpline(self._templates, contact, locale, variables, record))
                units[f"contact:{contact.id}"] = record.taken()
        variables["batch"] = named = batch(campaign, blocks, helplines, url)
        record.declared.add(named)
        labels = self._labels(variables, record, units)
        unsaid = tuple(STEPS if not contacts[0].number else () if contacts[0].interpreters else INTERPRETED)
        for name in unsaid if campaign.leads_on(audience) else (*unsaid, *CODE):
            labels[name], units[f"label:{name}"] = "", ()
        words = Words(campaign, locale, blocks, labels, tuple(helplines), variables)
        written = self._texts(words, units)
        if VOICE in written:
            blocks["digits"] = spoken_digits(self._templates, variables)
            units["digits"] = record.taken()
        message = Message(
            audience, locale, country, blocks, written, labels, tuple(helplines), emergency, url, named, units
        )
        lines = record.broken.get(message.line(TITLE), ())
        message = replace(message, headline=lines, formats=campaign.audiences[audience].formats)
        if proved and not record.problems:
            record.problems += strangers(message, {*record.declared, *words.declared()}, self._project)
        if record.problems:
            raise CampaignError(dict.fromkeys(record.problems))
        return message

    def _blocks(
        self, name: str, variables: Mapping[str, object], record: Record, units: dict[str, tuple[UsedUnit, ...]]
    ) -> dict[str, tuple[str, ...]]:
        blocks: dict[str, tuple[str, ...]] = {}
        with self._templates.running(name):
            template = self._templates.get(name)
            context = template.new_context(dict(variables))
            # Running the root once resolves {% extends %}: afterwards context.blocks holds every block of the chain.
            for _ in template.root_render_func(context):
                pass
            record.start()
            for spec in BLOCKS:
                for block in spec.names:
                    text = bounded(context.blocks[block][0](context)) if block in context.blocks else ""
                    blocks[block] = tuple(line.strip() for line in text.split("\n") if line.strip())
                    units[block] = record.taken()
                if spec.heading and not blocks[spec.name]:  # nothing stands below it
                    blocks[spec.heading] = units[spec.heading] = ()
        return blocks

    def _texts(self, words: Words, units: dict[str, tuple[UsedUnit, ...]]) -> dict[str, str]:
        """The texts that templates of templates/channels write; a platform without a template has no post."""
        written, every, tags = {}, words.values(), words.hashtags()
        for name in TEXT_CHANNELS:
            file = f"{name}.j2"
            if name in SPOKEN and VOICE not in self.campaign.channels:
                continue
            if (name in SPOKEN or name in platforms()) and not self._templates.has(file):
                continue
            most = platforms()[name].hashtags if name in platforms() else None
            values = {**every, "hashtags": tags[:most]}
            if name in SPOKEN:
                values["helplines"] = tuple(line.aloud for line in words.helplines)
            shown = words.sources(self._templates.asked(file), values)
            with self._templates.running(file, CHANNELS):
                written[name] = self._templates.get(file, CHANNELS).render({**words.variables, **values}).strip()
            units[f"text:{name}"] = tuple(dict.fromkeys(unit for source in shown for unit in units[source]))
        return written

    def _labels(
        self, variables: Mapping[str, object], record: Record, units: dict[str, tuple[UsedUnit, ...]]
    ) -> dict[str, str]:
        labels = {}
        with self._templates.running("labels.j2"):
            module = self._templates.get("labels.j2").make_module(dict(variables))
            record.start()
            for spec in LABELS:
                if spec.optional and not hasattr(module, spec.name):
                    labels[spec.name], units[f"label:{spec.name}"] = "", ()
                    continue
                labels[spec.name] = macro(module, spec.name, f"{MESSAGES}/labels.j2")().strip()
                units[f"label:{spec.name}"] = record.taken()
        return labels
