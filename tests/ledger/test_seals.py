"""Seals: a real ssh-keygen says whose key is behind a name, and nobody needs one to object."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from signing import answer

from campaign import ssh
from campaign.errors import CampaignError
from campaign.ledger import ledger, releases
from campaign.ledger.verdicts import Person
from campaign.model.event import Event
from campaign.model.trust import Trust
from campaign.model.verdict import Verdict
from campaign.people import faces, tidy
from campaign.project import Project
from campaign.review.commands import Signed, sign_items
from campaign.review.session import Desk
from campaign.workspace import records, seals
from campaign.workspace.selection import Selection
from campaign.workspace.unite import unite

pytestmark = pytest.mark.skipif(not ssh.program(), reason="ssh-keygen is not installed (package openssh-client)")

ON = date(2026, 11, 25)
WEBER = Person("M. Weber", "mediator")


@dataclass(frozen=True)
class Keys:
    """A folder of real keys."""

    folder: Path

    def new(self, name: str) -> Path:
        """The file of a fresh private key without a passphrase."""
        path = self.folder / name
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(path)], check=True)
        return path

    def allow(self, project: Project, **keys: Path) -> None:
        """Write allowed_signers: names as they stand there, `_` for a hyphen."""
        lines = [f"{name.replace('_', '-')} {Path(f'{key}.pub').read_text()}" for name, key in keys.items()]
        (project.root / "allowed_signers").write_text("".join(lines), encoding="utf-8")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    """No key yet."""
    folder = tmp_path / "keys"
    folder.mkdir()
    return Keys(folder)


def sealed(project: Project, key: Path | None, name: str = "M. Weber") -> Signed:
    """Sign de/migrants with a key."""
    chosen = Selection(audiences=("migrants",))
    return sign_items(project, "de", chosen, reviewer=name, role="mediator", on=ON, comment="", key=key)


def book(project: Project) -> ledger.Ledger:
    """The ledger as it is on the disk."""
    return records.ledgers(project, ["de"])["de"]


def verified(project: Project) -> set[str]:
    """The people whose key is behind every one of their signatures that count."""
    here, trust = book(project), Trust()
    proven = seals.read(project, "de", here).verified
    counting = seals.counting(here, trust)
    return {e.reviewer for e in counting} - {e.reviewer for e in counting if e.id not in proven}


def ask_for_keys(project: Project) -> None:
    """Set `[review] ssh`."""
    text = project.config.read_text(encoding="utf-8")
    place = "[review]\n"
    text = text.replace(place, f"{place}ssh = true\n") if place in text else f"{text}\n{place}ssh = true\n"
    project.config.write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_a_seal_shows_whose_key_signed(workspace: Project, keys: Keys, cli: Any) -> None:
    """Signed and sealed in one call; verify, status and the audit report say that the key was verified."""
    key = keys.new("weber")
    keys.allow(workspace, **{"M._Weber": key})
    done = cli.run(
        *("review", "sign", "de", "--audience", "migrants", "--name", "M. Weber", "--ssh-key", str(key)), at=workspace
    )
    assert done.code == 0 and "were sealed with the ssh key" in done.out
    assert verified(workspace) == {"M. Weber"} and not book(workspace).flaws
    count = len(seals.counting(book(workspace), Trust()))
    assert f"M. Weber: {count} key verified\n" in cli.run("ledger", "verify", at=workspace).out
    assert f"de: signatures: {count} key verified\n" in cli.run("status", "--lang", "de", at=workspace).out
    page = workspace.root / "audit.html"
    assert cli.run("review", "log", "de", "--html", str(page), at=workspace).code == 0
    text = page.read_text(encoding="utf-8")
    assert text.count("<br>key verified") == count and "<br>name claimed" not in text and "SSH SIGNATURE" not in text
    assert f"seal    M. Weber (mediator) {count} events" in cli.run("review", "log", "de", at=workspace).out


@pytest.mark.breadth
@pytest.mark.slow
def test_signing_again_with_a_key_seals_what_was_signed_on_the_page(signed: Project, keys: Keys) -> None:
    """Nothing is signed twice; the second time adds no line, with a key that is known and with one that is not."""
    before, key = book(signed).events, keys.new("weber")
    first = sealed(signed, key)
    assert (first.units, first.items) == (0, 0) and first.sealed == len(seals.counting(book(signed), Trust()))
    assert [e.verdict for e in book(signed).events[len(before) :]] == [Verdict.SEAL]
    assert verified(signed) == set(), "no allowed_signers: a name is claimed"
    assert sealed(signed, key).sealed == 0
    keys.allow(signed, **{"M._Weber": key})
    assert sealed(signed, key).sealed == 0 and verified(signed) == {"M. Weber"}
    assert len(book(signed).events) == len(before) + 1


@pytest.mark.slow
def test_only_the_key_of_that_name_counts(signed: Project, keys: Keys) -> None:
    """Another person's key, one that is taken from allowed_signers, and a seal in another name prove nothing."""
    mine, other = keys.new("weber"), keys.new("haddad")
    keys.allow(signed, **{"M._Weber": mine, "A._Haddad": other})
    sealed(signed, other)
    assert verified(signed) == set() and seals.read(signed, "de", book(signed)).wrong == ()
    ids = tuple(event.id for event in book(signed).events if event.verdict is Verdict.SIGN)
    foreign = Event(
        *("", "", "", "A. Haddad", "mediator", ON.isoformat(), Verdict.SEAL),
        re=ids,
        sig=ssh.sign(other, ssh.text(ids)),
    )
    ledger.append(signed.ledger("de"), "de", [foreign])
    assert verified(signed) == set(), "a good signature of A. Haddad says nothing of what M. Weber said"
    sealed(signed, mine)
    assert verified(signed) == {"M. Weber"}
    keys.allow(signed, **{"A._Haddad": other})
    assert verified(signed) == set()


def of_another_text(signature: str, ids: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The seal names fewer events than were signed."""
    return signature, ids[:-1]


def of_no_form(signature: str, ids: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The signature is no signature."""
    return signature.replace("U1NI", "\N{PILE OF POO}\0"), ids


def endless(signature: str, ids: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """The signature is longer than any."""
    return signature + "x" * ssh.LONGEST, ids


@pytest.mark.parametrize(("change", "wrong"), [(of_another_text, 1), (of_no_form, 0), (endless, 0)])
def test_a_bad_seal_proves_nothing(
    signed: Project,
    keys: Keys,
    cli: Any,
    change: Callable[[str, tuple[str, ...]], tuple[str, tuple[str, ...]]],
    wrong: int,
) -> None:
    """One of other words is named with its line until it is taken back; a broken one is a name claimed."""
    key = keys.new("weber")
    keys.allow(signed, **{"M._Weber": key})
    ids = tuple(event.id for event in book(signed).events)
    sig, ids = change(ssh.sign(key, ssh.text(ids)), ids)
    seal = Event("", "", "", *("M. Weber", "mediator", ON.isoformat(), Verdict.SEAL), re=ids, sig=sig)
    written = ledger.append(signed.ledger("de"), "de", [seal])
    done = cli.run("ledger", "verify", at=signed)
    assert verified(signed) == set() and done.code == wrong
    assert done.err.count(f"locales/de/reviews.jsonl:{len(written.events)}: {seals.WRONG}") == wrong
    taken = cli.run("review", "withdraw", "de", written.events[-1].id[:12], "--name", "M. Weber", at=signed)
    assert taken.code == 0 and cli.run("ledger", "verify", at=signed).code == 0


@pytest.mark.breadth
@pytest.mark.slow
def test_two_copies_as_one_keep_both_seals(workspace: Project, keys: Keys, tmp_path: Path) -> None:
    """Each person sealed in a copy of their own; together both keys are verified, in either order."""
    weber, haddad = keys.new("weber"), keys.new("haddad")
    keys.allow(workspace, **{"M._Weber": weber, "A._Haddad": haddad})
    theirs = Project(Path(shutil.copytree(workspace.root, tmp_path / "theirs")))
    sealed(workspace, weber)
    sealed(theirs, haddad, "A. Haddad")
    mine = workspace.ledger("de").read_bytes()
    unite(workspace, ["de"], [theirs.ledger("de")], "de")
    (tmp_path / "mine.jsonl").write_bytes(mine)
    unite(theirs, ["de"], [tmp_path / "mine.jsonl"], "de")
    for both in (workspace, theirs):
        assert verified(both) == {"M. Weber", "A. Haddad"} and not book(both).flaws
    assert workspace.ledger("de").read_bytes() == theirs.ledger("de").read_bytes()


@pytest.mark.slow
def test_signing_goes_on_after_a_seal(workspace: Project, keys: Keys) -> None:
    """Whoever signs after a seal, on a computer whose clock is behind, signs what the next one reads without a flaw."""
    sealed(workspace, keys.new("weber"))
    chosen = Selection(audiences=("migrants",))
    early = date(2026, 11, 2)
    done = sign_items(workspace, "de", chosen, reviewer="A. Haddad", role="mediator", on=early, comment="")
    assert done.news and not book(workspace).flaws
    assert sealed(workspace, None, "A. Haddad").news is False, "what it covers is known although a seal stands between"


@pytest.mark.slow
def test_a_rejection_needs_no_key(signed: Project, keys: Keys) -> None:
    """With `ssh = true` an objection of a name alone voids a sealed signature, and is not voided by it."""
    key = keys.new("weber")
    keys.allow(signed, **{"M._Weber": key})
    sealed(signed, key)
    ask_for_keys(signed)
    event = next(e for e in book(signed).events if e.verdict is Verdict.SIGN and not e.unit_key.startswith("item:"))
    done = answer(Desk(signed), "de", event.unit_key, Verdict.REJECT, Person("N. N.", "mediator"), ON, reason="Wrong.")
    assert done.done
    here = book(signed)
    strict = Trust(ssh=True, sealed=seals.read(signed, "de", here).verified)
    words = (event.source_hash, event.text_hash)
    assert here.standing(strict).open(words) and words not in here.standing(strict).signed


@pytest.mark.slow
def test_a_withdrawal_by_a_name_alone_lets_nothing_out(signed: Project, keys: Keys, cli: Any) -> None:
    """With `ssh = true` an objection stands until who made it takes it back with their key, at once or afterwards; a
    signature that somebody takes back without a key is gone all the same.
    """
    weber, haddad = keys.new("weber"), keys.new("haddad")
    keys.allow(signed, **{"M._Weber": weber, "A._Haddad": haddad})
    sealed(signed, weber)
    ask_for_keys(signed)
    release = ("build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms", "--jobs", "1")
    assert cli.run(*release, at=signed).code == 0
    texted = next(iter(releases.read(signed.history, "").releases)).units[0]
    answer(Desk(signed), "de", texted, Verdict.REJECT, Person("A. Haddad", "mediator"), ON, reason="Wrong.")
    mine = ("review", "withdraw", "de", "--name", "A. Haddad")
    assert cli.run(*mine, at=signed).code == 0
    refused = cli.run(*release, at=signed)
    assert refused.code == 1 and "no key" in refused.err
    wrong_key = cli.run(*mine, "--ssh-key", str(weber), at=signed)
    assert "1 events were sealed" in wrong_key.out and cli.run(*release, at=signed).code == 1
    done = cli.run(*mine, "--ssh-key", str(haddad), at=signed)
    assert done.code == 0 and "took back 0 events in de. 1 events were sealed" in done.out
    assert cli.run(*release, at=signed).code == 0
    assert "has no open objection" in cli.run(*mine, at=signed).err
    own = next(e.id for e in book(signed).events if e.verdict is Verdict.SIGN and e.unit_key == texted)
    assert cli.run("review", "withdraw", "de", own[:12], "--name", "M. Weber", at=signed).code == 0
    assert cli.run(*release, at=signed).code == 1


@pytest.mark.slow
def test_a_revocation_that_lets_something_out_needs_its_key(signed: Project, keys: Keys, cli: Any) -> None:
    """Who coordinates revokes a withdrawal: the signature that was taken back counts again in a release once that is
    sealed; revoking a signature stops it with a name alone.
    """
    weber, staff = keys.new("weber"), keys.new("staff")
    keys.allow(signed, **{"M._Weber": weber, "K._Roth": staff})
    sealed(signed, weber)
    ask_for_keys(signed)
    text = signed.config.read_text(encoding="utf-8")
    signed.config.write_text(text.replace("ssh = true\n", 'ssh = true\ncoordinators = ["K. Roth"]\n'), encoding="utf-8")
    own = next(e for e in book(signed).events if e.verdict is Verdict.SIGN and not e.unit_key.startswith("item:"))

    def counts(*, strict: bool) -> bool:
        here = book(signed)
        proven = seals.read(signed, "de", here).verified if strict else None
        trust = Trust(coordinators=("K. Roth",), ssh=True, sealed=proven)
        return own.id in {e.id for e in seals.counting(here, trust)}

    assert counts(strict=True) and counts(strict=False)
    took = ("review", "withdraw", "de", own.id[:12], "--name", "M. Weber", "--ssh-key", str(weber))
    assert "1 events were sealed" in cli.run(*took, at=signed).out and not counts(strict=True)
    back = next(e.id for e in book(signed).events if e.verdict is Verdict.WITHDRAW)
    end = ("review", "revoke", "de", back[:12], "--name", "K. Roth", "--reason", "a stolen phone")
    assert cli.run(*end, at=signed).code == 0
    assert counts(strict=False) and not counts(strict=True)
    assert "1 events were sealed" in cli.run(*end, "--ssh-key", str(staff), at=signed).out
    assert counts(strict=True)
    stop = ("review", "revoke", "de", own.id[:12], "--name", "K. Roth", "--reason", "not read")
    assert cli.run(*stop, at=signed).code == 0 and not counts(strict=False)


@pytest.mark.slow
def test_a_release_can_ask_for_keys(signed: Project, keys: Keys, cli: Any) -> None:
    """With `ssh = true` nothing goes out that a name alone signed; sealed, it does; without the key, no more."""
    ask_for_keys(signed)
    release = ("build", "--release", "--lang", "de", "--audience", "migrants", "--channel", "sms", "--jobs", "1")
    refused = cli.run(*release, at=signed)
    assert refused.code == 1 and "no key: signed, but not by enough people" in refused.err
    key = keys.new("weber")
    sealed(signed, key)
    assert cli.run(*release, at=signed).code == 1, "nobody says whose key it is"
    keys.allow(signed, **{"M._Weber": key})
    done = cli.run(*release, at=signed)
    assert (done.code, "no key" in done.err) == (0, False), done.err
    keys.allow(signed)
    again = cli.run(*release, at=signed)
    assert again.code == 1 and "no key" in again.err


@pytest.mark.slow
def test_what_cannot_sign_is_named_and_signs_nothing(
    workspace: Project, keys: Keys, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No such file, a file that is no key, no ssh-keygen: what, where and what to do; no traceback."""
    sign = ("review", "sign", "de", "--audience", "migrants", "--name", "M. Weber", "--ssh-key")
    done = cli.run(*sign, "nowhere", at=workspace)
    assert (
        done.code != 0
        and "Invalid value for '--ssh-key': Path 'nowhere' does not exist" in done.err
        and not book(workspace).events
    )
    (keys.folder / "junk").write_text("no key", encoding="utf-8")
    done = cli.run(*sign, str(keys.folder / "junk"), at=workspace)
    assert done.code != 0 and "ssh-keygen could not sign with it" in done.err and "nothing was sealed" in done.err
    key = keys.new("weber")
    sealed(workspace, key)
    keys.allow(workspace, **{"M._Weber": key})
    monkeypatch.setenv("PATH", str(keys.folder))
    done = cli.run(*sign, str(key), at=workspace)
    assert done.code != 0 and "install OpenSSH" in done.err
    assert seals.MISSING in cli.run("ledger", "verify", at=workspace).out
    assert seals.MISSING in cli.run("status", "--lang", "de", at=workspace).err
    with pytest.raises(CampaignError, match="install OpenSSH"):
        ssh.needed()


@given(st.text(min_size=1, max_size=30).map(tidy).filter(bool))
def test_a_principal_has_no_sign_that_means_something(name: str) -> None:
    """In allowed_signers it is one word without wildcards; two names that become one are one pair of eyes."""
    word = ssh.principal(name)
    assert len(word) == len(name) and not set(word) & set(' ,*?!"#\\\t\n')
    assert ssh.principal(word) == word
    if faces(name) and faces(word):
        assert faces(name) & faces(word)


@pytest.mark.parametrize("name", ["محمد آل سعيد", "Nguyễn Thị *", 'O\'Neill, "Pat"', "राम कुमार", "-f a=b", "!#a\\b"])
def test_names_of_every_script_have_keys(keys: Keys, tmp_path: Path, name: str) -> None:
    """The principal of a name is found by ssh-keygen itself; another name is not."""
    key, text = keys.new("own"), ssh.text(["a"])
    allowed = tmp_path / "allowed_signers"
    allowed.write_text(f"{ssh.principal(name)} {Path(f'{key}.pub').read_text()}", encoding="utf-8")
    made = ssh.sign(key, text)
    assert ssh.verify(text, made, ssh.principal(name), allowed) is ssh.Proof.VERIFIED
    assert ssh.verify(text, made, ssh.principal(f"{name} b"), allowed) is ssh.Proof.CLAIMED
    assert ssh.verify(ssh.text(["b"]), made, ssh.principal(name), allowed) is ssh.Proof.WRONG
