"""The packs of the trades: every file can be used, every touchpoint has its words, and a clinic keeps its secrets."""

import re
from itertools import product
from pathlib import Path

import pytest

from followup_desktop.base.settings import find
from followup_desktop.commands.library import Library
from followup_desktop.core.drafts.model import Facts
from followup_desktop.core.drafts.rules.coach import advise
from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.reading import choose, load_templates
from followup_desktop.core.drafts.rules.sandbox import check_template
from followup_desktop.core.journeys.model import OTHER_TRADE
from tests.core.drafts.test_template_combinations import _without_frame, combinations
from tests.core.drafts.test_templates import all_known, little_known, place

RESOURCES = Path(__file__).parents[3] / "resources"
TRADES = tuple(key for key, _ in find("business.trade").choices if key != OTHER_TRADE)


def _texts(folder, pattern):
    root = RESOURCES / folder
    return {p.relative_to(root).as_posix(): p.read_text("utf-8") for p in sorted(root.rglob(pattern)) if p.is_file()}


LIBRARY = Library(_texts)
OWN = {trade: load_templates(_texts(f"packs/{trade}/templates", "*.j2"))[0] for trade in TRADES}
EACH = [pytest.param(trade, template, id=f"{trade}-{place(template)}") for trade in TRADES for template in OWN[trade]]
WRITTEN = [each for each in EACH if each.values[1].channel == "email"]

each_trade = pytest.mark.parametrize("trade", TRADES)
each_template = pytest.mark.parametrize(("trade", "template"), EACH)
each_new = pytest.mark.parametrize(("trade", "template"), [each for each in EACH if each.values[0] != "clinic"])
"""Those of the clinic are general ones without what they must not say, and tried as such."""
each_mail = pytest.mark.parametrize(("trade", "template"), WRITTEN)


@pytest.mark.row("J5")
@each_trade
def test_every_trade_of_the_settings_has_its_pack_without_a_mistake(trade):
    shipped = LIBRARY.shipped(trade)
    assert [problem.sentence() for problem in shipped.problems] == []
    assert shipped.pack.name == dict(find("business.trade").choices)[trade]
    assert shipped.pack.words["visit"]


@each_trade
def test_a_new_owner_of_any_trade_begins_with_three(trade):
    shipped = LIBRARY.shipped(trade)
    begun = [each.key for each in shipped.journeys if shipped.pack.begins_on(each) and not each.is_owed]
    assert len(begun) == 3, begun


@each_trade
def test_every_touchpoint_of_a_trade_has_its_own_words_in_all_its_channels(trade):
    shipped = LIBRARY.shipped(trade)
    languages = ("en", "es") if trade == "pools" else ("en",)
    for journey in shipped.journeys:
        for each, language in product(journey.touchpoints, languages):
            for channel in each.channels:
                found = choose(shipped.templates, each.template, channel, language)
                assert found is not None
                where = (journey.key, each.key)
                assert (found.key, found.channel, found.language) == (each.template, channel, language), where


@each_template
def test_a_template_of_a_pack_may_be_used(trade, template):
    assert check_template(template) == []


@each_new
def test_whatever_is_missing_a_packs_template_reads_well(trade, template):
    for _, draft in combinations(template):
        for line in filter(None, [draft.subject, *draft.text.split("\n")]):
            assert line == line.strip()
            assert not re.search(r"None|\{|\}|  | [.,;:?]|[.,;:]{2}|\(\)|“”|«»|:\.|: ,|\([ ,]", line), line
        lines = _without_frame(draft.text)
        assert lines, draft.text
        for line in lines:
            assert re.search(r"(?:[.?][”»]?|https://\S+)$", line), line
        assert len(draft.subject) <= 50 or template.channel == "call", draft.subject


@each_mail
def test_with_everything_known_the_coach_has_nothing_to_say_of_a_pack(trade, template):
    known = all_known(template)
    draft = compose(template, known)
    may = {"specific", "length", "names_what_happened"} if trade == "clinic" else {"specific"}
    said = [
        (each.kind, each.text)
        for each in advise(draft.text, draft.subject, known, template.purpose, template.language)
        if not each.ok and each.kind not in may
    ]
    assert said == []


HEALTH = (
    "event.what", "event.note", "visit.note", "purchase.what", "equipment.what", "quote.about", "inquiry.about",
    "complaint.what", "rating.text", "message.subject", "message.question", "case.put_right", "season.what",
    "booking.what", "promise.what", "complaint.wish", "case.wanted", "case.assured", "answer.words",
)  # fmt: skip
"""Fields that can say what somebody came for."""


@pytest.mark.row("J5")
def test_nothing_a_clinic_sends_says_what_somebody_came_for():
    for template in LIBRARY.shipped("clinic").templates:
        if template.channel != "call" and template.key != "continuity/campaign":
            for known in (all_known(template), little_known(template), Facts.of([])):
                used = {fact.key for fact in compose(template, known).facts}
                assert used.isdisjoint(HEALTH), (place(template), used)
