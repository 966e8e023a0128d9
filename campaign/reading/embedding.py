"""Embeddings and isolates of a line: the rules X1 to X10 of the Unicode Bidirectional Algorithm (UAX #9)."""

from __future__ import annotations

#: Embedding levels end here (BD2).
_DEEPEST = 125
ISOLATES = frozenset({"LRI", "RLI", "FSI"})
REMOVED = frozenset({"RLE", "LRE", "RLO", "LRO", "PDF", "BN"})


def matches(kinds: list[str]) -> dict[int, int]:
    """The matching PDI of each isolate initiator (BD9)."""
    found, opened = {}, []
    for index, kind in enumerate(kinds):
        if kind in ISOLATES:
            opened.append(index)
        elif kind == "PDI" and opened:
            found[opened.pop()] = index
    return found


def first(kinds: list[str], start: int, end: int, matching: dict[int, int]) -> int | None:
    """The level of the first strong letter outside isolates (P2, P3), None where there is none."""
    index = start
    while index < end:
        if kinds[index] in ("L", "R", "AL"):
            return int(kinds[index] != "L")
        index = matching.get(index, end) if kinds[index] in ISOLATES else index
        index += 1
    return None


class _Stack:
    """The directional status stack (X1): level, override and whether an isolate opened it; what it could not hold."""

    def __init__(self, base: int) -> None:
        self.entries: list[tuple[int, str, bool]] = [(base, "", False)]
        self.isolates = self.embeddings = self.valid = 0

    def embed(self, kind: str) -> None:
        """RLE, LRE, RLO, LRO (X2 to X5)."""
        deeper = _next(self.entries[-1][0], right=kind[0] == "R")
        if deeper <= _DEEPEST and not self.isolates and not self.embeddings:
            self.entries.append((deeper, {"RLO": "R", "LRO": "L"}.get(kind, ""), False))
        elif not self.isolates:
            self.embeddings += 1

    def isolate(self, *, right: bool) -> None:
        """LRI, RLI, FSI (X5a to X5c)."""
        deeper = _next(self.entries[-1][0], right=right)
        if deeper <= _DEEPEST and not self.isolates and not self.embeddings:
            self.valid += 1
            self.entries.append((deeper, "", True))
        else:
            self.isolates += 1

    def end_isolate(self) -> None:
        """PDI (X6a)."""
        if self.isolates:
            self.isolates -= 1
        elif self.valid:
            self.embeddings = 0
            while not self.entries.pop()[2]:
                pass
            self.valid -= 1

    def end_embedding(self) -> None:
        """PDF (X7)."""
        if self.isolates:
            return
        if self.embeddings:
            self.embeddings -= 1
        elif not self.entries[-1][2] and len(self.entries) > 1:
            self.entries.pop()


def explicit(kinds: list[str], base: int, matching: dict[int, int]) -> tuple[list[int], list[str]]:
    """The levels and types that embeddings, overrides and isolates give (X1 to X8)."""
    stack = _Stack(base)
    levels, types = [base] * len(kinds), list(kinds)
    for index, kind in enumerate(kinds):
        if kind == "PDI":
            stack.end_isolate()
        level, override, _ = stack.entries[-1]
        levels[index] = base if kind == "B" else level
        if kind not in ("B", *REMOVED):
            types[index] = override or kind
        if kind in ("RLE", "LRE", "RLO", "LRO"):
            stack.embed(kind)
        elif kind in ISOLATES:
            strong = first(kinds, index + 1, matching.get(index, len(kinds)), matching) if kind == "FSI" else None
            stack.isolate(right=kind == "RLI" or strong == 1)
        elif kind == "PDF":
            stack.end_embedding()
    return levels, types


def _next(level: int, *, right: bool) -> int:
    return (level + 1) | 1 if right else (level + 2) & ~1


def sequences(kinds: list[str], levels: list[int], matching: dict[int, int]) -> list[list[int]]:
    """The isolating run sequences (X9, X10, BD13)."""
    runs: list[list[int]] = []
    for index, kind in enumerate(kinds):
        if kind in REMOVED:
            continue
        if runs and levels[runs[-1][-1]] == levels[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    closed = set(matching.values())
    begins = {run[0]: run for run in runs}
    found = []
    for run in runs:
        if kinds[run[0]] == "PDI" and run[0] in closed:
            continue  # it goes on an earlier sequence
        whole = list(run)
        while kinds[whole[-1]] in ISOLATES and (pdi := matching.get(whole[-1])) is not None and pdi in begins:
            whole += begins[pdi]
        found.append(whole)
    return found
