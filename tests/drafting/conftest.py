"""No network for anything that drafts; engines that lie; sentences with what must survive."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from campaign.model.hypothesis import Hypothesis


class NetworkTouchedError(AssertionError):
    """Something that should work offline looked for the network."""


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way out of the machine is shut: a draft sends nothing anywhere."""

    def shut(*arguments: object, **options: object) -> None:
        raise NetworkTouchedError(f"{arguments}")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, shut)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, shut)


@dataclass
class Puppet:
    """An engine that answers with what `say` makes of each text; `asked` are the batches that it got."""

    say: Callable[[str], Sequence[Hypothesis | str]]
    name: str = "puppet"
    model: str = "strings"
    version: str = "1"
    licence: str = "none"
    asked: list[list[str]] = field(default_factory=list)

    def translate(self, texts: Sequence[str], /, *, hypotheses: int = 1) -> list[list[Hypothesis]]:
        """The answers of `say`."""
        self.asked.append(list(texts))
        return [[item if isinstance(item, Hypothesis) else Hypothesis(item) for item in self.say(t)] for t in texts]


@pytest.fixture(scope="session")
def puppet() -> type[Puppet]:
    """`puppet(say)` is an engine that says `say(text)`."""
    return Puppet


VALUES = {
    "PHONE": ("%(phone)s", "+32 3 201 16 90", "116 000", "0800 461 927", "{{ hotline }}", "1109"),
    "URL": ("https://example.org/help", "www.example.org/ar/migrants", "%(url)s", "{url}", "help.example.org"),
    "MAIL": ("help@example.org", "{{ email }}"),
    "NAME": ("Payoke", "Child Focus", "SOLWODI", "%(helpline)s", "${name}", "%s"),
    "TAG": ("#YouHaveRights", "@campaign"),
    "COUNT": ("%(count)s", "{0}", "50%%", "24", "%(num)d"),
}
NAMES = ("Payoke", "Child Focus", "SOLWODI")
PATTERNS = (
    "Call PHONE now.",
    "In danger? Call PHONE. You can also write to MAIL.",
    "• Visit URL for more information, or ask NAME.",
    "NAME can help you to find a safe place.",
    "The team of NAME answers PHONE every day. Calls are free.",
    "They speak COUNT languages: ask for an interpreter.",
    "Your rights: URL TAG",
    "CALL PHONE TODAY",
    "Keep your passport. Show <b>this card</b> to NAME.",
    "Write to MAIL or call PHONE within COUNT hours.",
    "TAG Do not give your passport to your employer. NAME: PHONE.",
    "Edition COUNT · NAME",
    "It costs COUNT euros at NAME, and you never pay a stranger.",
    "Reply STOP &amp; call PHONE → URL",
)


@dataclass(frozen=True)
class Case:
    """A sentence and what was put into it: each must come back exactly once."""

    text: str
    tokens: tuple[str, ...]


def cases(count: int, seed: int = 5) -> list[Case]:
    """Sentences of the patterns with values that do not repeat, always the same ones."""
    lottery, found = random.Random(seed), {}
    while len(found) < count:
        words, tokens = [], []
        for word in lottery.choice(PATTERNS).split(" "):
            core = word.strip(".,:?•")
            if core in VALUES:
                value = lottery.choice(VALUES[core])
                tokens.append(value)
                word = word.replace(core, value)
            words.append(word)
        text = " ".join(words) + lottery.choice(("", " You are not alone.", " Help is free."))
        tokens += [tag for tag in ("<b>", "</b>", "&amp;") if tag in text]
        # A token inside another one (24 in 24 hours) could not be counted by a plain search.
        if all(text.count(token) == 1 for token in tokens):
            found[text] = Case(text, tuple(tokens))
    return list(found.values())


@pytest.fixture(scope="session")
def sentences() -> list[Case]:
    """400 campaign sentences full of what must not be lost."""
    return cases(400)
