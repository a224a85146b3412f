"""Sending what waits. Claim, speak, record: no transaction is open while a server is spoken to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from followup_desktop.base.errors import Problem
from followup_desktop.commands import messages as commands
from followup_desktop.commands.desk import Desk
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.model import (
    DraftPhase,
    MailAccount,
    MessageState,
    Outgoing,
    StoredDraft,
    UnsettledDraft,
)
from followup_desktop.core.messages.rules import ask_now, look_at
from followup_desktop.mail import imap, smtp
from followup_desktop.mail.account import PATIENT, Account, Patience, Server
from followup_desktop.mail.troubles import NotReached, Refused, SignInRefused, Unsure
from followup_desktop.system.locks import only_one

STALE_AFTER = timedelta(days=3)
AFTER_DAYS_OFF = "Messages you approved before your days off still wait. Look at them before they leave."
FILES_BY_ITSELF = ("gmail.com", "googlemail.com", "office365.com", "outlook.com", "outlook.office365.com")
"""Servers that put what they send into Sent themselves, by the end of their name."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one run of the outbox did, and what still waits."""

    accepted: int = 0
    failed: int = 0
    unknown: int = 0
    waiting: int = 0
    trouble: Problem | None = None


@dataclass(frozen=True)
class Post:
    """What sending needs besides the desk: the password of an account, and how long to wait for servers."""

    password: Callable[[MailAccount], str]
    patience: Patience = PATIENT


def run(desk: Desk, post: Post, *, at_once: bool = False) -> Sent:
    """Send everything that is due, file what was sent, and look for what is unknown.

    With `at_once` (the owner asked for it) a paused account is tried again and waiting times after failures are
    not kept; quiet hours are. Only one process sends at a time: another one finds nothing to do.
    """
    with only_one(lock_file(desk)) as mine:
        if not mine:
            return _counted(desk, Sent(trouble=Problem("The outbox is at work in another window.", "", "Wait for it.")))
        commands.recover(desk)
        done = Sent()
        with desk.store.read() as session:
            accounts = queries.accounts(session)
        for account in accounts:
            done = _run_account(desk, post, account, done, at_once=at_once)
        return _counted(desk, done)


def lock_file(desk: Desk) -> Path:
    """Return the file that keeps two processes from sending at a time."""
    return desk.store.path.with_name(desk.store.path.name + ".outbox")


def next_due(desk: Desk) -> datetime | None:
    """Return when the outbox has something to do next (UTC), or None."""
    with desk.store.read() as session:
        waiting = queries.outgoing(session, [MessageState.QUEUED])
        doubtful = queries.outgoing(session, [MessageState.UNKNOWN, MessageState.ACCEPTED])
        drafts = queries.unsettled_drafts(session)
    moments = [m.not_before for m in waiting if m.not_before is not None]
    moments += [look_at(m.unknown_since, m.looks) for m in doubtful if m.unknown_since is not None]
    return min([*moments, *(each.due for each in drafts)], default=None)


def as_account(account: MailAccount) -> Account:
    """Return what the mail protocols need of an account."""
    return Account(
        account.address,
        account.name,
        Server(account.imap_host, account.imap_port, account.imap_security),  # type: ignore[arg-type]
        Server(account.smtp_host, account.smtp_port, account.smtp_security),  # type: ignore[arg-type]
        account.user,
        account.ca_file or None,
    )


def _run_account(desk: Desk, post: Post, account: MailAccount, done: Sent, *, at_once: bool) -> Sent:
    if account.paused and not at_once:
        return done
    due = _due(desk, account, at_once=at_once)
    doubtful = _in_state(desk, account, MessageState.UNKNOWN)
    taken = _in_state(desk, account, MessageState.ACCEPTED)
    drafts = _unsettled(desk, account, at_once=at_once)
    if not (due or doubtful or taken or drafts):
        return done
    if due and not at_once and _waited_too_long(desk, account):
        commands.pause(desk, account.id, AFTER_DAYS_OFF)
        return done
    try:
        password = post.password(account)
        done = _look_for(desk, post, account, password, doubtful, done)
        done = _send_all(desk, post, account, password, due, done)
        _file_all(desk, post, account, password)
        _settle_drafts(desk, post, account, password, drafts)
    except SignInRefused as problem:
        commands.pause(desk, account.id, problem.sentence())
        return replace(done, trouble=problem)
    except Problem as problem:
        return replace(done, trouble=problem)
    if account.paused:
        commands.resume(desk, account.id)
    return done


def _waited_too_long(desk: Desk, account: MailAccount) -> bool:
    """Whether something was to leave days ago: after days off nothing sends itself before the owner has looked."""
    limit = desk.store.clock.now() - STALE_AFTER
    with desk.store.read() as session:
        waiting = [m for m in queries.outgoing(session, [MessageState.QUEUED]) if m.account == account.id]
    return any(m.not_before is not None and m.not_before < limit and not m.attempts for m in waiting)


def _due(desk: Desk, account: MailAccount, *, at_once: bool) -> list[int]:
    now = desk.store.clock.now()
    with desk.store.read() as session:
        waiting = [m for m in queries.outgoing(session, [MessageState.QUEUED]) if m.account == account.id]
    return [m.id for m in waiting if _is_due(m, now, at_once=at_once)]


def _is_due(message: Outgoing, now: datetime, *, at_once: bool) -> bool:
    if message.not_before is None or message.not_before <= now:
        return True
    return at_once and message.attempts > 0 and message.not_before <= now + timedelta(hours=1)


def _in_state(desk: Desk, account: MailAccount, state: MessageState) -> list[Outgoing]:
    with desk.store.read() as session:
        return [m for m in queries.outgoing(session, [state]) if m.account == account.id]


def _send_all(desk: Desk, post: Post, account: MailAccount, password: str, due: list[int], done: Sent) -> Sent:
    line: smtp.Line | None = None
    try:
        for key in due:
            message = commands.claim(desk, key).result
            if message is None:
                continue
            try:
                if line is None or not line.usable:
                    line = smtp.connect(as_account(account), password, post.patience)
            except BaseException as error:
                commands.put_back(desk, key, error.happened if isinstance(error, Problem) else "")
                raise
            done = _send_one(desk, account, line, message, done)
    finally:
        if line is not None:
            line.close()
    return done


def _send_one(desk: Desk, account: MailAccount, line: smtp.Line, message: Outgoing, done: Sent) -> Sent:
    def before_body() -> None:
        commands.body_leaves(desk, message.id)

    try:
        answer = smtp.send(line, account.address, message.to_address, message.raw, before_body)
    except Unsure as trouble:
        commands.unknown(desk, message.id, trouble.happened)
        return replace(done, unknown=done.unknown + 1, trouble=trouble)
    except Refused as trouble:
        return _refused(desk, message, trouble, done)
    except NotReached as trouble:
        commands.put_back(desk, message.id, trouble.happened)
        raise
    commands.accepted(desk, message.id, f"{answer.code} {answer.text}")
    return replace(done, accepted=done.accepted + 1)


def _refused(desk: Desk, message: Outgoing, trouble: Refused, done: Sent) -> Sent:
    if trouble.permanent and trouble.scope == "message":
        commands.failed(desk, message.id, trouble.happened)
        return replace(done, failed=done.failed + 1)
    commands.put_back(desk, message.id, trouble.happened)
    if trouble.scope == "account":
        raise trouble
    return done


def _look_for(
    desk: Desk, post: Post, account: MailAccount, password: str, doubtful: list[Outgoing], done: Sent
) -> Sent:
    now = desk.store.clock.now()
    due = [m for m in doubtful if m.unknown_since is not None and look_at(m.unknown_since, m.looks) <= now]
    if not due:
        return done
    with imap.connect(as_account(account), password, post.patience) as box:
        sent = account.sent_folder or imap.folders(box).sent
        for message in due:
            if sent and imap.find(box, sent, message.message_id):
                commands.accepted(desk, message.id, "found in Sent")
                done = replace(done, accepted=done.accepted + 1)
            else:
                assert message.unknown_since is not None
                commands.looked(desk, message.id, ask=ask_now(message.unknown_since, message.looks + 1, now))
    return done


def _file_all(desk: Desk, post: Post, account: MailAccount, password: str) -> None:
    taken = _in_state(desk, account, MessageState.ACCEPTED)
    if not taken:
        return
    with imap.connect(as_account(account), password, post.patience) as box:
        sent = "" if _files_by_itself(account) else _folders(desk, account, box)
        for message in taken:
            if sent and not imap.find(box, sent, message.message_id):
                imap.append(box, sent, message.raw, ("\\Seen",), desk.store.clock.now())
            commands.filed(desk, message.id)
        _clear_drafts(desk, account, box)


def _clear_drafts(desk: Desk, account: MailAccount, box: imap.Box) -> None:
    """Take drafts out of the account whose message has left, so that nobody sends them a second time."""
    with desk.store.read() as session:
        outdated = queries.outdated_drafts(session, account.id)
    for key, draft in outdated:
        _take_out(desk, box, key, draft)


def _take_out(desk: Desk, box: imap.Box, key: int, draft: StoredDraft) -> None:
    if draft.validity is not None and draft.uid is not None:
        imap.delete(box, draft.folder, (draft.validity, draft.uid))
    commands.draft_gone(desk, key)


def _put(desk: Desk, box: imap.Box, key: int, folder: str, draft: StoredDraft) -> None:
    old = (draft.validity, draft.uid) if draft.validity is not None and draft.uid is not None else None
    new = imap.replace_draft(box, folder, draft.raw, old)
    try:
        commands.draft_saved(desk, key, folder, new[0] if new else None, new[1] if new else None)
    except Problem:  # taken back while the server was spoken to
        if new is not None:
            imap.delete(box, folder, new)
        raise


def _unsettled(desk: Desk, account: MailAccount, *, at_once: bool) -> list[UnsettledDraft]:
    now = desk.store.clock.now()
    with desk.store.read() as session:
        return [each for each in queries.unsettled_drafts(session, account.id) if at_once or each.due <= now]


def _settle_drafts(desk: Desk, post: Post, account: MailAccount, password: str, drafts: list[UnsettledDraft]) -> None:
    """Make the account's Drafts what they were before a saving that was taken back."""
    if not drafts:
        return
    try:
        with imap.connect(as_account(account), password, post.patience) as box:
            for each in drafts:
                if each.phase is DraftPhase.PUT_BACK:
                    _put(desk, box, each.id, each.draft.folder, each.draft)
                else:
                    _take_out(desk, box, each.id, each.draft)
    except Problem:
        commands.drafts_wait(desk, account.id)
        raise


def _files_by_itself(account: MailAccount) -> bool:
    if account.files_sent is not None:
        return account.files_sent
    return account.smtp_host.casefold().endswith(FILES_BY_ITSELF)


def _folders(desk: Desk, account: MailAccount, box: imap.Box) -> str:
    if account.sent_folder:
        return account.sent_folder
    found = imap.folders(box)
    commands.note_folders(desk, account.id, found.drafts or "", found.sent or "")
    return found.sent or ""


def upload_draft(desk: Desk, post: Post, key: int) -> None:
    """Put a message into the account's Drafts, in the place of its earlier version; raises Problem."""
    with desk.store.read() as session:
        account = queries.account(session)
        draft = queries.draft_of(session, key)
    if account is None or draft is None:
        raise Problem("There is no mail account yet.", "Your text is kept.", "Add one in Settings.")
    with imap.connect(as_account(account), post.password(account), post.patience) as box:
        folder = account.drafts_folder or imap.folders(box).drafts
        if not folder:
            raise Problem("The account has no Drafts folder.", "Your text is kept.", "Make one in your mail program.")
        _put(desk, box, key, folder, draft)


def _counted(desk: Desk, done: Sent) -> Sent:
    with desk.store.read() as session:
        states = queries.states(session)
    doubtful = states.get(MessageState.UNKNOWN, 0) + states.get(MessageState.ASK, 0)
    return replace(done, unknown=doubtful, waiting=states.get(MessageState.QUEUED, 0))
