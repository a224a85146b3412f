"""The account's own folders after sending: looking for what is unknown, one copy in Sent, drafts as they are to be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from followup_desktop.base.errors import Problem
from followup_desktop.commands import messages as commands
from followup_desktop.commands import outbox
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
from followup_desktop.core.messages.rules import WATCHED, ask_now, look_at
from followup_desktop.jobs.post import Post, Sent, as_account
from followup_desktop.mail import imap
from followup_desktop.mail.providers import provider_sending_at
from followup_desktop.mail.troubles import NotKept, SignInRefused

LOOK_LATER, WHILE_IT_TAKES_NOTHING = timedelta(minutes=2), timedelta(minutes=10)
"""How long a mailbox that could not be looked into, or that is full, is left alone."""
FILED_NOW = "The copies that waited are in Sent now."


def see_to(desk: Desk, post: Post, account: MailAccount, done: Sent, *, at_once: bool) -> Sent:
    """Look for what may have left, file what has, and settle drafts."""
    now = desk.store.clock.now()
    if not at_once and account.look_again_at is not None and account.look_again_at > now:
        return done
    with desk.store.read() as session:
        taken = queries.outgoing(session, [MessageState.ACCEPTED], account.id, without_bytes=True)
        doubtful = queries.outgoing(session, [MessageState.UNKNOWN], account.id, without_bytes=True)
        drafts = [each for each in queries.unsettled_drafts(session, account.id) if at_once or each.due <= now]
    doubtful = [m for m in doubtful if m.unknown_since is not None and look_at(m.unknown_since, m.looks) <= now]
    if not (taken or doubtful or drafts):
        return done
    refused: Problem | None = None
    try:
        with imap.connect(as_account(account), post.password(account), post.patience) as box:
            sent = account.sent_folder or _found_sent(desk, account, box)
            done = _look_for(desk, account, box, sent, doubtful, done)
            filed, refused = _file_all(desk, post, account, box, sent)
            _settle_drafts(desk, box, drafts)
            _clear_drafts(desk, account, box)
    except SignInRefused as problem:
        outbox.pause(desk, account.id, problem.sentence())
        return replace(done, trouble=done.trouble or problem)
    except Problem as problem:
        outbox.drafts_wait(desk, account.id)
        refused = problem
    if refused is not None:
        return _not_now(desk, account, refused, done, at_once=at_once)
    if account.not_filed:
        outbox.looked_well(desk, account.id)
    return replace(done, says=FILED_NOW) if account.not_filed and filed else done


def _not_now(desk: Desk, account: MailAccount, problem: Problem, done: Sent, *, at_once: bool) -> Sent:
    """Leave a mailbox that was not reached, or took nothing, alone for a while.

    The owner is told once: what is the same at the next try is no news, unless they asked for it.
    """
    wait = WHILE_IT_TAKES_NOTHING if isinstance(problem, NotKept) else LOOK_LATER
    outbox.look_later(desk, account.id, desk.store.clock.now() + wait, problem.happened)
    is_news = at_once or account.not_filed != problem.happened
    return replace(done, trouble=done.trouble or problem) if is_news else done


def _found_sent(desk: Desk, account: MailAccount, box: imap.Box) -> str:
    found = imap.folders(box)
    commands.note_folders(desk, account.id, found.drafts or "", found.sent or "")
    return found.sent or ""


def files_by_itself(account: MailAccount) -> bool | None:
    """Whether the server puts what it sends into Sent; None while that is not known yet."""
    if account.files_sent is not None:
        return account.files_sent
    provider = provider_sending_at(account.smtp_host)
    return True if provider is not None and provider.files_sent else None


def _look_for(
    desk: Desk, account: MailAccount, box: imap.Box, sent: str, doubtful: Sequence[Outgoing], done: Sent
) -> Sent:
    now = desk.store.clock.now()
    for message in doubtful:
        copy = imap.copy_of(box, sent, message.message_id) if sent else None
        if copy is not None:
            if account.files_sent is None:
                outbox.learned_filing(desk, account.id, files_sent=True)
            outbox.found(desk, message.id, _alias(copy, message))
            done = replace(done, accepted=done.accepted + 1)
        else:
            assert message.unknown_since is not None
            ask = ask_now(message.unknown_since, message.looks + 1, now)
            outbox.looked(desk, message.id, ask=ask, known=_known(account, sent) if ask else "")
    return done


def _known(account: MailAccount, sent: str) -> str:
    """Say what is known of a message that may have left and was not found."""
    if not sent:
        return "The account has no Sent folder to look into."
    where = f"It is not in {sent} after five minutes"
    match files_by_itself(account):
        case True:
            return f"{account.smtp_host} files what it sends. {where}."
        case False:
            return f"{where}; {account.smtp_host} does not file what it sends, so that says little."
        case _:
            return f"{where}; whether {account.smtp_host} files what it sends is not known yet."


def _alias(copy: str, message: Outgoing) -> str:
    return copy if copy != message.message_id else ""


def _file_all(desk: Desk, post: Post, account: MailAccount, box: imap.Box, sent: str) -> tuple[int, NotKept | None]:
    """See that each message a server took lies in Sent once, and learn whether the server puts it there itself.

    Return how many do now, and why the mailbox took the others not.
    """
    filed, refused = 0, None
    with desk.store.read() as session:
        taken = queries.outgoing(session, [MessageState.ACCEPTED], account.id)
        learned = queries.account(session, account.id)
    habit = files_by_itself(learned or account)
    for message in taken:
        copy = imap.copy_of(box, sent, message.message_id, renamed=habit is not False) if sent else ""
        if copy is None and habit is not False and post.watch and _still_watched(desk, message):
            continue
        if habit is None and sent:
            # Learned before our own copy goes there: a copy found after a crash would else be taken for the server's.
            habit = copy is not None
            outbox.learned_filing(desk, account.id, files_sent=habit)
        if copy is None and not habit:
            try:
                imap.append(box, sent, message.raw, ("\\Seen",), message.sent_at)
            except NotKept as problem:
                refused = refused or problem
                if problem.full:
                    break
                continue
        outbox.filed(desk, message.id, _alias(copy, message) if copy else "")
        filed += 1
    return filed, refused


def _still_watched(desk: Desk, message: Outgoing) -> bool:
    return message.sent_at is not None and desk.store.clock.now() < message.sent_at + WATCHED


def _clear_drafts(desk: Desk, account: MailAccount, box: imap.Box) -> None:
    """Take drafts out of the account whose message has left, so that nobody sends them a second time."""
    with desk.store.read() as session:
        outdated = queries.outdated_drafts(session, account.id)
    for key, draft in outdated:
        _take_out(desk, box, key, draft)


def _take_out(desk: Desk, box: imap.Box, key: int, draft: StoredDraft) -> None:
    if draft.validity is not None and draft.uid is not None:
        imap.delete(box, draft.folder, (draft.validity, draft.uid))
    outbox.draft_gone(desk, key)


def _put(desk: Desk, box: imap.Box, key: int, folder: str, draft: StoredDraft) -> None:
    old = (draft.validity, draft.uid) if draft.validity is not None and draft.uid is not None else None
    new = imap.replace_draft(box, folder, draft.raw, old)
    try:
        outbox.draft_saved(desk, key, folder, new[0] if new else None, new[1] if new else None)
    except Problem:  # taken back while the server was spoken to
        if new is not None:
            imap.delete(box, folder, new)
        raise


def _settle_drafts(desk: Desk, box: imap.Box, drafts: Sequence[UnsettledDraft]) -> None:
    """Make the account's Drafts what they were before a saving that was taken back."""
    for each in drafts:
        if each.phase is DraftPhase.PUT_BACK:
            _put(desk, box, each.id, each.draft.folder, each.draft)
        else:
            _take_out(desk, box, each.id, each.draft)


def upload_draft(desk: Desk, post: Post, key: int) -> None:
    """Put a message into the account's Drafts, in the place of its earlier version; raises Problem."""
    with desk.store.read() as session:
        account = queries.account_of_message(session, key)
        draft = queries.draft_of(session, key)
    if account is None or draft is None:
        raise Problem("There is no mail account yet.", "Your text is kept.", "Add one in Settings.")
    with imap.connect(as_account(account), post.password(account), post.patience) as box:
        folder = account.drafts_folder or imap.folders(box).drafts
        if not folder:
            raise Problem("The account has no Drafts folder.", "Your text is kept.", "Make one in your mail program.")
        _put(desk, box, key, folder, draft)
