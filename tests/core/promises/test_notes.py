"""What notes of a call promise: the phrases were written down before the rules."""

from datetime import UTC, date, datetime, time

import pytest

from followup_desktop.core.promises.rules.finding import Reader
from followup_desktop.core.promises.rules.promising_notes import find_in_notes

MONDAY = Reader(datetime(2026, 11, 23, 15, tzinfo=UTC), "America/New_York")
FRIDAY, THURSDAY, TUESDAY, WEDNESDAY = date(2026, 11, 27), date(2026, 11, 26), date(2026, 11, 24), date(2026, 11, 25)

PROMISED = [
    ("I'll drop by Thursday with the part.", THURSDAY, None),
    ("She asked about the filter. I said I'd send the price by Friday.", FRIDAY, None),
    ("Told him I would ring back Wednesday at 10.", WEDNESDAY, time(10)),
    ("told Maria we'd look at the heater on Thursday", THURSDAY, None),
    ("Told the customer that we will replace the seal by Friday", FRIDAY, None),
    ("Promised to look at the pump on Thursday.", THURSDAY, None),
    ("Promised her a new price by Friday", FRIDAY, None),
    ("promised I'd email the invoice today", date(2026, 11, 23), None),
    ("We've promised Mrs. Lane to be there Tuesday at 8 am", TUESDAY, time(8)),
    ("Gave her my word that I'd be there Friday", FRIDAY, None),
    ("Will send quote Friday", FRIDAY, None),
    ("will call back tomorrow", TUESDAY, None),
    ("Call back Wed", WEDNESDAY, None),
    ("Send him the quote by Friday", FRIDAY, None),
    ("Not at home, call back tomorrow 9am", TUESDAY, time(9)),
    ("Gate squeaks; bring oil on Thursday", THURSDAY, None),
    ("to do: order the filter by Friday", FRIDAY, None),
    ("need to order the filter by Friday", FRIDAY, None),
    ("Luis to come Thursday 9am", THURSDAY, time(9)),
    ("We agreed that Luis comes Thursday", THURSDAY, None),
    ("Agreed with her that Ana would bring the key on Friday", FRIDAY, None),
    ("Agreed to come by Tuesday afternoon", TUESDAY, None),
    ("They are annoyed about the noise, so I told them I'd swap the pump next Friday", date(2026, 12, 4), None),
    ("told her we'll refund the visit by end of month", date(2026, 11, 30), None),
    ("Said we'd replace the seal next week", None, None),
    ("Le dije que le llamaría el viernes", FRIDAY, None),
    ("Le dijimos que pasaríamos el jueves", THURSDAY, None),
    ("Le prometí enviarle el precio el jueves", THURSDAY, None),
    ("Quedé en pasar el martes por la mañana", TUESDAY, None),
    ("Se queja del ruido, le dije que lo miraría el jueves", THURSDAY, None),
    ("Quedamos en que Luis pasa el jueves", THURSDAY, None),
    ("Le dije que mañana le mando el precio", TUESDAY, None),
    ("I'm to ring Joe on Thursday", THURSDAY, None),
    ("Llamar el viernes", FRIDAY, None),
    ("Enviar presupuesto mañana", TUESDAY, None),
    ("Tengo que llamarle el martes", TUESDAY, None),
    ("Hay que pedir el filtro antes del viernes", THURSDAY, None),
]

NOTHING = [
    "He will think about it and ring Friday",
    "She'll call us Thursday",
    "He promised to pay by Friday",
    "She promised to send photos tomorrow",
    "Maria said she'd be away until Friday",
    "Her husband told me he would call on Thursday",
    "Agreed to the new price",
    "Agreed to think about it until Friday",
    "I promised nothing",
    "Happy with the service. No complaints.",
    "Told him that the price is $40",
    "Told her I will not come on Friday",
    "I told him I could come Friday if it doesn't rain",
    "reminded him to pay by Friday",
    "Come by to collect the key? Friday?",
    "Call before coming on Friday",
    "Visit was fine on Friday",
    "Call from Ben on Friday about the bill",
    "Me dijo que llamará el viernes",
    "Prometió pagar el lunes",
    "Le dije que no iría el viernes",
    "Customer will call back on Monday",
    "Her husband will call on Friday",
    "El cliente llamará el lunes",
    "Llamar antes de venir el viernes",
    "",
    "  \n ",
    "!!!",
]


@pytest.mark.row("X1", "P1")
@pytest.mark.parametrize(("note", "day", "at"), PROMISED, ids=[note for note, *_ in PROMISED])
def test_a_note_says_what_was_promised(note, day, at):
    [found] = find_in_notes(note, MONDAY)
    assert (found.due_date, found.due_time) == (day, at)
    assert found.sentence in note


@pytest.mark.row("X1")
@pytest.mark.parametrize("note", NOTHING)
def test_what_others_promise_and_what_is_no_promise_is_left(note):
    assert find_in_notes(note, MONDAY) == []


def test_several_promises_come_in_their_order():
    found = find_in_notes("Told her I'd ring Friday. Water fine.\n- send the invoice by Wednesday", MONDAY)
    assert [(one.what, one.due_date) for one in found] == [("ring", FRIDAY), ("send the invoice", WEDNESDAY)]


def test_what_the_one_spoken_with_will_do_is_theirs():
    note = "Maria will ring on Friday. Luis will come Thursday."
    assert [one.what for one in find_in_notes(note, MONDAY, ("Maria", "Alvarez"))] == ["Luis come"]
