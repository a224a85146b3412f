"""Reading the mailbox: what came, and what the owner wrote from elsewhere. Speak, then record.

No transaction is open while the server is spoken to. A folder is filed chunk by chunk with how far it was read, so a
sync that is cut short goes on where it stopped, and reading the same message twice changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from followup_desktop.base.errors import Problem
from followup_desktop.base.zones import local_day
from followup_desktop.commands import mailbox as commands
from followup_desktop.commands import messages as outbox_commands
from followup_desktop.commands import outbox
from followup_desktop.commands.desk import Desk
from followup_desktop.core.consent.model import NewWish, WishKind
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import Arrived, Attached, MailAccount
from followup_desktop.core.messages.queries import Correspondents
from followup_desktop.core.operators import queries as operators
from followup_desktop.jobs.post import Post, as_account
from followup_desktop.mail import arrived as wire
from followup_desktop.mail import imap
from followup_desktop.mail.parse import receipt
from followup_desktop.mail.parse.answer import link_answer
from followup_desktop.mail.parse.automatic import is_automatic
from followup_desktop.mail.parse.bounce import may_be_bounce
from followup_desktop.mail.parse.classify import classify
from followup_desktop.mail.parse.glance import is_surely_bulk
from followup_desktop.mail.parse.model import NO_ID, Found, Mail, World
from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import reply_text
from followup_desktop.mail.parse.signature import phone_in
from followup_desktop.mail.parse.times import best_time_wish
from followup_desktop.mail.parse.wishes import contact_wish, used_the_way_out
from followup_desktop.mail.troubles import SignInAgain
from followup_desktop.system.locks import only_one

FIRST_LOOK = timedelta(days=60)
"""How far back a mailbox is read the first time."""
LATELY = timedelta(days=14)
"""Who wrote longer ago and is no customer is not proposed as one."""
STRANGERS_READ = 50
"""So many mails of people nobody knows are read whole of each chunk, the newest."""
TOGETHER, AT_MOST = 20, 100
"""So many chunks, or so many messages that concern us, are filed in one transaction: each brings the lists in line."""
LONGEST = 20_000
"""Letters of a message that are kept with what it quotes."""
_NOBODY_WRITES = re.compile(
    r"(?:no-?_?\.?reply|do-?not-?reply|noreply|newsletter|news|mailer(?:-daemon)?|notifications?|alerts?|billing|invoices?|"
    r"receipts?|marketing|updates?|bounces?|postmaster|auto-?confirm|automated|robot|bot)[\w.+-]*@",
    re.IGNORECASE,
)
INBOX = "INBOX"

Told = Callable[[int, int], None]
"""Called with how many of how many messages of a folder were looked at; may raise to stop."""


@dataclass(frozen=True, slots=True)
class Synced:
    """How many messages came, and what they were; `unmatched` are those of people nobody knows."""

    new: int = 0
    replies: int = 0
    bounces: int = 0
    auto: int = 0
    opt_outs: int = 0
    answers: int = 0
    receipts: int = 0
    own: int = 0
    unmatched: int = 0

    def with_counts(self, counts: Mapping[str, int], new: int) -> Synced:
        """Return this with what one more chunk held."""
        more = {_NAMES[kind]: count for kind, count in counts.items() if kind in _NAMES}
        changed = {field.name: getattr(self, field.name) + more.get(field.name, 0) for field in fields(self)}
        return Synced(**{**changed, "new": self.new + new})


_NAMES = {
    "reply": "replies",
    "bounce": "bounces",
    "auto": "auto",
    "opt_out": "opt_outs",
    "report": "opt_outs",
    "answer": "answers",
    "receipt": "receipts",
    "own": "own",
    commands.UNMATCHED: "unmatched",
}


_COUNTS = tuple(field.name for field in fields(Synced))


def sync(desk: Desk, post: Post, *, address: str = "", told: Told | None = None) -> Synced:
    """Read what is new in the mailboxes (or in that of one address) and file it. Raises `Problem`."""
    lock = desk.store.path.with_name(desk.store.path.name + ".mailbox")
    with only_one(lock) as mine:
        if not mine:
            raise Problem("The mailbox is being read in another window.", "", "Wait for it.")
        with desk.store.read() as session:
            accounts = [a for a in queries.accounts(session) if not address or a.address == address.casefold()]
        if not accounts:
            raise Problem("There is no mail account yet.", "", "Set one up in Settings, Mail.")
        done, troubles = Synced(), []
        for account in accounts:
            try:
                done = _sync_account(desk, post, account, done, told or _nobody)
            except Problem as trouble:
                # The other mailboxes can be read all the same.
                troubles.append(trouble)
                if isinstance(trouble, SignInAgain):
                    outbox.pause(desk, account.id, trouble.sentence())
        if troubles:
            raise troubles[0]
        return done


def _nobody(_done: int, _total: int) -> None:
    """Nobody watches."""


def _sync_account(desk: Desk, post: Post, account: MailAccount, done: Synced, told: Told) -> Synced:
    with imap.connect(as_account(account), post.password(account), post.patience) as box:
        # Gmail's threads are known by what was sent in them: that is read first there.
        order = (_sent_folder(desk, account, box), INBOX) if box.is_gmail else (INBOX, _sent_folder(desk, account, box))
        for folder in order:
            if folder:
                done = _sync_folder(desk, account, box, folder, done, told)
    commands.looked(desk, account.id)
    return done


def _sent_folder(desk: Desk, account: MailAccount, box: imap.Box) -> str:
    if account.sent_folder:
        return account.sent_folder
    found = imap.folders(box)
    outbox_commands.note_folders(desk, account.id, found.drafts or "", found.sent or "")
    return found.sent or ""


def _sync_folder(desk: Desk, account: MailAccount, box: imap.Box, folder: str, done: Synced, told: Told) -> Synced:
    with desk.store.read() as session:
        before = queries.read_to(session, account.id, folder)
    now = desk.store.clock.now()
    last = (before.validity, before.last_uid) if before else None
    tray = _Tray(desk, account.id, folder)
    try:
        for chunk in wire.new_heads(box, folder, last, (now - FIRST_LOOK).date()):
            if chunk.heads:
                told(chunk.done, chunk.total)
                tray.put(chunk, _arrived(desk, box, account.id, chunk.heads))
            elif last is None or last[0] != chunk.validity:
                tray.put(chunk, ())
    finally:
        tray.empty()  # what was read before the owner stopped it, or the connection broke, is kept
    return replace(done, **{name: getattr(done, name) + getattr(tray.filed, name) for name in _COUNTS})


class _Tray:
    """What was read of a folder and is to be filed: a few chunks together where little in them concerns us."""

    def __init__(self, desk: Desk, account: int, folder: str) -> None:
        self._desk, self._account, self._folder = desk, account, folder
        self._chunks: list[wire.Chunk] = []
        self._found: list[Arrived] = []
        self.filed = Synced()

    def put(self, chunk: wire.Chunk, found: Sequence[Arrived]) -> None:
        """Add a chunk, and file all where it is enough; later chunks may answer what the owner wrote."""
        self._chunks.append(chunk)
        self._found += found
        full = len(self._chunks) >= TOGETHER or len(self._found) >= AT_MOST
        if full or any(one.kind == "own" for one in found):
            self.empty()

    def empty(self) -> None:
        """File what there is."""
        chunks, found = self._chunks, self._found
        self._chunks, self._found = [], []
        if not chunks:
            return
        top = max((head.uid for chunk in chunks for head in chunk.heads), default=0)
        place = commands.Folder(self._account, self._folder, chunks[-1].validity, top)
        counts = commands.file(self._desk, place, found).result
        self.filed = self.filed.with_counts(counts, sum(len(chunk.heads) for chunk in chunks))


def _arrived(desk: Desk, box: imap.Box, account: int, heads: Sequence[wire.Head]) -> list[Arrived]:
    """Return what of some messages concerns us; the rest was only looked at from outside."""
    now = desk.store.clock.now()
    with desk.store.read() as session:
        world = Correspondents(session)
        numbered = _numbered(account, heads, world)
        bulk = {head.uid for head in heads if head.uid in numbered.filed or is_surely_bulk(head.raw, world.is_known)}
        mails = {head.uid: numbered.placed(head.uid, read_mail(head.raw)) for head in heads if head.uid not in bulk}
        wanted = [uid for uid, mail in mails.items() if _concerns_us(mail, world)]
        people = [uid for uid, mail in mails.items() if not world.is_ours(mail.sender) and not is_automatic(mail)]
        asking = [uid for uid in people if uid not in wanted and _asks_us(mails[uid], world, now)][-STRANGERS_READ:]
    raw = wire.whole(box, wanted) if wanted else {}
    letters = wire.whole(box, asking) if asking else {}
    with desk.store.read() as session:
        world = Correspondents(session)
        business = operators.business(session)
        today = local_day(now, business.zone)
        found = {uid: numbered.placed(uid, read_mail(raw[uid])) for uid in wanted if uid in raw}
        known = [numbered.known(uid, _classified(mail, raw[uid], world, today, now)) for uid, mail in found.items()]
    strangers = [_stranger(letters.get(uid), mails[uid], now, business.region) for uid in people if uid not in raw]
    return [*known, *strangers]


@dataclass(frozen=True, slots=True)
class _Numbered:
    """What Gmail's numbers say of some messages, by UID; elsewhere there are none, and nothing is said.

    `filed` are kept already, be it from another folder; `ours` is the message of ours that one goes on from.
    """

    numbers: Mapping[int, str]
    threads: Mapping[int, str]
    filed: frozenset[int]
    ours: Mapping[int, str]

    def placed(self, uid: int, mail: Mail) -> Mail:
        """Return a mail that names none of our messages as answering the one in whose thread Gmail has it."""
        return replace(mail, answers=(*mail.answers, self.ours[uid])) if uid in self.ours else mail

    def known(self, uid: int, arrived: Arrived) -> Arrived:
        """Return a message with its numbers."""
        return replace(arrived, provider_id=self.numbers.get(uid, ""), provider_thread=self.threads.get(uid, ""))


def _numbered(account: int, heads: Sequence[wire.Head], world: Correspondents) -> _Numbered:
    numbers = {head.uid: f"{account}:{head.number}" for head in heads if head.number}
    threads = {head.uid: f"{account}:{head.thread}" for head in heads if head.thread}
    filed = world.filed(set(numbers.values()))
    known, ours = world.threads(set(threads.values())), dict[int, str]()
    for head in heads:
        customer, message_id = known.get(threads.get(head.uid, ""), (0, ""))
        if message_id and _goes_on(read_mail(head.raw), customer, world):
            ours[head.uid] = message_id
    return _Numbered(numbers, threads, frozenset(uid for uid, one in numbers.items() if one in filed), ours)


def _goes_on(mail: Mail, customer: int, world: Correspondents) -> bool:
    """Whether a mail in the thread of a customer can be theirs, and does not say itself what it answers."""
    if world.is_ours(mail.sender) or any(world.message_of(one) is not None for one in mail.answers):
        return False
    return world.may_be_of(mail.sender, customer)


def made_up_id(mail: Mail) -> str:
    """Return an id for a message that has none, so that it is filed once however often it is read."""
    # Reports of several addresses that came back in one second differ in what they report alone.
    told = "\n".join((mail.sender, mail.header("Date"), mail.subject, mail.text[:2000], *mail.reports.values()))
    return f"<{sha256(told.encode('utf-8', 'replace')).hexdigest()[:32]}{NO_ID}"


def _asks_us(mail: Mail, world: World, now: datetime) -> bool:
    """Whether a mail of somebody nobody knows may be an inquiry: a person wrote it, to us, and lately."""
    to_us = any(world.is_ours(address) for address in mail.to)
    return to_us and not _NOBODY_WRITES.match(mail.sender) and _at(mail, now) >= now - LATELY


def _concerns_us(mail: Mail, world: World) -> bool:
    """Whether the whole of a message has to be read: it is from or to somebody we know, or about what we sent."""
    if world.is_ours(mail.sender):
        known = world.message_of(_own_id(mail, world)) is not None
        return known or any(world.customer_of(address) for address in mail.to)
    if world.customer_of(mail.sender) is not None:
        return True
    if any(world.message_of(one) is not None for one in mail.answers) or link_answer(mail.subject) is not None:
        return True
    kind = mail.header("Content-Type").casefold()
    return "report" in kind or receipt.is_receipt(mail) or may_be_bounce(mail)


def _own_id(mail: Mail, world: World) -> str:
    """Return the id a message has: of ours the one we gave it, also where a server or mail program gave it another.

    Exchange keeps ours in a header of its own, and first messages of ours name themselves in References.
    """
    if world.is_ours(mail.sender):
        named = mail.header("References").split() if not mail.header("In-Reply-To") else []
        ours = (mail.header("X-Microsoft-Original-Message-ID").strip(), *(named if len(named) == 1 else ()))
        return next((one for one in ours if one and world.message_of(one) is not None), mail.message_id)
    return mail.message_id


def _classified(mail: Mail, raw: bytes, world: World, today: date, now: datetime) -> Arrived:
    found = classify(mail, world, today)
    text = (found.reply_text or (mail.text if found.kind != "auto" else "")).strip()
    whole = mail.text.strip()
    return Arrived(
        kind=str(found.kind),
        message_id=_own_id(mail, world) or made_up_id(mail),
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        at=_at(mail, now),
        customer=found.customer,
        # A receipt that says “deleted unread” shows nothing.
        answers=found.message if found.shown else None,
        text=text,
        whole=whole[:LONGEST] if whole != text else "",
        wish=_wish(found),
        at_once=found.kind == "opt_out" and used_the_way_out(mail.subject, found.reply_text),
        sentence=found.sentence,
        addresses=found.addresses,
        permanent=bool(found.permanent),
        status=found.status,
        back=found.return_date,
        to_address=next(iter(mail.to), ""),
        attachments=_attached(mail, raw),
        is_answer=bool(mail.answers) and world.is_ours(mail.sender),
    )


def _wish(found: Found) -> NewWish | None:
    """Return what a message of theirs seems to ask for, as a proposal."""
    if found.kind not in ("reply", "opt_out", "answer"):
        return None
    asked = contact_wish(found.reply_text)
    if asked is not None and asked.channel:
        return NewWish(WishKind.CHANNEL, asked.sentence, asked.channel, asked.refused)
    if found.kind == "opt_out" or found.sentence:
        return NewWish(WishKind.STOP, found.sentence)
    if asked is None:
        time = best_time_wish(found.reply_text)
        return NewWish(WishKind.TIME, time[1], best_time=time[0]) if time else None
    return NewWish(WishKind.OFTEN if asked.often else WishKind.SELDOM, asked.sentence, days=asked.days)


def _attached(mail: Mail, raw: bytes = b"") -> tuple[Attached, ...]:
    """Return what came with a message; of the last one only the beginning was read where the message is long."""
    found = [Attached(one.name, one.kind, one.size) for one in mail.attachments if one.name]
    if found and len(raw) >= wire.LARGEST:
        found[-1] = replace(found[-1], size=-1)
    return tuple(found)


def _stranger(raw: bytes | None, head: Mail, now: datetime, region: str) -> Arrived:
    """Return a message of a person nobody knows: the whole of it where it may be an inquiry, else as its head tells."""
    if raw is None:
        known_as = head.message_id or made_up_id(head)
        return Arrived("other", known_as, head.sender, head.sender_name, head.subject, _at(head, now))
    mail = read_mail(raw)
    words = reply_text(mail)
    return Arrived(
        "asked",
        mail.message_id or made_up_id(mail),
        mail.sender,
        mail.sender_name,
        mail.subject,
        _at(mail, now),
        text=(words or mail.text).strip(),
        to_address=next(iter(mail.to), ""),
        attachments=_attached(mail, raw),
        phone=phone_in(mail.text, region),
        at_once=used_the_way_out(mail.subject, words),
    )


def _at(mail: Mail, now: datetime) -> datetime:
    """Return when a message was written (UTC), as it says; one that says nothing sensible came now."""
    if mail.date is None:
        return now
    at = mail.date.astimezone(UTC)
    return at if at <= now + timedelta(days=1) and at.year > 1990 else now
