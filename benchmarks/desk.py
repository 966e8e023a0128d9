"""Twenty people at a shared desk with 10 000 sentences, over loopback: how long they wait, and whether a word is lost.

Run it with: make bench-desk. The desk runs as a program of its own, as it does behind a proxy. Each person opens
sentences, tries a text, saves it or comments, while the pages ask who else is there; every second person works at the
same sentences as the one before. --people, --turns and --think (seconds between two requests of a person) change it.
"""

from __future__ import annotations

import argparse
import html
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlencode

import results
from review import workspace

from campaign.catalogue import store
from campaign.ledger import ledger
from campaign.model.unit import Unit
from campaign.project import Project
from campaign.webapp.desk import invitations
from campaign.webapp.desk.register import Register

URL = "https://review.example.org"
HOST = URL.removeprefix("https://")
CHANNELS = ("leaflet", "sms", "social", "web")
WORDS = ("مساعدة", "مجانية", "سرية", "الآن", "حقوقك", "هنا", "معك", "آمن")


@dataclass
class Person:
    """One browser over one connection that is kept open, as a proxy keeps it."""

    port: int
    number: int
    think: float
    cookie: str = ""
    waits: dict[str, list[float]] = field(default_factory=dict)
    #: How long it took until all previews of a page were there.
    shown: list[float] = field(default_factory=list)
    saved: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.random = random.Random(self.number)
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def ask(self, what: str, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """A request, timed: (status, page)."""
        headers = {"Host": HOST, "Cookie": self.cookie, "Sec-Fetch-Site": "same-origin"}
        if form is not None:
            headers |= {"Origin": URL, "Content-Type": "application/x-www-form-urlencoded"}
        before = time.perf_counter()
        self.connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = self.connection.getresponse()
        page = answer.read().decode("utf-8", "replace")
        self.waits.setdefault(what, []).append(1000 * (time.perf_counter() - before))
        self.codes[f"{what} {answer.status}"] += 1
        if cookie := answer.headers.get("Set-Cookie"):
            self.cookie = cookie.partition(";")[0]
        return answer.status, page

    def pause(self) -> None:
        """Read, think, type."""
        time.sleep(self.random.uniform(0.5, 1.5) * self.think)

    def come_in(self, link: str) -> None:
        """Use the link of the invitation."""
        _, page = self.ask("come in", "GET", link)
        assert self.ask("come in", "POST", "/in", fields(page, 'action="/in"'))[0] == 303

    def looks(self, page: str, path: str) -> None:
        """Ask for the previews of a page until they are all there, as its script does; fetch its pictures."""
        before, rest = time.perf_counter(), 0.25
        while found := re.search(r'data-coming="([^"]*)"', page):
            time.sleep(rest)
            rest = min(1.5 * rest, 2)
            status, part = self.ask("is the preview there", "GET", html.unescape(found[1]))
            page = part or page
            if status not in (200, 202):
                break
        self.shown.append(1000 * (time.perf_counter() - before))
        for picture in re.findall(r'<img src="([^"]*)"', page)[:2]:
            self.ask("picture", "GET", html.unescape(picture))

    def work(self, keys: list[str], turns: int) -> None:
        """Open, try, save or comment, ask who else is there, and look at items as a whole, so many times."""
        for turn in range(turns):
            self.pause()
            path = f"/ar/unit/{keys[turn % len(keys)]}"
            if turn % 5 == 0:
                self.ask("queue", "GET", "/ar/queue?state=open")
            _, page = self.ask("open a sentence", "GET", path)
            form = fields(page, 'id="editor"')
            text = html.unescape(re.findall(r'id="text0"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[0])
            ask = html.unescape(re.findall(r'data-ask="([^"]*)"', page)[0])
            self.looks(page, path)
            self.pause()
            new = f"{text} {self.random.choice(WORDS)} {self.number}"
            _, part = self.ask(
                "try a text", "POST", path.replace("/unit/", "/try/"), {**form, "text0": new, "part": "1"}
            )
            self.looks(part, path)
            if turn % 6 == 5:
                _, whole = self.ask("open an item", "GET", f"/ar/item/BE/migrants/{self.random.choice(CHANNELS)}")
                self.looks(whole, path)
            self.ask("who is here", "GET", ask)
            self.ask("is it there", "GET", "/here")
            self.pause()
            if turn % 4 == 3:
                remark = f"remark {self.number}-{turn}"
                sent = {**form, "text0": text, "answer": "comment", "reason": remark}
                if self.ask("comment", "POST", path, sent)[0] == 303:
                    self.said.append(remark)
                continue
            if self.ask("save", "POST", path, {**form, "text0": new, "answer": "changed"})[0] == 303:
                self.saved.append((keys[turn % len(keys)], form["seen"], (new,)))


def fields(page: str, part: str) -> dict[str, str]:
    """The hidden values of a form of a page."""
    form = page[page.index(part) :]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))


def lost(before: dict[str, Unit], after: dict[str, Unit], people: list[Person]) -> list[str]:
    """Texts that were taken and that the next author never saw: each must follow from the one before it."""
    found = []
    taken = [save for person in people for save in person.saved]
    for key in {save[0] for save in taken}:
        steps = {seen: forms for known, seen, forms in taken if known == key}
        if len(steps) < sum(save[0] == key for save in taken):
            found.append(f"{key}: two texts were taken over the same one")
        at, count = before[key], 0
        while at.text_hash in steps:
            at, count = replace(at, forms=steps[at.text_hash]), count + 1
        if at.forms != after[key].forms or count != len(steps):
            found.append(f"{key}: {count} of {len(steps)} texts lead to the one that is there")
    return found


def invited(folder: Path, people: int) -> list[str]:
    """The links of so many people."""
    links: list[str] = []

    def step(guests: invitations.Guests) -> invitations.Guests:
        for number in range(people):
            name = f"Person {chr(65 + number % 26) * 3}{chr(97 + number)}"
            guests, _, secret = invitations.invite(
                guests, name, "mediator", ("ar",), date.max, known=("ar",), now=datetime.now(UTC), on=date.today()
            )
            links.append(f"/in/{secret}")
        return guests

    Register(folder).change(step)
    return links


def served(project: Project, folder: Path) -> tuple[subprocess.Popen[str], int]:
    """The desk as a program of its own, and its port."""
    command = (sys.executable, "-m", "campaign", "review", "serve", "--shared", "--url", URL, "--port", "0")
    environment = {**os.environ, "CAMPAIGN_DESK": str(folder)}
    process = subprocess.Popen(command, cwd=project.root, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    return process, int(re.findall(r"port (\d+)", process.stdout.readline())[0])


def percentile(waits: list[float], part: float) -> float:
    """The wait that so many of a hundred stay under."""
    return sorted(waits)[min(len(waits) - 1, int(part / 100 * len(waits)))]


def main() -> None:
    """Measure, and write the section of benchmarks/RESULTS.md."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--turns", type=int, default=12)
    asked.add_argument("--think", type=float, default=3.0)
    asked.add_argument("--dry", action="store_true", help="print only")
    given = asked.parse_args()
    where = results.machine()
    with tempfile.TemporaryDirectory() as place, tempfile.TemporaryDirectory() as private:
        project = workspace(Path(place))
        links = invited(Path(private), given.people)
        process, port = served(project, Path(private))
        try:
            people = [Person(port, number, given.think) for number in range(given.people)]
            for person, link in zip(people, links, strict=True):
                person.come_in(link)
            _, page = people[0].ask("first look", "GET", "/ar/queue?audience=migrants")
            known = {unit.key: unit for unit in store.read(project.catalogue("ar"), "ar", "ar").units}
            keys = [key for key in dict.fromkeys(re.findall(r"/ar/unit/(\w+)", page)) if not known[key].plural]
            for person in people:
                person.waits.clear()
            began = time.perf_counter()
            threads = [
                threading.Thread(target=person.work, args=(keys[person.number // 2 :] + keys, given.turns))
                for person in people
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            spent = time.perf_counter() - began
            processor = sum(map(float, Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()[11:15]))
        finally:
            process.terminate()
            process.wait(30)
        after = {unit.key: unit for unit in store.read(project.catalogue("ar"), "ar", "ar").units}
        told = {event.comment for event in ledger.read(project.ledger("ar"), "ar").events}
    problems = lost(known, after, people)
    problems += [f"not in the ledger: {remark}" for person in people for remark in person.said if remark not in told]
    codes: Counter[str] = sum((person.codes for person in people), Counter())
    report(given, where, people, spent, processor / os.sysconf("SC_CLK_TCK"), problems, codes)
    if problems:
        raise SystemExit("\n".join(problems))


def report(
    given: argparse.Namespace,
    where: str,
    people: list[Person],
    spent: float,
    processor: float,
    problems: list[str],
    codes: Counter[str],
) -> None:
    """Print the table, and write it unless it was asked not to."""
    waits: dict[str, list[float]] = {}
    for person in people:
        for what, each in person.waits.items():
            waits.setdefault(what, []).extend(each)
    everything = [wait for each in waits.values() for wait in each]
    rows = [
        (
            what,
            str(len(each)),
            f"{statistics.median(each):.0f} ms",
            f"{percentile(each, 95):.0f} ms",
            f"{max(each):.0f} ms",
        )
        for what, each in [*sorted(waits.items()), ("all of them", everything)]
    ]
    previews = [wait for person in people for wait in person.shown]
    conflicts = sum(number for what, number in codes.items() if what.endswith(" 409"))
    texts, comments = (sum(map(len, each)) for each in ([p.saved for p in people], [p.said for p in people]))
    text = (
        f"Command: `make bench-desk`. Machine: {where}. {given.people} people, {given.turns} sentences each, "
        f"{given.think:g} s between two steps of a person: {len(everything) / spent:.1f} requests a second for "
        f"{spent:.0f} s; the desk used {100 * processor / spent:.0f} % of a processor. "
        f"{texts} texts and {comments} comments were taken, "
        f"{conflicts} texts came second and were shown as such; lost: {len(problems)}. "
        f"The previews of a page were there {statistics.median(previews):.0f} ms after it (median; 95 of 100: "
        f"{percentile(previews, 95):.0f} ms).\n\n"
        + results.table(("what", "number", "median", "95 of 100", "slowest"), rows)
    )
    print(text, dict(codes))
    if not given.dry:
        results.write("Shared desk, 20 people at 10 000 sentences", text)


if __name__ == "__main__":
    main()
