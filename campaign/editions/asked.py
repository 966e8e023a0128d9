"""Where a release asks each rule that stops it. Every error rule has a row here: one without fails a test."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Asked(StrEnum):
    """When a rule is asked; the words say it in docs/reference/rules.md."""

    SENTENCE = "each sentence that the item shows"
    SIGNATURE = "the signatures of each sentence, and of what the item shows beside them"
    CONTACT = "each contact whose number the item prints"
    MESSAGE = "the whole message, as readers of the country get it"
    CATALOGUE = "the catalogue of the language as a whole"
    LOOK = "the colours and pictures that the item has"
    MAKING = "the item while it is made"
    FILE = "the finished file, read again"
    LEAVING = "the files and the history, whenever something leaves"


#: Each rule that stops a release, and where it is asked. Severity WARNING asks for a look and stops nothing.
ASKED: Mapping[str, tuple[Asked, ...]] = MappingProxyType(
    {
        "placeholder": (Asked.SENTENCE,),
        "markup": (Asked.SENTENCE,),
        "plural-form": (Asked.SENTENCE,),
        "unsigned": (Asked.SIGNATURE, Asked.LEAVING),
        "contact-expired": (Asked.CONTACT, Asked.LEAVING),
        "claim-unbacked": (Asked.SENTENCE,),
        "script": (Asked.SENTENCE, Asked.CATALOGUE),
        "glyph": (Asked.SENTENCE, Asked.MAKING),
        "clipped": (Asked.MAKING,),
        "contact-changed": (Asked.SENTENCE, Asked.FILE),
        "file-unreadable": (Asked.FILE,),
        "file-changed": (Asked.LEAVING,),
        "number": (Asked.SENTENCE,),
        "promise": (Asked.SENTENCE,),
        "register": (Asked.SENTENCE,),
        "status-condition": (Asked.SENTENCE, Asked.MESSAGE),
        "child-contact": (Asked.SENTENCE, Asked.MESSAGE),
        "image": (Asked.SENTENCE, Asked.MESSAGE, Asked.LOOK),
        "contrast": (Asked.LOOK,),
        "metadata": (Asked.MAKING,),
        "voice": (Asked.SIGNATURE, Asked.LEAVING),
        "sound": (Asked.MAKING, Asked.FILE),
    }
)

#: Rules that stop `campaign check` and no release, each with the reason.
NOT_ASKED: Mapping[str, str] = MappingProxyType({})
