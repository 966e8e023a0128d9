"""What the style sheets inside a page say of each element: the properties that hide, order, direct or write text.

Sheets in other files are not fetched. Standard: CSS Cascading and Inheritance Level 4, Selectors Level 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import cssselect2
import tinycss2

from campaign.audit.document import UnreadableError

#: Style sheets longer than this (characters) or of more selectors are refused: the largest frameworks have a tenth.
MOST_CHARACTERS, MOST_SELECTORS = 3_000_000, 60_000
#: How deep `@media` and `@supports` may stand in each other.
_DEEPEST = 8

#: What a reader needs to know; every other property changes the looks only.
PROPERTIES = frozenset(
    ("display", "visibility", "opacity", "content-visibility", "font-size", "clip", "clip-path", "position", "left",
     "right", "top", "text-indent", "margin-left", "width", "height", "max-width", "max-height", "overflow", "color",
     "-webkit-text-fill-color", "background", "background-color", "background-image", "direction", "unicode-bidi",
     "order", "flex-direction", "flex-flow", "grid-template-columns", "text-decoration", "text-decoration-line",
     "content", "white-space", "transform", "translate", "filter", "zoom")
)  # fmt: skip

#: Media that a page is read on; what depends on the size of the window hides from some readers only: it hides nothing.
_SCREEN = re.compile(r"\s*(?:only\s+)?(?:all|screen)?\s*", re.IGNORECASE)

Style = Mapping[str, str]


class Styles:
    """The rules of a page, in the order in which they win."""

    def __init__(self, sheets: Iterable[str]) -> None:
        """Read the sheets of a page.

        Raises:
            UnreadableError: more rules than any page needs.
        """
        self._matcher = cssselect2.Matcher()
        self._count = 0
        texts = list(sheets)
        if sum(map(len, texts)) > MOST_CHARACTERS:
            raise UnreadableError(f"holds style sheets of more than {MOST_CHARACTERS} characters: refused")
        for text in texts:
            self._add(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True), 0)

    def _add(self, rules: Iterable[tinycss2.ast.Node], depth: int) -> None:
        for rule in rules:
            if rule.type == "at-rule" and rule.content is not None and depth < _DEEPEST:
                if rule.lower_at_keyword in ("media", "supports", "layer") and (
                    rule.lower_at_keyword != "media" or _on_screen(tinycss2.serialize(rule.prelude))
                ):
                    inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                    self._add(inner, depth + 1)
            elif rule.type == "qualified-rule":
                self._add_rule(rule)

    def _add_rule(self, rule: tinycss2.ast.QualifiedRule) -> None:
        declared = _declarations(rule.content)
        if not declared:
            return
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:  # what a browser does not know either, or :has
            return
        self._count += len(selectors)
        if self._count > MOST_SELECTORS:
            raise UnreadableError(f"holds style sheets of more than {MOST_SELECTORS} selectors: refused")
        for selector in selectors:
            self._matcher.add_selector(selector, declared)

    def of(self, element: cssselect2.ElementWrapper, own: str) -> dict[str, Style]:
        """The style of an element under "", and of what is put before and after it under "before" and "after".

        `own` is its style attribute.
        """
        layers: dict[str, list[tuple[tuple[str, str, bool], ...]]] = {"": []}
        if self._count:
            for _, _, pseudo, declared in self._matcher.match(element):
                layers.setdefault(pseudo or "", []).append(declared)
        if own:
            layers[""].append(_inline(own))
        return {pseudo: _cascaded(rules) for pseudo, rules in layers.items()}


def _on_screen(condition: str) -> bool:
    return any(_SCREEN.fullmatch(part) for part in condition.split(","))


def _cascaded(rules: Iterable[tuple[tuple[str, str, bool], ...]]) -> Style:
    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for declared in rules:
        for name, value, strong in declared:
            (important if strong else normal)[name] = value
    return {**normal, **important}


@lru_cache(maxsize=4096)
def _inline(text: str) -> tuple[tuple[str, str, bool], ...]:
    return _declarations(tinycss2.parse_component_value_list(text[:100_000]))


def _declarations(content: Iterable[tinycss2.ast.Node]) -> tuple[tuple[str, str, bool], ...]:
    return tuple(
        (node.lower_name, tinycss2.serialize(node.value).strip(), node.important)
        for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
        if node.type == "declaration" and node.lower_name in PROPERTIES
    )


def generated(content: str, attributes: Mapping[str, str]) -> str:
    """The text of a `content` property: its strings and attributes; pictures and counters are left out."""
    pieces = []
    for node in tinycss2.parse_component_value_list(content):
        if node.type == "string":
            pieces.append(node.value)
        elif node.type == "function" and node.lower_name == "attr" and node.arguments:
            pieces.append(attributes.get(tinycss2.serialize(node.arguments).strip().lower(), ""))
    return "".join(pieces)
