"""One SMS ready to be sent to whoever reads a language in a country. Never a recipient's number."""

from __future__ import annotations

from dataclasses import dataclass

from campaign import languages
from campaign.channels.sms import measured
from campaign.counting.sms import SmsMeasure
from campaign.model.sms_plan import SmsPlan


@dataclass(frozen=True, slots=True)
class Sending:
    """A text with all that an upload says about it. Hours are HH:MM, local to the reader."""

    country: str
    locale: str
    audience: str
    text: str
    cost: SmsMeasure
    sender: str = ""
    opt_out: str = ""
    not_before: str = ""
    not_after: str = ""

    @classmethod
    def of(cls, country: str, locale: str, audience: str, text: str, plan: SmsPlan) -> Sending:
        """The text with its cost through the campaign's gateway, and what the plan says for its country."""
        # A sender that begins with + would be taken for a formula; gateways take the digits alone.
        sender = plan.sender(country).removeprefix("+")
        opt_out = plan.opt_out(country)
        cost = measured(text, plan)[0]
        return cls(country, locale, audience, text, cost, sender, opt_out, plan.not_before, plan.not_after)

    @property
    def message_id(self) -> str:
        """The same for every language of a message: `be-migrants`."""
        return f"{self.country.lower()}-{self.audience}"

    @property
    def iso639_3(self) -> str:
        """The language as RapidPro and gateways name it: eng, ara, fra."""
        return languages.get(self.locale).iso639_3
