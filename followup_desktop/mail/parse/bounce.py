"""Delivery reports: which address failed, for good or for now, and which message of ours it was.

The machine-readable part comes first (RFC 3464 with the status codes of RFC 3463), then Exim's header, then the words
of the report read in a closed world: an address counts when we wrote to it, or when the report names no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from followup_desktop.mail.parse.model import Mail

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)[ \-](?!\d{3}\b)")
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")
_DAEMON = re.compile(
    r"^(mailer-daemon|mail-daemon|mailerdaemon|postmaster|mail(er)?[-_.]?delivery|mdaemon|bounces?|mailsystem|"
    r"maildelivery|mail_delivery|noreply-mailer-daemon|microsoftexchange[0-9a-f]*)([+=\-_.][^@]*)?@",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|returned mail|returned to sender|delivery (status|failure|has failed|report|problem|incomplete|delayed)|failure notice|"
    r"mail delivery (failed|system|subsystem|problem|failure)|delivery.{0,20}(failed|delayed)|could not be delivered|"
    r"non ?remis|échec de (la )?remise|non recapitabile|mancata consegna|unzustellbar|zustellung|no (se )?(puede|pudo|ha podido) entregar|"
    r"no entregado|não entregue|falha na entrega|niet (worden )?(bezorgd|afgeleverd)|onbestelbaar|devuelto|warning: (message|could)|"
    r"nedoručiteln|niedostarcz|ikke leveret|kunne ikke leveres|kunde inte levereras|не доставлено|недоставлен|失敗|退信|配信|delivery notification",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"this is the mail system at host|i'm afraid i wasn't able to deliver|could not be delivered|wasn't delivered|was not delivered|"
    r"delivery to the following recipients? (failed|has been|was)|a message that you sent could not|following address(es)? (had|failed)|"
    r"permanent (fatal )?errors?|undeliverable|your message (couldn't|could not|did not|wasn't)|message (has been )?(blocked|rejected)|"
    r"delivery has failed|failed permanently|no longer (active|valid)|recipient address rejected|unable to deliver|will be retried|"
    r"not yet been delivered|delivery (is )?delayed|no se (ha podido|pudo) entregar|konnte nicht zugestellt|n'a pas pu être (remis|distribu)",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"user (is )?(unknown|not found|doesn'?t exist|does not exist)|unknown (user|recipient|mailbox|local part|address)|no such (user|mailbox|recipient|address|person)|"
    r"(mailbox|address|account|recipient|user|inbox|e-?mail account).{0,60}(does ?n[o']t exist|not exist|not found|no longer (exists|active|valid|available|in use)|"
    r"unavailable or not|has been (disabled|deactivated|closed|deleted)|is (disabled|inactive|invalid|unknown|closed))|invalid (recipient|mailbox|user|address)|"
    r"recipient (not found|unknown|rejected: user)|address (not found|unknown|rejected: undeliverable)|not (a )?(known|valid) (user|mailbox|recipient)|"
    r"recipnotfound|unrouteable address|domain (name )?(not found|does not exist)|host (or domain name )?not found|nxdomain|"
    r"usuario (desconocido|no existe)|no existe (el buzón|la cuenta|ese usuario)|unbekannter empfänger|existiert nicht|n'existe pas|bad destination mailbox",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"(mailbox|inbox|quota|storage).{0,40}(full|exceed|over)|over ?quota|insufficient (disk|system) (space|storage)|out of storage",
    re.I,
)
_BLOCKED = re.compile(
    r"spam|blocked|block list|blacklist|blocklist|spamhaus|barracuda|reputation|policy|dmarc|spf |dkim|not authori[sz]ed|access denied|"
    r"unauthenticated|suspicious|content (rejected|filter)|virus|relay(ing)? (access )?denied|banned",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"delayed|will (be retried|retry|keep trying|continue)|try(ing)? again|temporar|greylist|not yet been delivered|warning message only|"
    r"still being (tried|attempted)|do not need to resend|deferred|timed? out|connection refused",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Failure:
    """What a delivery report says: the addresses, the status (RFC 3463) where told, and whether they are gone."""

    addresses: tuple[str, ...]
    status: str
    permanent: bool


def bounce_of(mail: Mail, wrote_to: Iterable[str] = ()) -> Failure | None:
    """Return what a delivery report says, or None where it is none. `wrote_to` are addresses it may be about."""
    report = mail.reports.get("message/delivery-status", "")
    if report:
        return _by_report(report, mail)
    failed = mail.header("X-Failed-Recipients")
    if failed:
        return _by_words(mail, tuple(a.casefold() for a in _ADDRESS.findall(failed)))
    if not _looks_like_one(mail):
        return None
    return _by_words(mail, _named(mail, frozenset(wrote_to)))


def _by_report(report: str, mail: Mail) -> Failure | None:
    addresses, statuses, action, said = [], [], "", ""
    for block in re.split(r"\n\s*\n", report.replace("\r\n", "\n")):
        fields = _fields(block)
        if not {"final-recipient", "original-recipient", "action", "status"} & fields.keys():
            continue
        if fields.get("action", "failed").casefold() in ("delivered", "relayed", "expanded"):
            action = action or "delivered"
            continue
        action = fields.get("action", "failed").casefold()
        # What was written to comes before what it was forwarded to.
        for name in ("original-recipient", "final-recipient"):
            found = _ADDRESS.search(fields.get(name, "").partition(";")[2] or fields.get(name, ""))
            if found:
                addresses.append(found[0].casefold())
                break
        said += f" {fields.get('diagnostic-code', '')}"
        statuses += _STATUS.findall(fields.get("status", ""))
        inner = _STATUS.findall(fields.get("diagnostic-code", ""))
        statuses += [code for code in inner if code[0] == (fields.get("status") or code)[:1]]
    if action == "delivered" or not (addresses or statuses or action):
        return None
    status = _most_telling(statuses)
    if not status:
        status = _most_telling(_STATUS.findall(said))
    words = said if said.strip() else mail.text
    return Failure(tuple(dict.fromkeys(addresses)), status, _is_gone(status, words, action))


def _by_words(mail: Mail, addresses: tuple[str, ...]) -> Failure:
    words = f"{mail.subject}\n{mail.text}"
    status = _most_telling(_STATUS.findall(_above_returned(words)))
    if not status and (code := _CODE.search(_above_returned(words))):
        status = {"4": "4.0.0", "5": "5.0.0"}[code[1][0]]
    if not status and _LATER.search(words) and not _GONE.search(words):
        status = "4.0.0"
    return Failure(addresses, status, _is_gone(status, _above_returned(words), ""))


def _is_gone(status: str, words: str, action: str) -> bool:
    """Whether the address is gone for good, as against full, blocked or only late."""
    if status.startswith("4") or action == "delayed":
        return False
    if status.startswith(("5.1.", "5.2.1")) and not status.startswith(("5.1.7", "5.1.8")):
        return status not in ("5.1.0",) or not _BLOCKED.search(words) or bool(_GONE.search(words))
    if status.startswith(("5.2.", "5.3.", "5.5.", "5.6.")):
        return bool(_GONE.search(words)) and not _FULL.search(words)
    if status.startswith(("5.4.", "5.7.")):
        return bool(re.search(r"user unknown|unknown user|no such user|recipnotfound|does ?n[o']t exist", words, re.I))
    if not status and _LATER.search(words) and not _GONE.search(words):
        return False
    return bool(_GONE.search(words)) and not _FULL.search(words)


def _most_telling(statuses: list[str]) -> str:
    """Return the status that says most: a failure before a delay, a detail before none."""
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


def _looks_like_one(mail: Mail) -> bool:
    from_daemon = bool(_DAEMON.match(mail.sender)) or mail.header("Return-Path") == "<>"
    told = bool(_SUBJECT.search(mail.subject)), bool(_BODY.search(_above_returned(mail.text)))
    return (from_daemon and any(told)) or (all(told) and bool(_STATUS.search(mail.text) or _CODE.search(mail.text)))


def _above_returned(text: str) -> str:
    """Return the words of the report, without the message it sends back."""
    return re.split(
        r"\n[^\n]{0,40}(?:below this line is a copy|original message follows|included below|copy of the (?:original )?message|"
        r"original message (?:headers|header)|-{3,} ?(?:original|returned|this is a copy)|message headers follow)[^\n]*\n",
        text,
        maxsplit=1,
        flags=re.IGNORECASE,
    )[0]


def _named(mail: Mail, wrote_to: frozenset[str]) -> tuple[str, ...]:
    """Return the addresses a report in words is about: those we wrote to, else the only ones it can mean."""
    named = [address.casefold().strip(".'") for address in _ADDRESS.findall(_above_returned(mail.text))]
    ours = [address for address in named if address in wrote_to]
    if ours:
        return tuple(dict.fromkeys(ours))
    foreign = [a for a in named if not _DAEMON.match(a) and a not in mail.to and a != mail.sender]
    return tuple(dict.fromkeys(foreign))[:1]
