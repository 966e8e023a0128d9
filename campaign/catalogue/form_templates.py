"""The templates of forms, read off Jinja2's syntax tree: a value stands alone after its label, never in a sentence.

Inside a sentence a value needs cases, agreement and order that nobody can sign beforehand. So a template of a form has
three kinds of lines: a sentence, `field(label, slot)` and `choice(slot, sentences)`. Anything else is refused, with its
file and line. Nothing of it is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from campaign.errors import CampaignError, Problem
from campaign.model.form import Form, FormTemplate, Line, Words
from campaign.project import Project, read_text

#: The blocks of a form, in the order in which a sheet shows them; `sms` is the text message.
BLOCKS = ("title", "intro", "fields", "closing", "sms")
#: Where values may stand.
_WITH_VALUES = ("fields",)
_GETTEXT = {"_": 1, "gettext": 1, "pgettext": 2}
_PLACEHOLDER = re.compile(r"%\(\w+\)s|[{}]|%%")
_OPTION = re.compile(r"[a-z][a-z0-9-]*")

_ALONE = 'a value stands alone: write {{ field(_("Label"), slot) }} or {{ choice(slot, {…}) }}'
_SENTENCE = 'write {{ _("…") }} or {% trans %}…{% endtrans %}, without a value in it'


def folder(project: Project) -> Path:
    """Where the templates of forms lie."""
    return project.inside(project.templates / "forms")


def parse(name: str, text: str) -> FormTemplate:
    """The lines of a template; `name` is its file.

    Raises:
        CampaignError: everything in it that is no sentence, field or choice, with file and line.
    """
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=False)  # noqa: S701 - only parsed, never run
    environment.policies["ext.i18n.trimmed"] = True
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
    try:
        tree = environment.parse(text)
    except TemplateSyntaxError as error:
        raise CampaignError.single(
            f"template error: {error.message}", where=f"{name}:{error.lineno}", todo="correct the template"
        ) from error
    except RecursionError as error:
        raise CampaignError.single("template error: nests too deep", where=name, todo="shorten the template") from error
    reader = _Reader(name)
    lines = tuple(reader.read(tree))
    if not reader.problems and (lacking := {"title", "fields"} - {line.block for line in lines}):
        reader.problem(1, f"has no {' and no '.join(sorted(lacking))}", "write {% block title %}…{% endblock %}")
    if reader.problems:
        raise CampaignError(sorted(set(reader.problems)))
    return FormTemplate(lines)


def read(project: Project, form: Form) -> FormTemplate:
    """The template of a form, held against its table in campaign.toml.

    Raises:
        CampaignError: there is none, it is broken, or the two do not fit.
    """
    path = project.inside(folder(project) / f"{form.id}.j2")
    name = project.name(path)
    if not path.is_file():
        raise CampaignError.single(
            f"there is no template for [forms.{form.id}]",
            where=name,
            todo="write it, or copy one from a fresh workspace",
        )
    template = parse(name, read_text(path, name))
    if problems := sorted(_misfits(form, template, name)):
        raise CampaignError(problems)
    return template


def problems(project: Project, forms: Mapping[str, Form]) -> Iterator[Problem]:
    """What is wrong with templates of forms and their tables together."""
    for form in forms.values():
        try:
            read(project, form)
        except CampaignError as error:
            yield from error.problems
    for path in project.files(folder(project), "*.j2"):
        if path.stem not in forms:
            what, todo = f"there is no table [forms.{path.stem}]", "add it to campaign.toml, or delete the template"
            yield Problem(project.name(path), what, todo)


def _misfits(form: Form, template: FormTemplate, name: str) -> Iterator[Problem]:
    """Where a template and its table say different things of the slots."""
    table = f"campaign.toml: forms.{form.id}"
    shown = {line.slot: line for line in template.lines if line.slot}
    for slot, line in shown.items():
        known = form.slots.get(slot)
        if known is None:
            yield Problem(f"{name}:{line.line}", f"no slot {slot!r}", f"describe it: [forms.{form.id}.slots.{slot}]")
        elif (known.type == "choice") != (line.choices is not None):
            right = "choice" if known.type == "choice" else "field"
            yield Problem(f"{name}:{line.line}", f"{slot!r} is a {known.type}", f"show it by {right}()")
        elif line.choices is not None and {*line.choices} != {*known.options}:
            differ = ", ".join(sorted({*line.choices} ^ {*known.options}))
            yield Problem(
                f"{name}:{line.line}", f"the choice {slot!r} and its table differ in {differ}", "name the same"
            )
    for slot in form.slots.keys() - shown.keys():
        yield Problem(f"{table}.slots.{slot}", f"{name} does not show it", "show it, or delete the slot")
    if bool(form.sms) != bool(template.of("sms")):
        todo = "write {% block sms %} with neutral words and sms = […], or neither"
        yield Problem(table, "a text message needs words and slots", todo)


class _Reader:
    """Reads the statements of one template, and notes what may not stand in it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.problems: list[Problem] = []
        self._slots: dict[str, int] = {}
        self._titles = 0

    def problem(self, line: int, what: str, todo: str) -> None:
        """Note what is wrong with a line."""
        self.problems.append(Problem(f"{self._name}:{line}", what, todo))

    def read(self, tree: nodes.Template) -> Iterator[Line]:
        """Every line of every block."""
        seen: set[str] = set()
        for node in tree.body:
            if isinstance(node, nodes.Block):
                if node.name not in BLOCKS:
                    self.problem(node.lineno, f"no block {node.name!r}", f"use {', '.join(BLOCKS)}")
                elif node.name in seen:
                    self.problem(node.lineno, f"a second block {node.name!r}", "make one of the two")
                seen.add(node.name)
                for inner in node.body:
                    yield from self._statement(inner, node.name)
            elif not _white(node):
                self.problem(node.lineno, "stands outside of the blocks", f"put it into one of {', '.join(BLOCKS)}")

    def _statement(self, node: nodes.Node, block: str) -> Iterator[Line]:
        if not isinstance(node, nodes.Output):
            kind = type(node).__name__.lower()
            # Jinja2 gives some statements no line: that of what stands in them is near.
            line = node.lineno or next((each.lineno for each in node.find_all(nodes.Node) if each.lineno), 1)
            self.problem(line, f"{kind!r} has no place in a form: every sheet has the same lines", _ALONE)
            return
        for part in node.nodes:
            if isinstance(part, nodes.TemplateData):
                if part.data.strip():
                    lead = part.data[: len(part.data) - len(part.data.lstrip())]
                    self.problem(
                        part.lineno + lead.count("\n"),
                        f"text outside {{% trans %}}: {part.data.strip()[:60]!r}",
                        _SENTENCE,
                    )
            elif (words := self._words(part)) is not None:
                yield from self._sentence(words, part.lineno, block)
            else:
                yield from self._call(part, block)

    def _sentence(self, words: Words, line: int, block: str) -> Iterator[Line]:
        if block in _WITH_VALUES:
            todo = "put it into {% block intro %} or {% block closing %}"
            self.problem(line, "a sentence between the values: a sheet has numbered rows there", todo)
        elif block == "title" and self._titles:
            self.problem(line, "a second title", "put the sentence into {% block intro %}")
        else:
            self._titles += block == "title"
            yield Line(block, line, words)

    def _call(self, node: nodes.Node, block: str) -> Iterator[Line]:
        called = node.node.name if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) else ""
        if called not in ("field", "choice") or not isinstance(node, nodes.Call):
            if called not in _GETTEXT:
                self.problem(node.lineno, "is neither a sentence nor a field nor a choice", _ALONE)
            elif not any(problem.where == f"{self._name}:{node.lineno}" for problem in self.problems):
                self.problem(node.lineno, "a value inside a sentence", _ALONE)
            return
        if block not in _WITH_VALUES:
            self.problem(node.lineno, f"a value in the block {block!r}", "values stand in {% block fields %}")
        if len(node.args) != 2 or node.kwargs or node.dyn_args or node.dyn_kwargs:
            self.problem(node.lineno, f"{called} takes two things", _ALONE)
        elif called == "field":
            words, slot = self._words(node.args[0]), self._slot(node.args[1])
            if words is None:
                self.problem(node.lineno, "a label that is no text to sign", 'write {{ field(_("Label"), slot) }}')
            elif slot and self._label(words, node.lineno):
                yield Line(block, node.lineno, words, slot)
        else:
            slot, options = self._slot(node.args[0]), self._options(node.args[1])
            if slot and options:
                yield Line(block, node.lineno, None, slot, options)

    def _slot(self, node: nodes.Node) -> str:
        if not isinstance(node, nodes.Name):
            self.problem(node.lineno, "a slot that is changed or put together", "name it alone: field(label, slot)")
            return ""
        if node.name in self._slots:
            self.problem(node.lineno, f"{node.name!r} stands a second time", "show each value once")
        self._slots[node.name] = node.lineno
        return node.name

    def _label(self, words: Words, line: int) -> bool:
        """Whether a label is words alone: a digit or a colon in it would run together with the value."""
        bad = [character for character in words.source if character.isdigit() or character in ":：<>"]
        if bad or not words.source.strip():
            self.problem(
                line,
                f"a label with {bad[0]!r}" if bad else "an empty label",
                "words alone, no digit, no colon, no mark-up",
            )
        return not bad

    def _options(self, node: nodes.Node) -> Mapping[str, Words] | None:
        """The sentences of a choice by their names; at least two, each a whole sentence."""
        if not isinstance(node, nodes.Dict):
            self.problem(node.lineno, "a choice without its sentences", 'write {"postponed": _("…"), "video": _("…")}')
            return None
        found: dict[str, Words] = {}
        for pair in node.items:
            name = pair.key.value if isinstance(pair.key, nodes.Const) else None
            words = self._words(pair.value)
            if not isinstance(name, str) or not _OPTION.fullmatch(name):
                self.problem(pair.lineno, "an option without a name of small letters", 'write "postponed": _("…")')
            elif words is None:
                self.problem(pair.lineno, f"the option {name!r} is no whole sentence", _SENTENCE)
            elif name in found:
                self.problem(pair.lineno, f"the option {name!r} stands twice", "give each its own name")
            else:
                found[name] = words
        if len(node.items) < 2:
            self.problem(node.lineno, "a choice of fewer than two sentences", "a single one is a sentence")
            return None
        return found

    def _words(self, node: nodes.Node) -> Words | None:
        """The words of a gettext call with literal texts alone; None for everything else."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
            return None
        count = _GETTEXT.get(node.node.name)
        texts = [part.value for part in node.args if isinstance(part, nodes.Const)]
        if count is None or len(texts) != count or len(node.args) != count:
            return None
        if node.kwargs or node.dyn_args or node.dyn_kwargs or not all(isinstance(text, str) for text in texts):
            return None
        *context, source = map(str, texts)
        source = " ".join(source.split())
        if not source:
            self.problem(node.lineno, "an empty sentence", "write a text or delete it")
        elif _PLACEHOLDER.search(source):
            self.problem(node.lineno, f"a placeholder in {source[:60]!r}", _ALONE)
        return Words("".join(context), source)


def _white(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Output) and all(
        isinstance(part, nodes.TemplateData) and not part.data.strip() for part in node.nodes
    )
