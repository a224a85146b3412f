"""Each reminder comes once, on time or at the first moment the machine is awake."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from followup_desktop.core.promises.model import Promise, PromiseId, PromiseState
from followup_desktop.jobs.reminders import (
    LOOK_EVERY,
    Jump,
    Look,
    Reminder,
    Watch,
    due_words,
    is_quiet,
    look,
    notices,
    promise_of,
    remind_at,
)

START = datetime(2026, 11, 22, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def reminder(number, after, *, shown_at=None, start=START):
    when = start + after
    return Reminder(number, f"Customer {number}", "call", when + timedelta(minutes=15), when, shown_at)


@dataclass
class Machine:
    """A laptop: it runs, sleeps, is set to another time, and its program is killed; the store stays."""

    wall: datetime = START
    awake: float = 0.0
    store: dict[int, Reminder] = field(default_factory=dict)
    seen: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    quiet_until: datetime | None = None
    notes: bool = True

    def __post_init__(self):
        self.restart()

    def now(self):
        return self.wall

    def restart(self):
        self.watch = Watch(self, lambda: self.awake)

    def promise(self, *reminders):
        self.store.update({one.id: one for one in reminders})

    def sleep(self, how_long):
        self.wall += how_long

    def set_clock(self, by):
        self.wall += by

    def run(self, how_long, every=LOOK_EVERY):
        end = self.awake + how_long.total_seconds()
        while self.awake < end:
            self.look()
            self.wall += every
            self.awake += every.total_seconds()
        self.look()

    def look(self):
        answer = self.watch.look(self.store.values(), self.quiet_until)
        if answer.jumped is not Jump.NONE:
            self.jumps.append(answer.jumped)
        self.seen += [("single", (one.id,)) for one in answer.single]
        if answer.digest:
            self.seen.append(("digest", tuple(one.id for one in answer.digest)))
        self.watch.told(answer, [one.id for one in answer.shown])
        for one in answer.shown if self.notes else ():
            self.store[one.id] = replace(one, shown_at=self.wall)

    def times(self, number):
        return sum(number in ids for _, ids in self.seen)


def test_a_reminder_comes_once_and_within_twenty_seconds():
    machine = Machine()
    machine.promise(reminder(1, timedelta(seconds=30)))
    machine.run(timedelta(minutes=10))
    assert machine.seen == [("single", (1,))]
    assert machine.store[1].shown_at - machine.store[1].remind_at <= LOOK_EVERY


def test_what_was_told_is_not_told_again_while_the_store_is_held_by_somebody_else():
    machine = Machine()
    machine.promise(reminder(1, timedelta(seconds=30)))
    machine.notes = False  # what was shown cannot be written down yet
    machine.run(timedelta(minutes=10))
    assert machine.seen == [("single", (1,))]


def test_two_promises_at_the_same_time_are_two_notifications():
    machine = Machine()
    machine.promise(reminder(2, HOUR), reminder(1, HOUR))
    machine.run(2 * HOUR)
    assert machine.seen == [("single", (1,)), ("single", (2,))]


def test_after_six_hours_of_sleep_one_digest_says_what_came_due():
    machine = Machine()
    machine.promise(*(reminder(n, n * HOUR) for n in (1, 2, 3)), reminder(4, 20 * HOUR))
    machine.run(timedelta(minutes=1))
    machine.sleep(6 * HOUR)
    machine.run(timedelta(minutes=10))
    assert machine.jumps == [Jump.FORWARD]
    assert machine.seen == [("digest", (1, 2, 3))]


def test_a_single_reminder_after_sleep_keeps_its_buttons():
    machine = Machine()
    machine.promise(reminder(1, HOUR))
    machine.run(timedelta(minutes=1))
    machine.sleep(6 * HOUR)
    machine.run(timedelta(minutes=1))
    assert machine.seen == [("single", (1,))]


def test_sleep_is_noticed_where_the_other_clock_runs_on_while_asleep():
    machine = Machine()
    machine.promise(reminder(1, HOUR), reminder(2, 2 * HOUR))
    machine.run(timedelta(minutes=1))
    machine.sleep(6 * HOUR)
    machine.awake += 6 * 3600
    machine.run(timedelta(minutes=1))
    assert machine.jumps == []
    assert machine.seen == [("digest", (1, 2))]


def test_setting_the_clock_back_shows_nothing_twice():
    machine = Machine()
    machine.promise(reminder(1, timedelta(minutes=5)), reminder(2, 3 * HOUR))
    machine.run(timedelta(minutes=10))
    machine.set_clock(-2 * HOUR)
    machine.run(3 * HOUR)
    assert machine.jumps == [Jump.BACK]
    assert machine.times(1) == 1
    assert machine.times(2) == 0  # by this clock it is not yet time
    machine.run(3 * HOUR)
    assert machine.times(2) == 1


def test_a_clock_set_right_by_a_minute_is_no_sleep():
    machine = Machine()
    machine.run(timedelta(minutes=1))
    machine.set_clock(timedelta(seconds=90))
    machine.run(timedelta(minutes=1))
    assert machine.jumps == []


def test_killed_and_started_again_nothing_comes_twice_and_nothing_is_lost():
    machine = Machine()
    machine.promise(reminder(1, HOUR), reminder(2, 2 * HOUR), reminder(3, 5 * HOUR))
    machine.run(90 * timedelta(minutes=1))
    machine.restart()
    machine.run(HOUR)
    machine.restart()
    machine.wall += 10 * HOUR
    machine.run(timedelta(minutes=1))
    assert machine.seen == [("single", (1,)), ("single", (2,)), ("single", (3,))]


def test_after_a_weekend_away_the_start_shows_one_digest():
    machine = Machine()
    machine.promise(*(reminder(n, n * HOUR) for n in range(1, 8)))
    machine.wall += timedelta(days=3)
    machine.look()
    assert machine.seen == [("digest", (1, 2, 3, 4, 5, 6, 7))]


def test_nothing_rings_in_the_quiet_hour_and_all_of_it_comes_after():
    machine = Machine(quiet_until=START + HOUR)
    machine.promise(reminder(1, timedelta(minutes=10)), reminder(2, timedelta(minutes=20)))
    machine.run(timedelta(minutes=55))
    assert machine.seen == []
    machine.run(timedelta(minutes=10))
    assert machine.seen == [("digest", (1, 2))]


def test_a_clock_set_back_does_not_make_the_quiet_hour_a_day():
    assert is_quiet(START, START + HOUR)
    assert not is_quiet(START + HOUR, START + HOUR)
    assert not is_quiet(START - timedelta(days=1), START + HOUR)
    assert not is_quiet(START, None)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", "2026-03-08"),
        ("America/New_York", "2026-11-01"),
        ("Europe/Paris", "2026-03-29"),
        ("Europe/Paris", "2026-10-25"),
        ("Australia/Lord_Howe", "2026-04-05"),
        ("Australia/Lord_Howe", "2026-10-04"),
    ],
)
def test_on_a_day_when_clocks_change_every_hour_s_promise_comes_once(zone, day):
    where, on = ZoneInfo(zone), date.fromisoformat(day)
    due = [remind_at(on, time(hour, 30), where) for hour in range(24)]
    machine = Machine(wall=min(due) - HOUR)
    machine.promise(*(Reminder(n, "", "call", when, when) for n, when in enumerate(due)))
    machine.run(timedelta(hours=27), every=timedelta(minutes=1))
    assert all(machine.times(n) == 1 for n in range(24))
    assert all(kind == "single" for kind, _ in machine.seen)


step = some.one_of(
    some.tuples(some.just("run"), some.integers(1, 200)),
    some.tuples(some.just("sleep"), some.integers(1, 2000)),
    some.tuples(some.just("set_clock"), some.integers(-2000, 2000)),
    some.tuples(some.just("restart"), some.just(0)),
    some.tuples(some.just("quiet"), some.just(0)),
)


@given(some.lists(step, max_size=12), some.lists(some.integers(0, 3000), min_size=1, max_size=6))
def test_whatever_the_machine_goes_through_each_reminder_comes_exactly_once(steps, minutes):
    machine = Machine()
    machine.promise(*(reminder(n, timedelta(minutes=m)) for n, m in enumerate(minutes)))
    for what, how_long in steps:
        if what == "run":
            machine.run(timedelta(minutes=how_long), every=timedelta(minutes=5))
        elif what == "restart":
            machine.restart()
        elif what == "quiet":
            machine.quiet_until = machine.wall + HOUR
        else:
            getattr(machine, what)(timedelta(minutes=how_long))
    machine.quiet_until = None
    machine.wall = max(machine.wall, START + timedelta(minutes=3001))
    machine.run(timedelta(minutes=1))
    assert [machine.times(n) for n in range(len(minutes))] == [1] * len(minutes)
    assert all(one.shown_at >= one.remind_at for one in machine.store.values())


@given(some.lists(some.tuples(some.integers(-3000, 3000), some.booleans()), max_size=8))
def test_only_what_is_due_and_was_not_shown_is_shown(offsets):
    many = [
        reminder(n, timedelta(minutes=m), shown_at=START if shown else None) for n, (m, shown) in enumerate(offsets)
    ]
    answer = look(START, 0.0, None, None, many)
    assert {one.id for one in answer.shown} == {n for n, (m, shown) in enumerate(offsets) if m <= 0 and not shown}
    assert not (answer.single and answer.digest)


def test_the_notification_says_whose_promise_it_is_and_offers_its_answers():
    now = START + timedelta(minutes=1)
    (notice,) = notices(Look((reminder(7, timedelta(0)),), (), Jump.NONE), now, lambda one: "at 3:00 pm")
    assert (notice.title, notice.body) == ("Promise due at 3:00 pm", "Customer 7: call")
    assert [label for _, label in notice.actions] == ["Write it", "Kept", "In 1 hour", "It will be late"]
    assert promise_of(notice.id) == 7
    assert not notice.silent


def test_a_promise_whose_time_has_passed_is_called_late():
    (notice,) = notices(Look((reminder(1, timedelta(0)),), (), Jump.NONE), START + 3 * HOUR, lambda one: "at 8:15 am")
    assert notice.title == "Promise late, was due at 8:15 am"
    assert [label for _, label in notice.actions] == ["Write it", "Kept", "In 1 hour"], "too late to say so before"


def test_the_digest_names_some_and_counts_the_rest():
    many = tuple(reminder(n, timedelta(0)) for n in range(1, 7))
    (notice,) = notices(Look((), many, Jump.FORWARD), START + HOUR, str)
    assert notice.title == "6 promises came due while you were away"
    assert notice.body.splitlines()[-1] == "and 2 more"
    assert notice.promises == (1, 2, 3, 4, 5, 6)
    assert promise_of(notice.id) is None


def test_nothing_older_than_a_day_makes_a_sound():
    old = START + timedelta(days=1, minutes=1)
    (single,) = notices(Look((reminder(1, timedelta(0)),), (), Jump.NONE), old, lambda one: "yesterday")
    assert single.silent
    mixed = (reminder(1, timedelta(0)), reminder(2, timedelta(days=1)))
    (digest,) = notices(Look((), mixed, Jump.FORWARD), old, str)
    assert not digest.silent


def test_a_promise_of_another_day_says_which():
    promise = Promise(
        PromiseId(1), "u", None, "", "call", date(2026, 11, 22), time(9), "America/New_York",
        START, START, PromiseState.OPEN, None, START, None,
    )  # fmt: skip
    sunday = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert due_words(promise, sunday) == "at 9:00 am"
    assert due_words(promise, sunday + 24 * HOUR) == "on Sun 22 Nov at 9:00 am"
    assert due_words(replace(promise, due_time=None), sunday) == "today"
