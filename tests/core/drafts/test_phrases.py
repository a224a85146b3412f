"""Bringing what an owner noted into a shape that fits a sentence."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from followup_desktop.core.drafts.model import Fact, Facts
from followup_desktop.core.drafts.rules.days import bare_day, day_ahead, left_words, long_date, plain_date, said_day
from followup_desktop.core.drafts.rules.phrases import (
    as_action,
    as_first_name,
    as_noun,
    as_person,
    as_quote,
    as_sentence,
    as_trouble,
    shaped,
    usable,
)


@pytest.mark.parametrize(
    ("noted", "noun"),
    [
        ("heater", "heater"),
        ("Heater replacement.", "heater replacement"),
        ("quote for a new heater", "new heater"),
        ("The pool resurfacing", "pool resurfacing"),
        ("Price for two new pumps", "two new pumps"),
        ("asked about weekly service", "weekly service"),
        ("Polaris cleaner", "Polaris cleaner"),
        ("LED lights", "LED lights"),
        ("HOA service", "HOA service"),
        ("presupuesto de una bomba", "bomba"),
        ("Heat pump, 50k BTU, fitted incl. gas line and a new pad", ""),
        ("She called. Wants it cheaper", ""),
        ("what about the price?", ""),
        ("Weekly service, has a dog", ""),
        ("Friday 9-11, opening", ""),
        ("opening at 9 am", ""),
        ("quiere servicio semanal", "servicio semanal"),
        ("servicio semanal, tiene perro", ""),
        ("", ""),
        (".", ""),
    ],
)
def test_a_noun_fits_behind_the(noted, noun):
    assert as_noun(noted) == noun


@pytest.mark.parametrize(
    ("noted", "sentence"),
    [
        ("replaced the seal, chlorine 2.4", "Replaced the seal, chlorine 2.4."),
        ("Done! All well.", "Done! All well."),
        ("He said “I will be back.”", "He said “I will be back.”"),
        ("A new seal (the old one leaked.)", "A new seal (the old one leaked.)"),
        ('They call it "the swamp"', 'They call it "the swamp".'),
        ("Cleaned filter,", "Cleaned filter."),
        ("Cleaned the filter. Gate code 4711. Back Tuesday", "Cleaned the filter. Back Tuesday."),
        ("gate code is 4711", ""),
        ("Limpió el filtro. La clave es 4711.", "Limpió el filtro."),
        ("", ""),
    ],
)
def test_a_note_becomes_sentences_without_what_is_private(noted, sentence):
    assert as_sentence(noted) == sentence


def test_a_long_note_ends_where_a_sentence_ends():
    said = as_sentence("First sentence here. " + "word " * 80)
    assert said == "First sentence here."


def test_a_quotation_is_cut_at_a_word():
    assert as_quote("“gate left open.”") == "gate left open"
    assert as_quote("He said “I will come.”") == "He said “I will come.”"
    assert as_quote("x" * 20 + " word" * 60).endswith(" word…")


@pytest.mark.parametrize(
    ("noted", "trouble"),
    [
        ("Gate left open on Friday.", "gate left open on Friday"),
        ("Green water, again", "green water, again"),
        ("Luis was late.", "Luis was late"),
        ("", ""),
    ],
)
def test_what_went_wrong_stands_behind_a_colon(noted, trouble):
    assert as_trouble(noted) == trouble


@pytest.mark.parametrize(
    ("noted", "name"),
    [
        ("Helen Zhou", "Helen Zhou"),
        ("Helen Zhou from Palm Ct", "Helen Zhou"),
        ("María de la Cruz, vecina", "María de la Cruz"),
        ("Neighbour at 12", ""),
        ("her sister", ""),
        ("", ""),
    ],
)
def test_a_referral_is_thanked_for_by_name(noted, name):
    assert as_person(noted) == name


@pytest.mark.parametrize(
    ("noted", "action"),
    [
        ("Ring Carl about the heater.", "ring Carl about the heater"),
        ("LED price to Carl", "LED price to Carl"),
        ("", ""),
    ],
)
def test_a_promise_stands_in_the_middle_of_a_sentence(noted, action):
    assert as_action(noted) == action


@pytest.mark.parametrize(
    ("entered", "name"),
    [
        ("SAM", "Sam"),
        ("grace", "Grace"),
        ("Mary Ann", "Mary Ann"),
        ("MacKenzie", "MacKenzie"),
        ("J.", ""),
        ("J", ""),
        ("sam@example.com", ""),
        ("Unit 7", ""),
        ("Tom & Sue", ""),
    ],
)
def test_a_first_name_is_fit_to_greet_with(entered, name):
    assert as_first_name(entered) == name


def test_a_fact_that_does_not_fit_is_missing():
    assert shaped(Fact("quote.about", "She wants it. Soon.", "")) is None
    assert shaped(Fact("quote.about", "A heater", "")).text == "heater"


def test_whoever_signs_is_not_spoken_of_by_name():
    known = [Fact("owner.first_name", "Dana", ""), Fact("visit.technician", "Dana", "")]
    assert usable(Facts.of(known)).text("visit.technician") is None
    assert usable(Facts.of([known[0], Fact("visit.technician", "Luis", "")])).text("visit.technician") == "Luis"


NOW = datetime(2026, 11, 18, 15, 0, tzinfo=ZoneInfo("America/Phoenix"))


@pytest.mark.parametrize(
    ("then", "english", "spanish"),
    [
        (NOW.replace(day=18, hour=9, minute=0), "this morning", "esta mañana"),
        (NOW.replace(day=18, hour=14, minute=0), "this afternoon", "esta tarde"),
        (NOW.replace(day=18, hour=18, minute=30), "today", "hoy"),
        (date(2026, 11, 18), "today", "hoy"),
        (NOW.replace(day=17, hour=9, minute=0), "yesterday", "ayer"),
        (date(2026, 11, 19), "tomorrow", "mañana"),
        (date(2026, 11, 16), "on Monday", "el lunes"),
        (date(2026, 11, 12), "on Thursday", "el jueves"),
        (date(2026, 11, 11), "on 11 November", "el 11 de noviembre"),
        (date(2026, 11, 24), "on Tuesday", "el martes"),
        (date(2025, 11, 11), "on 11 November 2025", "el 11 de noviembre de 2025"),
    ],
)
def test_a_day_is_said_as_people_say_it(then, english, spanish):
    assert said_day(then, NOW) == english
    assert said_day(then, NOW, "es-MX") == spanish


def test_a_day_behind_since():
    assert bare_day(date(2026, 11, 16), NOW) == "Monday"
    assert bare_day(date(2026, 11, 2), NOW) == "2 November"
    assert bare_day(date(2026, 11, 16), NOW, "es") == "el lunes"


def test_dates_in_full():
    assert long_date(date(2026, 11, 17)) == "Tuesday 17 November"
    assert long_date(date(2026, 11, 17), "es") == "martes 17 de noviembre"
    assert plain_date(date(2027, 1, 3), NOW) == "3 January 2027"
    assert plain_date(date(2026, 12, 12), NOW, "es") == "12 de diciembre"
    assert long_date(date(2026, 11, 17), "fr") == "Tuesday 17 November"


def test_a_day_ahead_has_its_weekday_where_it_is_near_and_its_year_where_it_is_far():
    assert day_ahead(date(2027, 1, 3), NOW.date()) == "Sunday 3 January"
    assert day_ahead(date(2029, 11, 20), NOW.date()) == "20 November 2029"
    assert day_ahead(date(2029, 11, 20), NOW.date(), "es") == "20 de noviembre de 2029"


@pytest.mark.parametrize(
    ("days", "left"),
    [(0, ""), (1, "1 day"), (10, "10 days"), (14, "two weeks"), (27, "three weeks"), (28, "a month"), (95, "3 months")],
)
def test_what_is_left_is_never_said_to_be_more(days, left):
    assert left_words(date.fromordinal(NOW.date().toordinal() + days), NOW.date()) == left
