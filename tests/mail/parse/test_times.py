"""The part of the day somebody likes to be reached in, as replies say it, and what only sounds like it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followup_desktop.mail.parse.times import best_time_wish

pytestmark = pytest.mark.row("A6")

SAID = {
    "morning": (
        "Mornings are best for me, please.",
        "It's fine. Please call me in the mornings.",
        "I prefer mornings.",
        "Best to reach me before noon.",
        "Not in the evening, mornings work better.",
        "Prefiero que me llamen por la mañana.",
        "Mejor por las mañanas, gracias.",
        "If you write to me, mornings are fine.",
        "I am easiest to get hold of first thing in the morning.",
        "Could you please only phone us before lunch",
        "FYI I pick up the phone in the mornings, not later.",
        "Mornings work best; I teach after lunch.",
        "Por favor llámenme antes del mediodía.",
        "Lo mejor es por la mañana.",
    ),
    "afternoon": (
        "Please call in the afternoon, I work nights.",
        "Afternoons suit us.",
        "You can catch me in the afternoons.",
        "Mejor por las tardes, gracias.",
        "Llámenme por la tarde, por favor.",
        "In general afternoons are a good time to reach me.",
        "Please don't ring in the mornings, afternoons are fine.",
        "Me viene mejor por las tardes.",
        "Reach me after lunch, that's easiest.",
    ),
    "evening": (
        "Evenings suit us better than mornings.",
        "Please ring after five.",
        "I'm usually free in the evenings.",
        "Evenings are better, I work until five.",
        "Text me after work please.",
        "Prefiero por las noches.",
        "After work is best for us.",
        "We prefer evenings - the kids are in school.",
        "Please text after 6pm.",
        "I can only talk after six in the evenings, so please call then.",
    ),
    None: (
        "Can you come tomorrow morning?",
        "Please call me tomorrow morning.",
        "Friday afternoon works for me.",
        "Is the morning ok?",
        "Mornings are best for the pool service.",
        "The water was cloudy this morning.",
        "Good morning Dana, all is well.",
        "We had a lovely evening.",
        "Please come in the mornings only.",
        "Mañana por la tarde me viene bien.",
        "Mornings or afternoons both work.",
        "I will be away next morning.",
        "Thanks, have a nice afternoon.",
        "The technician should arrive before noon.",
        "Good evening, the pump works better now.",
        "Buenas tardes, todo va mejor.",
        "Buenos días, prefiero el correo.",
        "I called you twice in the morning.",
        "We swim in the evenings.",
        "The heater works only in the mornings.",
        "The pump is louder in the evening.",
        "I tried to reach you this afternoon.",
        "Does the afternoon suit you?",
        "We left a message yesterday evening.",
        "He works evenings.",
        "Tuesday morning suits us.",
        "Please call me back this evening.",
        "The kids prefer the pool warm in the evening.",
        "Monday or Tuesday in the afternoon is fine.",
        "Let's talk in the morning.",
        "Please confirm by 9 a.m.",
        "My husband is home in the evenings and will let Luis in.",
        "Please text me when you are there in the morning.",
        "3 pm on the 4th works.",
        "I am in the office in the afternoon on the 12th.",
    ),
}


@pytest.mark.parametrize(("part", "words"), [(part, words) for part, all_ in SAID.items() for words in all_])
def test_a_part_of_the_day_is_understood_where_one_is_plainly_meant(part, words):
    found = best_time_wish(f"Hi Dana,\n\n{words}\n\nAna")
    assert (found and found[0]) == part
    if found:
        assert found[1] in f"Hi Dana, {words} Ana"


@given(st.text(max_size=400))
def test_anything_at_all_is_answered(words):
    assert best_time_wish(words) is None or best_time_wish(words)[0] in SAID
