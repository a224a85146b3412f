"""Whether somebody who complains says what they want done: a table of both, in two languages."""

import pytest

from followup_desktop.core.drafts.rules.wishes import wish_in


@pytest.mark.parametrize(
    "said",
    [
        "Green water again. Please send somebody before the weekend.",
        "We would like our money back for August",
        "Can you come back and finish the edges?",
        "I want a refund",
        "The windows need to be redone before Friday",
        "Fix it.",
        "The mulch is all over the drive; take that off my bill",
        "I'd appreciate a call from the owner",
        "Agua verde otra vez, quiero que vuelvan a limpiarla",
        "Por favor, llámenme",
        "¿Podrían venir otra vez?",
        "Que me devuelvan el dinero",
    ],
)
def test_what_somebody_wants_is_heard(said):
    assert wish_in(said)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "Green water again",
        "He was rude and said he would not come",
        "Nobody rang back",
        "Gate left open, dog got out",
        "It needs cleaning every week now",
        "I just want to say that this was poor work",
        "Dejaron la puerta abierta",
        "Nadie vino el martes",
    ],
)
def test_a_complaint_alone_is_no_wish(said):
    assert wish_in(said) == ""
