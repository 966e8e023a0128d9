"""The templates of messages and of the texts of channels."""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, Template, TemplateError, meta
from jinja2.bccache import Bucket
from jinja2.sandbox import ImmutableSandboxedEnvironment

from campaign.errors import CampaignError
from campaign.project import Project


class _Compiled(BytecodeCache):
    """The last compiled version of each template, by its name and source; all `Templates` of a process share it."""

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


_COMPILED = _Compiled()


class Templates:
    """The templates of one workspace, each compiled when it is first asked for and kept."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._environment = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader([project.messages, project.templates / "channels"]),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n"],
            autoescape=False,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        self._environment.policies["ext.i18n.trimmed"] = True
        self._environment.newstyle_gettext = True  # type: ignore[attr-defined]  # set by jinja2.ext.i18n
        self._names: dict[str, frozenset[str]] = {}

    def get(self, name: str) -> Template:
        """A template by the name of its file.

        Raises:
            CampaignError: there is no such file, or it is broken (file and line).
        """
        try:
            return self._environment.get_template(name)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            file = getattr(error, "filename", None) or f"templates/messages/{name}"
            what = getattr(error, "message", None) or f"no template {error}"
            raise CampaignError.single(
                f"template error: {what}",
                where=f"{self._shown(file)}:{line}" if line else self._shown(file),
                todo="correct the template, or make the missing file",
            ) from error

    def asked(self, name: str) -> frozenset[str]:
        """The variables that a template of templates/channels reads, with those of the templates it includes."""
        if name not in self._names:
            self.get(name)  # says where a template is broken
            assert self._environment.loader is not None  # noqa: S101 - __init__ set it
            source = self._environment.loader.get_source(self._environment, name)[0]
            tree = self._environment.parse(source)
            found = meta.find_undeclared_variables(tree)
            for other in meta.find_referenced_templates(tree):
                if other is None:
                    raise CampaignError.single(
                        "template error: includes a template whose name is not written out",
                        where=f"templates/channels/{name}",
                        todo="name it in quotes: the program must know which sentences a text shows",
                    )
                found |= self.asked(other)
            self._names[name] = frozenset(found)
        return self._names[name]

    def _shown(self, file: str) -> str:
        return file.removeprefix(f"{self._project.root}/")
