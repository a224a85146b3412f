"""What a received message is, tried in this order: ours, receipt, bounce, abuse report, automatic, opt-out, answer, reply.

Bounces come before automatic mail, because nearly half of them say that they are automatic.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from followup_desktop.mail.parse import receipt
from followup_desktop.mail.parse.answer import link_answer
from followup_desktop.mail.parse.automatic import is_automatic, return_date
from followup_desktop.mail.parse.bounce import Failure, bounce_of
from followup_desktop.mail.parse.model import Found, Kind, Known, Mail, World
from followup_desktop.mail.parse.opt_out import opt_out_sentence
from followup_desktop.mail.parse.reading import ids
from followup_desktop.mail.parse.reply_text import reply_text

_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


def classify(mail: Mail, world: World, today: date) -> Found:
    """Return what a message is; `today` is the day it came, where its own date is not to be had."""
    if world.is_ours(mail.sender) and not mail.reports:
        return _of_ours(mail, world)
    if receipt.is_receipt(mail):
        return _about(Kind.RECEIPT, _first(receipt.about(mail), world), mail, world)
    failure = bounce_of(mail, _wrote_to(mail, world))
    if failure is not None:
        return _bounced(mail, failure, world)
    if "message/feedback-report" in mail.reports:
        return _reported(mail, world)
    known = _first(mail.answers, world)
    if is_automatic(mail):
        back = return_date(mail, mail.date.date() if mail.date else today)
        found = _about(Kind.AUTO, known, mail, world)
        return Found(Kind.AUTO, found.customer, found.message, return_date=back)
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
    customer = world.customer_of(mail.sender)
    last = known or (world.last_to(mail.sender) if _answers_last(mail) else None)
    words = reply_text(mail, last.text if last else "")
    sentence = opt_out_sentence(mail, words)
    whose = last.customer if last else customer
    key = last.key if last else None
    if sentence:
        return Found(Kind.OPT_OUT, whose, key, reply_text=words, sentence=sentence)
    answered = link_answer(mail.subject)
    if answered is not None:
        return Found(Kind.ANSWER, whose, key, reply_text=words, score=answered.number)
    if whose is None:
        return Found(Kind.OTHER, reply_text=words)
    return Found(Kind.REPLY, whose, key, reply_text=words)


def _answers_last(mail: Mail) -> bool:
    """Whether a message without a thread still answers: its subject says so."""
    return bool(re.match(r"\s*(re|aw|rv|sv|vs|tr|antw|odp|ynt|ref)\s*(\[\d+\])?\s*[:：]", mail.subject, re.IGNORECASE))


def _bounced(mail: Mail, failure: Failure, world: World) -> Found:
    known = _first((*receipt.returned_ids(mail), *ids(mail.text), *mail.answers), world)
    addresses = failure.addresses or ((known.to_address,) if known else ())
    if known is None:
        known = next((last for address in addresses if (last := world.last_to(address)) is not None), None)
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


def _reported(mail: Mail, world: World) -> Found:
    """Return who called a message of ours spam (RFC 5965); it counts as their wish not to be written to."""
    report = mail.reports["message/feedback-report"]
    known = _first((*receipt.returned_ids(mail), *ids(mail.returned)), world)
    named = [a.casefold() for a in _ADDRESS.findall(" ".join(re.findall(r"(?im)^original-rcpt-to:(.*)$", report)))]
    customer = known.customer if known else _customer(named, world)
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
    named = {address.casefold().strip(".'") for address in _ADDRESS.findall(mail.text[:20_000])}
    return tuple(address for address in named if world.last_to(address) is not None or world.customer_of(address))
