"""What a check found, and how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR stops a release, WARNING asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found: a code, how bad, in which language, where, the detail and the rule that it breaks."""

    code: str
    severity: Severity
    locale: str
    where: str
    detail: str
    rule: str

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
