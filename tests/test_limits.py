"""The limits that keep the program readable: short functions, short modules, types that say what they take."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import campaign

PROGRAM = Path(campaign.__file__).parent
LONGEST_FUNCTION, LONGEST_MODULE = 60, 300

#: Functions that are longer, by module and name, each with the reason.
LONG: dict[tuple[str, str], str] = {}

#: Signatures that say Any, by module and name, each with the reason.
ANY: dict[tuple[str, str], str] = {}


def modules() -> Iterator[tuple[str, str]]:
    """The place and the text of every module."""
    for path in sorted(PROGRAM.rglob("*.py")):
        yield path.relative_to(PROGRAM).as_posix(), path.read_text(encoding="utf-8")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method of a module, those inside others too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def long_functions(text: str) -> Iterator[tuple[str, int]]:
    """The functions of a module that have more lines than they may, with their lines."""
    for function in functions(ast.parse(text)):
        lines = (function.end_lineno or 0) - function.lineno + 1
        if lines > LONGEST_FUNCTION:
            yield function.name, lines


def says_any(text: str) -> Iterator[str]:
    """What says Any where others rely on it: parameters and results, fields of classes, names of a module."""
    tree = ast.parse(text)
    for function in functions(tree):
        arguments = function.args
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg)
        if any(map(_any, (*(argument and argument.annotation for argument in every), function.returns))):
            yield function.name
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            yield from (node.name for line in node.body if isinstance(line, ast.AnnAssign) and _any(line.annotation))
    if any(isinstance(line, ast.Assign | ast.AnnAssign) and _any(line) for line in tree.body):
        yield "<module>"


def _any(node: ast.AST | None) -> bool:
    names = ast.walk(node) if node else ()
    return any(getattr(name, "id", getattr(name, "value", "")) in ("Any", "typing.Any") for name in names)


@pytest.mark.slow
def test_no_function_is_longer_than_a_screen() -> None:
    """At most 60 lines, signature and docstring included; longer ones are named with the reason."""
    found = {(place, name): lines for place, text in modules() for name, lines in long_functions(text)}
    assert {key: lines for key, lines in found.items() if key not in LONG} == {}


def test_no_module_is_longer_than_one_noun_needs() -> None:
    """At most 300 lines."""
    found = {place: text.count("\n") for place, text in modules()}
    assert {place: lines for place, lines in found.items() if lines > LONGEST_MODULE} == {}


@pytest.mark.slow
def test_no_signature_says_any() -> None:
    """Whoever calls a function reads what it takes and gives; where that is not so, the reason is named."""
    found = {(place, name) for place, text in modules() for name in says_any(text)}
    assert found - ANY.keys() == set()


@pytest.mark.parametrize(
    "line",
    [
        "def f(x: Any) -> None: ...",
        "def f(*x: Any) -> None: ...",
        "def f(x: 'Any') -> None: ...",
        "async def f() -> list[Any]: ...",
        "class f:\n    x: dict[str, Any]",
        "class g:\n    def f(self, *, x: Callable[..., Any]) -> None: ...",
    ],
)
def test_any_is_seen_wherever_it_stands(line: str) -> None:
    """In parameters of every kind, in results, in fields and inside other types."""
    assert list(says_any(line)) == ["f"]


def test_a_long_function_is_seen_inside_a_class() -> None:
    """The measure takes methods and nested functions for what they are."""
    body = "\n".join("        x = 1" for _ in range(LONGEST_FUNCTION))
    assert list(long_functions(f"class A:\n    def f(self):\n{body}")) == [("f", LONGEST_FUNCTION + 1)]
    assert list(long_functions("def f():\n    x = 1")) == []
