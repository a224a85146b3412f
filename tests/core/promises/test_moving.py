"""To when an open promise can be moved with one press."""

from datetime import date, time

from followup_desktop.base.zones import local
from followup_desktop.core.promises.model import Promise, PromiseId, PromiseState
from followup_desktop.core.promises.rules import due_at, later_choices
from tests.core.promises.phrasings import NOW, ZONE

HERE = local(NOW, ZONE)
TODAY = HERE.date()


def _promise(due_date, due_time=None):
    return Promise(
        id=PromiseId(1), uuid="", customer_id=1, customer="Carl Jensen", what="ring", due_date=due_date,
        due_time=due_time, zone=ZONE, due=due_at(due_date, due_time, ZONE), remind_at=NOW, state=PromiseState.OPEN,
        shown_at=None, made_at=NOW, settled_at=None,
    )  # fmt: skip


def _offered(promise):
    return [(later.key, later.words) for later in later_choices(promise, NOW)]


def test_what_is_late_is_put_off_from_now():
    keys = dict(_offered(_promise(date(2026, 11, 20), time(9))))
    assert keys["hour"].startswith("In 1 hour: ")
    assert keys["day"] == "Tomorrow, 9:00 am"


def test_what_is_due_this_afternoon_is_put_off_from_then():
    assert _offered(_promise(TODAY, time(15))) == [
        ("hour", "1 hour later: 4:00 pm"),
        ("day", "Tomorrow, 3:00 pm"),
        ("week", "Mon 30 Nov, 3:00 pm"),
    ]


def test_what_has_only_a_day_stays_without_a_time():
    day = later_choices(_promise(date(2026, 11, 26)), NOW)
    assert [(later.key, later.timed) for later in day] == [("day", False), ("week", False)]
    assert local(day[0].until, ZONE).date() == date(2026, 11, 27)


def test_an_hour_past_midnight_names_the_day():
    assert _offered(_promise(TODAY, time(23, 30)))[0] == ("hour", "1 hour later: tomorrow, 12:30 am")
