"""Protecting a connection before the first secret is said on it."""

from __future__ import annotations

import socket
import ssl

from followup_desktop.base.errors import Problem
from followup_desktop.mail.account import Account, Server, check_server, is_this_computer
from followup_desktop.mail.troubles import NotTrusted


def trust(account: Account) -> ssl.SSLContext:
    """Return what a server has to prove: its name, signed by a public authority or by the account's own file."""
    try:
        return ssl.create_default_context(cafile=account.ca_file)
    except (OSError, ssl.SSLError):
        raise Problem(
            f"The certificate file {account.ca_file} could not be read.",
            "Nothing was sent.",
            "It has to be a file in PEM form (it begins with BEGIN CERTIFICATE).",
        ) from None


def check_before(server: Server, user: str, password: str) -> None:
    """Refuse, before connecting, what must never go out on a line."""
    check_server(server)
    if any(ord(character) < 32 or ord(character) == 127 for character in user + password):
        raise Problem("The user name or the password has a line break in it.", to_do="Type it again.")


def check_peer(server: Server, connection: socket.socket) -> None:
    """Refuse an unencrypted connection that, whatever the name said, does not end on this computer."""
    if server.security == "none" and not is_this_computer(str(connection.getpeername()[0])):
        raise NotTrusted(
            f"{server.host} is not on this computer, and the connection would not be encrypted.",
            "Nothing was sent to it.",
            "Choose tls or starttls.",
        )
