"""Signatures of ssh keys (`ssh-keygen -Y`, OpenSSH 8.2 or newer): a text that somebody signed, and whose key it was."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from campaign.errors import CampaignError

#: What the signatures are for: one that was made for e-mail or git says nothing here.
NAMESPACE = "campaign-ledger"
#: The longest signature in characters; one of an RSA key of 16,384 bits has some 6,000.
LONGEST = 20_000
#: Looking at a signature takes hundredths of a second; nothing of a stranger's may hold the program for ever.
TIMEOUT_S = 30

#: What ends a word, lists, negates, quotes or stands for anything in OpenSSH's file: hyphens in a principal.
_MEANS = str.maketrans(dict.fromkeys(" \t,*?!#\\'\"", "-"))


class Proof(StrEnum):
    """What is known of who signed: the key of that name; nothing but the name; a signature of another text."""

    VERIFIED = "key verified"
    CLAIMED = "name claimed"
    WRONG = "not of this text"


def program() -> str:
    """Where ssh-keygen lies; "" where it is not installed."""
    return shutil.which("ssh-keygen") or ""


def needed() -> str:
    """Where ssh-keygen lies.

    Raises:
        CampaignError: it is not installed.
    """
    if found := program():
        return found
    todo = "install OpenSSH (on Debian and Ubuntu the package openssh-client; Windows and macOS bring it)"
    raise CampaignError.single("is not installed, or not in the PATH", where="ssh-keygen", todo=todo)


def principal(name: str) -> str:
    """The name of a person as `allowed_signers` has it: a hyphen for each sign that means something there.

    Names that become one differ in such signs alone, and are one pair of eyes anyway (`people.faces`).
    """
    return name.translate(_MEANS)


def text(ids: Iterable[str]) -> bytes:
    """What is signed: the ids of events, one a line. Each is the hash of all that its event says."""
    return "".join(f"{own}\n" for own in ids).encode()


def sign(key: Path, signed: bytes) -> str:
    """The signature of a text, armored. The program asks for a passphrase itself, on the terminal.

    Args:
        key: a private key, or the public one of a key that an agent holds.
        signed: the text.

    Raises:
        CampaignError: there is no ssh-keygen, or it could not sign with this key.
    """
    command = [needed(), "-Y", "sign", "-n", NAMESPACE, "-f", str(key)]
    done = subprocess.run(command, input=signed, capture_output=True, check=False, env=_plain())  # noqa: S603
    signature = done.stdout.decode(errors="replace")
    if done.returncode or not signature.startswith("-----BEGIN SSH SIGNATURE-----"):
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise CampaignError.single(
            f"ssh-keygen could not sign with it: {said[-1] if said else 'it does not say why'}",
            where=f"--ssh-key {key}",
            todo="name the file of your own private key, or of the public one if an agent holds it; nothing was sealed",
        )
    return signature


def verify(signed: bytes, signature: str, who: str, allowed: Path | None) -> Proof:
    """Whether the key of a principal signed this text, as `allowed` (a file of OpenSSH's form) knows keys today.

    Without `allowed` nobody's key is known; a signature of another text is found out all the same.

    Raises:
        CampaignError: there is no ssh-keygen.
    """
    stat = allowed.stat() if allowed else None
    stamp = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino) if stat else ()
    return _verify(signed, signature, who, allowed, stamp)


@lru_cache(4096)
def _verify(signed: bytes, signature: str, who: str, allowed: Path | None, stamp: tuple[int, ...]) -> Proof:
    command = [needed(), "-Y", *(("verify", "-f", str(allowed), "-I", who) if allowed else ("check-novalidate",))]
    if len(signature) > LONGEST or "\0" in signature:
        return Proof.CLAIMED
    with tempfile.TemporaryDirectory(prefix="campaign-ssh-") as folder:
        file = Path(folder, "signature")
        file.write_text(signature, encoding="utf-8", errors="replace")
        command += ["-n", NAMESPACE, "-s", str(file)]
        try:
            done = subprocess.run(  # noqa: S603 - fixed options; a name cannot be one, it follows -I
                command, input=signed, capture_output=True, check=False, timeout=TIMEOUT_S, env=_plain()
            )
        except subprocess.TimeoutExpired:
            return Proof.CLAIMED
    if done.returncode == 0:
        return Proof.VERIFIED if allowed else Proof.CLAIMED
    return Proof.WRONG if b"incorrect signature" in done.stderr else Proof.CLAIMED


def _plain() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
