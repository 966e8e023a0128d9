"""What Babel extracts from the program: the words of findings and rules, by the call that they stand in."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

import campaign

PROGRAM = Path(campaign.__file__).parent

#: The calls, and the place of the words among their arguments; as in the Makefile.
KEYWORDS = {"say": None, "Rule": (3,)}


def extracted() -> dict[str, set[str]]:
    """Every text that Babel finds, and the rooms whose files say it."""
    found: dict[str, set[str]] = {}
    for file, _, message, _, _ in extract_from_dir(PROGRAM, [("**.py", "python")], keywords=KEYWORDS):
        words = message if isinstance(message, str) else message[0]
        found.setdefault(words, set()).add(Path(file).parts[0])
    return found


def calls() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `say` in the program, and where it stands."""
    for path in sorted(PROGRAM.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                yield f"{path.relative_to(PROGRAM)}:{node.lineno}", node
