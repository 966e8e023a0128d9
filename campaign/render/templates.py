"""The templates of messages and of the texts of channels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType

from jinja2 import BytecodeCache, Template, TemplateError, TemplateNotFound, meta
from jinja2.bccache import Bucket
from jinja2.environment import TemplateModule
from markupsafe import escape

from campaign.errors import CampaignError
from campaign.project import Project, absent
from campaign.sandbox import Files, Sandbox

#: The folders of templates in a workspace.
MESSAGES, CHANNELS = "templates/messages", "templates/channels"


class Compiled(BytecodeCache):
    """The last compiled version of each template, by its name and source; whoever shares it compiles each once."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, CodeType]] = {}

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name alone: the same source gives the same code wherever its file lies."""
        return name

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code when it is that of this source."""
        source, code = self._kept.get(bucket.key, ("", None))
        if source == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of this source."""
        assert bucket.code is not None  # noqa: S101 - Jinja2 compiled it
        self._kept[bucket.key] = bucket.checksum, bucket.code


_COMPILED = Compiled()


def _escaped(value: object) -> str:
    return str(escape(value))


def environment(project: Project) -> Sandbox:
    """How templates of messages and texts are read."""
    made = Sandbox(
        Files(project, project.messages, project.channel_texts),
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
        bytecode_cache=_COMPILED,
    )
    made.policies["ext.i18n.trimmed"] = True
    # Texts are plain here: what is escaped for the page of a notice is one more text, to which its elements are added.
    made.filters |= dict.fromkeys(("e", "escape"), _escaped)
    made.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
    return made


class Templates:
    """The templates of one workspace, each compiled when it is first asked for and kept."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._environment = environment(project)
        self._names: dict[str, frozenset[str]] = {}

    def get(self, name: str, folder: str = MESSAGES) -> Template:
        """A template by the name of its file in MESSAGES or CHANNELS.

        Raises:
            CampaignError: there is no such file, or it is broken (file and line).
        """
        with self.running(name, folder):
            return self._environment.get_template(name)

    def asked(self, name: str) -> frozenset[str]:
        """The variables that a template of templates/channels reads, with those of the templates it includes."""
        if name not in self._names:
            self.get(name, CHANNELS)  # says where a template is broken
            assert self._environment.loader is not None  # noqa: S101 - __init__ set it
            source = self._environment.loader.get_source(self._environment, name)[0]
            tree = self._environment.parse(source)
            found = meta.find_undeclared_variables(tree)
            for other in meta.find_referenced_templates(tree):
                if other is None:
                    raise CampaignError.single(
                        "template error: includes a template whose name is not written out",
                        where=f"{CHANNELS}/{name}",
                        todo="name it in quotes: the program must know which sentences a text shows",
                    )
                found |= self.asked(other)
            self._names[name] = frozenset(found)
        return self._names[name]

    @contextmanager
    def running(self, name: str, folder: str = MESSAGES) -> Iterator[None]:
        """What goes wrong while a template is read or runs, in words: the file that is not there, or file and line.

        Raises:
            CampaignError: whatever Jinja2 raises inside.
        """
        try:
            yield
        except TemplateNotFound as error:
            raise absent(f"{folder}/{error.name or name}") from error
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            file = (getattr(error, "filename", None) or f"{folder}/{name}").removeprefix(f"{self._project.root}/")
            raise CampaignError.single(
                f"template error: {error.message}",
                where=f"{file}:{line}" if line else file,
                todo="correct the template",
            ) from error

    def has(self, name: str) -> bool:
        """Whether there is a template of this name in templates/channels."""
        return self._project.inside(self._project.channel_texts / name).is_file()


def macro(module: TemplateModule, name: str, path: str) -> Callable[..., str]:
    """A macro of a template that ran; `path` is its place in the workspace.

    Raises:
        CampaignError: it has none of this name: the workspace is older than the program, or somebody took it out.
    """
    found: Callable[..., str] | None = getattr(module, name, None)
    if found is None:
        todo = "write it, or copy it from a fresh workspace (campaign init)"
        raise CampaignError.single(f"template error: there is no macro {name}", where=path, todo=todo)
    return found
