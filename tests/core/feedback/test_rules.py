"""Scores, links, themes, reviews and talks, as rules: no store, no clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.commands.reviews import read_reviews
from followup_desktop.core.feedback.model import Asked, Candidate, Mood, Movement, Said, Scale, TalkKind, Verdict
from followup_desktop.core.feedback.rules.reviews import fingerprint, language_of, may_be, pasted, rating_in
from followup_desktop.core.feedback.rules.scores import mood_of, score_in
from followup_desktop.core.feedback.rules.talks import chosen
from followup_desktop.core.feedback.rules.themes import SHIPPED, counted, movement, themes_in
from followup_desktop.core.feedback.rules.tokens import (
    fold_links,
    has_links,
    judge,
    links,
    reference_for,
    reference_in,
    their_words,
)

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)
scales = st.sampled_from([Scale.CSAT, Scale.NPS])


@pytest.mark.parametrize(
    ("text", "scale", "score"),
    [
        ("5", Scale.CSAT, 5), ("4!", Scale.CSAT, 4), ("4 - it hums", Scale.CSAT, 4), ("5/5", Scale.CSAT, 5),
        ("10", Scale.NPS, 10), ("0. Never again", Scale.NPS, 0), ("I'd say 9", Scale.NPS, 9), ("Five", Scale.CSAT, 5),
        ("Cinco", Scale.CSAT, 5), ("Le doy un 8", Scale.NPS, 8), ("4 estrellas", Scale.CSAT, 4),
        ("4, thanks", Scale.CSAT, 4),
        ("\n\n> 3\n", Scale.CSAT, 3), ("9 out of 10, easily", Scale.NPS, 9), ("Hi Dana, 5", Scale.CSAT, 5),
        ("3 days later the pump failed", Scale.CSAT, None), ("9:30 suits me", Scale.NPS, None),
        ("5.5", Scale.CSAT, None),
        ("11", Scale.NPS, None), ("7", Scale.CSAT, None), ("10-minute wait", Scale.NPS, None),
        ("One moment", Scale.CSAT, None),
        ("", Scale.CSAT, None), ("The gate was open", Scale.CSAT, None), ("2nd pump", Scale.CSAT, None),
    ],
)  # fmt: skip
def test_a_number_is_an_answer_only_where_it_is_one(text, scale, score):
    assert score_in(text, scale) == score


def test_the_bounds_of_each_mood():
    csat = [mood_of(Scale.CSAT, score) for score in range(1, 6)]
    assert csat == [Mood.UNHAPPY] * 2 + [Mood.LUKEWARM] + [Mood.HAPPY] * 2
    nps = [mood_of(Scale.NPS, score) for score in range(11)]
    assert nps == [Mood.UNHAPPY] * 7 + [Mood.LUKEWARM] * 2 + [Mood.HAPPY] * 2


@given(st.integers(1, 2**31 - 1), st.uuids().map(str), scales, st.text(min_size=8, max_size=64))
def test_every_link_is_read_back_and_no_other_secret_makes_it(key, uuid, scale, secret):
    reference = reference_for(secret, key, uuid, scale)
    block = links("dana+pool@blue-heron.example", scale, reference, "es")
    assert has_links(block)
    assert len(reference) >= 8
    assert all(len(line) < 1_800 and "+" not in line for line in block.splitlines())
    top = 5 if scale is Scale.CSAT else 10
    read = reference_in(f"RE: {top}/{top}  ref {reference.lower()}")
    asked = Asked(key, uuid, 7, scale, NOW)
    assert read is not None
    assert judge(read, asked, secret, 7, NOW) is Verdict.COUNTED
    assert judge(read, asked, secret + "x", 7, NOW) is Verdict.FORGED
    assert judge(read, asked, "", 7, NOW) is Verdict.FORGED
    assert judge(read, Asked(key, uuid + "x", 7, scale, NOW), secret, 7, NOW) is Verdict.FORGED


@given(st.text(max_size=80))
def test_no_subject_upsets_the_reader(subject):
    reference_in(subject)
    reference_in(f"5/5 ref {subject}")
    score_in(subject, Scale.NPS)
    rating_in(subject)
    themes_in(subject, SHIPPED)
    pasted(subject, TODAY, lambda _cell: None)


def test_themes_are_found_by_their_words_in_both_languages_and_in_their_forms():
    found = {
        "The gates were left unlatched": "access", "Dejaron el portón abierto": "access", "It is leaking again": "leak",
        "Las fugas siguen": "leak", "He was two hours late": "late", "So noisy": "noise", "Hace mucho ruido": "noise",
        "You charged me twice": "price", "muy caros": "price", "the DOG got out": "animals", "los perros": "animals",
        "nobody answered? I left a voicemail": "reach", "Vinieron sin avisar": "told",
    }  # fmt: skip
    for text, key in found.items():
        assert key in {theme.key for theme in themes_in(text, SHIPPED)}, text
    assert themes_in("The education category related to plates", SHIPPED) == []


def said(number, text, on=TODAY, customer=None):
    return Said(
        f"event-{number}", on, text, customer or number, f"Customer {number}", "rating", answered=number % 2 == 0
    )


def test_what_comes_up_again_and_belongs_to_no_theme_is_proposed():
    texts = ["The heater smells odd", "Our heaters do not start", "heater again", "heater heater", "The gate was open"]
    found = counted([said(number, text) for number, text in enumerate(texts, 1)], SHIPPED, (date(2026, 11, 1),))
    assert [(one.words, one.times) for one in found.proposals] == [("heater", 4)]
    twice = counted([said(n, "The heater smells", customer=5) for n in range(1, 9)], SHIPPED, (date(2026, 11, 1),))
    assert twice.proposals == ()
    gate = next(one for one in found.counts if one.theme.key == "access")
    assert (gate.total, gate.months, gate.answered) == (1, (1,), 0)


def test_a_change_is_called_one_only_where_the_numbers_bear_it():
    even = [20] * 6
    assert movement([0, 0, 0, 3, 3, 3], even) is Movement.FEW
    assert movement([0, 1, 0, 5, 6, 7], even) is Movement.GROWING
    assert movement([5, 6, 7, 0, 1, 0], even) is Movement.SHRINKING
    assert movement([2, 2, 2, 3, 2, 3], even) is Movement.NO_CHANGE
    assert movement([2, 2, 2, 8, 9, 9], [5, 5, 5, 22, 22, 22]) is Movement.NO_CHANGE
    assert movement([1], [1]) is Movement.FEW


FILES = {
    "google": "Reviewer Name,Star Rating,Review,Create Time\n"
    "Jane Doe,FIVE,\"Great, clean\nwork\",2026-11-03T10:00:00Z\n",
    "yelp": "Date\tUser\tRating\tText\n11/3/2026\tJane D.\t5.0 star rating\tGreat, clean work\n",
    "facebook": "Created Time;Reviewer;Recommendation Type;Review Text\n"
    "3.11.2026;Jane Doe;positive;Great, clean work\n",
    "spanish": "Fecha,Nombre,Estrellas,Comentario\n13/11/2026,Íñigo Muñoz,★★★☆☆,\"Señal débil, año malo\"\n",
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_reviews_is_read_in_any_encoding(name, encoding):
    text = FILES[name]
    if encoding == "cp1252":
        text = text.replace("★★★☆☆", "3")
    found = read_reviews(text.encode(encoding), f"{name}.csv", TODAY)
    [one] = found.reviews
    assert found.problems == ()
    assert one.on in (date(2026, 11, 3), date(2026, 11, 13), date(2026, 3, 11))
    assert one.rating == {"facebook": None, "spanish": 3}.get(name, 5)
    assert one.author in ("Jane Doe", "Jane D.", "Íñigo Muñoz")


def test_what_cannot_be_read_of_a_row_is_named_and_the_rest_is_kept():
    text = "Name,Rating,Review,Date\nA B,11,Fine,yesterday\n,,,\nC D,,,2026-11-01\nE F,4,,2026-11-01\n"
    found = read_reviews(text.encode(), "odd.csv", TODAY)
    assert [(one.author, one.rating, one.text) for one in found.reviews] == [("A B", None, "Fine"), ("E F", 4, "")]
    assert [(one.row, one.value) for one in found.problems] == [(2, "11"), (2, "yesterday"), (4, "C D")]


def test_a_copied_page_is_read():
    page = """Jane Doe
Local Guide · 12 reviews
★★★★★ 2 weeks ago
Great, clean work.

They came back for the filter as well.

Íñigo Muñoz
3 estrellas
hace un mes
Llegaron tarde.
"""
    found = pasted(page, TODAY, lambda _cell: None)
    assert [(one.author, one.rating, one.on) for one in found.reviews] == [
        ("Jane Doe", 5, TODAY - timedelta(days=14)),
        ("Íñigo Muñoz", 3, TODAY - timedelta(days=30)),
    ]
    assert found.reviews[0].text == "Great, clean work.\nThey came back for the filter as well."


def test_the_same_review_is_known_whatever_a_later_export_makes_of_it():
    [one] = read_reviews(FILES["google"].encode(), "a.csv", TODAY).reviews
    [two] = read_reviews(
        FILES["facebook"].replace("Great, clean work", "GREAT  clean work!").encode(), "b", TODAY
    ).reviews
    assert fingerprint(one, "Google") == fingerprint(two, "google ")
    assert fingerprint(one, "Google") != fingerprint(one, "Yelp")


@pytest.mark.parametrize(
    ("cell", "stars"),
    [
        ("5", 5), ("4.0", 4), ("4,5", 5), ("3/5", 3), ("8/10", 4), ("TWO", 2), ("★★☆☆☆", 2), ("⭐⭐⭐⭐", 4),
        ("1 star", 1),
        ("Rated 4 out of 5", 4), ("11", None), ("0", None), ("-3", None), ("", None), ("good", None), ("12/10", None),
    ],
)  # fmt: skip
def test_stars_as_they_are_written(cell, stars):
    assert rating_in(cell) == stars


def test_who_wrote_it_is_only_proposed_and_by_the_whole_name():
    names = [(1, "Jane Doe", ""), (2, "Jane Dorsey", ""), (3, "Doe Dental", "Doe Dental"), (4, "José Peña", "")]
    assert may_be("JANE DOE", names) == [(1, "Jane Doe")]
    assert may_be("Jane D.", names) == [(1, "Jane Doe"), (2, "Jane Dorsey")]
    assert may_be("Jose Pena", names) == [(4, "José Peña")]
    assert may_be("Jane", names) == []
    assert language_of("Llegaron tarde pero el servicio fue bueno") == "es"


def test_three_talks_a_month_one_of_each_and_nobody_twice_a_year():
    recent, old = TODAY - timedelta(days=9), TODAY - timedelta(days=300)
    people = [
        Candidate(1, Mood.HAPPY, "Answered 5 of 5", recent),
        Candidate(2, Mood.HAPPY, "Answered 9 of 10", recent, talked=old),
        Candidate(3, Mood.LUKEWARM, "Answered 3 of 5", recent),
        Candidate(4, Mood.LUKEWARM, "Answered 7 of 10", old),
        Candidate(5, None, "", old),
        Candidate(6, None, "", recent),
    ]
    found = chosen(people, date(2026, 11, 1))
    assert [(one.customer, kind) for one, kind, _why in found] == [
        (1, TalkKind.HAPPY),
        (3, TalkKind.LUKEWARM),
        (5, TalkKind.QUIET),
    ]
    assert chosen(list(reversed(people)), date(2026, 11, 1)) == found
    assert chosen([], date(2026, 11, 1)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Why: It drips again\n\nThanks,\nGrace\n", "It drips again"),
        ("Por qué: Gotea otra vez.\n\nUn saludo\nGrace Okafor", "Gotea otra vez."),
        ("It drips again.\n- Grace", "It drips again."),
        ("It drips again.\n\nThanks for nothing.\nGrace", "It drips again.\n\nThanks for nothing."),
        ("It drips again\nTom", "It drips again\nTom"),
        ("Grace", "Grace"),
        ("Thanks\nGrace", "Thanks"),
    ],
)
def test_what_they_wrote_ends_before_their_name(text, words):
    assert their_words(text, "Grace Okafor", "") == words


@given(st.sampled_from(["en", "es"]), scales, st.sampled_from(["", "Hi,\n\n", "5 < 6\n"]), st.text(max_size=40))
def test_links_folded_into_a_line_come_back_as_they_were(language, scale, above, below):
    text = f"{above}{links('dana@example.com', scale, '0000ABCDEFGHJ', language)}\n\n{below}"
    folded = fold_links(text)
    shown = folded.shown(text)
    assert "mailto:" not in shown
    assert folded.meant(shown) == text
    assert shown[folded.place(text, len(text) - len(below)) :] == below
    assert folded.meant(shown.replace(folded.short, "")) == shown.replace(folded.short, "")


@pytest.mark.parametrize(
    ("text", "themes"),
    [
        ("I left two messages and nobody rang back", {"reach"}), ("No one ever calls me back", {"reach"}),
        ("Nobody returned my call", {"reach"}), ("Nunca cogen el teléfono", {"reach"}),
        ("Nadie me devolvió la llamada", {"reach"}), ("Nobody came on Friday", {"late"}),
        ("You skipped us last week", {"late"}), ("Todavía no han venido", {"late"}), ("It has been hot lately", set()),
        ("The gate was left open", {"access"}), ("El gato se escapó", {"animals"}), ("The gates", {"access"}),
        ("The pool was green again", {"water"}), ("Mi piscina sigue verde", {"water"}), ("My dear Luis", set()),
        ("Nobody let us know", {"told"}), ("Thank you for letting us know", set()),
        ("They changed the day without telling us", {"told"}), ("Too much money", {"price"}),
        ("El agua está verde", {"water"}), ("It squeaks", {"noise"}), ("Luis came and did a great job", set()),
    ],
)  # fmt: skip
def test_the_themes_to_begin_with_know_how_people_say_it(text, themes):
    assert {theme.key for theme in themes_in(text, SHIPPED)} == themes
