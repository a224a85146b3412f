from dataclasses import replace
from datetime import date

import pytest

from followup_desktop.base.money import Money
from followup_desktop.core.insights.model import (
    Cause,
    Change,
    Counts,
    Figure,
    FigureKey,
    MonthFigures,
    PurposeCount,
    Ratio,
)
from followup_desktop.core.insights.rules import (
    answer_bars,
    diagnosis,
    figure_words,
    figures,
    month_after,
    month_before,
)
from followup_desktop.core.insights.rules.words import known_locale, money_words, percent_words, score_words

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
NOW = Counts(
    month=OCTOBER,
    promises_due=49,
    promises_on_time=47,
    messages_sent=151,
    messages_answered=62,
    events_to_reach=110,
    events_reached=97,
    ratings=(0, 1, 2, 7, 28),
    case_days=(0.5, 1.2, 2.0, 2.2, 4.0, 6.0),
    customers_start=214,
    customers_left=2,
    left_because=("moved house", "moved house"),
)
BEFORE = Counts(
    month=SEPTEMBER,
    promises_due=46,
    promises_on_time=41,
    messages_sent=140,
    messages_answered=62,
    events_to_reach=100,
    events_reached=71,
    ratings=(0, 0, 3, 9, 20),
    case_days=(1.0, 3.0),
    customers_start=212,
)


def figure(key: FigureKey, now: Counts = NOW, before: Counts = BEFORE) -> Figure:
    return next(one for one in figures(now, before) if one.key is key)


def words(key: FigureKey, now: Counts = NOW, before: Counts = BEFORE, locale: str = "en_US") -> tuple[str, str]:
    said = figure_words(figure(key, now, before), OCTOBER, locale)
    return said.headline, said.under


@pytest.mark.row("K6")
def test_a_rise_that_the_numbers_support_is_called_one():
    assert figure(FigureKey.REACHED).change is Change.UP
    assert figure(FigureKey.REACHED).is_better
    assert words(FigureKey.REACHED) == ("88%", "97 of 110. September 71%: a real rise")


@pytest.mark.row("K6")
def test_a_difference_that_chance_explains_is_not_called_a_change():
    assert words(FigureKey.ANSWERED) == ("41%", "62 of 151. September 44%: no real change")
    assert figure(FigureKey.ANSWERED).is_better is None


def test_promises_and_customers_kept_are_told_as_counts_because_the_misses_matter():
    assert words(FigureKey.PROMISES) == ("47 of 49", "September 41 of 46: no real change")
    assert words(FigureKey.KEPT)[0] == "212 of 214"
    assert words(FigureKey.KEPT)[1].startswith("2 left, both moved house.")


@pytest.mark.row("K3")
def test_satisfaction_shows_share_count_and_mean():
    assert words(FigureKey.SATISFIED) == ("92%", "35 of 38 rated 4 or 5; mean 4.6. September 91%: no real change")


@pytest.mark.row("K5")
def test_time_to_put_right_is_the_median_with_its_cases_and_the_longest():
    assert words(FigureKey.PUT_RIGHT) == (
        "2.1 days",
        "median of 6 cases; longest 6 days. September 2 days: too few to compare",
    )


@pytest.mark.row("K6")
def test_below_ten_the_counts_stand_instead_of_a_percentage():
    few = replace(NOW, messages_sent=7, messages_answered=5)
    assert words(FigureKey.ANSWERED, few) == ("5 of 7", "September 44%: too few to compare")


def test_a_month_without_anything_says_what_would_fill_each_figure():
    for one in figures(Counts(OCTOBER), Counts(SEPTEMBER)):
        said = figure_words(one, OCTOBER)
        assert one.value is None
        assert one.change is Change.FEW
        assert said.headline == "–"
        assert said.under
    assert MonthFigures(OCTOBER, "B", "O", OCTOBER, figures=figures(Counts(OCTOBER), Counts(SEPTEMBER))).is_empty


def test_nothing_last_month_is_said_and_not_compared():
    assert words(FigureKey.ANSWERED, before=Counts(SEPTEMBER))[1] == "62 of 151. Nothing in September to compare with"


def test_longer_to_put_right_is_a_change_for_the_worse():
    slow, quick = tuple(float(n) for n in range(5, 17)), tuple(float(n) for n in range(1, 13))
    worse = figure(FigureKey.PUT_RIGHT, replace(NOW, case_days=slow), replace(BEFORE, case_days=quick))
    assert worse.change is Change.UP
    assert worse.is_better is False


def test_none_answered_and_all_answered_are_the_only_ones_told_as_0_and_100_percent():
    assert percent_words(Ratio(0, 500)) == "0%"
    assert percent_words(Ratio(1, 500)) == "1%"
    assert percent_words(Ratio(499, 500)) == "99%"
    assert percent_words(Ratio(500, 500)) == "100%"
    assert percent_words(Ratio(0, 0)) == "–"


def test_numbers_are_written_as_the_locale_writes_them():
    assert words(FigureKey.ANSWERED, locale="fr")[0].split() == ["41", "%"]
    assert "mean 4,6" in words(FigureKey.SATISFIED, locale="de")[1]
    many = replace(NOW, promises_due=12_345, promises_on_time=12_001)
    assert words(FigureKey.PROMISES, many)[0] == "12,001 of 12,345"


@pytest.mark.parametrize(
    ("money", "locale", "said"),
    [
        (Money(16_500, "USD"), "en_US", "$165"),
        (Money(16_550, "USD"), "en_US", "$165.50"),
        (Money(1_234_500, "EUR"), "de_DE", "12.345\xa0€"),
        (Money(1_500, "JPY"), "en_US", "¥1,500"),
        (Money(-2_050, "USD"), "en_US", "-$20.50"),
    ],
)
def test_money_is_told_in_its_currency(money: Money, locale: str, said: str):
    assert money_words(money, locale) == said


def test_an_unknown_locale_is_read_as_its_language_or_as_english():
    assert known_locale("de_DE.UTF-8") == "de_DE"
    assert known_locale("pt-BR") == "pt_BR"
    assert known_locale("es_ZZ9") == "es"
    assert known_locale("C") == "en_US"
    assert known_locale("") == "en_US"


def test_a_score_carries_its_sign():
    assert [score_words(score) for score in (50, 0, -12, None)] == ["+50", "0", "−12", "–"]


def purpose(label: str, sent: int, answered: int, **more: object) -> PurposeCount:
    return PurposeCount(label.lower(), label, sent, answered, **more)  # type: ignore[arg-type]


@pytest.mark.row("K1")
def test_purposes_stand_in_the_order_of_their_answers_and_unsent_ones_are_left_out():
    sent = (purpose("Season reminder", 62, 9), purpose("Put right", 7, 5), purpose("Never sent", 0, 0))
    assert [bar.label for bar in answer_bars(Counts(OCTOBER, by_purpose=sent))] == ["Put right", "Season reminder"]


@pytest.mark.row("K7")
@pytest.mark.parametrize(
    ("counted", "cause", "seen"),
    [
        (purpose("Season", 62, 9, read=40), Cause.UNCLEAR, "“Season” is read but seldom answered: 9 of 62."),
        (purpose("Season", 62, 9), Cause.IGNORED, "“Season” is seldom answered: 9 of 62."),
        (purpose("Quote", 40, 12, unhappy=5), Cause.BADLY_RECEIVED, "“Quote” is answered with complaints: 5 of 12."),
    ],
)
def test_a_purpose_that_does_not_work_gets_its_diagnosis(counted: PurposeCount, cause: Cause, seen: str):
    (found,) = diagnosis(Counts(OCTOBER, by_purpose=(counted,)))
    assert (found.cause, found.seen) == (cause, seen)
    assert found.advice


@pytest.mark.row("K6", "K7")
def test_few_messages_well_answered_ones_and_those_that_ask_nothing_get_no_diagnosis():
    fine = (purpose("Few", 9, 0), purpose("Good", 40, 8), purpose("Receipt", 80, 0, asks=False))
    assert diagnosis(Counts(OCTOBER, by_purpose=fine)) == ()


def test_reasons_for_leaving_are_named():
    left = replace(NOW, customers_left=3, left_because=("price", "moved house", "price"))
    assert words(FigureKey.KEPT, left)[1].startswith("3 left: price 2, moved house 1.")
    assert words(FigureKey.KEPT, replace(NOW, customers_left=0, left_because=()))[1].startswith("nobody left.")


def test_months_step_over_the_year():
    assert month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert month_after(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.row("K2")
def test_how_many_opened_is_said_as_the_lower_bound_it_is():
    from followup_desktop.core.insights.rules.figures import opened_words

    assert opened_words(Counts(OCTOBER, by_purpose=(purpose("A", 9, 2, read=3), purpose("B", 2, 0, read=1)))) == (
        "opened by at least 4"
    )
    assert opened_words(Counts(OCTOBER, by_purpose=(purpose("A", 9, 2),))) == ""
