"""What the template of a text may show, and which block, label or contact each word of it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from campaign.counting.hashtag import safe_hashtag
from campaign.counting.platforms import platforms
from campaign.model.campaign import Campaign
from campaign.model.message import Helpline

#: The texts of a message that a template of templates/channels writes whole: the SMS, the image description, the posts,
#: and where the campaign has the channel, what a voice message and a radio spot say.
VOICE, SPOT = "voice", "spot"
SPOKEN = (VOICE, SPOT)
TEXT_CHANNELS = ("sms", "alt", *platforms(), *SPOKEN)
#: What the template of a text may name beside blocks, labels and the variables of messages.
NAMES = ("hashtags", "helplines", "opt_out_line", "whatsapp")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one message in one language for one country; `variables` are those of the message's templates."""

    campaign: Campaign
    locale: str
    blocks: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    helplines: tuple[Helpline, ...]
    variables: Mapping[str, object]

    def values(self) -> dict[str, object]:
        """Each block as one line and, named `<block>_list`, as its lines; the labels; the helplines."""
        main = self.helplines[0].contact
        return {
            **{name: " ".join(lines) for name, lines in self.blocks.items()},
            **{f"{name}_list": lines for name, lines in self.blocks.items()},
            **self.labels,
            "opt_out_line": self.labels["opt_out_line"] if self.variables["opt_out"] else "",
            "helplines": self.helplines,
            "whatsapp": main.whatsapp,
        }

    def hashtags(self) -> tuple[str, ...]:
        """The campaign's hashtags in this language and the message's own, as `safe_hashtag` makes them."""
        tags = [*self.campaign.hashtags.get(self.locale, ()), *self.labels["hashtag"].split()]
        return tuple(dict.fromkeys(map(safe_hashtag, tags)))

    def declared(self) -> Iterator[str]:
        """What the program itself gives to the texts of channels: hashtags, and the address of a chat."""
        yield from self.hashtags()
        yield str(self.values()["whatsapp"])

    def sources(self, asked: Iterable[str], values: Mapping[str, object]) -> Iterator[str]:
        """The keys of `Message.units` behind the variables that a template asks for and that hold anything."""
        for name in sorted(asked):
            if not values.get(name):
                continue
            if name == "helplines":
                yield from (f"contact:{helpline.contact.id}" for helpline in self.helplines)
            elif name == "hashtags":
                yield "label:hashtag"
            elif name in self.labels:
                yield f"label:{name}"
            elif name.removesuffix("_list") in self.blocks:
                yield name.removesuffix("_list")
