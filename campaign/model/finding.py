"""What a check found, and how bad it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from campaign.model import sentence
from campaign.model.sentence import Sentence


class Severity(StrEnum):
    """ERROR stops a release, WARNING asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a code, how bad, in which language, where, what it says, and the rule that it breaks.

    `msgid` and `params` are what it says, as a `Sentence` has them: gettext translates the words, never the values.
    """

    code: str
    severity: Severity
    locale: str
    where: str
    msgid: str
    params: tuple[tuple[str, str | Sentence], ...]
    rule: str

    @property
    def said(self) -> Sentence:
        """What the finding says."""
        return Sentence(self.msgid, self.params)

    @property
    def detail(self) -> str:
        """What the finding says, in English."""
        return str(self.said)

    @property
    def gist(self) -> str:
        """What is wrong, in English, without what to do about it, which stands behind a colon."""
        return str(Sentence(self.msgid.partition(":")[0], self.params))

    def as_json(self) -> dict[str, str]:
        """The shape that every `--json` output uses for a finding (design section 4)."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "locale": self.locale,
            "where": self.where,
            "detail": self.detail,
            "rule": self.rule,
        }

    def as_data(self) -> dict[str, object]:
        """The finding for a cache on the disk, as JSON has it: what it says stays data."""
        plain = {"code": self.code, "severity": self.severity.value, "locale": self.locale, "where": self.where}
        return {**plain, "rule": self.rule, **self.said.as_data()}

    @classmethod
    def read(cls, data: Mapping[str, object]) -> Finding:
        """A finding from what `as_data` gave.

        Raises:
            KeyError, TypeError, ValueError: it is none, or one of an earlier version of the program.
        """
        code, locale, where, rule = (str(data[name]) for name in ("code", "locale", "where", "rule"))
        said = sentence.read(data)
        return cls(code, Severity(str(data["severity"])), locale, where, said.msgid, said.params, rule)


def errors_among(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that stop a release."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)
