"""Debian's firefox-esr for tests, driven over WebDriver BiDi (W3C) by a web socket (RFC 6455) and nothing else."""

from __future__ import annotations

import base64
import itertools
import json
import os
import re
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

#: How long an answer of the browser, or a state of its page, is waited for, in seconds.
PATIENCE = 60.0


class Tab:
    """One tab of a Firefox: addresses, scripts, keys."""

    def __init__(self, stream: socket.socket) -> None:
        self._stream, self._buffer, self._numbers = stream, b"", itertools.count(1)
        self.ask("session.new", capabilities={})
        self._tab = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> Any:
        """Send a command and wait for its answer; events in between are passed over."""
        number = next(self._numbers)
        self._send(json.dumps({"id": number, "method": method, "params": params}).encode())
        while True:
            said = json.loads(self._receive())
            if said.get("id") == number:
                assert said["type"] == "success", said
                return said["result"]

    def goto(self, address: str) -> None:
        """Open an address, and wait until the page is whole."""
        self.ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def size(self, width: int, height: int) -> None:
        """Make the page this wide and high, in CSS pixels."""
        self.ask("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})

    def run(self, script: str) -> Any:
        """The value of a script: text, number, truth value or None."""
        found = self.ask("script.evaluate", expression=script, target={"context": self._tab}, awaitPromise=True)
        assert found["type"] == "success", found
        return found["result"].get("value")

    def until(self, script: str) -> None:
        """Wait until a script says true."""
        end = time.monotonic() + PATIENCE
        while not self.run(script):
            assert time.monotonic() < end, script
            time.sleep(0.1)

    def type(self, selector: str, words: str) -> None:
        """Type behind what stands in a field, key by key."""
        place = f"document.querySelector({json.dumps(selector)})"
        self.run(f"{place}.focus(); {place}.setSelectionRange?.(1e6, 1e6)")
        if self.run(f"{place}.isContentEditable"):
            self.run(f"getSelection().selectAllChildren({place}); getSelection().collapseToEnd()")
        keys = [{"type": kind, "value": key} for key in words for kind in ("keyDown", "keyUp")]
        self.ask("input.performActions", context=self._tab, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def _send(self, data: bytes) -> None:
        mask = os.urandom(4)
        size = len(data)
        long = struct.pack(">BH", 0xFE, size) if size < 65536 else struct.pack(">BQ", 0xFF, size)
        head = bytes([0x81]) + (bytes([0x80 | size]) if size < 126 else long)
        self._stream.sendall(head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(data)))

    def _receive(self) -> bytes:
        whole = b""
        while True:
            first, size = self._take(2)
            size &= 0x7F
            if size >= 126:
                size = int.from_bytes(self._take(2 if size == 126 else 8), "big")
            data = self._take(size)
            if first & 0x0F in (0, 1, 2):
                whole += data
                if first & 0x80:
                    return whole

    def _take(self, count: int) -> bytes:
        while len(self._buffer) < count:
            more = self._stream.recv(65536)
            assert more, "firefox went away"
            self._buffer += more
        taken, self._buffer = self._buffer[:count], self._buffer[count:]
        return taken


@contextmanager
def firefox(program: str, folder: Path) -> Iterator[Tab]:
    """A Firefox of its own with an empty profile in a folder, until the block ends."""
    command = [program, "--headless", "--no-remote", "--profile", str(folder), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            said = (re.search(r"BiDi listening on ws://127\.0\.0\.1:(\d+)", line) for line in process.stderr)
            port = next(int(match[1]) for match in said if match)
            with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as stream:
                _upgrade(stream, port)
                yield Tab(stream)
        finally:
            process.terminate()
            process.wait()


def _upgrade(stream: socket.socket, port: int) -> None:
    key = base64.b64encode(os.urandom(16)).decode()
    asked = (
        f"GET /session HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    stream.sendall(asked.encode())
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += stream.recv(1)
    assert answer.startswith(b"HTTP/1.1 101"), answer
