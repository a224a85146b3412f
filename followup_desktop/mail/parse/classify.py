"""What a received message is, tried in this order: ours, receipt, bounce, abuse report, automatic, opt-out, answer, reply.

Bounces come before automatic mail, because nearly half of them say that they are automatic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from followup_desktop.mail.parse import receipt
from followup_desktop.mail.parse.answer import link_answer
from followup_desktop.mail.parse.automatic import is_automatic
from followup_desktop.mail.parse.back import return_date
from followup_desktop.mail.parse.bounce import Failure, bounce_of
from followup_desktop.mail.parse.model import Found, Kind, Known, Mail, World
from followup_desktop.mail.parse.opt_out import maybe_opt_out, opt_out_sentence, uses_way_out
from followup_desktop.mail.parse.reading import ids
from followup_desktop.mail.parse.reply_text import reply_text

_ADDRESS = re.compile(r"(?<![\w.+=-])[\w.!#$%&'*+/=?^`{|}~-]{1,100}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_LOCAL = re.compile(r"(?m)^[ \t<\"']+([\w.+-]{2,64})[>\"']?[ \t]*(?:$|[(:]|[ \t]{2,})")
_PREFIX = re.compile(
    r"^\s*(?:(?:re|aw|rv|sv|vs|tr|r|antw|odp|fwd?|fw|wg|ynt|res|ref|enc|i|回复|答复|回覆|返信|undeliver(?:able|ed)(?: mail)?|unzustellbar|non remis|no se puede entregar|onbestelbaar|"
    r"automatic reply|automatische antwort|respuesta automática|réponse automatique|risposta automatica|resposta automática|automatisch antwoord|out of office(?: reply| autoreply)?|auto(?:matic)?[ -]?reply|autosvar|"
    r"abwesenheitsnotiz|read|gelesen|leído|lu|letto|lida|gelezen)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)


def classify(mail: Mail, world: World, today: date) -> Found:
    """Return what a message is; `today` is the day it came, where its own date is not to be had."""
    if world.is_ours(mail.sender) and not mail.reports:
        return _of_ours(mail, world)
    if receipt.is_receipt(mail) and not receipt.tells_refusal(mail):
        about = _first(receipt.about(mail), world) or _by_subject(mail, world, mail.sender)
        return replace(_about(Kind.RECEIPT, about, mail, world), shown=receipt.was_shown(mail))
    if "message/feedback-report" not in mail.reports and not _is_complaint(mail):
        failure = bounce_of(mail, _wrote_to(mail, world))
        if failure is not None:
            return _bounced(mail, failure, world)
    else:
        return _reported(mail, world)
    known = _first(mail.answers, world)
    pressed = uses_way_out(mail, mail.text) or link_answer(mail.subject) is not None
    if not pressed and is_automatic(mail):
        found = _about(Kind.AUTO, known or _by_subject(mail, world, mail.sender), mail, world)
        return replace(found, return_date=return_date(mail, mail.date.date() if mail.date else today))
    return _from_a_person(mail, known, world)


def _of_ours(mail: Mail, world: World) -> Found:
    customers = [key for address in mail.to if (key := world.customer_of(address)) is not None]
    known = world.message_of(mail.message_id) if mail.message_id else None
    return Found(
        Kind.OWN,
        known.customer if known else next(iter(customers), None),
        known.key if known else None,
        reply_text=reply_text(mail),
    )


def _from_a_person(mail: Mail, known: Known | None, world: World) -> Found:
    last = known or _first(ids(mail.text[-8000:]), world) or _by_subject(mail, world, mail.sender)
    words = reply_text(mail, last.text if last else "")
    whose = last.customer if last else world.customer_of(mail.sender)
    key = last.key if last else None
    if sentence := opt_out_sentence(mail, words):
        return Found(Kind.OPT_OUT, whose, key, reply_text=words, sentence=sentence)
    answered = link_answer(mail.subject)
    if answered is not None:
        return Found(Kind.ANSWER, whose, key, reply_text=words, score=answered.number)
    kind = Kind.OTHER if whose is None else Kind.REPLY
    return Found(kind, whose, key, reply_text=words, sentence=maybe_opt_out(words))


def own_part(mail: Mail, world: World) -> str:
    """Return a message's own words, without what it quotes of ours."""
    last = _first((*mail.answers, *ids(mail.text[-8000:])), world) or _by_subject(mail, world, mail.sender)
    return reply_text(mail, last.text if last else "")


def _by_subject(mail: Mail, world: World, address: str) -> Known | None:
    """Return the message of ours that one without a thread answers: by who writes, its subject and the time.

    The subject may have words before it, as programs put there, where it is an answer or was made by a program. One
    that only says “Re:” answers the last.
    """
    sent = [one for one in world.sent_to(address) if _is_before(one, mail)]
    bare = _bare(mail.subject)
    answers = bool(_PREFIX.match(mail.subject)) or not mail.text or receipt.is_receipt(mail) or is_automatic(mail)
    for one in sent:
        ours = _bare(one.subject)
        if ours and (bare == ours or (answers and re.search(rf"(?<!\w){re.escape(ours)}$", bare))):
            return one
    return sent[0] if sent and not bare and mail.subject else None


def _is_before(one: Known, mail: Mail) -> bool:
    return one.sent is None or mail.date is None or one.sent <= mail.date + timedelta(days=1)


def _bare(subject: str) -> str:
    """Return a subject without what mail programs put before it, and without its last sign of being cut."""
    return " ".join(_PREFIX.sub("", subject).casefold().rstrip(" .…").split())


def _bounced(mail: Mail, failure: Failure, world: World) -> Found:
    known = _first((*receipt.returned_ids(mail), *ids(mail.text), *mail.answers), world)
    addresses = failure.addresses or ((known.to_address,) if known else ())
    if known is None:
        known = next((last for address in addresses if (last := _last_to(address, mail, world)) is not None), None)
    if known is not None and failure.addresses and known.to_address not in failure.addresses and len(addresses) == 1:
        # It was forwarded: the address that failed is not the one we wrote to, but that is the one we know.
        addresses = (known.to_address,) if world.customer_of(addresses[0]) is None else addresses
    customer = known.customer if known else _customer(addresses, world)
    return Found(
        Kind.BOUNCE,
        customer,
        known.key if known else None,
        addresses=addresses,
        permanent=failure.permanent,
        status=failure.status,
    )


def _last_to(address: str, mail: Mail, world: World) -> Known | None:
    """Return which message to an address came back: the one whose subject the report names, else the last."""
    sent = [one for one in world.sent_to(address) if _is_before(one, mail)]
    told = f"{mail.subject}\n{mail.returned}\n{mail.text}".casefold()
    return next(
        (one for one in sent if len(one.subject) > 3 and one.subject.casefold() in told), sent[0] if sent else None
    )


_COMPLAINED = re.compile(r"(?im)^x-hmxmroriginalrecipient:\s*(\S+@\S+)")


def _is_complaint(mail: Mail) -> bool:
    """Whether a provider tells without a report that somebody called a message of ours spam."""
    return bool(mail.returned) and (
        bool(_COMPLAINED.search(mail.returned)) or mail.subject.casefold().startswith("complaint about message from")
    )


def _reported(mail: Mail, world: World) -> Found:
    """Return who called a message of ours spam (RFC 5965); it counts as their wish not to be written to."""
    report = mail.reports.get("message/feedback-report", "")
    # Hotmail's programme of reports is older than the standard, and tells the address in a field of the message.
    report += "".join(f"\noriginal-rcpt-to: {one}" for one in _COMPLAINED.findall(mail.returned))
    known = _first((*receipt.returned_ids(mail), *ids(mail.returned)), world)
    kind = re.search(r"(?im)^feedback-type:\s*([a-z-]+)", report)
    if kind and kind[1].casefold() in ("not-spam", "auth-failure", "dmarc"):
        return Found(Kind.REPORT)  # nobody called it spam (RFC 6430, RFC 6591)
    named = [a.casefold() for a in _ADDRESS.findall(" ".join(re.findall(r"(?im)^original-rcpt-to:(.*)$", report)))]
    customer = known.customer if known else _customer(named, world)
    named += [] if known or named else [a for a in _wrote_to(mail, world) if a not in mail.to]
    customer = customer if customer is not None else _customer(named, world)
    addresses = tuple(dict.fromkeys(named)) or ((known.to_address,) if known else ())
    return Found(Kind.REPORT, customer, known.key if known else None, addresses=addresses)


def _about(kind: Kind, known: Known | None, mail: Mail, world: World) -> Found:
    customer = known.customer if known else world.customer_of(mail.sender)
    return Found(kind, customer, known.key if known else None)


def _first(named: Iterable[str], world: World) -> Known | None:
    return next((known for one in named if (known := world.message_of(one)) is not None), None)


def _customer(addresses: Iterable[str], world: World) -> int | None:
    return next((key for address in addresses if (key := world.customer_of(address)) is not None), None)


def _wrote_to(mail: Mail, world: World) -> tuple[str, ...]:
    """Return the addresses in a message that we wrote to."""
    text = f"{mail.text[:20_000]}\n{mail.reports.get('message/delivery-status', '')[:20_000]}\n{mail.returned[:8000]}"
    named = {address.casefold().strip(".'`*=") for address in _ADDRESS.findall(text)}
    # Some servers name their own people without what stands behind the "@".
    house = mail.sender.partition("@")[2]
    named |= {f"{name.casefold()}@{house}" for name in _LOCAL.findall(mail.text[:4000])} if house else set()
    mine = {address for address in named if world.is_ours(address)}
    return tuple(a for a in sorted(named - mine)[:200] if world.customer_of(a) is not None or world.sent_to(a))
