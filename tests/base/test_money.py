"""Amounts of money: exact, in one currency, read and written as people do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.base import money
from followup_desktop.base.errors import Problem
from followup_desktop.base.money import Money, parse_amount


def test_cents_add_up_exactly():
    assert Money(10, "USD") + Money(20, "USD") == Money(30, "USD")
    assert Money(10, "USD") - Money(20, "USD") == Money(-10, "USD")
    assert Money(3500, "USD") * 12 == Money(42000, "USD")
    assert Money(16550, "USD").amount == Decimal("165.50")


def test_currencies_are_never_added_together():
    with pytest.raises(ValueError, match="USD and EUR"):
        Money(10, "USD") + Money(20, "EUR")
    mixed = [Money(10, "USD"), Money(5, "EUR"), Money(20, "USD")]
    assert money.totals(mixed) == (Money(5, "EUR"), Money(30, "USD"))


@pytest.mark.parametrize(
    ("amount", "locale", "words", "exact"),
    [
        (Money(234000, "USD"), "en_US", "$2,340", "$2,340.00"),
        (Money(3550, "USD"), "en", "$35.50", "$35.50"),
        (Money(-4550, "USD"), "en_US", "-$45.50", "-$45.50"),
        (Money(0, "USD"), "en_US", "$0", "$0.00"),
        (Money(123450, "EUR"), "es_ES", "1.234,50 €", "1.234,50 €"),
        (Money(16500, "EUR"), "es_ES", "165 €", "165,00 €"),
        (Money(1200, "JPY"), "en_US", "¥1,200", "¥1,200"),
        (Money(16500, "USD"), "en_GB", "US$165", "US$165.00"),
        (Money(16500, "USD"), "no locale", "$165", "$165.00"),
    ],
)
def test_an_amount_reads_as_people_write_it(amount, locale, words, exact):
    assert money.format(amount, locale).replace("\xa0", " ") == words
    assert money.format(amount, locale, exact=True).replace("\xa0", " ") == exact


@given(st.integers(-(10**12), 10**12), st.booleans())
def test_dollars_written_here_are_what_the_locale_data_says(minor, exact):
    amount = Money(minor, "USD")
    decimals = 2 if exact or minor % 100 else 0
    assert money.format(amount, exact=exact) == money._by_babel(amount, "en_US", decimals)


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("165", 16500),
        ("$165", 16500),
        ("$1,234.50", 123450),
        ("1234.5", 123450),
        (".5", 50),
        ("165.", 16500),
        ("1,234", 123400),
        ("1,234,567.89", 123456789),
        ("1.234,50", 123450),
        ("1.234.567", 123456700),
        ("1,23,456.00", 12345600),
        ("1 234,50", 123450),
        ("1 234.50", 123450),
        ("1'234.50", 123450),
        ("12.5000", 1250),
        ("USD 165", 16500),
        ("165 usd", 16500),
        ("US$165", 16500),
        ("-45.00", -4500),
        ("−45", -4500),
        ("45-", -4500),
        ("-$45", -4500),
        ("$-45", -4500),
        ("(45.00)", -4500),
        ("($45.00)", -4500),
        ("+45", 4500),
        (" 165 ", 16500),
        ("0", 0),
    ],
)
def test_dollars_are_read_however_they_are_typed(text, minor):
    assert parse_amount(text, "USD") == Money(minor, "USD")


@pytest.mark.parametrize(
    ("text", "currency", "locale", "amount"),
    [
        ("1.234,50 €", "USD", "en_US", Money(123450, "EUR")),  # the text names its currency
        ("£5", "USD", "en_US", Money(500, "GBP")),
        ("CHF 12.50", "USD", "en_US", Money(1250, "CHF")),
        ("$5", "CAD", "en_CA", Money(500, "CAD")),
        ("$5", "EUR", "es_ES", Money(500, "USD")),
        ("1.234", "EUR", "es_ES", Money(123400, "EUR")),
        ("1200", "JPY", "en_US", Money(1200, "JPY")),
        ("1,200", "JPY", "en_US", Money(1200, "JPY")),
        ("1.234", "KWD", "en_US", Money(1234, "KWD")),
    ],
)
def test_currency_and_separators(text, currency, locale, amount):
    assert parse_amount(text, currency, locale) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "abc", "$", "-", "()", ". ,", "12..5", "1,2,3", "165.00.00", "1e5", "nan", "inf", "١٢"),
        *("1.234", "165.000", "0.125", "1234.567", "12.345"),  # too exact, or could be a thousand
        *("--5", "(5", "5)", "-(5)", "$5 USD", "5 each", "555 0142", "12 34", "XQQ 5", "99999999999999999"),
    ],
)
def test_what_is_not_one_clear_amount_is_a_problem(text):
    answer = parse_amount(text, "USD")
    assert isinstance(answer, Problem)
    assert answer.sentence().endswith("165.50." if not text.strip() else "1234.50.")


def test_a_lone_comma_before_three_digits_is_not_guessed_in_spain():
    assert isinstance(parse_amount("1,234", "EUR", "es_ES"), Problem)


@given(st.integers(-(10**12), 10**12), st.sampled_from(["en_US", "es_ES", "es_US", "en_GB", "de_CH", "fr_FR"]))
def test_what_is_written_is_read_back(minor, locale):
    amount = Money(minor, "EUR")
    assert parse_amount(money.format(amount, locale, exact=True), "USD", locale) == amount


@given(st.text(max_size=30) | st.text(alphabet="0123456789.,-()$€ '", max_size=15), st.sampled_from(["USD", "JPY"]))
def test_any_text_is_an_amount_or_a_problem(text, currency):
    assert isinstance(parse_amount(text, currency), Money | Problem)
