"""Commands about what customers allow."""

from __future__ import annotations

from followup_desktop.base.errors import Problem
from followup_desktop.commands.customers import tidied_phone
from followup_desktop.commands.door import business_of, command
from followup_desktop.core.consent import records
from followup_desktop.core.consent.model import OFTEN, SELDOM, Law, NewWish, WishKind, WishState
from followup_desktop.core.consent.rules import wish_words
from followup_desktop.core.consent.rules.clocks import LAWS
from followup_desktop.core.consent.tables import WishRow
from followup_desktop.core.customers import queries as customers
from followup_desktop.core.customers import records as customer_records
from followup_desktop.core.customers.model import Customer, CustomerId
from followup_desktop.core.history import records as history
from followup_desktop.core.history.model import Happening, NewEvent
from followup_desktop.mail.compose import check_address
from followup_desktop.store.store import Work

MONTH = 30
TOLD_YOU = "told you"
"""Where a permission comes from that the owner enters by hand."""

CHANNELS = {
    "email": "email",
    "text": "texts",
    "call": "calls",
    "card": "cards",
    OFTEN: "more than one message a week",
    SELDOM: "one message at most",
}
"""The channels one can say yes or no to, with their words."""


@command("consent.set", says="Permission changed")
def set_consent(
    work: Work, customer: CustomerId, channel: str, *, allowed: bool, source: str = TOLD_YOU, days: int | None = None
) -> None:
    """Keep what a customer said about one channel; `days` is for `SELDOM`: in how many days one message is enough."""
    known = customers.customer(work.session, customer)
    if channel == SELDOM and not 1 <= (days or MONTH) <= 366:
        raise Problem("That is no number of days.", "Nothing was changed.", "Say from 1 to 366.")
    days = (days or MONTH) if channel == SELDOM and allowed else None
    records.allow(work, customer, channel, allowed=allowed, source=source, days=days)
    what = f"{CHANNELS.get(channel, channel)}{f' in {days} days' if days else ''}"
    work.says = f"{known.name} {'allows' if allowed else 'does not want'} {what}"


@command("consent.stop_mail", says="No mail at all")
def stop_mail(work: Work, customer: CustomerId) -> None:
    """Write nothing to any address of a customer from now on; the addresses stay on the list for good."""
    known = customers.customer(work.session, customer)
    _addresses(known)
    _stop(work, known, TOLD_YOU, everything=False)
    work.says = f"No mail to {known.name} any more"


@command("consent.allow_mail", says="Mail allowed again")
def allow_mail(work: Work, customer: CustomerId) -> None:
    """Write to a customer again who asked for it."""
    known = customers.customer(work.session, customer)
    for address in _addresses(known):
        records.lift(work, "email", address)
    records.allow(work, customer, "email", allowed=True, source=TOLD_YOU)
    records.settle_wishes(work, customer, WishState.NOT_SO)
    history.note(work, customer, NewEvent(Happening.NOTE, note="Wants mail again"))
    work.says = f"Mail to {known.name} again"


@command("consent.suppress", says="Nothing goes there any more")
def suppress(work: Work, address: str, why: str) -> tuple[str, str]:
    """Let nothing go to an address or a number, whoever has it now or later; return its kind and how it is kept."""
    kind, value = _kind_and_value(work, address)
    records.suppress(work, kind, value, why)
    work.says = f"Nothing goes to {value} any more"
    return kind, value


@command("consent.lift", says="Mail allowed again")
def lift(work: Work, address: str) -> tuple[str, str]:
    """Take an address or a number off the list; return its kind and value, or nothing where it was not on it."""
    kind, value = _kind_and_value(work, address, strict=False)
    work.says = f"{'Mail' if kind == 'email' else 'Calls and texts'} to {value} again"
    return (kind, value) if records.lift(work, kind, value) else ("", "")


def _kind_and_value(work: Work, text: str, *, strict: bool = True) -> tuple[str, str]:
    """Tell a number from an address: one has digits and nothing but what numbers are written with. Raises Problem."""
    bare = text.strip()
    if bare and "@" not in bare and all(c.isdigit() or c in "+()-./ \u00a0" for c in bare):
        return "phone", tidied_phone(bare, business_of(work).region).casefold()
    try:
        return "email", check_address(bare).casefold()
    except Problem:
        if strict:
            raise
        return "email", bare.casefold()


@command("consent.stop_everything", says="Nothing goes to them any more")
def stop_everything(work: Work, customer: CustomerId, source: str = TOLD_YOU) -> None:
    """Let nothing go to any address or number of a customer, on any channel; it stays on the list for good."""
    known = customers.customer(work.session, customer)
    _stop(work, known, source, everything=True)
    work.says = f"Nothing goes to {known.name} any more"


def _stop(work: Work, known: Customer, source: str, *, everything: bool) -> None:
    """Take a customer at their word: addresses on the list, the channel refused, and whatever it ends ended."""
    for address in _mails(known):
        records.suppress(work, "email", address, source)
    numbers = [n for n in (known.person.phone, *known.person.more_phones) if n] if everything else []
    for number in numbers:
        records.suppress(work, "phone", number, source)
    for channel in ("email", "text", "call", "card") if everything else ("email",):
        records.allow(work, known.id, channel, allowed=False, source=source)
    records.settle_wishes(work, known.id, WishState.GRANTED)
    note = "Nothing at all, on any channel" if everything else "No mail at all"
    quoted = "" if source == TOLD_YOU else f": {source}"
    history.note(work, known.id, NewEvent(Happening.OPTED_OUT, note=f"{note}{quoted}"))


@command("consent.law", says="Rules of contact changed")
def set_law(work: Work, customer: CustomerId, law: str) -> None:
    """Say whose rules of contact go for a customer; "" means those of the business."""
    known = customers.customer(work.session, customer)
    if law and law not in set(Law):
        raise Problem(f"There are no rules called “{law}”.", "Nothing was changed.", "Say casl, pecr or none.")
    records.set_law(work, customer, law)
    work.recorder.touch("contact_laws")
    work.says = f"{known.name}: {LAWS[law] if law else 'the rules of the business'}"


def honour(work: Work, customer: CustomerId, source: str) -> None:
    """Take somebody at their word at once who used the way out below our mail."""
    _stop(work, customers.customer(work.session, customer), source, everything=False)


# What a customer seems to ask for in a mail: proposed, with the sentence; the owner says what was meant.


def said_in_mail(sentence: str) -> str:
    """Return what a permission read from a mail has as its source."""
    return f"wrote: “{sentence}”"


@command("wish.stop_mail", says="No mail any more")
def stop_mail_as_asked(work: Work, wish: int) -> None:
    """Stop mail, as a customer asked."""
    row = records.open_wish(work, wish)
    known = customers.customer(work.session, row.customer_id)
    _stop(work, known, said_in_mail(row.sentence), everything=False)
    work.says = f"No mail to {known.name} any more"


@command("wish.stop_everything", says="Nothing any more")
def stop_everything_as_asked(work: Work, wish: int) -> None:
    """Stop everything, as a customer asked."""
    row = records.open_wish(work, wish)
    known = customers.customer(work.session, row.customer_id)
    _stop(work, known, said_in_mail(row.sentence), everything=True)
    work.says = f"Nothing goes to {known.name} any more"


@command("wish.not_so", says="It was not meant so")
def not_meant_so(work: Work, wish: int) -> None:
    """Leave everything as it is: the sentence was not meant so."""
    records.open_wish(work, wish).state = WishState.NOT_SO


@command("wish.grant", says="As they asked")
def grant(work: Work, wish: int) -> str:
    """Do as a customer asked: the channel they like, how often, or that they agree. Return what was done, in words."""
    row = records.open_wish(work, wish)
    known = customers.customer(work.session, row.customer_id)
    if row.kind == WishKind.STOP:
        _stop(work, known, said_in_mail(row.sentence), everything=False)
        work.says = f"No mail to {known.name} any more"
    else:
        work.says = f"{known.name}: {_grant(work, row)}"
    row.state = WishState.GRANTED
    return work.says


def _grant(work: Work, row: WishRow) -> str:
    source, key = said_in_mail(row.sentence), CustomerId(row.customer_id)
    match row.kind:
        case WishKind.SELDOM:
            records.allow(work, key, SELDOM, allowed=True, source=source, days=row.days or MONTH)
            records.allow(work, key, OFTEN, allowed=False, source=source)
        case WishKind.OFTEN:
            records.allow(work, key, OFTEN, allowed=True, source=source)
            records.allow(work, key, SELDOM, allowed=False, source=source)
        case WishKind.TIME:
            customer_records.get(work, key).best_time = row.best_time
        case WishKind.AGREES:
            records.allow(work, key, "email", allowed=True, source=source)
        case _:
            customer_records.get(work, key).channel = row.channel
            records.allow(work, key, row.channel, allowed=True, source=source)
            for channel in row.refused:
                records.allow(work, key, channel, allowed=False, source=source)
    return wish_words(_new_wish(row))


def _new_wish(row: WishRow) -> NewWish:
    return NewWish(WishKind(row.kind), row.sentence, row.channel, tuple(row.refused), row.days, row.best_time)


def _mails(customer: Customer) -> list[str]:
    return [a for a in (customer.person.email, *customer.person.more_emails) if a]


def _addresses(customer: Customer) -> list[str]:
    found = _mails(customer)
    if not found:
        raise Problem(f"{customer.name} has no email address.", "Nothing was changed.", "There is nothing to stop.")
    return found
