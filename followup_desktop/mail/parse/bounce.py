"""Delivery reports: which address failed, for good or for now, and which message of ours it was.

The machine-readable part comes first (RFC 3464 with the status codes of RFC 3463), then Exim's header, then the words
of the report read in a closed world: an address counts when we wrote to it, or when the report names no other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from followup_desktop.mail.parse.bounce_words import (
    BLOCKED,
    BODY,
    DAEMON,
    DAEMON_NAME,
    FULL,
    GONE,
    LATER,
    RETURNED,
    is_of_report,
)
from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.receipt import tells_refusal

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d]|\.\d)")
_CODE = re.compile(
    r"(?<![\d.:/-])([45][0-5]\d)(?:[ \-](?!\d{3}\b)|[:;>]|$)(?! ?(bytes|kb|messages))", re.IGNORECASE | re.MULTILINE
)
_ADDRESS = re.compile(r"(?<![\w.+=-])[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_SUCCESS = ("delivered", "relayed", "expanded")
_ANSWERED = re.compile(r"^\s*(re|aw|rv|sv|vs|antw|fwd?|fw|wg|tr|enc|rv|i|doorst)\s*(\[\d+\])?\s*[:：]", re.IGNORECASE)

Known = Callable[[str], bool]
"""Whether we wrote to an address."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What a delivery report says: the addresses, the status (RFC 3463) where told, and whether they are gone."""

    addresses: tuple[str, ...]
    status: str
    permanent: bool


@dataclass(frozen=True, slots=True)
class _Failed:
    """One recipient of a report."""

    address: str
    status: str
    permanent: bool


def may_be_bounce(mail: Mail) -> bool:
    """Whether the head of a message makes it worth reading whole: it may be a delivery report."""
    return (
        bool(mail.header("X-Failed-Recipients"))
        or (is_of_report(mail.subject) and not _ANSWERED.match(mail.subject))
        or _is_from_daemon(mail)
    )


def bounce_of(mail: Mail, wrote_to: Iterable[str] = ()) -> Failure | None:
    """Return what a delivery report says, or None where it is none. `wrote_to` are addresses it may be about."""
    known = frozenset(wrote_to)
    report = mail.reports.get("message/delivery-status", "") or _report_in(mail)
    if report:
        failure = _by_report(report, mail, known)
        if failure is not None or _tells_success(report):
            return failure
    if tells_refusal(mail):
        refused = _address_in(_fields(mail.reports["message/disposition-notification"]).get("final-recipient", ""))
        return _by_words(mail, (refused,) if refused else _named(mail, known))
    failed = mail.header("X-Failed-Recipients")
    if failed and not _ANSWERED.match(mail.subject):
        return _by_words(mail, tuple(dict.fromkeys(a.casefold() for a in _ADDRESS.findall(failed))))
    if not _looks_like_one(mail):
        return None
    return _by_words(mail, _named(mail, known))


def _report_in(mail: Mail) -> str:
    """Return the fields of a report that somebody put into the text instead of a part of its own."""
    if "final-recipient" not in mail.text.casefold() or not (_is_from_daemon(mail) or is_of_report(mail.subject)):
        return ""
    return mail.text if re.search(r"(?im)^(final|original)-recipient\s*:", mail.text) else ""


def _recipients(report: str) -> list[dict[str, str]]:
    blocks = [_fields(block) for block in re.split(r"\n[ \t]*\n", report.replace("\r\n", "\n"))]
    return [one for one in blocks if {"final-recipient", "original-recipient", "action", "status"} & one.keys()]


def _tells_success(report: str) -> bool:
    found = _recipients(report)
    return bool(found) and all(_is_success(one) for one in found)


def _is_success(fields: dict[str, str]) -> bool:
    action = _word(fields.get("action", ""))
    return action in _SUCCESS or (not action and fields.get("status", "").startswith("2"))


def _word(value: str) -> str:
    return "".join(re.findall(r"^\W*([a-z]+)", value.casefold()))


def _by_report(report: str, mail: Mail, wrote_to: Collection[str]) -> Failure | None:
    groups = [one for one in _recipients(report) if not _is_success(one)]
    failed = [one for one in groups if _word(one.get("action", "failed")) != "delayed"] or groups
    if not failed:
        return None
    found = [_of_recipient(one, mail, wrote_to) for one in failed]
    addresses = tuple(dict.fromkeys(one.address for one in found if one.address))
    if not addresses:
        addresses = _named(mail, frozenset(wrote_to))
    named = [one for one in found if one.address] or found
    main = next((one for one in named if one.address in wrote_to), named[0])
    return Failure(addresses, main.status, main.permanent)


def _of_recipient(fields: dict[str, str], mail: Mail, wrote_to: Collection[str]) -> _Failed:
    named = [
        _address_in(fields.get(name, "")) for name in ("original-recipient", "final-recipient", "x-actual-recipient")
    ]
    # What was written to comes before what it was forwarded to.
    address = next((one for one in named if one in wrote_to), next((one for one in named if one), ""))
    said = " ".join(fields.get(name, "") for name in ("diagnostic-code", "x-supplementary-info", "x-display-name"))
    told = next(iter(_STATUS.findall(fields.get("status", ""))), "")
    statuses = [told] if told else []
    statuses += [code for code in _STATUS.findall(said) if code[0] == (told or code)[0]]
    status = _most_telling(statuses) or _by_code(f"{fields.get('status', '')}\n{said}")
    action = _word(fields.get("action", "failed"))
    if action == "delayed" and not status.startswith("4"):
        status = f"4{status[1:]}" if status else "4.0.0"
    # Where the server told no reason, the words above the report do.
    words = said if len(said.split()) > 2 else f"{said} {_above_returned(mail.text)[:4000]}"
    return _Failed(address, status, _is_gone(status, words, action))


def _address_in(value: str) -> str:
    kind, _, address = value.rpartition(";")
    if kind.strip().casefold() in ("x400", "x-notes"):
        return ""
    address = re.sub(r"\\x\{([0-9A-Fa-f]{2,6})\}", _sign, address)  # RFC 6533 3
    if kind.strip().casefold() == "rfc822" and re.search(r"\+[0-9A-F]{2}", address):
        address = re.sub(r"\+([0-9A-F]{2})", _sign, address)  # xtext, RFC 3461 4
    found = _ADDRESS.search(address)
    return _clean(found[0]) if found else ""


def _sign(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return chr(number) if 32 < number < 0x110000 else match[0]


def _by_words(mail: Mail, addresses: tuple[str, ...]) -> Failure:
    words = f"{mail.subject}\n{_above_returned(mail.text)}"
    status = _most_telling(_STATUS.findall(words)) or _by_code(words)
    if not status and LATER.search(words) and not GONE.search(words):
        status = "4.0.0"
    return Failure(addresses, status, _is_gone(status, words, ""))


def _by_code(words: str) -> str:
    """Return the status of an SMTP reply that has none of its own: undefined, for good or for now (RFC 3463 3)."""
    codes = [found[1] for found in _CODE.finditer(words)]
    if not codes:
        return ""
    return "5.0.0" if any(code[0] == "5" for code in codes) else "4.0.0"


def _is_gone(status: str, words: str, action: str) -> bool:
    """Whether the address is gone for good, as against full, blocked or only late."""
    if status.startswith("4") or action == "delayed":
        return False
    gone, full, blocked = bool(GONE.search(words)), bool(FULL.search(words)), bool(BLOCKED.search(words))
    if status.startswith(("5.1.7", "5.1.8")):
        return False  # it is the sender that is wrong
    if status.startswith("5.1.") and _LARGE.search(words) and not gone:
        return False
    if status.startswith("5.1."):
        return status != "5.1.0" or gone or not (blocked or full)
    if status == "5.2.1":
        return gone or not full
    if status.startswith(("5.4.", "5.7.")):
        return bool(_UNKNOWN.search(words))
    if status.startswith("5.2.2"):
        return False
    if not status and LATER.search(words) and not gone:
        return False
    return gone and not (full and not _UNKNOWN.search(words))


_LARGE = re.compile(
    r"(message|mail) (size )?(exceed|too (large|big))|max(imum)?( message)? size|size limit", re.IGNORECASE
)
_UNKNOWN = re.compile(
    r"no mail ?box (found|here|available|by)|not a (known|valid) (user|recipient|mailbox)|user (is )?unknown|unknown (user|recipient|mailbox)|no such (user|recipient|mailbox)|recip(ient)?notfound|recipient not found|(user|recipient|mailbox|account).{0,40}(does ?n[o']t exist|doesn'?t exist|not found)|invalid recipient|"
    r"usuario (desconocido|inexistente)|unbekannter (empfänger|benutzer)|utilisateur inconnu|utente sconosciuto",
    re.IGNORECASE,
)


def _most_telling(statuses: list[str]) -> str:
    """Return the status that says most: a failure before a delay, a detail before none, the first of equals."""
    failures = [s for s in statuses if s[0] in "45"]
    return max(failures, key=lambda s: (s[0] == "5", not s.endswith(".0.0"), not s.endswith(".0"))) if failures else ""


def _fields(block: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in block.split("\n"):
        if line[:1] in (" ", "\t") and name:
            found[name] += " " + line.strip()
        elif ":" in line:
            name, _, value = line.partition(":")
            name = name.strip().casefold()
            found.setdefault(name, value.strip())
    return found


def _is_from_daemon(mail: Mail) -> bool:
    return (
        bool(DAEMON.match(mail.sender))
        or mail.header("Return-Path") == "<>"
        or mail.header("Content-Type").casefold().startswith("multipart/report")
        or (not mail.sender and bool(DAEMON_NAME.search(mail.sender_name or mail.header("From"))))
    )


def _looks_like_one(mail: Mail) -> bool:
    """Whether a message reads like a delivery report, of a sender and in words that no person uses."""
    about = is_of_report(mail.subject)
    if _ANSWERED.match(mail.subject) or not (about or may_be_bounce(mail) or DAEMON_NAME.search(mail.sender_name)):
        return False  # looking through the words takes longer than everything else
    words = _above_returned(mail.text)
    told = about, bool(BODY.search(words) or BODY.search(" ".join(words.split())))
    coded = bool(_STATUS.search(words) or _CODE.search(words))
    if DAEMON.match(mail.sender) or not mail.sender:
        return any(told) or bool(GONE.search(words))
    if _is_from_daemon(mail):
        # Automatic replies come without a return path as well; a report says which, or why.
        return (told[0] and (told[1] or coded)) or (told[1] and coded)
    if DAEMON_NAME.search(mail.sender_name):
        return all(told) or (any(told) and coded)
    # A robot under any name: it says so twice, and gives a code or lists who did not get it, as no person does.
    return all(told) and (coded or (not mail.answers and bool(_listed(words))))


def _above_returned(text: str) -> str:
    """Return the words of the report, without the message it sends back."""
    return RETURNED.split(text[:20_000], maxsplit=1)[0][:4000]


def _clean(address: str) -> str:
    bare = address.casefold().strip(".'`|*=").removeprefix("mailto:")
    # Gateways of X.400 write what kind an address is before it: "dda:SMTP=", "RFC-822=".
    return re.sub(r"^(?:smtp|rfc-?822|internet)=", "", bare)


_ALONE = re.compile(
    rf"^[ \t>*•·\-–]*(?:\"[^\"\n]{{1,80}}\"[ \t]*)?[\[(<\"']*({_ADDRESS.pattern})[\])>\"']*"
    r"(?=[ \t]*$|[ \t]*[:;]|[ \t]+[-–(]|,?[ \t]+on\s|\.{3}|\s+(?:unknown|user|no such|failed|not)\b)"
    rf"|^[^\n@:]{{0,40}}:[ \t]*<?({_ADDRESS.pattern})>?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_FOR_HELP = re.compile(r"contact|help|assist|question|support|from|sender|reply|return|generated|admin", re.IGNORECASE)


def _listed(words: str) -> list[str]:
    """Return the addresses a report gives a line of their own, as it lists who did not get a message."""
    found = []
    for match in _ALONE.finditer(words):
        if match[1] or not _FOR_HELP.search(match[0].partition(":")[0]):
            found.append(_clean(match[1] or match[2]))
    return found


def _named(mail: Mail, wrote_to: frozenset[str]) -> tuple[str, ...]:
    """Return the addresses a report in words is about: those we wrote to, else the only ones it can mean."""
    above = _NOT_MEANT.sub("", _above_returned(mail.text))
    # What a report repeats of the head of the message may be a list or a name that stands for many.
    head = [_clean(one) for line in _HEAD.findall(f"{mail.returned}\n{mail.text}") for one in _ADDRESS.findall(line)]
    listed, below = _listed(_HEAD.sub("", above)), head
    named = [*listed, *(_clean(address) for address in _ADDRESS.findall(_HEAD.sub("", above)))]
    for some in (named, below):
        ours = [address for address in some if address in wrote_to]
        if ours:
            return tuple(dict.fromkeys(ours))
    house = [a for a in sorted(wrote_to) if _is_of_house(a, mail.sender, above)]
    if house:
        return tuple(house)
    foreign = [a for a in (*named, *below) if not DAEMON.match(a) and a not in mail.to and a != mail.sender]
    every = [a for a in foreign if a in listed]
    return tuple(dict.fromkeys(every)) or tuple(foreign[:1])


def _is_of_house(address: str, sender: str, words: str) -> bool:
    """Whether a report names one of its own people without what stands behind the "@"."""
    name, _, domain = address.partition("@")
    return domain == sender.partition("@")[2] and bool(re.search(rf"(?im)^[ \t<\"']+{re.escape(name)}(?![\w@])", words))


_NOT_MEANT = re.compile(
    r"^\W{0,4}(?:message-id|references|in-reply-to|from|sender|reply-to|return-path|von|de)\s?:[^\n]*$", re.I | re.M
)
"""Lines that name a message or its sender."""
_HEAD = re.compile(r"(?im)^[ \t>*]*(?:to|cc|x-original-to|an|para|à):(.*)$")
