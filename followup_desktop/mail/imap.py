"""The owner's mailbox: finding folders and messages, keeping drafts and sent copies there.

Nothing is ever marked as read: folders are opened to look at only, and bodies are peeked at.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from followup_desktop.base.errors import Problem
from followup_desktop.mail import sasl, smtp
from followup_desktop.mail.account import PATIENT, AccessToken, Account, Patience, Server
from followup_desktop.mail.connecting import check_before, check_peer, renewing, trust
from followup_desktop.mail.folders import Folders, choose, on_the_wire, parse_listing
from followup_desktop.mail.troubles import (
    NotKept,
    NotReached,
    no_encryption,
    no_pass_taken,
    not_reached,
    plain,
    sign_in_again,
    sign_in_refused,
    turned_away,
    way_out,
)

if TYPE_CHECKING:
    from imap_tools import BaseMailBox

Place = tuple[int, int]
"""Where a message lies in its folder for good: the folder's UIDVALIDITY and the message's UID."""

ID_HEADERS = ("Message-ID", "X-Microsoft-Original-Message-ID")
"""Headers that keep the id we gave: Exchange puts its own in the first and moves ours to the second."""


@dataclass
class Box:
    """A signed-in connection to a mailbox. Use it in a `with`, or close it."""

    server: Server
    mailbox: BaseMailBox
    open: bool = True

    @property
    def client(self) -> imaplib.IMAP4:
        """The plain connection below, for what imap_tools has no word for."""
        return self.mailbox.client

    def __enter__(self) -> Box:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Sign out; never fails."""
        if self.open:
            with contextlib.suppress(OSError, imaplib.IMAP4.error):
                self.client.sock.settimeout(2)
                self.client.logout()
        self.cut()

    def cut(self) -> None:
        """Drop the connection without a word."""
        self.open = False
        with contextlib.suppress(OSError):
            self.client.shutdown()

    @property
    def is_gmail(self) -> bool:
        """Whether it gives each message and each thread a number of its own (X-GM-EXT-1)."""
        return self.has("X-GM-EXT-1")

    def has(self, capability: str) -> bool:
        """Whether the server can do something beyond the basics."""
        return capability in self.client.capabilities


@dataclass(frozen=True)
class Check:
    """What a trial of the settings found: a sentence each for reading and sending, and the folders found."""

    imap: str
    smtp: str
    drafts: str | None
    sent: str | None
    ok: bool


def connect(account: Account, password: str, patience: Patience = PATIENT) -> Box:
    """Open a protected connection and sign in. Raises `NotReached`, `NotTrusted` or `SignInRefused`."""
    check_before(account.imap, account.user, password)
    return renewing(partial(_connected, account, patience=patience), password)


def _connected(account: Account, password: str, patience: Patience) -> Box:
    # Half of the time the command line takes to start; nothing needs it before a mailbox is opened.
    from imap_tools import BaseMailBox

    client = _open(account, patience)

    class Connected(BaseMailBox):
        """The library's mailbox on a connection that was made and checked here."""

        def _get_mailbox_client(self) -> imaplib.IMAP4:
            return client

    try:
        box = Box(account.imap, Connected())
        _sign_in(box, account, password)
    except BaseException:
        client.shutdown()
        raise
    return box


def folders(box: Box) -> Folders:
    """Find the folders for drafts and sent messages; None where the owner has to be asked."""
    with talking(box):
        # Some servers name special uses only when asked (RFC 6154 5.1 with RFC 5258).
        asks = box.has("SPECIAL-USE") and box.has("LIST-EXTENDED")
        answer, lines = box.client.list('""', "* RETURN (SPECIAL-USE)" if asks else "*")
        expect(answer, lines)
    return choose(parse_listing(lines))


def find(box: Box, folder: str, message_id: str) -> tuple[int, ...]:
    """Return the UIDs of the messages in a folder that carry our Message-ID, also where the server renamed it."""
    look_into(box, folder)
    for header in ID_HEADERS:
        if uids := _search(box, header, message_id):
            return uids
    return ()


def copy_of(box: Box, folder: str, message_id: str, *, renamed: bool = True) -> str | None:
    """Return the Message-ID under which our message lies in a folder, or None where it does not.

    With `renamed` also one that the server gave an id of its own: it keeps ours in another header (Exchange), or in
    References, where first messages of ours name themselves.
    """
    look_into(box, folder)
    if _search(box, "Message-ID", message_id):
        return message_id
    if not renamed:
        return None
    for header in ("X-Microsoft-Original-Message-ID", "References"):
        for uid in _search(box, header, message_id):
            head = _ids(box, uid)
            if head.get("in-reply-to") == message_id or head.get(header.lower(), "").split()[-1:] != [message_id]:
                continue  # an answer to ours, or ours among others
            return head.get("message-id") or message_id
    return None


def _ids(box: Box, uid: int) -> dict[str, str]:
    """Return the headers of a message that hold ids, by their names in small letters."""
    fields = "MESSAGE-ID IN-REPLY-TO REFERENCES X-MICROSOFT-ORIGINAL-MESSAGE-ID"
    with talking(box):
        answer, parts = box.client.uid("FETCH", str(uid), f"(BODY.PEEK[HEADER.FIELDS ({fields})])")
        expect(answer, parts)
    raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
    unfolded = re.sub(r"\r?\n[ \t]+", " ", raw.decode("ascii", "replace"))
    pairs = (line.partition(":") for line in unfolded.splitlines() if ":" in line)
    return {name.strip().lower(): value.strip() for name, _, value in pairs}


def append(
    box: Box, folder: str, raw: bytes, flags: Sequence[str] = (r"\Seen",), date: datetime | None = None
) -> Place | None:
    """Put a message into a folder; return its place, or None where the server does not say (no UIDPLUS).

    `date` is aware and becomes the time of arrival; None lets the server put its own.
    """
    with talking(box):
        answer, said = box.client.append(_name(folder), f"({' '.join(flags)})", date or "", raw)
    if answer != "OK":
        raise _cannot_keep(folder, _text(said))
    return appended_at(_text(said))


def appended_at(answer: str) -> Place | None:
    """Read the place out of the answer to APPEND (RFC 4315)."""
    match = re.search(r"\[APPENDUID (\d+) (\d+)\]", answer, re.IGNORECASE)
    return (int(match[1]), int(match[2])) if match else None


def replace_draft(box: Box, folder: str, raw: bytes, old: Place | None) -> Place | None:
    """Keep a draft in its folder in place of its older version; return the new place.

    The new one is stored before the old one goes. Exactly these bytes already lying there (from a try whose
    answer was lost) are taken as stored. The old one is named by its place alone, so that nothing the owner
    wrote is ever deleted.
    """
    place = _already_there(box, folder, raw) or append(box, folder, raw, (r"\Draft", r"\Seen"))
    if place is None:
        place = _already_there(box, folder, raw)
    if old is not None and old != place:
        delete(box, folder, old)
    return place


def delete(box: Box, folder: str, place: Place) -> bool:
    """Delete one message by its place; whether it was still that folder. Nothing else is ever expunged."""
    if look_into(box, folder, readonly=False) != place[0]:
        return False
    uid = str(place[1])
    with talking(box):
        box.client.uid("STORE", uid, "+FLAGS.SILENT", r"(\Deleted)")
        if box.has("UIDPLUS"):
            box.client.uid("EXPUNGE", uid)
    return True


def read(box: Box, folder: str, uid: int) -> bytes | None:
    """Return a whole message without marking it as read, or None when it is gone."""
    look_into(box, folder)
    return _body(box, uid)


def check(account: Account, password: str, patience: Patience = PATIENT) -> Check:
    """Try reading and sending without sending anything; each trouble is told in its own sentence."""
    found, reading, sending = Folders(None, None, ()), "Signed in.", "Signed in."
    troubles = 0
    try:
        with connect(account, password, patience) as box:
            found = folders(box)
    except Problem as problem:
        reading, troubles = problem.sentence(), troubles + 1
    try:
        smtp.connect(account, password, patience).close()
    except Problem as problem:
        sending, troubles = problem.sentence(), troubles + 1
    return Check(reading, sending, found.drafts, found.sent, ok=not troubles)


def _open(account: Account, patience: Patience) -> imaplib.IMAP4:
    server, context = account.imap, trust(account, account.imap)
    client = _greeted(server, context, patience)
    try:
        check_peer(server, client.sock)
        if server.security == "starttls":
            if "STARTTLS" not in client.capabilities:
                raise no_encryption(server)
            with _reaching(server):
                client.starttls(context)
        client.sock.settimeout(patience.command)
    except BaseException:
        client.shutdown()
        raise
    return client


def _greeted(server: Server, context: ssl.SSLContext, patience: Patience) -> imaplib.IMAP4:
    try:
        with _reaching(server):
            if server.security == "tls":
                return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=patience.connect)
            return imaplib.IMAP4(server.host, server.port, timeout=patience.connect)
    except imaplib.IMAP4.error as error:
        raise turned_away(server, plain(str(error))) from None


def _sign_in(box: Box, account: Account, password: str) -> None:
    from imap_tools.errors import MailboxLoginError

    if isinstance(password, AccessToken):
        _show_pass(box, account, password)
        _ask_abilities(box, account)
        return
    # LOGIN takes only ASCII; what it does not take goes as SASL PLAIN (RFC 2595 6).
    plainly = (account.user + password).isascii() and not box.has("LOGINDISABLED")
    sign_in = box.mailbox.login if plainly else box.mailbox.login_utf8
    try:
        with _reaching(account.imap):
            sign_in(account.user, password, None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        said = plain(str(error))
        raise (turned_away if _not_now(said) else sign_in_refused)(account.imap, said) from None
    _ask_abilities(box, account)


def _show_pass(box: Box, account: Account, token: AccessToken) -> None:
    """Sign in with the pass of a sign-in in the browser, in a way the server offers."""
    way = sasl.way_of([one.removeprefix("AUTH=") for one in box.client.capabilities if one.startswith("AUTH=")])
    if way is None:
        raise no_pass_taken(account.imap)
    says = [sasl.last_words(way), sasl.first_words(way, account.imap, account.user, token)]
    reasons: list[str] = []

    def answer(challenge: bytes) -> bytes:
        if len(says) == 1:
            reasons.append(plain(challenge))
        return says.pop() if says else b""

    try:
        with _reaching(account.imap):
            box.client.authenticate(way, answer)
    except imaplib.IMAP4.error as error:
        said = " ".join([plain(str(error)), *reasons])
        raise (
            turned_away(account.imap, plain(str(error))) if _not_now(said) else sign_in_again(account.imap.host, said)
        ) from None


def _not_now(said: str) -> bool:
    return bool(re.search(r"\[(UNAVAILABLE|LIMIT|INUSE|SERVERBUG)\]|too many", said, re.IGNORECASE))


def _ask_abilities(box: Box, account: Account) -> None:
    """Ask what the server can do: it is often told in full only after signing in."""
    with _reaching(account.imap):
        _, told = box.client.capability()
    box.client.capabilities = tuple(_text(told).upper().split())


@contextlib.contextmanager
def _reaching(server: Server) -> Iterator[None]:
    """Turn a connection that cannot be made or breaks into `NotReached`; a refusal stays what it is."""
    try:
        yield
    except (OSError, imaplib.IMAP4.abort) as error:
        raise not_reached(server, error) from error


@contextlib.contextmanager
def talking(box: Box) -> Iterator[None]:
    """Do the same on a signed-in connection, which is of no use once lost; put an odd answer into words."""
    try:
        with _reaching(box.server):
            yield
    except NotReached:
        box.cut()
        raise
    except imaplib.IMAP4.error as error:
        raise _odd(plain(str(error))) from None


def _odd(said: str) -> Problem:
    return Problem(f"The mailbox did not do what was asked ({said}).", "Nothing was lost.", way_out(said))


def expect(answer: str, said: Any) -> None:
    """Raise `Problem` with the server's words where it did not say OK."""
    if answer != "OK":
        raise _odd(plain(_text(said)))


def look_into(box: Box, folder: str, *, readonly: bool = True) -> int:
    """Open a folder, return its UIDVALIDITY."""
    with talking(box):
        answer, _ = box.client.select(_name(folder), readonly=readonly)
        if answer != "OK":
            raise Problem(
                f"There is no folder called {folder} in the mailbox.", to_do="Choose another one in the settings."
            )
        _, numbers = box.client.response("UIDVALIDITY")
    return int(numbers[0]) if numbers and numbers[0] else 0


def _search(box: Box, header: str, message_id: str) -> tuple[int, ...]:
    words = in_gmails_words(message_id) if header == "Message-ID" and box.is_gmail else None
    # What Gmail's own index has not taken in yet may still be found the usual way.
    return (_asked(box, "X-GM-RAW", words) if words else ()) or _asked(box, "HEADER", header, _quoted(message_id))


def in_gmails_words(message_id: str) -> str | None:
    """Return how Gmail's own search is asked for a message, or None for an id that its words cannot hold."""
    plainly = re.fullmatch(r"<([\w.!#$%&'*+/=?^`|~@:-]+)>", message_id, re.ASCII)
    return f'"rfc822msgid:{plainly[1]}"' if plainly else None


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _asked(box: Box, *criteria: str) -> tuple[int, ...]:
    with talking(box):
        answer, numbers = box.client.uid("SEARCH", *criteria)
        expect(answer, numbers)
    return tuple(int(number) for line in numbers if line for number in line.split())


def _already_there(box: Box, folder: str, raw: bytes) -> Place | None:
    match = re.search(rb"(?im)^Message-ID:\s*(<[!-~]+>)", raw)
    if match is None:
        return None
    validity = look_into(box, folder)
    uids = _search(box, "Message-ID", match[1].decode())
    same = [uid for uid in uids if _body(box, uid) == raw]
    return (validity, same[-1]) if same else None


def _body(box: Box, uid: int) -> bytes | None:
    with talking(box):
        answer, parts = box.client.uid("FETCH", str(uid), "(BODY.PEEK[])")
        expect(answer, parts)
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _cannot_keep(folder: str, said: str) -> NotKept:
    kept = "The message is kept here."
    if "TRYCREATE" in said.upper():
        return NotKept(f"There is no folder called {folder} in the mailbox.", kept, "Choose another in the settings.")
    if re.search(r"overquota|quota|full|insufficient|no space", said, re.IGNORECASE):
        problem = NotKept("The mailbox is full.", kept, "Delete something in it, then try again.")
        problem.full = True
        return problem
    return NotKept(f"The mailbox did not take the message into {folder} ({plain(said)}).", kept)


def _name(folder: str) -> str:
    return on_the_wire(folder).decode("ascii")


def _text(said: Any) -> str:
    return " ".join(part.decode("utf-8", "replace") for part in said if isinstance(part, bytes))
