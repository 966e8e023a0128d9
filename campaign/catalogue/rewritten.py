"""The sentences of a template written anew, each in its place; everything else of the template stays as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from campaign.catalogue.extract import ARGUMENTS, marked
from campaign.errors import CampaignError

#: Context, source and plural of a sentence.
Identity = tuple[str, str, str]

_OPEN = r"""\{%[-+]?\s*trans\b(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'%]|%(?!\}))*%\}"""
_LITERAL = r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
_PIECE = re.compile(
    r"(?P<skip>\{#.*?#\}|\{%[-+]?\s*raw\s*[-+]?%\}.*?\{%[-+]?\s*endraw\s*[-+]?%\})"
    rf"|(?P<open>{_OPEN})(?P<body>.*?)(?P<close>\{{%[-+]?\s*endtrans\s*[-+]?%\}})"
    rf"|(?<![\w.])(?P<call>{'|'.join(ARGUMENTS)})\(\s*(?P<given>{_LITERAL}(?:\s*,\s*{_LITERAL})*)",
    re.DOTALL,
)
_PLURAL = re.compile(r"\{%[-+]?\s*pluralize\b[^%]*%\}")
#: What would begin a command of the template in the middle of a sentence.
_COMMAND = re.compile(r"\{(?:[{%#]|$)")
_NAME = re.compile(r"%(?:\((\w+)\)s|%)")


def rewritten(text: str, name: str, told: Callable[[Identity], Identity]) -> str:
    """The template with each sentence as `told` gives it: {% trans %}…{% endtrans %} and calls with quoted words.

    `name` is the file, for messages. A context and what a tag computes stay as they are.

    Raises:
        CampaignError: a new sentence holds what would be a command of the template.
    """

    def piece(found: re.Match[str]) -> str:
        if found["skip"]:
            return found[0]
        snippet = found[0] if found["open"] else f"{{{{ {found[0]}) }}}}"
        messages = marked(name, snippet)
        if len(messages) != 1:
            return found[0]
        _, source, plural = told(messages[0])
        if (source, plural) == messages[0][1:]:
            return found[0]
        if hurt := next((text for text in (source, plural) if _COMMAND.search(text)), ""):
            what = f"{hurt[:60]!r} holds a sign of a command"
            raise CampaignError.single(what, where=name, todo="take {{, {% and {# out of it")
        return _tag(found, source, plural) if found["open"] else _call(found, source, plural)

    return _PIECE.sub(piece, text)


_NOTE = re.compile(r"(\{#[-+]?\s*translators:\s*)(.*?)(\s*[-+]?#\})", re.DOTALL)


def with_notes(text: str, told: Callable[[str], str]) -> str:
    """The template with each note for translators as `told` gives it; one that it leaves alone stays as it is."""

    def note(found: re.Match[str]) -> str:
        words = " ".join(found[2].split())
        new = told(words)
        unsafe = new == words or "#}" in new
        return found[0] if unsafe else found[1] + new + found[3]

    return _NOTE.sub(note, text)


def _tag(found: re.Match[str], source: str, plural: str) -> str:
    """A sentence between trans and endtrans."""
    many = _PLURAL.search(found["body"])
    return found["open"] + _spoken(source) + (many[0] + _spoken(plural) if many else "") + found["close"]


def _spoken(text: str) -> str:
    """A sentence of a catalogue as a template says it: names in braces, one sign of per cent."""
    return _NAME.sub(lambda sign: f"{{{{ {sign[1]} }}}}" if sign[1] else "%", text)


def _call(found: re.Match[str], source: str, plural: str) -> str:
    """A sentence in quotes, as the argument of gettext or one like it."""
    words = {"source": source, "plural": plural}
    names = iter(ARGUMENTS[found["call"]])
    return found[0].replace(
        found["given"],
        re.sub(
            _LITERAL, lambda held: _quoted(words.get(next(names, ""), ""), held[0]), found["given"], flags=re.DOTALL
        ),
    )


def _quoted(text: str, before: str) -> str:
    """A text in quotes; a context, which is none of the sentence's words, as it was."""
    if not text:
        return before
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'
