"""How the outbox decides: which state follows which, when to try again, when to look, when to ask. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import accumulate

from followup_desktop.base.zones import Quiet, local_day, resolve
from followup_desktop.core.messages.model import Attached, Outgoing
from followup_desktop.mail.providers import provider_sending_at

LOOKS = 3
LOOKING = timedelta(minutes=5)
"""An unknown message is asked about after at least this many looks over at least this time."""

WATCHED = timedelta(seconds=60)
"""How long the Sent folder is watched to learn whether a server files what it sends."""
_WATCH_AT = (0, 5, 15, 30, 60)

LATE = timedelta(hours=1)
"""What is later than this does not leave by itself any more."""
TOO_MANY_CAME_BACK = 3
"""So many messages to addresses that do not exist in a day stop an account."""
A_DAY, AN_HOUR = timedelta(hours=24), timedelta(hours=1)

FEW, MOST, LARGEST_BATCH = 5, 100, 8_000_000
"""Messages taken for sending at a time: at first, and at most; and their bytes together."""
A_SECOND = timedelta(seconds=1)

_BACK_OFF = (1, 2, 5, 15, 30, 60)


def try_again_at(now: datetime, attempts: int) -> datetime:
    """Return when to try again after `attempts` failures that may pass: 1, 2, 5, 15, 30, then every 60 minutes."""
    return now + timedelta(minutes=_BACK_OFF[min(max(attempts, 1), len(_BACK_OFF)) - 1])


def first_of(due: Sequence[Outgoing], most: int) -> list[Outgoing]:
    """Return the first messages of what is due, at most so many, and not many bytes together; always one."""
    sizes = accumulate(message.size for message in due[:most])
    return list(due[: max(1, sum(size <= LARGEST_BATCH for size in sizes))])


def batch_of(took: timedelta, messages: int) -> int:
    """Return how many messages to take for sending at a time where so many took so long: what leaves in a second."""
    return min(MOST, max(1, int(messages * A_SECOND / took))) if took else MOST


def watch_at(sent_at: datetime, now: datetime) -> datetime:
    """Return when to look into Sent next for a copy that the server may file itself: 0, 5, 15, 30 and 60 s after."""
    moments = [sent_at + timedelta(seconds=after) for after in _WATCH_AT]
    return next((at for at in moments if at > now), moments[-1])


def is_late(planned: datetime, seen: datetime | None, now: datetime, zone: str, *, asked: bool) -> bool:
    """Whether a message's time has gone by while nobody was there to send it (asleep, or shut down).

    `seen` is when the outbox was last at work with something due: what waited for its turn meanwhile is not late. Where
    the owner `asked` for sending, only what was planned for an earlier day is.
    """
    since = max(planned, seen or planned)
    if now - since <= LATE:
        return False
    return not asked or local_day(since, zone) < local_day(now, zone)


EVENING, MORNING = time(18), time(9)
"""When a message that is to leave this evening, or in the morning, leaves by the customer's clock."""
DAYS_AHEAD = 8


def this_evening(now: datetime, zone: str, quiet: Quiet) -> datetime | None:
    """Return this evening at six where a customer lives (UTC); None where it is past, or nobody is contacted then."""
    at = resolve(local_day(now, zone), EVENING, zone)
    return at if at > now and not quiet.is_quiet(at, zone) else None


def next_morning(now: datetime, zone: str, quiet: Quiet) -> datetime:
    """Return nine in the morning of the next day on which one is contacted then (UTC), where a customer lives.

    Where no morning is left by the quiet hours, it is the first moment that is.
    """
    today = local_day(now, zone)
    mornings = (resolve(today + timedelta(days=ahead), MORNING, zone) for ahead in range(1, DAYS_AHEAD))
    tomorrow = resolve(today + timedelta(days=1), MORNING, zone)
    return next((at for at in mornings if not quiet.is_quiet(at, zone)), quiet.next_allowed(tomorrow, zone))


_OF_A_DAY = re.compile(r"\b(daily|24[ -]?h|day|tomorrow)|5\.4\.5", re.IGNORECASE)


def held_for(said: str) -> timedelta:
    """Return how long an account waits after a server spoke of a limit: a day where it names one, else an hour."""
    return A_DAY if _OF_A_DAY.search(said) else AN_HOUR


def provider_takes(smtp_host: str) -> int:
    """Return how many messages a day a provider takes, as far as is known; 0 is not."""
    provider = provider_sending_at(smtp_host)
    return (provider.per_day if provider else None) or 0


def near_limit(today: int, provider: int) -> str:
    """Return a warning once four fifths of what the provider takes in a day have left, else nothing."""
    if not provider or today * 5 < provider * 4:
        return ""
    return f"{today} messages have left today; this provider takes about {provider} a day."


_GONE = re.compile(r"\b5\.1\.(1|2|3|6|10)\b|user unknown|unknown user|no such (user|mailbox)", re.IGNORECASE)


def address_is_gone(said: str) -> bool:
    """Whether a refusal says that there is no such address (RFC 3463 3.2)."""
    return _GONE.search(said) is not None


def look_at(unknown_since: datetime, looks: int) -> datetime:
    """Return when to look for the next time whether an unknown message left."""
    return unknown_since + LOOKING / LOOKS * (looks + 1)


def ask_now(unknown_since: datetime, looks: int, now: datetime) -> bool:
    """Whether enough was looked for to ask the owner."""
    return looks >= LOOKS and now - unknown_since >= LOOKING


def quoted(text: str) -> str:
    """Return one line of `text` for lists, at most 90 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89].rstrip() + "…"


_ANSWERS = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|sv|vs|rv|odp|ynt|tr|wg|fw|fwd|rif|r|res|enc|回复|答复|回覆)\s*(?:\[\d+\]|\(\d+\))?\s*[:：]\s*)+",
    re.IGNORECASE,
)
"""What mail programs of many languages put before the subject of an answer."""


def bare_subject(subject: str) -> str:
    """Return a subject without what marks it as an answer."""
    return _ANSWERS.sub("", subject).strip() or subject.strip()


_QUESTION = re.compile(r"""\w["”’)»]*\?(?=[\s"”’)»?!]|$)""")


def asks_something(text: str) -> bool:
    """Whether a message asks its reader something: a question of its own, not one in a link or in what it quotes."""
    own = "\n".join(line for line in text.splitlines() if not line.startswith(">"))
    return _QUESTION.search(own) is not None


_SAYS_NOTHING = re.compile(
    r"^(?:hi|hello|hey|hola|buenas|question|pregunta|inquiry|enquiry|consulta|contact|help|info\w*|request|quote|service|"
    r"\(?no subject\)?|sin asunto)\b\W*(?:\w+\W*)?$",
    re.IGNORECASE,
)


def asked_about(subject: str) -> str:
    """Return what somebody asked about, as far as their subject tells in a few words; else nothing."""
    bare = re.sub(r"^(?:\s*(?:re|fwd?|aw|rv|wg|tr)\s*:)+", "", subject, flags=re.IGNORECASE).strip(" .!?")
    about = re.sub(
        r"^(?:(?:question|inquiry|enquiry|pregunta|consulta|information|info) )?(?:about|regarding|on|for|sobre|de) ",
        "", bare, flags=re.IGNORECASE,
    )  # fmt: skip
    about = re.sub(r"^(?:the|our|my|your|a|an|el|la|los|las|mi|nuestr[oa]) ", "", about, flags=re.IGNORECASE)
    return about if 1 <= len(about.split()) <= 5 and not _SAYS_NOTHING.match(about) else ""


def size_words(size: int) -> str:
    """Return a size as people say it: "12 kB", "3.4 MB", or "large" where only its beginning was read."""
    if size < 0:
        return "large"
    if size < 1_000:
        return f"{size} bytes"
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{round(size / 1_000)} kB"


def attached_words(one: Attached) -> str:
    """Return "Attached: quote.pdf, 120 kB"."""
    return f"Attached: {one.name}, {size_words(one.size)}"


def all_attached_words(some: Sequence[Attached]) -> str:
    """Return "Attached: quote.pdf (120 kB), plan.png (2.4 MB)"."""
    return f"Attached: {', '.join(f'{one.name} ({size_words(one.size)})' for one in some)}"


_MAY_BE_OPENED = frozenset(
    {
        "pdf",
        "txt",
        "csv",
        "jpg",
        "jpeg",
        "png",
        "gif",
        "webp",
        "heic",
        "tif",
        "tiff",
        "bmp",
        "docx",
        "xlsx",
        "odt",
        "ods",
    }
)
"""Endings of what cannot do anything by being looked at; not among them: programs, scripts, pages, links, macros."""
_NAMES_OF_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """Return a file name that stays in its folder and looks like what it is, on every system."""
    bare = re.sub(r"[\x00-\x1f\x7f<>:\"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "_", name).strip(" .")[-120:]
    return f"_{bare}" if not bare or _NAMES_OF_DEVICES.fullmatch(bare) else bare


def may_be_opened(name: str) -> bool:
    """Whether an attachment may be opened here; anything else is only saved. The last ending counts."""
    return "." in name and safe_name(name).rpartition(".")[2].casefold() in _MAY_BE_OPENED
