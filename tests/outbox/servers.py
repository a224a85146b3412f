"""Servers on which things go wrong by chance: one files what it sends, one does not, one renames it; and a bad line."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import random
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.dovecot import Dovecot
from tests.fakes.smtp_server import Fault, SmtpServer, Taken

KINDS = ("files", "plain", "renames")

CHANCES: dict[str, tuple[tuple[float, Fault], ...]] = {
    "greeting": ((0.02, Fault(reply="421 4.3.2 come back later")), (0.01, Fault(cut=True))),
    "mail": ((0.01, Fault(reply="451 4.7.1 sending limit exceeded, try again in an hour")),),
    "rcpt": (
        (0.03, Fault(reply="451 4.3.0 try later")),
        (0.02, Fault(reply="550 5.7.1 not wanted")),
        (0.02, Fault(cut=True)),
    ),
    "data": ((0.01, Fault(reply="451 4.3.0 not now")), (0.01, Fault(cut=True))),
    "body": ((0.01, Fault(cut=True)),),
    "dot": (
        (0.03, Fault(reply="452 4.3.1 full")),
        (0.01, Fault(reply="554 5.6.0 no")),
        (0.03, Fault(cut=True)),
    ),
    "taken": ((0.04, Fault(cut=True)), (0.01, Fault())),
}
"""What goes wrong at a step, and how often; `taken` loses the answer to the final dot, or gives none in time."""


@dataclass
class Unlucky(SmtpServer):
    """An SMTP server on which things go wrong by chance while `on`."""

    seed: int = 0
    on: bool = True
    happened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__post_init__()
        self._chance = random.Random(self.seed)

    async def goes_wrong(self, step: str, line: Any) -> bool:
        """Let something go wrong at a step, perhaps."""
        draw = self._chance.random() if self.on else 1.0
        for share, fault in CHANCES.get(step, ()):
            if draw < share:
                said = fault.reply[:3] if fault.reply else "cut" if fault.cut else "silence"
                self.happened[f"{step} {said}"] += 1
                self._faults[step].append(fault)
                break
            draw -= share
        if step == "body" and self._faults["data"]:
            return False
        return await super().goes_wrong(step, line)


def filing(dovecot: Dovecot, user: str, *, renames: bool) -> Any:
    """Return what a provider does that puts into Sent what it sends, and perhaps gives it an id of its own."""

    def file(taken: Taken) -> None:
        raw = renamed(taken.raw) if renames else taken.raw
        dovecot.deliver(user, raw, "Sent", "(\\Seen)")

    return file


def renamed(raw: bytes) -> bytes:
    """Return a message under an id of the server's; half of them keep ours in a header, as Exchange does."""
    mine = re.search(rb"(?im)^Message-ID: (<[^>]+>)", raw)
    assert mine is not None
    digest = hashlib.sha256(mine[1]).hexdigest()
    kept = b"X-Microsoft-Original-Message-ID: " + mine[1] + b"\r\n" if int(digest[0], 16) % 2 else b""
    new = b"Message-ID: <" + digest[:32].encode() + b"@prod.outlook.example>"
    return raw.replace(mine[0], kept + new, 1)


@dataclass
class BadLine:
    """A proxy on loopback: some connections are slow by 50 ms a packet, some are cut after so many bytes."""

    to_port: int
    seed: int = 0
    on: bool = True
    slow: float = 0.04
    cut: float = 0.2
    port: int = 0
    happened: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)
        self._ready = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> BadLine:
        self._thread = threading.Thread(target=asyncio.run, args=[self._serve()], name="bad-line", daemon=True)
        self._thread.start()
        assert self._ready.wait(10), "the proxy did not start"
        return self

    def __exit__(self, *_: object) -> None:
        assert self._thread is not None
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(10)

    async def _serve(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = int(server.sockets[0].getsockname()[1])
        self._ready.set()
        await self._stopping.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self.to_port)
        except OSError:
            writer.transport.abort()
            return
        slow = self.on and self._chance.random() < self.slow
        left = [self._chance.randrange(20, 12_000) if self.on and self._chance.random() < self.cut else 1 << 60]
        self.happened["slow"] += slow
        ends = (writer, back)
        await asyncio.gather(self._pass(reader, back, left, ends, slow), self._pass(there, writer, left, ends, slow))

    async def _pass(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        left: list[int],
        ends: tuple[asyncio.StreamWriter, ...],
        slow: bool,
    ) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(4096):
                if slow:
                    await asyncio.sleep(0.05)
                writer.write(data[: max(left[0], 0)])
                left[0] -= len(data)
                if left[0] <= 0:
                    self.happened["cut"] += 1
                    await asyncio.sleep(0.01)  # what was let through arrives
                    break
                await writer.drain()
        for end in ends:
            if left[0] <= 0:
                end.transport.abort()
            else:
                end.close()
