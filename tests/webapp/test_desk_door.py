"""The shared desk: who was invited comes in, once, as themselves, into their languages, until it is taken back."""

from __future__ import annotations

import json
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from guests import HOST, URL, Guest, House
from visitor import first_key

from campaign.ledger import ledger
from campaign.project import Project
from campaign.spoken import SPOKEN, TURNED, texts
from campaign.webapp.desk import limits
from campaign.webapp.desk.invitations import IDLE
from campaign.webapp.desk.presence import STAYS, Presence
from campaign.webapp.desk.register import FILE, LOG


@pytest.fixture(scope="module")
def project(_fresh_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """One workspace for the whole file."""
    return Project(Path(shutil.copytree(_fresh_workspace, tmp_path_factory.mktemp("desk") / "workspace")))


@pytest.fixture(scope="module")
def _house(project: Project, tmp_path_factory: pytest.TempPathFactory) -> House:
    return House(project, tmp_path_factory.mktemp("private"))


@pytest.fixture
def house(_house: House) -> House:
    """A desk at which nobody is invited yet."""
    _house.forget()
    return _house


NO_COOKIES = "Your browser keeps no cookie of this page. Allow cookies, then open the link again."


def here(page: str) -> str:
    """What a page says about others at the sentence."""
    return page.split('id="here"')[1].split("</div>")[0]


def signed_in(house: House) -> list[tuple[str, str]]:
    """What the record of sign-ins says: (what, whose)."""
    path = house.folder / LOG
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [(line["what"], line["name"]) for line in map(json.loads, lines)]


def test_a_link_opens_one_browser_once(house: House) -> None:
    """The cookie is Secure, HttpOnly and SameSite, for this host alone; the second browser with the same link stays out."""
    link = house.invite()
    guest = Guest(house.app)
    answer = guest.come_in(link)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    [cookie] = answer.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-campaign-review=")
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie
    assert guest.get("/ar/").status_code == 200
    other = Guest(house.app)
    assert other.get(link).status_code == 403
    assert other.get("/ar/").status_code == 403
    # Who opens their own link again, from the message that it came in, is where they were.
    assert guest.get(link).headers["Location"] == "/"
    assert signed_in(house) == [("in", "Amina"), ("refused: used before", "Amina")]


def test_looking_at_a_link_does_not_use_it(house: House) -> None:
    """Messengers fetch the links that they carry; the person still comes in afterwards."""
    link = house.invite()
    for _ in range(3):
        assert Guest(house.app).http.head(link, headers={"Host": HOST}, base_url=URL).status_code == 200
        assert Guest(house.app).get(link).status_code == 200
    assert Guest(house.app).come_in(link).status_code == 303


def test_twenty_who_use_a_link_at_once_are_one(house: House) -> None:
    """One is in, whatever the moment."""
    link = house.invite()

    def use(_: int) -> int:
        guest = Guest(house.app)
        page = guest.get(link)
        if page.status_code != 200:
            return int(page.status_code)
        form = {"link": link.removeprefix("/in/"), "once": page.text.split('name="once" value="')[1].split('"')[0]}
        return int(guest.post("/in", form).status_code)

    with ThreadPoolExecutor(20) as pool:
        codes = sorted(pool.map(use, range(20)))
    assert codes == [303] + [403] * 19
    assert len(house.register.guests().browsers) == 1


def test_a_browser_without_cookies_uses_nothing(house: House) -> None:
    """It is told, and the link still opens another one."""
    link = house.invite()
    blocked = house.app.test_client(use_cookies=False)
    page = blocked.get(link, headers={"Host": HOST}, base_url=URL).text
    once = page.split('name="once" value="')[1].split('"')[0]
    answer = blocked.post(
        "/in",
        data={"once": once, "link": link.removeprefix("/in/")},
        headers={"Host": HOST, "Origin": URL},
        base_url=URL,
    )
    assert answer.status_code == 303
    told = blocked.get(answer.headers["Location"], headers={"Host": HOST}, base_url=URL).text
    assert texts("ar").gettext(NO_COOKIES) in told
    assert Guest(house.app).come_in(link).status_code == 303


def test_the_person_is_the_one_invited(house: House, project: Project) -> None:
    """Nobody types a name: a form with one is refused, and what is signed bears the name and role of the invitation."""
    guest = house.guest("B. Osman", "de")
    assert 'name="name"' not in guest.get("/").text
    once = guest.hidden("/", 'class="tongues"')["once"]
    assert guest.post("/you", {"once": once, "name": "Amina", "role": "mediator"}).status_code == 403
    assert guest.answer(f"/de/unit/{first_key(guest)}", "good").status_code == 303
    said = ledger.read(project.ledger("de"), "de").events[-1]
    assert (said.reviewer, said.role) == ("B. Osman", "mediator")


def test_a_translator_corrects_and_does_not_sign(house: House, project: Project) -> None:
    """Rights come from the role of the invitation."""
    guest = house.guest("C. Berg", "de", role="translator")
    path = f"/de/unit/{first_key(guest)}"
    before = len(ledger.read(project.ledger("de"), "de").events)
    assert guest.answer(path, "good").status_code == 422
    assert len(ledger.read(project.ledger("de"), "de").events) == before
    assert guest.answer(path, "comment", reason="Why so?").status_code == 303


@pytest.mark.slow
def test_every_door_is_closed_to_other_languages(house: House) -> None:
    """Every address of the program that names a language, whichever there are: only those of the invitation."""
    guest, insider = house.guest("Amina", "ar"), house.guest("D. Roth", "de")
    fields = {"locale": "de", "key": first_key(insider), "country": "BE", "audience": "migrants", "channel": "leaflet"}
    once = guest.hidden("/", 'class="tongues"')["once"]
    doors = [rule for rule in house.app.url_map.iter_rules() if "locale" in rule.arguments]
    assert len(doors) > 8
    for rule in doors:
        path = house.app.url_map.bind(HOST).build(
            rule.endpoint, {**dict.fromkeys(rule.arguments, "x"), **fields}, force_external=False
        )
        if "GET" in (rule.methods or ()):
            assert guest.get(path).status_code == 404, path
        else:
            data = {"once": once, "answer": "good", "text0": "x", "seen": "x"}
            assert guest.post(path, data).status_code == 404, path
            once = guest.hidden("/", 'class="tongues"')["once"]
    assert "Deutsch</bdi>" not in guest.get("/").text
    second = guest.hidden("/", 'class="tongues"')["once"]
    guest.post("/you", {"once": second, "second": "de", "back": "/"})
    assert 'lang="de" dir' not in guest.get(f"/ar/unit/{first_key(guest, 'ar')}").text.partition("<footer")[0]


def test_an_invitation_ends_with_its_day(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both the link that nobody used and the browser that is in."""
    guest = house.guest("Amina", until=date(2026, 11, 24))
    link = house.invite("E. Frank", until=date(2026, 11, 24))
    assert guest.get("/ar/").status_code == 200
    monkeypatch.setattr("visitor.TODAY", date(2026, 11, 25))
    assert guest.get("/ar/").status_code == 403
    assert Guest(house.app).get(link).status_code == 403
    assert signed_in(house)[-1] == ("refused: ended", "E. Frank")


def test_taking_an_invitation_back_ends_it_at_once(house: House) -> None:
    """By another program, while the desk runs: the next click is refused, and the link opens nothing."""
    guest, link = house.guest("Amina"), house.invite("E. Frank")
    house.revoke("Amina", "E. Frank")
    assert guest.get("/ar/").status_code == 403
    assert Guest(house.app).get(link).status_code == 403


@pytest.mark.slow
def test_a_stop_of_the_program_throws_nobody_out(house: House) -> None:
    """The browser is in after a new start, with the form that was open."""
    guest = house.guest("Amina", "de")
    path = f"/de/unit/{first_key(guest)}"
    form = guest.hidden(path, 'id="editor"')
    house.start()
    cookie = guest.http.get_cookie("__Host-campaign-review", HOST)
    again = Guest(house.app)
    again.http.set_cookie("__Host-campaign-review", cookie.value if cookie else "", domain=HOST, secure=True)
    assert again.post(path, {**form, "text0": "x", "answer": "comment", "reason": "Still here."}).status_code == 303


def test_a_browser_that_was_away_for_too_long_is_out(house: House) -> None:
    """Two weeks without a click."""
    guest = house.guest()
    house.clock.later(days=IDLE.days - 1)
    assert guest.get("/ar/").status_code == 200
    house.clock.later(days=IDLE.days - 1)
    assert guest.get("/ar/").status_code == 200
    house.clock.later(days=IDLE.days - 1)
    assert guest.get("/here").status_code == 200  # a page that is left open is nobody
    house.clock.later(days=1, seconds=1)
    assert guest.get("/ar/").status_code == 403


def test_signing_out_ends_the_browser(house: House) -> None:
    """A copy of the cookie is worth nothing afterwards."""
    guest = house.guest()
    cookie = guest.http.get_cookie("__Host-campaign-review", HOST)
    assert guest.post("/out", guest.hidden("/", 'action="/out"')).status_code == 200
    assert guest.get("/ar/").status_code == 403
    thief = Guest(house.app)
    thief.http.set_cookie("__Host-campaign-review", cookie.value if cookie else "", domain=HOST, secure=True)
    assert thief.get("/ar/").status_code == 403
    assert signed_in(house)[-1] == ("out", "Amina")


@pytest.mark.parametrize("cookie", ["", "x", "eyJicm93c2VyIjoieCJ9.aaaa.bbbb", "é", "a" * 3000])
def test_a_forged_cookie_is_nobody(house: House, cookie: str) -> None:
    """Neither a made-up cookie nor one that another key sealed."""
    guest = Guest(house.app)
    guest.http.set_cookie("__Host-campaign-review", cookie, domain=HOST, secure=True)
    assert guest.get("/ar/").status_code == 403


@pytest.mark.slow
def test_a_cookie_of_another_desk_is_nobody(house: House, project: Project, tmp_path: Path) -> None:
    """Each desk seals with its own key."""
    other = House(project, tmp_path).guest().http.get_cookie("__Host-campaign-review", HOST)
    guest = Guest(house.app)
    guest.http.set_cookie("__Host-campaign-review", other.value if other else "", domain=HOST, secure=True)
    assert guest.get("/ar/").status_code == 403


def test_coming_in_gives_the_browser_a_new_value(house: House) -> None:
    """Whoever planted or read the cookie before has nothing (session fixation)."""
    link, guest = house.invite(), Guest(house.app)
    form = guest.hidden(link, 'action="/in"')
    planted = guest.http.get_cookie("__Host-campaign-review", HOST)
    assert guest.post("/in", form).status_code == 303
    thief = Guest(house.app)
    thief.http.set_cookie("__Host-campaign-review", planted.value if planted else "", domain=HOST, secure=True)
    assert thief.get("/ar/").status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:8321"},
        {"Host": f"{HOST}:8443"},
        {"Host": f"{HOST}@evil.example"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": f"http://{HOST}"},
        {"Origin": f"https://{HOST}.evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-site"},
    ],
    ids=str,
)
def test_a_form_from_elsewhere_is_refused(house: House, project: Project, headers: dict[str, str]) -> None:
    """Even with the cookie and a good form value: Host and Origin must be those of --url."""
    guest = house.guest("Amina", "de")
    path = f"/de/unit/{first_key(guest)}"
    form = {**guest.hidden(path, 'id="editor"'), "text0": "Neu", "answer": "changed"}
    before = project.catalogue("de").read_bytes()
    assert guest.post(path, form, **headers).status_code in (400, 403)
    assert project.catalogue("de").read_bytes() == before


def test_nobody_is_brought_in_by_another_page(house: House) -> None:
    """A page elsewhere cannot send its visitors in under a name of its choice."""
    link, guest = house.invite("Mallory"), Guest(house.app)
    form = guest.hidden(link, 'action="/in"')
    assert guest.post("/in", form, Origin="https://evil.example", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not house.register.guests().browsers


def test_a_message_leads_to_a_sentence(house: House) -> None:
    """A link in a web mail opens the page; it takes in no picture or script."""
    guest = house.guest("Amina", "de")
    opens = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    path = f"/de/unit/{first_key(guest)}"
    assert guest.get(path, **opens).status_code == 200
    assert guest.get(path, **{**opens, "Sec-Fetch-Dest": "iframe"}).status_code == 403
    assert guest.get("/static/review.js", **{"Sec-Fetch-Site": "cross-site"}).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/in/",
        "/in/..%2f..%2fdesk.json",
        "/in/../desk.json",
        "/static/..%2f..%2fdesk.json",
        "/in/%00",
        "/in/" + "a" * 9000,
        "/here/de/..%2f..%2fetc",
        "/in/x%0d%0aSet-Cookie:%20a=b",
        "//evil.example/in/x",
    ],
)
def test_addresses_are_no_paths_and_no_headers(house: House, path: str) -> None:
    """Nothing of the private folder, no header more, and no way to another site."""
    answer = Guest(house.app).get(path)
    assert answer.status_code in (400, 403, 404)
    assert "secret" not in answer.text
    assert "a=b" not in str(answer.headers)


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "/\r\nSet-Cookie: a=b"]
)
def test_the_door_leads_nowhere_else(house: House, back: str) -> None:
    """Whatever a form says to go back to, and whatever link it names."""
    guest = house.guest()
    once = guest.hidden("/", 'class="tongues"')["once"]
    assert guest.post("/you", {"once": once, "interface": "fr", "back": back}).headers["Location"] == "/"
    stranger = Guest(house.app)
    answer = stranger.post("/in", {"once": "x", "link": back})
    assert answer.headers.get("Location", "/in/").startswith("/in/")


def test_the_link_and_the_cookie_are_kept_as_hashes(house: House) -> None:
    """Whoever reads the private file or its backup cannot come in by it; it is its owner's alone."""
    link = house.invite()
    guest = Guest(house.app)
    guest.come_in(link)
    kept = "".join(path.read_text(encoding="utf-8") for path in house.folder.iterdir())
    with house.app.test_request_context(headers={"Cookie": _cookie(guest)}, base_url=URL):
        from flask import session

        assert session["browser"] not in kept
    assert link.removeprefix("/in/") not in kept
    for name in (FILE, LOG):
        assert stat.S_IMODE((house.folder / name).stat().st_mode) == 0o600


def _cookie(guest: Guest) -> str:
    cookie = guest.http.get_cookie("__Host-campaign-review", HOST)
    return f"__Host-campaign-review={cookie.value if cookie else ''}"


def test_a_broken_register_lets_nobody_in_and_tells_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """The log names file and reason; the visitor reads neither."""
    guest, before = house.guest(), (house.folder / FILE).read_text(encoding="utf-8")
    (house.folder / FILE).write_text('{"key": 1', encoding="utf-8")
    answer = guest.get("/ar/")
    assert answer.status_code == 500
    assert str(house.folder) not in answer.text
    assert any("bring it back from a backup" in record.getMessage() for record in caplog.records)
    (house.folder / FILE).write_text(before, encoding="utf-8")


@pytest.mark.parametrize("tag", SPOKEN)
def test_the_door_speaks_every_interface_language(house: House, tag: str) -> None:
    """Chosen by a button before anybody is in; kept once they are."""
    link = house.invite()
    guest = Guest(house.app)
    page = guest.get(f"{link}?interface={tag}").text
    assert f'<html lang="{tag}" dir="{"rtl" if tag in TURNED else "ltr"}">' in page
    assert texts(tag).gettext("Come in") in page
    assert guest.come_in(link).status_code == 303
    assert f'<html lang="{tag}"' in guest.get("/").text


def test_the_door_speaks_the_language_of_the_invitation(house: House) -> None:
    """An Arabic mediator with a French telephone reads Arabic at the door."""
    page = Guest(house.app).get(house.invite("Amina", "ar"), **{"Accept-Language": "fr"}).text
    assert '<html lang="ar"' in page


@pytest.mark.slow
def test_people_at_one_sentence_see_each_other(house: House) -> None:
    """By name, at once, with or without a script; who goes on is gone; nobody of another language is named."""
    amina, boris, chen = house.guest("Amina", "de"), house.guest("Boris", "de"), house.guest("Chen", "ar")
    key = first_key(amina)
    path, other = f"/de/unit/{key}", f"/de/unit/{first_key(amina, 'de', 'Your rights')}"
    chen.get(f"/ar/unit/{key}")
    assert 'class="said"' not in here(amina.get(path).text)
    page = boris.get(path).text
    assert "<bdi>Amina</bdi>" in here(page)
    assert "Boris" in amina.get(f"/here/de/{key}").text
    assert "Chen" not in amina.get(f"/here/de/{key}").text
    boris.get(other)
    assert "Boris" not in amina.get(f"/here/de/{key}").text


def test_a_text_that_changed_meanwhile_is_said(house: House) -> None:
    """Who reads a sentence that somebody else changes hears of it before they send a form."""
    amina, boris = house.guest("Amina", "de"), house.guest("Boris", "de")
    path = f"/de/unit/{first_key(amina, 'de', 'Your rights')}"
    ask = amina.get(path).text.split('data-ask="')[1].split('"')[0].replace("&amp;", "&")
    assert "refused" not in amina.get(ask).text
    assert boris.answer(path, "changed", "Deine guten Rechte").status_code == 303
    assert 'class="refused"' in amina.get(ask).text


def test_nobody_sits_in_a_language_that_is_not_theirs(house: House) -> None:
    """Asking for a sentence of another language puts nobody there."""
    amina, dora = house.guest("Amina", "ar"), house.guest("Dora", "de")
    key = first_key(dora)
    assert amina.get(f"/de/unit/{key}").status_code == 404
    assert "Amina" not in here(dora.get(f"/de/unit/{key}").text)


def test_who_went_away_is_not_seen_for_long() -> None:
    """A browser that asks for nothing any more counts for 45 seconds."""
    now = [0.0]
    presence = Presence(lambda: now[0])
    presence.sit("1", "Amina", "de", "k")
    presence.sit("2", "Amina", "de", "k")
    assert presence.others("Amina", "de", "k") == ()
    assert presence.others("Boris", "de", "k") == ("Amina",)
    now[0] = STAYS + 1
    assert presence.others("Boris", "de", "k") == ()


def test_too_many_wrong_links_are_refused_and_right_ones_not(house: House) -> None:
    """Guessing is slowed down for an address; a colleague behind the same address still comes in."""
    stranger = Guest(house.app)
    codes = [stranger.get(f"/in/guess-{number}").status_code for number in range(30)]
    assert codes == [403] * int(limits.WRONG.at_once) + [429] * (30 - int(limits.WRONG.at_once))
    assert Guest(house.app).come_in(house.invite()).status_code == 303


def test_too_many_requests_are_refused_and_heal(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """Strangers at one address: 429 with the seconds to wait, one line in the log; who is in has another measure."""
    guest, stranger = house.guest(), Guest(house.app)
    house.door.strangers = limits.Meter(limits.Rate(5, 0.001))
    codes = [stranger.get("/static/icon.svg").status_code for _ in range(8)]
    assert codes == [200] * 5 + [429] * 3
    assert int(stranger.get("/").headers["Retry-After"]) > 0
    assert sum("too much" in record.getMessage() for record in caplog.records) == 1
    assert guest.get("/").status_code == 200
    house.door.people = limits.Meter(limits.Rate(1, 0.001))
    assert [guest.get("/").status_code for _ in range(2)] == [200, 429]


def test_a_meter_gives_again_with_time() -> None:
    """So many at once, so many a second; names that were not used for long are forgotten first."""
    now = [0.0]
    meter = limits.Meter(limits.Rate(3, 0.5), lambda: now[0])
    assert [meter.take("a") for _ in range(4)] == [0, 0, 0, 2.0]
    assert meter.take("b") == 0
    now[0] = 2.0
    assert [meter.take("a") > 0 for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    ("address", "counts_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
        ("no address", "no address"),
    ],
)
def test_an_address_counts_as_its_owner(address: str, counts_as: str) -> None:
    """A customer has 2^64 addresses in IPv6; they are one."""
    assert limits.source(address) == counts_as


@pytest.mark.slow
def test_only_looking_is_possible_when_asked(project: Project, tmp_path: Path) -> None:
    """--read-only: people come in and go out, and change nothing."""
    house = House(project, tmp_path, options={"read_only": True})
    guest = house.guest("Amina", "de")
    path = f"/de/unit/{first_key(guest)}"
    once: dict[str, Any] = {"once": guest.hidden("/", 'class="tongues"')["once"]}
    assert guest.post(path, {**once, "text0": "Neu", "answer": "changed", "seen": "x"}).status_code == 403
    assert guest.post("/out", guest.hidden("/", 'action="/out"')).status_code == 200
