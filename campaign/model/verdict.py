"""What people say about words: the one list of verdicts, for pages, returned files, commands and ledgers."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What somebody says about the words of a sentence or an item; a ledger writes each as it stands here.

    SIGN        good to publish
    REJECT      not right, with a reason: voids every signature of these words that does not answer it
    COMMENT     a remark that changes nothing
    UNSURE      the person does not know: somebody else must look
    SUGGEST     other words, kept beside those that stand
    WAIVE       a finding of one rule is no fault here, with a reason
    WITHDRAW    the person takes back what they said themselves
    REVOKE      whoever coordinates ends what somebody signed, waived or withdrew
    LAPSE       signed words were replaced; the program writes it
    SEAL        the ssh signature of what the same person said
    CHANGE      other words in place of those that stand: the catalogue holds them, the ledger who wrote them
    ASSIGN      somebody shall look at what was said: names the person
    """

    SIGN = "sign"
    REJECT = "reject"
    COMMENT = "comment"
    UNSURE = "unsure"
    SUGGEST = "suggest"
    WAIVE = "waive"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"
    LAPSE = "lapse"
    SEAL = "seal"
    CHANGE = "change"
    ASSIGN = "assign"


#: The verdicts that end what was said of the same words before; those after which
#: somebody must look at the words again: the queue shows them as "not right, or unknown".
DECIDING = frozenset({Verdict.SIGN, Verdict.REJECT, Verdict.WITHDRAW, Verdict.REVOKE, Verdict.LAPSE})
ASKING = frozenset({Verdict.REJECT, Verdict.UNSURE})
#: The verdicts whose author had read the words that they are about.
READING = frozenset({Verdict.SIGN, Verdict.REJECT, Verdict.COMMENT, Verdict.UNSURE, Verdict.WAIVE})
