"""How this program was installed, and the words that install one of its extras there."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

NAME = "campaign"
_EXTRA = re.compile(r"""^(?P<requirement>[^;]+);.*\bextra\s*==\s*['"](?P<extra>[\w.-]+)['"]""")


def command_for(extra: str) -> str:
    """The command that adds the extra to this very installation, as somebody types it into their shell.

    The program is on no index that we know of, and its name there may be somebody else's: the command names the folder
    or file that it came from where that is still there, and otherwise what the extra consists of.
    """
    wanted = _source(extra) or _consists_of(extra)
    return _shown([*_installer(), *wanted])


def again(package: str) -> str:
    """The command that installs a library of this installation anew, over what is there."""
    return _shown([*_installer(), "--force-reinstall", package])


def _installer() -> list[str]:
    """What installs a package beside this program: pipx and uv keep each program in an environment of its own."""
    root = Path(sys.prefix)
    if (root / "pipx_metadata.json").exists():
        return ["pipx", "runpip", root.name, "install"]
    if importlib.util.find_spec("pip") is None:  # uv makes environments without it
        return ["uv", "pip", "install", "--python", sys.executable]
    return [_python(), "-m", "pip", "install"]


def _python() -> str:
    """`python` where that is this one, else its path."""
    found = shutil.which("python")
    return "python" if found and Path(found).parent == Path(sys.executable).parent else sys.executable


def _source(name: str) -> list[str]:
    """Where the program was installed from, with the extra; nothing where that is gone or was an address."""
    try:
        told = importlib.metadata.distribution(NAME).read_text("direct_url.json")
        origin = json.loads(told or "{}")
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return []
    address = urlsplit(str(origin.get("url", "")))
    path = Path(url2pathname(unquote(address.path)))
    if address.scheme != "file" or not path.exists():
        return []
    editable = isinstance(origin.get("dir_info"), dict) and origin["dir_info"].get("editable")
    return [*(["-e"] if editable else []), f"{path}[{name}]"]


def _consists_of(name: str) -> list[str]:
    """The requirements of the extra, from the metadata of the installed program."""
    try:
        lines = importlib.metadata.requires(NAME) or []
    except importlib.metadata.PackageNotFoundError:
        lines = []
    found = [match["requirement"].strip() for match in map(_EXTRA.match, lines) if match and match["extra"] == name]
    return found or [f"{NAME}[{name}]"]


def _shown(words: list[str]) -> str:
    """The command in quotes that the shell of this system understands."""
    if sys.platform == "win32":
        return subprocess.list2cmdline(words)
    return " ".join(word if re.fullmatch(r"[\w@%+=:,./-]+", word) else f"'{word}'" for word in words)
