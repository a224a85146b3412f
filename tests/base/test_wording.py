"""Days, times, counts and lists as people say them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base import wording
from followup_desktop.base.zones import resolve

TODAY = date(2026, 11, 23)  # a Monday
ZONE = "America/New_York"
NOW = resolve(TODAY, time(13, 2), ZONE)
h, d = (lambda n: timedelta(hours=n)), (lambda n: timedelta(days=n))


@pytest.mark.parametrize(
    ("day", "english", "spanish"),
    [
        (date(2026, 11, 23), "today", "hoy"),
        (date(2026, 11, 24), "tomorrow", "mañana"),
        (date(2026, 11, 22), "yesterday", "ayer"),
        (date(2026, 11, 25), "Wednesday", "miércoles"),
        (date(2026, 11, 29), "Sunday", "domingo"),
        (date(2026, 11, 30), "Mon 30 Nov", "lun 30 nov"),
        (date(2026, 11, 6), "Fri 6 Nov", "vie 6 nov"),
        (date(2027, 1, 3), "Sun 3 Jan 2027", "dom 3 ene 2027"),
        (date(2025, 11, 6), "Thu 6 Nov 2025", "jue 6 nov 2025"),
    ],
)
def test_a_day_is_named_as_people_name_it(day, english, spanish):
    assert wording.day_words(day, TODAY) == english
    assert wording.day_words(day, TODAY, "es") == spanish


def test_a_day_without_today_is_its_date():
    assert wording.day_words(date(2026, 11, 6)) == "Fri 6 Nov"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "today"),
        (date(2026, 11, 24), "Tue"),
        (date(2026, 11, 29), "Sun"),
        (date(2026, 12, 1), "1 Dec"),
        (date(2026, 11, 20), "20 Nov"),
        (date(2027, 1, 3), "3 Jan 2027"),
    ],
)
def test_a_narrow_column_has_the_short_day(day, words):
    assert wording.short_day_words(day, TODAY) == words


def test_a_long_date_is_written_out():
    assert wording.long_date_words(TODAY, TODAY) == "Monday 23 November"
    assert wording.long_date_words(date(2027, 1, 3), TODAY) == "Sunday 3 January 2027"
    assert wording.long_date_words(TODAY, TODAY, "es") == "lunes 23 de noviembre"
    assert wording.long_date_words(TODAY, locale="es") == "lunes 23 de noviembre de 2026"


def test_months():
    assert wording.month_words(date(2026, 10, 1)) == "October 2026"
    assert wording.month_words(date(2026, 9, 30), year=False) == "September"
    assert wording.month_words(date(2026, 10, 1), "es") == "octubre de 2026"


@pytest.mark.parametrize(
    ("clock", "locale", "words"),
    [
        (time(9), "en", "9:00 am"),
        (time(0, 5), "en", "12:05 am"),
        (time(12), "en", "12:00 pm"),
        (time(15), "en_US", "3:00 pm"),
        (time(9), "en_GB", "09:00"),
        (time(9), "en-GB", "09:00"),
        (time(9), "es", "9:00"),
        (time(21, 5), "es_ES", "21:05"),
        (time(21, 5), "es_US", "9:05 p.m."),
        (time(9), "not a locale", "9:00 am"),
    ],
)
def test_the_clock_is_the_locales(clock, locale, words):
    assert wording.clock_words(clock, locale) == words


def test_a_moment_is_told_by_its_own_clocks():
    at = resolve(date(2026, 11, 24), time(9), ZONE)
    assert wording.moment_words(at, NOW, ZONE) == "tomorrow, 9:00 am"
    assert wording.moment_words(at, NOW, "Asia/Tokyo") == "today, 11:00 pm"
    assert wording.exact_words(at, ZONE) == "Tuesday 24 November 2026, 9:00 am"
    assert wording.exact_words(at, ZONE, "es") == "martes 24 de noviembre de 2026, 9:00"


@pytest.mark.parametrize(
    ("ahead", "words"),
    [
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=15), "in 15 min"),
        (timedelta(minutes=59, seconds=50), "in 1 h"),
        (timedelta(hours=1, minutes=58), "in 2 h"),
        (h(23) + timedelta(minutes=50), "in 1 day"),
        (d(3), "in 3 days"),
        (-h(26), "1 day late"),
    ],
)
def test_how_far_ahead(ahead, words):
    assert wording.in_words(ahead) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (h(6) + timedelta(minutes=59), "6 h left"),
        (timedelta(minutes=3), "3 min left"),
        (d(2) + h(5), "2 days left"),
        (timedelta(0), "closed"),
        (-h(1), "closed"),
    ],
)
def test_never_more_is_left_than_there_is(left, words):
    assert wording.left_words(left) == words


def test_late():
    assert wording.late_words(d(1) + h(3)) == "1 day late"
    assert wording.late_words(d(2)) == "2 days late"
    assert wording.late_words(timedelta(seconds=1)) == "1 min late"
    assert wording.late_words(d(2), "es") == "2 días de retraso"


@pytest.mark.parametrize(
    ("ago", "english", "spanish"),
    [
        (h(4), "since 9:02 am", "desde las 9:02"),
        (d(2), "since Sat", "desde el sáb"),
        (d(20), "since 3 Nov", "desde el 3 nov"),
        (d(400), "since 19 Oct 2025", "desde el 19 oct 2025"),
    ],
)
def test_since_when(ago, english, spanish):
    assert wording.since_words(NOW - ago, NOW, ZONE) == english
    assert wording.since_words(NOW - ago, NOW, ZONE, "es") == spanish


def test_counts():
    assert wording.count_words(1, "customer", "customers") == "1 customer"
    assert wording.count_words(0, "customer", "customers") == "0 customers"
    assert wording.count_words(10_000, "customer", "customers") == "10,000 customers"
    assert wording.count_words(10_000, "cliente", "clientes", "es") == "10.000 clientes"


@pytest.mark.parametrize(
    ("items", "locale", "words"),
    [
        ([], "en", ""),
        (["a"], "en", "a"),
        (["a", "b"], "en", "a and b"),
        (["a", "b", "c"], "en", "a, b and c"),
        (["Juan", "Ana"], "es", "Juan y Ana"),
        (["Juan", "Inés"], "es", "Juan e Inés"),
        (["agua", "hielo"], "es", "agua y hielo"),
        (["padre", "hijo"], "es", "padre e hijo"),
    ],
)
def test_lists(items, locale, words):
    assert wording.list_words(items, locale) == words


def test_only_the_first_letter_is_raised():
    assert wording.sentence("ring Carl") == "Ring Carl"
    assert wording.sentence("") == ""


def test_english_written_here_is_what_the_locale_data_says():
    english, known = wording._ENGLISH, Locale.parse("en_US")
    assert english == wording._babel_names("en_US")
    assert known.time_formats["short"].pattern.replace("\u202f", " ") == "h:mm a"


def test_a_language_without_our_words_keeps_its_own_clock():
    assert wording.day_words(date(2026, 11, 25), TODAY, "fr") == "Wednesday"
    assert wording.clock_words(time(9), "fr") == "09:00"


@given(st.dates(), st.dates(), st.sampled_from(["en", "es", "en_GB", "es_MX", ""]))
def test_every_day_has_words(day, today, locale):
    for words in (wording.day_words, wording.short_day_words, wording.date_words, wording.long_date_words):
        assert words(day, today, locale)


@given(
    st.integers(-60_000_000_000, 250_000_000_000).map(
        lambda seconds: datetime.fromtimestamp(0, UTC) + timedelta(seconds=seconds)
    )
)
def test_every_moment_has_words(moment):
    assert wording.moment_words(moment, NOW, ZONE)
    assert wording.since_words(moment, NOW, ZONE)
    assert wording.in_words(moment - NOW)
    assert wording.left_words(moment - NOW)
