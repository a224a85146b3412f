"""Stories go in through the command line, as a script or a person would."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from followup_desktop.cli.main import main


class Refused(Exception):
    """A command ended with another code than 0; the sentence it said, and the code."""

    def __init__(self, code: int, said: str) -> None:
        super().__init__(said)
        self.code, self.said = code, said


@pytest.fixture
def store(tmp_path: Path, fresh_store: Path) -> Path:
    """A store of a small business, without customers."""
    path = tmp_path / "business.db"
    path.write_bytes(fresh_store.read_bytes())
    path.chmod(0o600)
    return path


@pytest.fixture
def run(store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Run a command at a time and return its JSON: `run("queue", now="2026-11-23T09:00")`."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")

    def command(*words: object, now: str = "2026-11-23T09:00", stdin: str = "") -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        try:
            code = main(["--store", str(store), "--now", now, *(str(w) for w in words), "--json"])
        except SystemExit as wrong:
            raise Refused(int(wrong.code or 0), capsys.readouterr().err) from None
        said = capsys.readouterr()
        if code:
            raise Refused(code, said.err.strip())
        return json.loads(said.out)

    return command


@pytest.fixture
def connected(run: Callable[..., Any], dovecot: Any, smtp_server: Any, mailbox: str, password: str) -> str:
    """A mail account on a real Dovecot and a real SMTP server; returns its address."""
    run(
        "account", "add", "--address", mailbox, "--imap", f"127.0.0.1:{dovecot.imap_port}",
        "--smtp", f"127.0.0.1:{smtp_server.port}", "--security", "none", "--name", "Dana Whitlock",
        stdin=password + "\n",
    )  # fmt: skip
    return mailbox


@pytest.fixture
def tom(run: Callable[..., Any]) -> int:
    """Somebody with an address and nothing that happened yet; returns his number."""
    return int(run("add", "--given-name", "Tom", "--family-name", "Becker", "--email", "tom@example.com")["id"])
