"""An audience added, renamed or taken away: its table, message, picture, helplines and row of weights."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from importlib import resources
from pathlib import Path

from campaign.errors import CampaignError
from campaign.model.blocks import BLOCKS, BlockSpec
from campaign.project import Project, write_atomic
from campaign.shaping import naming, settings, weights
from campaign.shaping.quoted import quoted

_WHAT = "an audience of campaign.toml"


def add(project: Project, name: str, title: str, *, like: str = "", child: bool = False, accent: str = "coral") -> None:
    """A new audience: `like` takes the message and picture of another one to start from, else a message to fill in.

    Raises:
        CampaignError: the name is taken or no name; there is no audience `like`.
    """
    settings.named(name, "an audience")
    settings.fresh(name, settings.table(project, "audiences"), _WHAT, "campaign.toml")
    if like:
        settings.known(like, settings.table(project, "audiences"), _WHAT, "campaign.toml")
    lines = [settings.header("audiences", name), f"name = {quoted(title)}", f"accent = {quoted(accent)}"]
    settings.append(
        project, project.config, "\n".join([*lines, *(["child = true"] if child else [])]), after="[audiences."
    )
    message, picture = _message(project, name), _picture(project, name)
    if not message.exists():
        text = _message(project, like).read_bytes() if like else skeleton(title).encode()
        write_atomic(message, text)
    if not picture.exists():
        neutral = (resources.files("campaign") / "data" / "picture.svg").read_bytes()
        model = _shown(project, like) if like else picture
        write_atomic(picture, model.read_bytes() if model.exists() else neutral)


def rename(project: Project, old: str, new: str) -> None:
    """Another name for an audience, wherever it stands. Texts keep their signatures; pages are looked at anew.

    Raises:
        CampaignError: there is no such audience, or the new name is taken or no name.
    """
    settings.known(old, settings.table(project, "audiences"), _WHAT, "campaign.toml")
    settings.named(new, "an audience")
    settings.fresh(new, settings.table(project, "audiences"), _WHAT, "campaign.toml")
    settings.rename_table(project, "audiences", old, new)
    for path, place in (
        (_message(project, old), _message(project, new)),
        (_picture(project, old), _picture(project, new)),
    ):
        if path.exists():
            write_atomic(place, path.read_bytes())
            if path not in _borrowed(project):
                path.unlink()
    _in_contacts(project, lambda names: [new if name == old else name for name in names])
    _in_drills(project, lambda names: [new if name == old else name for name in names])
    naming.rename(project, naming.WALLS, "audience", old, new)
    weights.row(project, old, new)


def remove(project: Project, name: str) -> None:
    """Take an audience away. Its sentences stay in the catalogues as entries that nothing uses, with their history;
    a helpline that answered it alone goes with it.

    Raises:
        CampaignError: there is no such audience, or it is the only one.
    """
    audiences = settings.table(project, "audiences")
    settings.known(name, audiences, _WHAT, "campaign.toml")
    if len(audiences) == 1:
        raise CampaignError.single(
            "is the only audience", where=name, todo="add another one first: campaign add audience"
        )
    settings.take_out(project, project.config, settings.header("audiences", name))
    for path in {_message(project, name), _picture(project, name)} - _borrowed(project):
        path.unlink(missing_ok=True)
    _in_contacts(project, lambda names: [named for named in names if named != name])
    _in_drills(project, lambda names: [named for named in names if named != name])
    naming.remove(project, naming.WALLS, "audience", name)
    weights.row(project, name, None)


def skeleton(title: str) -> str:
    """A message with every block, each with what it is and how long; nothing in it to read until somebody writes it."""
    blocks = "\n\n".join(map(_block, BLOCKS))
    head = f"{{#- For {title}. Write each sentence between trans and endtrans; a list has a line for each. -#}}"
    return f'{head}\n{{% extends "base.j2" %}}\n\n{blocks}\n'


def written(project: Project, name: str) -> bool:
    """Whether the message of an audience has a headline that somebody wrote."""
    title = re.search(r"{% block title %}(.*?){% endblock %}", _message(project, name).read_text("utf-8"), re.DOTALL)
    return bool(title and "{% trans" in re.sub(r"{#.*?#}", "", title[1], flags=re.DOTALL))


def _block(spec: BlockSpec) -> str:
    note = "; ".join(part for part in (spec.note, spec.limits.replace("`", "")) if part)
    lines = [
        f"{{% block {spec.name} %}}",
        f"{{# translators: {note} #}}",
        "{#- {% trans %}…{% endtrans %} -#}",
        "{% endblock %}",
    ]
    return "\n".join(lines)


def _message(project: Project, name: str) -> Path:
    return project.inside(project.messages / f"{name}.j2")


def _picture(project: Project, name: str) -> Path:
    return project.inside(project.illustrations / f"{name}.svg")


def _shown(project: Project, name: str) -> Path:
    """The picture that an audience shows: its own, or the one that its table names."""
    return _named(project).get(name, _picture(project, name))


def _borrowed(project: Project) -> set[Path]:
    """The pictures that tables of audiences name."""
    return set(_named(project).values())


def _named(project: Project) -> Mapping[str, Path]:
    tables = settings.table(project, "audiences").items()
    named = {name: str(table.get("picture", "")) for name, table in tables if isinstance(table, dict)}
    return {name: project.inside(project.illustrations / picture) for name, picture in named.items() if picture}


def _in_contacts(project: Project, change: Callable[[list[str]], list[str]]) -> None:
    """Change the list of audiences of every record; one that answers nobody any more is taken out."""
    if not project.contacts.exists():
        return
    idle = []
    with settings.document(project, project.contacts) as held:
        for at, record in enumerate(held.get("contact", [])):
            old = [str(entry) for entry in record.get("audiences", [])]
            new = change(old)
            if old and not new:
                idle.append(at)
            elif new != old:
                record["audiences"] = new
    for at in reversed(idle):
        settings.take_out(project, project.contacts, "[[contact]]", at)


def _in_drills(project: Project, change: Callable[[list[str]], list[str]]) -> None:
    """Change the list of audiences of every rehearsal."""
    drills = settings.table(project, "drills")
    for name, drill in drills.items():
        named = drill.get("audiences", []) if isinstance(drill, dict) else []
        old = [str(entry) for entry in named] if isinstance(named, list) else []
        if (new := change(old)) != old:
            with settings.document(project, project.config) as held:
                held["drills"][name]["audiences"] = new
