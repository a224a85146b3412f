"""What came with a message is left on the server and fetched when somebody asks for it; it is never run.

Pictures, papers and plain text may be opened with the system's own program; everything else is only saved.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from followup_desktop.base.errors import Problem
from followup_desktop.commands.desk import Desk
from followup_desktop.core.messages import queries
from followup_desktop.core.messages.rules import safe_name
from followup_desktop.jobs.post import Post, as_account
from followup_desktop.mail import imap
from followup_desktop.mail.parse.reading import attachment


def fetch(desk: Desk, post: Post, message: int, name: str) -> bytes:
    """Return an attachment of a message of the mailbox, by its name. Raises `Problem`."""
    with desk.store.read() as session:
        letter = queries.letter(session, message)
        accounts = queries.accounts(session)
    if letter is None or not letter.message_id or name not in {one.name for one in letter.attached}:
        raise Problem(f"There is no attachment {name} with this message.", "Nothing was fetched.", "")
    for account in accounts:
        with imap.connect(as_account(account), post.password(account), post.patience) as box:
            for folder in ("INBOX", account.sent_folder):
                for uid in imap.find(box, folder, letter.message_id) if folder else ():
                    found = attachment(imap.read(box, folder, uid) or b"", name)
                    if found is not None:
                        return found
    raise Problem(f"{name} is not in the mailbox any more.", "The words of the message are kept here.", "Ask for it.")


def kept(data: bytes, name: str) -> Path:
    """Write an attachment into a folder of its own, for looking at."""
    place = Path(tempfile.mkdtemp(prefix="followup-")) / safe_name(name)
    kept_as(data, place)
    return place


def kept_as(data: bytes, place: Path) -> None:
    """Write an attachment where the owner said; nobody else may read it, and nobody may run it. Raises `Problem`."""
    try:
        with open(place, "wb", opener=_for_the_owner) as file:
            file.write(data)
    except OSError as wrong:
        raise Problem(f"{place.name} could not be written: {wrong.strerror}.", "", "Choose another place.") from None


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
