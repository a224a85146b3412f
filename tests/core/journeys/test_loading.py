"""Journey files: those that ship, and what is said about those that are wrong."""

from datetime import time, timedelta
from itertools import product
from pathlib import Path

import pytest

from followup_desktop.core.contactpoints.model import PURPOSES, ContactPoint, Purpose
from followup_desktop.core.drafts.rules.reading import choose, load_templates
from followup_desktop.core.journeys.model import OnlyIf, Source, Where
from followup_desktop.core.journeys.rules.loading import load_journeys

RESOURCES = Path(__file__).parents[3] / "resources"

GOOD = """
name = "Repair"
objective = "They know that it works."
stages = ["new", "regular"]

[starts_on]
happening = "visit_done"
visit = "repair"

[[touchpoints]]
key = "thank_you"
name = "Thank you"
purpose = "thank_you"
template = "thank_you/repair"
due = "2 hours"
closes = "24 hours"
"""


def shipped_files():
    return {path.name: path.read_text(encoding="utf-8") for path in (RESOURCES / "journeys").glob("*.toml")}


def shipped_templates():
    root = RESOURCES / "templates"
    return load_templates(
        {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in root.rglob("*.j2")}
    )[0]


@pytest.fixture(scope="module")
def shipped():
    journeys, problems = load_journeys(shipped_files(), {template.key for template in shipped_templates()})
    assert problems == []
    return {journey.key: journey for journey in journeys}


def wrong(text, file="repair.toml", **files):
    """Load one file, which must be left out, and return what is said about it."""
    journeys, problems = load_journeys({file: text, **files}, {"thank_you/repair"})
    assert not any(journey.key == file.removesuffix(".toml") for journey in journeys)
    assert problems
    return " | ".join(problem.sentence() for problem in problems)


# --- what ships ------------------------------------------------------------------------------------------------------


def touchpoint(shipped, journey, key):
    return next(each for each in shipped[journey].touchpoints if each.key == key)


@pytest.mark.parametrize(
    ("journey", "key", "offset", "closes"),
    [
        ("first_visit", "thank_you", timedelta(hours=2), timedelta(hours=24)),
        ("first_visit", "day_3", timedelta(days=3), timedelta(days=6)),
        ("repair", "thank_you", timedelta(hours=2), timedelta(hours=24)),
        ("installation", "thank_you", timedelta(hours=2), timedelta(hours=24)),
        ("purchase", "thank_you", timedelta(hours=2), timedelta(hours=24)),
        ("quote", "day_2", timedelta(days=2), timedelta(days=7)),
        ("quote", "day_9", timedelta(days=9), timedelta(days=14)),
        ("quote", "day_16", timedelta(days=16), timedelta(days=24)),
        ("quote", "day_30", timedelta(days=30), timedelta(days=44)),
        ("complaint", "same_day", timedelta(hours=2), None),
        ("complaint", "day_14", timedelta(days=14), None),
        ("rating_low", "answer", timedelta(hours=2), None),
        ("message", "answer", timedelta(hours=24), None),
    ],
)
def test_what_ships_keeps_the_times_of_the_practice(shipped, journey, key, offset, closes):
    each = touchpoint(shipped, journey, key)
    assert (each.offset, each.closes_after) == (offset, closes)


def test_an_answer_opens_as_soon_as_they_write(shipped):
    each = touchpoint(shipped, "message", "answer")
    assert each.opens_before == each.offset


def test_every_rating_starts_exactly_one_journey(shipped):
    for rating in range(1, 6):
        fitting = [each for each in shipped.values() if each.trigger.fits("rating", rating=rating)]
        started = [each.key for each in fitting if each.source is Source.ANSWER]
        assert len(started) == 1, (rating, started)


@pytest.mark.parametrize(
    ("happening", "visit", "starts"),
    [
        ("visit_done", "first", {"first_visit", "onboarding"}),
        ("visit_done", "repair", {"repair", "review"}),
        ("visit_done", "extra", {"review"}),
        ("visit_done", "installation", {"installation", "installation_check_in", "big_job", "review"}),
        ("visit_done", "routine", set()),
        ("visit_done", None, set()),
        ("visit_missed", "routine", {"missed_visit"}),
        ("visit_late", "routine", {"late_visit"}),
        ("purchase", None, {"purchase"}),
        ("quote_sent", None, {"quote"}),
        ("complaint", None, {"complaint"}),
        ("inquiry", None, {"inquiry"}),
        ("booking", None, {"booking"}),
        ("referral", None, {"referral"}),
        ("message_in", None, {"message"}),
        ("feedback", None, {"feedback"}),
        ("contract_changed", None, {"contract_changed"}),
        ("renewal_coming", None, {"renewal"}),
        ("warranty_ending", None, {"warranty"}),
        ("service_due", None, {"service_due"}),
        ("quiet_too_long", None, {"quiet"}),
        ("first_visit_anniversary", None, {"anniversary"}),
        ("season", None, {"season_spring", "season_autumn"}),
        ("regularly", None, {"nps"}),
        ("note", None, set()),
    ],
)
def test_what_happens_starts_its_journey(shipped, happening, visit, starts):
    assert {each.key for each in shipped.values() if each.trigger.fits(happening, visit=visit)} == starts


def test_complaints_and_missed_visits_are_put_right_and_answers_are_answers(shipped):
    assert {key for key, each in shipped.items() if each.source is Source.CASE} == {
        "complaint",
        "missed_visit",
        "late_visit",
    }
    assert {key for key, each in shipped.items() if each.source is Source.ANSWER} == {
        "dealt_with",
        "nps_high",
        "nps_low",
        "nps_middle",
        "rating_low",
        "rating_middle",
        "rating_high",
        "message",
        "feedback",
    }


def test_any_answer_ends_the_quote(shipped):
    for each in shipped["quote"].touchpoints:
        assert {"quote_won", "quote_lost", "message_in", "reply", "opted_out"} <= each.stops_on


def test_an_opt_out_ends_what_counts_and_leaves_what_they_must_hear(shipped):
    for journey in shipped.values():
        for each in journey.touchpoints:
            assert ("opted_out" in each.stops_on) is not each.is_transactional, (journey.key, each.key)


def test_the_first_visit_asks_how_satisfied_they_are_and_an_answer_ends_it(shipped):
    each = touchpoint(shipped, "first_visit", "day_3")
    assert each.question == "csat"
    assert "rating" in each.stops_on
    assert "rating" in each.leads_to


def test_the_delayed_check_counts_from_the_day_it_was_put_right(shipped):
    assert touchpoint(shipped, "complaint", "day_14").restarts_on == {"case_resolved"}


def test_every_touchpoint_has_its_own_words_in_both_languages_and_all_its_channels(shipped):
    templates = shipped_templates()
    for journey in shipped.values():
        for each in journey.touchpoints:
            for language, channel in product(("en", "es"), each.channels):
                found = choose(templates, each.template, channel, language)
                assert found is not None
                assert (found.key, found.channel, found.language) == (each.template, channel, language)
                assert found.purpose is each.purpose


def test_every_contact_point_of_the_practice_is_served(shipped):
    served = {PURPOSES[each.purpose].point for journey in shipped.values() for each in journey.touchpoints}
    assert set(ContactPoint) <= served


def test_every_journey_says_what_ends_it(shipped):
    for journey in shipped.values():
        for each in journey.touchpoints:
            assert each.stops_on, (journey.key, each.key)


def test_who_asked_not_to_be_written_to_hears_no_more_of_what_is_not_owed(shipped):
    for journey in shipped.values():
        for each in journey.touchpoints:
            if not each.is_transactional:
                assert each.stops_on & {"opted_out"}, (journey.key, each.key)


def test_what_comes_round_with_time_waits_for_an_open_case(shipped):
    for key in ("review", "nps", "quiet", "anniversary", "season_spring", "season_autumn", "referral_request"):
        assert shipped[key].only_if.no_open_case, key


def test_a_review_is_asked_of_everyone_alike_and_not_again_for_half_a_year(shipped):
    review = shipped["review"]
    assert (review.trigger.where.rating_at_least, review.trigger.where.rating_at_most) == (None, None)
    assert review.not_within == timedelta(days=180)
    assert [each.offset for each in review.touchpoints] == [timedelta(days=2), timedelta(days=7)]
    assert [each.follows for each in review.touchpoints] == ["", "request"]


def test_a_renewal_is_asked_about_thirty_and_ten_days_before(shipped):
    renewal = shipped["renewal"]
    assert [renewal.trigger.before - each.offset for each in renewal.touchpoints] == [
        timedelta(days=30),
        timedelta(days=10),
    ]


def test_rhythms_are_those_of_the_practice(shipped):
    assert shipped["nps"].trigger.every == timedelta(days=180)
    assert shipped["quiet"].trigger.after == timedelta(days=60)
    assert touchpoint(shipped, "nps", "question").question == "nps"
    assert touchpoint(shipped, "repair", "day_3").question == "csat"
    assert touchpoint(shipped, "first_visit", "day_3").question == "csat"


def test_every_purpose_has_its_properties():
    assert set(PURPOSES) == set(Purpose)


def test_all_say_what_they_are_for(shipped):
    assert all(len(each.objective) > 20 and each.stages for each in shipped.values())


def test_a_new_owner_begins_with_three_beside_what_is_owed(shipped):
    chosen = {key for key, each in shipped.items() if each.on_at_start and not each.is_owed}
    assert chosen == {"first_visit", "repair", "quote"}


# --- what a journey file can say -------------------------------------------------------------------------------------


def test_a_file_is_read_as_it_stands():
    text = GOOD.replace('closes = "24 hours"', 'closes = "2 weeks"\nat = "8:30"\nopens_before = "30 minutes"')
    (journey,), problems = load_journeys({"packs/pools/repair.toml": text})
    (each,) = journey.touchpoints
    assert problems == []
    assert journey.key == "repair"
    assert journey.version == 1
    assert each.at == time(8, 30)
    assert each.opens_before == timedelta(minutes=30)
    assert each.closes_after == timedelta(days=14)
    assert each.channels == ("email",)
    assert each.is_transactional
    assert each.leads_to == {"message_out"}


def test_a_touchpoint_can_differ_from_its_purpose():
    (journey,), _ = load_journeys({"a.toml": GOOD + "transactional = false\n"})
    assert not journey.touchpoints[0].is_transactional


def test_at_once_means_the_moment_it_happens():
    (journey,), _ = load_journeys({"a.toml": GOOD.replace('"2 hours"', '"at once"')})
    assert journey.touchpoints[0].offset == timedelta()


@pytest.mark.parametrize(
    ("where", "visit", "rating", "fits"),
    [
        (Where(), None, None, True),
        (Where(visit=frozenset({"first"})), "first", None, True),
        (Where(visit=frozenset({"first"})), "routine", None, False),
        (Where(rating_at_most=2), None, 2, True),
        (Where(rating_at_most=2), None, 3, False),
        (Where(rating_at_most=2), None, None, False),
        (Where(rating_at_least=4), None, 4, True),
        (Where(rating_at_least=4), None, 3, False),
    ],
)
def test_a_condition_fits_what_it_says(where, visit, rating, fits):
    assert where.fits(visit=visit, rating=rating) is fits


# --- what is wrong, in words -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "into", "says"),
    [
        ('happening = "visit_done"', 'happening = "visit_don"', "did you mean “visit_done”?"),
        ('happening = "visit_done"', "", "its happening is missing"),
        ('due = "2 hours"', 'due = "-2 hours"', "lies before what starts the journey"),
        ('due = "2 hours"', 'due = "soon"', "is not a stretch of time"),
        ('due = "2 hours"', "due = 2", "is not a stretch of time"),
        ('due = "2 hours"', 'due = "9999 weeks"', "more than ten years"),
        ('due = "2 hours"', "", "does not say when it is due"),
        ('closes = "24 hours"', 'closes = "1 hour"', "it closes before it is due"),
        ('"thank_you/repair"', '"thank_you/repare"', "there is no template “thank_you/repare”"),
        ('purpose = "thank_you"', 'purpose = "thanks"', "there is no purpose “thanks”"),
        ('visit = "repair"', 'visit = "repairs"', "does not know “repairs”; did you mean “repair”?"),
        ('visit = "repair"', "rating_at_least = 4\nrating_at_most = 2", "no rating is at least 4 and at most 2"),
        ('stages = ["new", "regular"]', 'stages = ["newish"]', "does not know “newish”"),
        ('name = "Repair"', "", "its name is missing"),
        ('name = "Repair"', "name = 7", "has to be words"),
        ('closes = "24 hours"', 'at = "25:00"', "is not a time of day"),
        ('closes = "24 hours"', "priority = 400", "a number from 0 to 100"),
        ('closes = "24 hours"', 'channel = "email"', "“channel” means nothing here; did you mean “channels”?"),
        ('closes = "24 hours"', 'channels = ["fax"]', "does not know “fax”"),
        ('closes = "24 hours"', 'question = "how"', "there is no question “how”"),
        ('closes = "24 hours"', 'stops_on = ["replied"]', "does not know “replied”; did you mean “reply”?"),
        ('closes = "24 hours"', 'transactional = "no"', "either true or false"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_in_words_and_the_journey_is_left_out(change, into, says):
    assert change in GOOD
    assert says in wrong(GOOD.replace(change, into, 1))


def test_a_file_that_is_no_toml_names_its_line():
    assert wrong('name = "Repair"\nobjective = \n').startswith("repair.toml, line 2: ")


def test_a_file_without_touchpoints_or_trigger_says_so():
    said = wrong('name = "x"\nobjective = "y"\nsource = "journey"\n')
    assert "[starts_on] is missing" in said
    assert "has no touchpoint" in said


def test_a_problem_names_the_touchpoint_it_is_in():
    assert "repair.toml, thank_you: " in wrong(GOOD.replace('due = "2 hours"', 'due = "soon"'))


def test_two_touchpoints_need_two_keys():
    assert "two touchpoints have this key" in wrong(GOOD + GOOD[GOOD.index("[[touchpoints]]") :])


def test_two_files_need_two_names():
    journeys, problems = load_journeys({"a/repair.toml": GOOD, "b/repair.toml": GOOD})
    assert [each.key for each in journeys] == ["repair"]
    assert "there is a journey “repair” already" in problems[0].text


def test_a_journey_that_starts_itself_is_refused():
    said = wrong(GOOD.replace('happening = "visit_done"\nvisit = "repair"', 'happening = "message_out"'))
    assert "it would start itself again without end" in said


def test_a_question_about_the_rating_after_each_rating_is_refused():
    text = GOOD.replace('happening = "visit_done"\nvisit = "repair"', 'happening = "rating"')
    assert "without end" in wrong(text + 'question = "csat"\n')


def test_two_journeys_that_start_each_other_are_refused_and_the_rest_still_loads():
    one = GOOD.replace('happening = "visit_done"\nvisit = "repair"', 'happening = "call"')
    two = GOOD.replace('happening = "visit_done"\nvisit = "repair"', 'happening = "message_out"').replace(
        'closes = "24 hours"', 'channels = ["call"]'
    )
    journeys, problems = load_journeys({"one.toml": one, "two.toml": two, "repair.toml": GOOD})
    assert [each.key for each in journeys] == ["repair"]
    assert {problem.file for problem in problems} == {"one.toml", "two.toml"}


def test_one_wrong_file_leaves_the_others_alone(shipped):
    files = {**shipped_files(), "broken.toml": "name = ", "odd.toml": GOOD.replace("visit_done", "full_moon")}
    journeys, problems = load_journeys(files)
    assert len(journeys) == len(shipped)
    assert {problem.file for problem in problems} == {"broken.toml", "odd.toml"}


# --- what the calendar starts, and whom it concerns -----------------------------------------------------------------


def with_start(start, more=""):
    head = GOOD.replace('[starts_on]\nhappening = "visit_done"\nvisit = "repair"', f"{more}\n[starts_on]\n{start}")
    assert head != GOOD
    return head


def read(text):
    (journey,), problems = load_journeys({"a.toml": text})
    assert problems == []
    return journey


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ('happening = "renewal_coming"\nbefore = "45 days"', {"before": timedelta(45)}),
        ('happening = "renewal_coming"', {"before": timedelta(30)}),
        ('happening = "warranty_ending"\nbefore = "8 weeks"', {"before": timedelta(56)}),
        ('happening = "service_due"', {"before": timedelta(30)}),
        ('happening = "quiet_too_long"', {"after": timedelta(60)}),
        ('happening = "quiet_too_long"\nafter = "90 days"', {"after": timedelta(90)}),
        ('happening = "first_visit_anniversary"', {}),
        ('happening = "season"\non = "11-01"', {"on": (11, 1)}),
        ('happening = "regularly"\nevery = "180 days"', {"every": timedelta(180)}),
    ],
)
def test_a_moment_starts_a_journey_and_concerns_who_is_a_customer(start, says):
    journey = read(with_start(start))
    assert journey.trigger.moment == journey.trigger.happening
    assert {name: getattr(journey.trigger, name) for name in says} == says
    assert journey.only_if.stage == {"new", "regular", "advocate"}


def test_a_happening_is_no_moment_and_concerns_everyone():
    journey = read(GOOD)
    assert journey.trigger.moment is None
    assert journey.only_if == OnlyIf()


def test_conditions_a_gap_and_stops_for_all_touchpoints_are_read():
    text = GOOD.replace(
        "[starts_on]",
        """stops_on = ["answer", "inbound", "opted_out"]
not_within = "180 days"

[only_if]
stage = "regular"
route = ["Monday  North"]
had_visit = ["first"]
never_had_visit = "installation"
owns = ["Heater", "salt cell"]
agreement = false
no_open_case = true

[starts_on]""",
    )
    journey = read(text)
    assert journey.not_within == timedelta(180)
    assert journey.only_if == OnlyIf(
        stage=frozenset({"regular"}), route=frozenset({"monday north"}), had_visit=frozenset({"first"}),
        never_had_visit=frozenset({"installation"}), owns=frozenset({"heater", "salt cell"}), agreement=False,
        no_open_case=True,
    )  # fmt: skip
    assert journey.touchpoints[0].stops_on == {"answer", "inbound", "opted_out"}
    assert read(text + 'stops_on = ["left"]').touchpoints[0].stops_on == {"left"}


@pytest.mark.parametrize(
    ("start", "says"),
    [
        ('happening = "full_moon"', "nothing called “full_moon” ever happens"),
        ('happening = "season"', "does not say when the season begins"),
        ('happening = "season"\non = "13-01"', "is no day of every year"),
        ('happening = "season"\non = "02-29"', "29 February does not come every year"),
        ('happening = "season"\non = "11-01"\nvisit = "first"', "“visit” says nothing about “season”"),
        ('happening = "visit_done"\nbefore = "3 days"', "“before” says nothing about “visit_done”"),
        ('happening = "visit_done"\nrating_at_least = 4', "“rating_at_least” says nothing about “visit_done”"),
        ('happening = "purchase"\nvisit = "first"', "“visit” says nothing about “purchase”"),
        ('happening = "renewal_coming"\nbefore = "-3 days"', "counts forward"),
        ('happening = "regularly"\nevery = "2 hours"', "its every is at least a day"),
        ('happening = "renewal_comming"', "did you mean “renewal_coming”?"),
    ],
)
def test_a_moment_that_cannot_be_is_explained(start, says):
    assert says in wrong(with_start(start))


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('[only_if]\nstage = "newish"', "does not know “newish”"),
        ("[only_if]\nroute = 7", "its route is a list of words"),
        ('[only_if]\nhad_visit = "first"\nnever_had_visit = "first"', "nobody had and never had a first visit"),
        ('[only_if]\ntag = "vip"', "“tag” means nothing here"),
        ('[only_if]\nno_open_case = "yes"', "either true or false"),
        ("only_if = 3", "write it as a part of its own"),
        ('not_within = "soon"', "is not a stretch of time"),
        ('stops_on = ["replied"]', "does not know “replied”"),
    ],
)
def test_a_condition_that_cannot_be_is_explained(more, says):
    assert says in wrong(with_start('happening = "visit_done"', more))


def test_a_touchpoint_may_follow_one_before_it_and_no_other():
    more = GOOD[GOOD.index("[[touchpoints]]") :].replace('key = "thank_you"', 'key = "again"\nfollows = "{}"')
    assert read(GOOD + more.format("thank_you")).touchpoints[1].follows == "thank_you"
    assert "but none before it is called so" in wrong(GOOD + more.format("again"))
    assert "but none before it is called so" in wrong(GOOD + more.format("thanks"))
