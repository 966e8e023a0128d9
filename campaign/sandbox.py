"""Where templates run: Jinja2's immutable sandbox, and nothing that takes long or makes much.

A template may come from anybody. The sandbox keeps it from Python; what is added here keeps it from loops without end
and from texts of gigabytes: there are no functions to count with, few filters, a limit for each text that it puts
together, and a clock.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from jinja2 import BytecodeCache, Environment, StrictUndefined, TemplateRuntimeError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError
from jinja2.loaders import BaseLoader, FileSystemLoader
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign import limits
from campaign.project import Project

#: What templates of texts need. Left out is what pads, formats or repeats: `"%999999999d"|format(1)` is a gigabyte.
_FILTERS = frozenset(
    (
        *(
            "abs",
            "capitalize",
            "d",
            "default",
            "dictsort",
            "e",
            "escape",
            "first",
            "groupby",
            "int",
            "items",
            "join",
            "last",
        ),
        *(
            "length",
            "list",
            "lower",
            "map",
            "max",
            "min",
            "reject",
            "rejectattr",
            "replace",
            "reverse",
            "select",
            "selectattr",
        ),
        *("sort", "string", "striptags", "title", "trim", "truncate", "unique", "upper", "wordcount"),
    )
)


Part = TypeVar("Part")


class Files(FileSystemLoader):
    """The templates in folders of a workspace: one that is a link out of it, or a path out of it, is refused."""

    def __init__(self, project: Project, *folders: Path) -> None:
        super().__init__(folders)
        self._project = project

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The source of a template, its file, and whether that still is what was read.

        Raises:
            CampaignError: it lies outside the workspace.
        """
        for folder in self.searchpath:
            path = self._project.inside(Path(folder, template))
            limits.sized(path, self._project.name(path), "text_mb")
        return super().get_source(environment, template)


class TooMuchError(TemplateRuntimeError):
    """A template takes too long or makes too much."""


class _Code(CodeGenerator):
    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - Jinja2's name for it
        """`a ~ b`, joined like every other text."""
        self.write("environment.joined((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for templates of strangers. Every text that is put together in it is counted.

    Raises, when a template runs: `TooMuchError` and `SecurityError`, both errors of a template.
    """

    code_generator_class = _Code
    intercepted_binops = frozenset(("*", "**", "%", "+"))

    def __init__(
        self,
        loader: BaseLoader,
        *,
        extensions: Iterable[str] = (),
        autoescape: bool = False,
        auto_reload: bool = True,
        bytecode_cache: BytecodeCache | None = None,
    ) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            extensions=tuple(extensions),
            autoescape=autoescape,
            auto_reload=auto_reload,
            bytecode_cache=bytecode_cache,
        )
        # Jinja2's own functions bring words (lipsum) and loops (range).
        self.globals.clear()
        self.filters = {name: made for name, made in self.filters.items() if name in _FILTERS}
        self.filters["replace"] = _replaced
        self.filters["join"] = _bounded_join(self.filters["join"])

    def joined(self, parts: Iterable[object]) -> str:
        """The parts as one text, escaped where the template is."""
        from markupsafe import Markup, escape

        parts = tuple(parts)
        if any(hasattr(part, "__html__") for part in parts):
            return Markup("").join(map(escape, _counted(parts)))
        return bounded(str(part) for part in parts)

    @staticmethod
    def concat(parts: Iterable[str]) -> str:
        """The output of a template, a block or a macro."""
        return bounded(parts)

    def call_binop(self, context: Context, operator: str, left: object, right: object) -> object:
        """Sums and products whose result is small; a text times a number is a text of any length."""
        if operator == "*" and not (_number(left) and _number(right)):
            raise SecurityError("a text or a list cannot be multiplied")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("a text cannot be formatted: fill it in with {% trans %}")
        if operator == "**":
            raise SecurityError("there are no powers here")
        if operator == "+" and not (_number(left) and _number(right)):
            return (
                self.joined((left, right))
                if isinstance(left, str) and isinstance(right, str)
                else self._added(left, right)
            )
        return super().call_binop(context, operator, left, right)

    @staticmethod
    def _added(left: object, right: object) -> object:
        if not isinstance(left, list | tuple) or not isinstance(right, list | tuple):
            raise SecurityError("these cannot be added")
        most = limits.held().template_pieces
        if len(left) + len(right) > most:
            raise TooMuchError(f"makes a list of more than {most:g} items ([limits] template_pieces)")
        return [*left, *right]

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """No methods of texts: filters do what they do, and are counted."""
        return not (isinstance(obj, str) and callable(value)) and super().is_safe_attribute(obj, attr, value)


def bounded(parts: Iterable[str]) -> str:
    """The parts as one text.

    Raises:
        TooMuchError: more parts or characters than a page can have.
    """
    return "".join(_counted(parts))


def _counted(parts: Iterable[Part]) -> Iterator[Part]:
    pieces = characters = 0
    most, most_pieces = limits.held().template_characters, limits.held().template_pieces
    for part in parts:
        pieces, characters = pieces + 1, characters + len(str(part))
        if characters > most:
            raise _too_long()
        if pieces > most_pieces:
            raise TooMuchError(f"makes a text of more than {most_pieces:g} pieces ([limits] template_pieces)")
        yield part


def _too_long() -> TooMuchError:
    most = limits.held().template_characters
    return TooMuchError(f"makes a text of more than {most:.0f} characters ([limits] template_characters)")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) < limits.held().template_characters


def _replaced(text: object, old: str, new: str) -> str:
    found = text if isinstance(text, str) else str(text)  # escaped text stays escaped, and escapes what is put in
    if len(found) + found.count(old) * len(new) > limits.held().template_characters:
        raise _too_long()
    return found.replace(old, new)


def _bounded_join(join: Callable[..., str]) -> Callable[..., str]:
    from jinja2 import pass_eval_context
    from jinja2.nodes import EvalContext

    @pass_eval_context
    def counted(context: EvalContext, value: Iterable[object], d: str = "", attribute: str | int | None = None) -> str:
        parts = list(_counted(value))
        if len(parts) * len(d) > limits.held().template_characters:
            raise _too_long()
        return join(context, parts, d, attribute)

    return counted


@contextlib.contextmanager
def within(seconds: float = 0.0) -> Iterator[None]:
    """Stop what runs inside after so many seconds, those of [limits] when left out; a message takes two milliseconds.

    Raises:
        TooMuchError: it was still running, or called itself without end.
    """
    seconds = seconds or limits.held().template_seconds
    try:
        with limits.clock(seconds):
            yield
    except limits.TimeIsUpError:
        raise TooMuchError(f"takes more than {seconds:g} seconds ([limits] template_seconds)") from None
    except RecursionError:
        raise TooMuchError("calls itself without end") from None
