"""Opening links and files with the system's own programs, after a look at where they lead."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from followup_desktop.base.errors import Problem

MAIL_FIELDS = frozenset({"subject", "body", "cc", "in-reply-to"})
"""What a mailto link may fill in; bcc and attachments would leave unseen."""


@dataclass(frozen=True)
class Link:
    """A link that may be opened, and where it leads, for showing before it is."""

    url: str
    shown_host: str


def checked_link(url: str) -> Link:
    """Return the link as it may be opened. Raises `Problem` for anything that is not plainly a web, mail or phone link.

    Names in foreign letters are shown as machines see them (xn--...), so that a look-alike stands out.
    """
    text = url.strip()
    if re.search(r"[\x00-\x20\x7f\\]", text) or not text.isprintable():
        raise _refused(text, "it has spaces or invisible characters in it")
    try:
        parts = urlsplit(text)
        checks: dict[str, Callable[[SplitResult], Link]] = {
            "http": _web, "https": _web, "mailto": _mail, "tel": _phone, "sms": _phone,
        }  # fmt: skip
        check = checks.get(parts.scheme)
        if check is None:
            raise _refused(text, "only web, mail and phone links are opened")
        return check(parts)
    except ValueError:
        raise _refused(text, "it is not a proper link") from None


def open_link(link: Link) -> None:
    """Open a checked link with the system's own program; may wait a second to hear of trouble. Raises `Problem`."""
    _open(link.url, f"{link.url.partition(':')[0]} links")


def open_file(path: Path) -> None:
    """Open a file of our own making (a message to send, a report) with the system's own program. Raises `Problem`."""
    if not path.is_file():
        raise Problem(f"{path.name} is not there any more.", to_do="Make it again.")
    _open(str(path.absolute()), f"{path.suffix or 'such'} files")


def open_folder(folder: Path) -> None:
    """Show a folder in the system's own file manager. Raises `Problem`."""
    if not folder.is_dir():
        raise Problem(f"The folder {folder} is not there any more.")
    _open(str(folder.absolute()), "folders")


def _web(parts: SplitResult) -> Link:
    if not parts.hostname:
        raise _refused(parts.geturl(), "it names no server")
    if parts.username is not None or parts.password is not None:
        raise _refused(parts.geturl(), "it has a user name in it, which hides where it leads")
    host = ascii_host(parts.hostname)
    port = f":{parts.port}" if parts.port else ""
    place = f"[{host}]" if ":" in host else host
    safe = parts._replace(
        netloc=f"{place}{port}",
        path=quote(parts.path, safe="/%:@!$&'()*+,;=~"),
        query=quote(parts.query, safe="/%?:@!$&'()*+,;=~"),
        fragment=quote(parts.fragment, safe="/%?:@!$&'()*+,;=~"),
    )
    return Link(safe.geturl(), host + port)


def _mail(parts: SplitResult) -> Link:
    address = unquote(parts.path)
    if not re.fullmatch(r"[^\s@,;<>\"]+@[^\s@,;<>\"/?]+", address) or parts.netloc:
        raise _refused(parts.geturl(), "it names no address, or more than one")
    user, _, domain = address.rpartition("@")
    host = ascii_host(domain)
    given = parse_qsl(parts.query.replace("+", "%2B"), keep_blank_values=True)
    fields = [f"{name.lower()}={quote(value, safe='')}" for name, value in given if name.lower() in MAIL_FIELDS]
    query = f"?{'&'.join(fields)}" if fields else ""
    return Link(f"mailto:{quote(user, safe='')}@{host}{query}", host)


def _phone(parts: SplitResult) -> Link:
    number = re.sub(r"[-. ()/]", "", unquote(parts.path))
    if not re.fullmatch(r"\+?[0-9*#]{2,20}", number) or parts.netloc:
        raise _refused(parts.geturl(), "it names no phone number")
    body = [value for name, value in parse_qsl(parts.query.replace("+", "%2B")) if name.lower() == "body"]
    query = f"?body={quote(body[0], safe='')}" if body and parts.scheme == "sms" else ""
    return Link(f"{parts.scheme}:{quote(number, safe='+*')}{query}", number)


def ascii_host(host: str) -> str:
    """Return a host as machines write it. Raises `ValueError` for what is none."""
    try:
        return ip_address(host).compressed
    except ValueError:
        pass
    # Loads large tables; only a link with foreign letters needs them.
    import idna

    name = unicodedata.normalize("NFC", host).rstrip(".").lower()
    if name.isascii():
        encoded = name
    else:
        try:
            encoded = idna.encode(name, uts46=True).decode()
        except idna.IDNAError:
            raise ValueError(f"not a host: {host!r}") from None
    if len(encoded) > 253 or not re.fullmatch(r"(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*", encoded):
        raise ValueError(f"not a host: {host!r}")
    return encoded


def _refused(url: str, why: str) -> Problem:
    shown = "".join(character for character in url if character.isprintable())[:60]
    return Problem(f"The link “{shown}” was not opened: {why}.")


def _open(target: str, kind: str) -> None:
    if sys.platform == "win32":
        # Not run: needs a Windows machine.
        os.startfile(target)
    else:
        _start(["open" if sys.platform == "darwin" else "xdg-open", target], kind)


def _start(command: Sequence[str], kind: str) -> None:
    nowhere = subprocess.DEVNULL
    try:
        opener = subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)
    except OSError:
        raise Problem(
            "This computer has no program that opens links and files for others.",
            "Nothing was opened.",
            "On Debian, xdg-utils is missing. Until then, copy the text.",
        ) from None
    try:
        # One that knows nothing to open with says so at once (xdg-open: 3 or 4).
        failed = opener.wait(timeout=1) != 0
    except subprocess.TimeoutExpired:
        # It became what it opened, and may stay as long as that is open.
        threading.Thread(target=opener.wait, name="opener", daemon=True).start()
        return
    if failed:
        raise Problem(
            f"No program was found that opens {kind}.",
            "Nothing was opened.",
            "Choose a default program for it in the system's settings, or copy the text.",
        )
