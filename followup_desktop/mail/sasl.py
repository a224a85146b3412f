"""Showing a server the pass of a sign-in in the browser: OAUTHBEARER (RFC 7628) and Google's older XOAUTH2."""

from __future__ import annotations

from collections.abc import Collection

from followup_desktop.mail.account import Server

WAYS = ("OAUTHBEARER", "XOAUTH2")
"""The ways, the standard one first."""


def way_of(offered: Collection[str]) -> str | None:
    """Return the way to use of those a server offers, or None."""
    known = {one.upper() for one in offered}
    return next((way for way in WAYS if way in known), None)


def first_words(way: str, server: Server, user: str, token: str) -> bytes:
    """Return what is said first. A comma or an equals sign in the name is written as RFC 5801 4 wants it."""
    if way == "XOAUTH2":
        return f"user={user}\x01auth=Bearer {token}\x01\x01".encode()
    name = user.replace("=", "=3D").replace(",", "=2C")
    return f"n,a={name},\x01host={server.host}\x01port={server.port}\x01auth=Bearer {token}\x01\x01".encode()


def last_words(way: str) -> bytes:
    """Return what has to be said to the server's reason for a refusal, before it refuses."""
    return b"" if way == "XOAUTH2" else b"\x01"
