"""What is wrong with the templates of messages and texts before anything is rendered: read off Jinja2's syntax tree.

The gate against words that nobody signs is `strangers`, which looks at what was rendered. This says it sooner, with
file and line, and finds what rendering passes over in silence: a block, a macro or a value whose name is misspelt.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from campaign.catalogue.extract import ARGUMENTS
from campaign.errors import Problem
from campaign.model.blocks import NAMES as BLOCKS
from campaign.model.labels import LABELS
from campaign.project import Project
from campaign.provenance.remainder import READABLE
from campaign.render.templates import environment
from campaign.sandbox import Sandbox
from campaign.words import NAMES

#: What the templates of messages may fill in: numbers, names and addresses from contacts.toml and campaign.toml.
VARIABLES = ("phone", "reach", "emergency", "helpline", "url", "edition", "opt_out", "batch")
#: What they choose sentences by, and never print: a country's code, how the first contact is reached (`number`, `chat`,
#: `email`, `address`), the emergency, whether children read.
CHOICES = ("country", "way", "crisis", "child", "women")
#: Values that only single templates get.
_OWN = {"notice.j2": ("old", "new")}
#: Templates that make HTML: their words are judged on the finished page.
PAGES = frozenset({"page.j2", "languages.j2", "notice.html.j2"})

_FILTER = re.compile(r"No (?:filter|test) named '(\w+)'")
_ICON = re.compile(r"\[[a-z-]+\]")
_TODO = "put it between {% trans %} and {% endtrans %}, or delete it"


def template_problems(project: Project) -> Iterator[Problem]:
    """Each bare word, misspelt block or macro and unknown value of the templates, with file and line."""
    parser = environment(project)
    for folder in (project.messages, project.channel_texts):
        for path in project.files(folder, "*.j2"):
            if path.name not in PAGES:
                yield from _problems(parser, path, project)


def _problems(parser: Sandbox, path: Path, project: Project) -> Iterator[Problem]:
    name = project.name(path)
    try:
        tree = parser.parse(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError, TemplateError, RecursionError):  # `extract` says what is wrong with these
        return
    found = [*_bare(tree), *_names(parser, tree, path, project), *_imports(parser, tree)]
    yield from (Problem(f"{name}:{line}", what, todo) for line, what, todo in sorted(found))


Found = tuple[int, str, str]


def _bare(tree: nodes.Template) -> Iterator[Found]:
    """Words that stand in the template itself."""
    for output in tree.find_all(nodes.Output):
        for node in output.nodes:
            if isinstance(node, nodes.TemplateData):
                yield from _data(node)
            else:
                yield from _constants(node)
    for assigned in tree.find_all(nodes.Assign):
        yield from _constants(assigned.node)


def _data(node: nodes.TemplateData) -> Iterator[Found]:
    for number, line in enumerate(_ICON.sub("", node.data).split("\n"), node.lineno):
        if READABLE.search(line):
            yield number, f"text outside {{% trans %}}: {line.strip()[:60]!r}", _TODO


def _constants(node: nodes.Node) -> Iterator[Found]:
    """Literal texts and numbers in an expression that a reader would see; those of gettext calls are sentences."""
    if isinstance(node, nodes.Const):
        if READABLE.search(str(node.value)) and not isinstance(node.value, bool) and node.value is not None:
            yield node.lineno, f"text outside {{% trans %}}: {str(node.value)[:60]!r}", _TODO
        return
    if isinstance(node, nodes.Compare | nodes.Test):
        return
    for part in _seen(node):
        yield from _constants(part)


def _seen(node: nodes.Node) -> Iterable[nodes.Node]:
    """The parts of an expression whose texts can reach a reader."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in ARGUMENTS:
        return [given.value for given in node.kwargs if not isinstance(given.value, nodes.Const) or _says(given.value)]
    if isinstance(node, nodes.CondExpr):
        return [part for part in (node.expr1, node.expr2) if part is not None]
    if isinstance(node, nodes.Getitem):
        return [node.node]
    return node.iter_child_nodes()


def _says(typed: nodes.Const) -> bool:
    """Whether a value that is typed into {% trans %} says something: a small whole number chooses a plural form."""
    return not (isinstance(typed.value, int) and typed.value < 100)


def _names(parser: Sandbox, tree: nodes.Template, path: Path, project: Project) -> Iterator[Found]:
    """Blocks and values whose names the program does not know, and values of its own that a template replaces."""
    from jinja2 import meta

    if path.parent == project.messages:
        for block in tree.find_all(nodes.Block):
            if block.name not in BLOCKS:
                yield block.lineno, f"no block {block.name!r}{_near(block.name, BLOCKS)}", "correct its name"
        known = {*VARIABLES, *CHOICES, *ARGUMENTS}
    else:
        known = {
            *VARIABLES,
            *ARGUMENTS,
            *NAMES,
            *(label.name for label in LABELS),
            *BLOCKS,
            *(f"{block}_list" for block in BLOCKS),
        }
        known |= set(_OWN.get(path.name, ()))
    # What stands at the top of a file is known in its blocks; Jinja2's own list of unknown names forgets that.
    known |= {name for node in tree.body for name in _offered(node)}
    known |= set(_meant(parser, tree))
    try:
        unknown = meta.find_undeclared_variables(tree) - known
    except TemplateSyntaxError as error:  # a filter that is not there, one block twice: found where names are resolved
        what = f"template error: {error.message}"
        if asked := _FILTER.search(what):
            what = what.rstrip(".") + _near(asked[1], parser.filters)
        yield error.lineno, what, "correct the template"
        return
    except RecursionError:
        yield 1, "template error: nests too deep", "shorten the template"
        return
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name in unknown:
            yield node.lineno, f"no value {node.name!r}{_near(node.name, known)}", f"use one of {', '.join(VARIABLES)}"
            unknown = unknown - {node.name}
        elif node.ctx == "store" and node.name in VARIABLES:
            what = f"sets {node.name!r}, which the program fills in from contacts.toml and campaign.toml"
            yield node.lineno, what, "give it another name"


def _imports(parser: Sandbox, tree: nodes.Template) -> Iterator[Found]:
    """Templates that are not there, and macros that the named template does not have."""
    modules: dict[str, frozenset[str] | None] = {}
    for node in tree.find_all((nodes.FromImport, nodes.Import, nodes.Extends, nodes.Include)):
        assert isinstance(node, nodes.FromImport | nodes.Import | nodes.Extends | nodes.Include)  # noqa: S101 - just asked
        target = node.template.value if isinstance(node.template, nodes.Const) else None
        if not isinstance(target, str):
            continue
        if target not in modules:
            modules[target] = _macros(parser, target)
        macros = modules[target]
        if macros is None:
            near = _near(target, parser.list_templates())
            yield node.lineno, f"no template {target!r}{near}", "correct its name, or make the missing file"
        elif isinstance(node, nodes.FromImport):
            for each in node.names:
                wanted = each if isinstance(each, str) else each[0]
                if wanted not in macros:
                    yield node.lineno, f"{target} has no macro {wanted!r}{_near(wanted, macros)}", "correct its name"
        elif isinstance(node, nodes.Import):
            for asked in tree.find_all(nodes.Getattr):
                if isinstance(asked.node, nodes.Name) and asked.node.name == node.target and asked.attr not in macros:
                    what = f"{target} has no macro {asked.attr!r}{_near(asked.attr, macros)}"
                    yield asked.lineno, what, "correct its name"


def _meant(parser: Sandbox, tree: nodes.Template) -> Iterator[str]:
    """The names that misspelt imports were to bring: the import is named, and what it was for is not named again."""
    for node in tree.find_all(nodes.FromImport):
        if isinstance(node.template, nodes.Const) and isinstance(node.template.value, str):
            macros = _macros(parser, node.template.value)
            for each in node.names:
                wanted = each if isinstance(each, str) else each[0]
                yield from (macros and difflib.get_close_matches(wanted, list(macros), n=1, cutoff=0.6)) or ()


def _macros(parser: Sandbox, name: str) -> frozenset[str] | None:
    """What a template offers to those that import it; None when it is not there or cannot be read."""
    assert parser.loader is not None  # noqa: S101 - `environment` set it
    try:
        tree = parser.parse(parser.loader.get_source(parser, name)[0])
    except (TemplateError, UnicodeDecodeError):
        return None
    return frozenset(name for node in tree.body for name in _offered(node))


def _offered(node: nodes.Node) -> Iterator[str]:
    """The names that a statement at the top of a file gives: a macro, an import, a value that is set."""
    if isinstance(node, nodes.Macro):
        yield node.name
    elif isinstance(node, nodes.FromImport):
        yield from (each if isinstance(each, str) else each[1] for each in node.names)
    elif isinstance(node, nodes.Import):
        yield node.target
    elif isinstance(node, nodes.Assign | nodes.AssignBlock):
        yield from (name.name for name in node.target.find_all(nodes.Name))
        if isinstance(node.target, nodes.Name):
            yield node.target.name


def _near(name: str, known: Collection[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean {close[0]!r}?)" if close else ""
