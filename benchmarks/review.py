"""Measure what a mediator waits for, with 10 000 sentences in one language. Run it with: make bench-review.

Wall time, and beside it the processor time of our process: on a shared machine the second says more.
"""

from __future__ import annotations

import functools
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import results
from flask.testing import FlaskClient

from campaign.catalogue import store
from campaign.project import Project
from campaign.webapp import create_app

ROOT = Path(__file__).resolve().parents[1]
SENTENCES, TURNS = 10_000, 15
HEADERS = {"Host": "127.0.0.1", "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}


def workspace(folder: Path) -> Project:
    """The reference campaign, its Arabic catalogue filled up to 10 000 sentences."""
    from translate.storage import pypo

    for name in ("campaign.toml", "contacts.toml"):
        shutil.copy(ROOT / name, folder)
    for name in ("templates", "locales", "assets"):
        shutil.copytree(ROOT / name, folder / name)
    project = Project(folder)
    path = project.catalogue("ar")
    catalogue = store.parse(path, "ar", "ar")
    pattern = [unit for unit in store.live(catalogue) if not unit.hasplural()]
    for number in range(SENTENCES - len(store.live(catalogue))):
        like = pattern[number % len(pattern)]
        unit = pypo.pounit(encoding="UTF-8")
        unit.source, unit.target = f"{like.source} {number}", f"{like.target} {number}"
        unit.addlocation("templates/messages/migrants.j2")
        unit.settypecomment("python-format", like.hastypecomment("python-format"))
        unit.markfuzzy(True)
        catalogue.units.append(unit)
    store.write(path, catalogue)
    return project


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time of an action, in milliseconds."""
    wall, processor = time.perf_counter(), time.process_time()
    action()
    return 1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)


def row(name: str, times: list[tuple[float, float]]) -> tuple[str, str, str, str]:
    """A line of the table: medians and the slowest."""
    walls, processors = zip(*times, strict=True)
    slowest = f"{max(walls):.0f} ms" if len(walls) > 1 else ""
    return name, f"{statistics.median(walls):.0f} ms", slowest, f"{statistics.median(processors):.0f} ms"


class Mediator:
    """One browser, without the browser."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        client.get("/?token=t", headers=HEADERS)
        page = client.get("/", headers=HEADERS).text
        data = {"once": self._hidden(page)["once"], "name": "Bench", "role": "mediator"}
        client.post("/you", data=data, headers=HEADERS)

    @staticmethod
    def _hidden(page: str, part: str = 'class="you"') -> dict[str, str]:
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page[page.index(part) :]))

    def queue(self) -> None:
        """Open the queue."""
        assert self.client.get("/ar/queue?state=open", headers=HEADERS).status_code == 200

    def form(self, path: str) -> dict[str, str]:
        """Open a sentence."""
        page = self.client.get(path, headers=HEADERS).text
        fields = self._hidden(page[: page.index("<footer")], 'id="editor"')
        fields["text0"] = re.findall(r'id="text0"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[0]
        return fields


def main() -> None:
    """Measure, and write the section of benchmarks/RESULTS.md."""
    where = results.machine()
    with tempfile.TemporaryDirectory() as folder:
        project = workspace(Path(folder))
        app = create_app(project, token="t")  # noqa: S106 - no secret
        mediator = Mediator(app.test_client())
        rows = [row("first look (parse, check every sentence)", [timed(mediator.queue)])]
        rows.append(row("queue page", [timed(mediator.queue) for _ in range(TURNS)]))
        key = next(u.key for u in store.read(project.catalogue("ar"), "ar", "ar").units if u.source == "Your rights")
        path, times = f"/ar/unit/{key}", []

        def send(path: str, fields: dict[str, str], status: int) -> None:
            assert mediator.client.post(path, data=fields, headers=HEADERS).status_code == status

        for turn in range(TURNS):
            fields = {**mediator.form(path), "text0": f"حقوقك {turn}", "answer": "changed"}
            times.append(timed(functools.partial(send, path, fields, 303)))
        rows.append(row("save", times))
        mediator.queue()
        fields, times = mediator.form(path), []
        for turn in range(TURNS):
            tried = {**fields, "text0": f"حقوقك هنا {turn}", "part": "1"}
            times.append(timed(functools.partial(send, path.replace("/unit/", "/try/"), tried, 200)))
        rows.append(row("live preview of the leaflet, warm", times))
    results.write(
        "Review page, 10 000 sentences in one language",
        f"Command: `make bench-review`. Machine: {where}.\n\n"
        + results.table(("what", "median, wall", "slowest", "processor"), rows),
    )


if __name__ == "__main__":
    main()
