"""When time alone starts a journey for a customer: renewals, warranties, silence, anniversaries, seasons. Pure.

Every moment has a key that depends on the facts alone (which agreement and until when, which year), so that planning
it again finds it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from types import MappingProxyType

from followup_desktop.base.wording import count_words, date_words, long_date_words, month_words
from followup_desktop.base.zones import local_day, resolve
from followup_desktop.core.history.rules import own_rhythm
from followup_desktop.core.journeys.model import Moment, Trigger
from followup_desktop.core.journeys.rules.known import Known, Occurrence, Span

QUIET_FACTOR = 1.5
"""Half as long again as is usual with them: then it is quiet for too long."""

LOOK_AHEAD = timedelta(days=800)
"""So far ahead the next moment is looked for: two years and a season."""

_DAY = timedelta(days=1)
_RECORDS_BEGIN_LATE = timedelta(days=60)
"""So much earlier than the first visit we know of, “customer since” is what the owner knows better."""
_Days = Iterator[tuple[str, date, str]]
"""Key, day and words of moments that begin with a day."""


def moments(trigger: Trigger, known: Known, span: Span) -> list[Occurrence]:
    """Return the moments of a customer that start a journey within a span, the first one first."""
    found = [each for each in _of(trigger, known, span) if span.since < each.at <= span.until]
    return sorted(found, key=_in_order)


def next_moment(triggers: Iterable[Trigger], known: Known, after: datetime) -> datetime | None:
    """Return the first moment after `after` (UTC) that starts any of some journeys, or None."""
    span = Span(after, after, after + LOOK_AHEAD)
    return min((each.at for trigger in triggers for each in moments(trigger, known, span)), default=None)


def _in_order(each: Occurrence) -> tuple[datetime, str]:
    return each.at, each.key


def _of(trigger: Trigger, known: Known, span: Span) -> Iterator[Occurrence]:
    if trigger.moment is Moment.QUIET_TOO_LONG:
        yield from _silences(trigger, known, span.now)
    elif trigger.moment is not None:
        first, last = local_day(span.since, known.zone), local_day(span.until, known.zone)
        for key, day, words in _BY_DAY[trigger.moment](trigger, known, (first, last)):
            yield Occurrence(key, resolve(day, time(0), known.zone), words)


def _renewals(trigger: Trigger, known: Known, _within: tuple[date, date]) -> _Days:
    for each in known.belongings.agreements:
        if each.entry.renews_on:
            words = f"The {each.entry.what} runs out on {long_date_words(each.entry.renews_on)}"
            yield f"agreement-{each.id}-{each.entry.renews_on}", each.entry.renews_on - trigger.before, words


def _warranties(trigger: Trigger, known: Known, _within: tuple[date, date]) -> _Days:
    for each in known.belongings.equipment:
        if each.entry.warranty_until:
            words = f"The warranty of the {each.entry.what} ends on {long_date_words(each.entry.warranty_until)}"
            yield f"warranty-{each.id}-{each.entry.warranty_until}", each.entry.warranty_until - trigger.before, words


def _services(trigger: Trigger, known: Known, _within: tuple[date, date]) -> _Days:
    for each in known.belongings.equipment:
        if each.entry.service_on:
            words = f"The {each.entry.what} is due for service on {long_date_words(each.entry.service_on)}"
            yield f"service-{each.id}-{each.entry.service_on}", each.entry.service_on - trigger.before, words


def _offers(trigger: Trigger, known: Known, _within: tuple[date, date]) -> _Days:
    if known.offers_end:
        words = f"The law lets you write offers to them until {long_date_words(known.offers_end)}"
        yield f"offers-{known.offers_end}", known.offers_end - trigger.before, words


def _anniversaries(_trigger: Trigger, known: Known, within: tuple[date, date]) -> _Days:
    begun = _begun(known)
    for day in _every_year(begun.month, begun.day, within) if begun else ():
        years = day.year - (begun.year if begun else day.year)
        if begun and years > 0:
            yield f"year-{years}", day, f"First visit {count_words(years, 'year', 'years')} ago"


def _seasons(trigger: Trigger, _known: Known, within: tuple[date, date]) -> _Days:
    for day in _every_year(*trigger.on, within):
        yield f"season-{day.year}", day, f"{day.day} {month_words(day)}"


def _rounds(trigger: Trigger, known: Known, within: tuple[date, date]) -> _Days:
    """Every so often since they are a customer, and each on a day of their own within thirty."""
    begun = _begun(known)
    if begun is None:
        return
    start, every = begun + timedelta(days=known.customer % 30), max(trigger.every, _DAY)
    number = max((within[0] - start) // every, 1)
    while (day := start + number * every) <= within[1]:
        yield f"round-{number}", day, f"A customer since {month_words(known.since or begun)}"
        number += 1


def _begun(known: Known) -> date | None:
    """Return the day it began: the first visit, or long before it, where the records begin later than they came."""
    first, since = known.first_visit, known.since
    return since if first is None or (since is not None and since < first - _RECORDS_BEGIN_LATE) else first


def _silences(trigger: Trigger, known: Known, now: datetime) -> Iterator[Occurrence]:
    """Every time nothing was heard or said for longer than usual, by the rhythm known until then."""
    talks = [at for at in known.talks if at <= now]
    if not talks and known.first_visit:
        talks = [min(resolve(known.first_visit, time(12), known.zone), now)]
    for place, (at, following) in enumerate(pairwise((*talks, None)), 1):
        assert at is not None
        rhythm = own_rhythm(talks[:place])
        too_long = at + (rhythm * QUIET_FACTOR if rhythm else trigger.after)
        if following is None or following > too_long:
            day = local_day(at, known.zone)
            yield Occurrence(f"quiet-{day}", too_long, f"Nothing heard or said since {date_words(day)}")


def _every_year(month: int, day: int, within: tuple[date, date]) -> Iterator[date]:
    for year in range(within[0].year, within[1].year + 1):
        yield date(year, month, min(day, 28) if month == 2 else day)


_BY_DAY: Mapping[Moment, Callable[[Trigger, Known, tuple[date, date]], _Days]] = MappingProxyType(
    {
        Moment.RENEWAL_COMING: _renewals,
        Moment.WARRANTY_ENDING: _warranties,
        Moment.SERVICE_DUE: _services,
        Moment.FIRST_VISIT_ANNIVERSARY: _anniversaries,
        Moment.SEASON: _seasons,
        Moment.REGULARLY: _rounds,
        Moment.CONSENT_ENDING: _offers,
    }
)
