"""Verbs about mail accounts before and besides sending: finding their servers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from followup_desktop.app import Program
from followup_desktop.cli.verbs import Answer, Verb
from followup_desktop.mail.account import Server
from followup_desktop.mail.discover.model import Discovery, Settings


def _address(parser: ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS")


def discover(program: Program, given: Namespace) -> Answer:
    """Find the servers of an address. Nobody is told the address, and nothing is kept."""
    from followup_desktop.mail.discover.search import Search
    from followup_desktop.mail.discover.world import real_world

    found = Search(given.address, real_world()).run()
    return Answer(shape(found), _lines(found), 0 if found.settings else 1)


def shape(found: Discovery) -> dict[str, Any]:
    """Return what a search found, as JSON has it."""
    settings = found.settings
    sign_in = settings.sign_in if settings else None
    return {
        "address": found.address,
        "found": str(settings.how) if settings else None,
        "provider": (settings.provider or None) if settings else None,
        "imap": _server(settings.imap) if settings else None,
        "smtp": _server(settings.smtp) if settings else None,
        "user": settings.user if settings else None,
        "sign_in": {"kind": sign_in.kind, "page": sign_in.page or None, "words": sign_in.words, "also": sign_in.also}
        if sign_in
        else None,
        "per_day": settings.per_day if settings else None,
        "files_sent": settings.files_sent if settings else None,
        "confirm": (settings.confirm or None) if settings else None,
        "others": [_server(server) for server in settings.others] if settings else [],
        "tried": [{"step": str(each.step), "found": each.found, "says": each.says} for each in found.tried],
        "to_do": found.to_do or None,
        "suggestion": dict(zip(("imap", "smtp"), map(_server, found.suggestion), strict=True))
        if found.suggestion
        else None,
    }


def _server(server: Server | None) -> dict[str, Any] | None:
    return {"host": server.host, "port": server.port, "security": server.security} if server else None


def _lines(found: Discovery) -> list[str]:
    tried = [f"{each.step:<11} {each.says}" for each in found.tried]
    return [*tried, *(_settings_lines(found.settings) if found.settings else [found.to_do])]


def _settings_lines(settings: Settings) -> list[str]:
    servers = [f"{name}: {server} ({server.security})" for name, server in
               (("read", settings.imap), ("send", settings.smtp)) if server is not None]  # fmt: skip
    sign_in = settings.sign_in
    return [
        line for line in (*servers, f"user: {settings.user}", settings.confirm, sign_in.words, sign_in.page) if line
    ]


VERBS: tuple[Verb, ...] = (
    Verb("account discover", "find the servers of an address (nobody is told the address)", discover, _address),
)
