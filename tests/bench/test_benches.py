"""The benches run and say what they should; how quick anything is, is not judged here."""

import os
import re

import pytest

from tests.bench import __main__ as bench
from tests.bench import business, memory, search, start
from tests.bench.pairing import Figure, Pairs, Setting, p95, slope
from tests.bench.processes import has_screen


@pytest.fixture(scope="module")
def setting(tmp_path_factory):
    return Setting(customers=200, folder=tmp_path_factory.mktemp("bench"), most=1)


@pytest.mark.parametrize("row", ["7", "8", "9", "11", "14", "19", "20", "21", "plan"])
def test_a_row_gives_its_figures(row, setting):
    figures = bench.measured(row, setting)
    assert {figure.row for figure in figures} == {row}
    assert any(figure.goal is not None for figure in figures)
    assert all(figure.ratio is not None and figure.ratio >= 0 for figure in figures)


def test_the_report_is_made_beside_qt(setting):
    painter, second, *peers = bench.measured("15", setting)
    assert min(painter.ratio, second.ratio) > 0
    assert all(figure.ratio or "not installed" in figure.note for figure in peers)


@pytest.mark.skipif(not has_screen(), reason="Xvfb is not installed")
def test_a_start_is_followed_until_every_key_answers(setting):
    painted, ready, drafted, stall = start.measure(setting)
    assert painted.ratio < ready.ratio <= drafted.ratio
    assert ready.goal == 2.8
    assert stall.ratio > 0


def test_without_a_screen_the_rows_of_the_window_say_so(setting, monkeypatch):
    monkeypatch.setattr(start, "has_screen", lambda: False)
    monkeypatch.setattr(memory, "has_screen", lambda: False)
    for row in (start, memory):
        (figure,) = row.measure(setting)
        assert figure.verdict == "left out"
        assert "Xvfb" in figure.note


def test_memory_is_a_share_of_this_machine():
    assert 5 < memory.megabytes(os.getpid()) < 2_000


def test_one_customer_in_a_hundred_is_due(tmp_path):
    from followup_desktop.app import Program
    from followup_desktop.base.clock import FixedClock
    from followup_desktop.core.queue.queries.today import queue

    # A store of its own: the program that others start on theirs plans for everyone.
    program = Program(business.store_of(200, tmp_path), FixedClock(business.NOW))
    with program.desk.store.read() as session:
        found = queue(session, business.NOW)
    program.close()
    assert len(found.cards) + len(found.held) == 2


def test_a_search_is_typed_letter_by_letter():
    typed = list(search.keystrokes())
    assert typed[:4] == ["p", "pu", "pum", "pump"]


def test_a_ratio_is_the_median_of_the_pairs():
    assert Pairs([2.0, 30.0, 4.0], [1.0, 10.0, 4.0]).ratio == 2.0


def test_figures_are_judged_by_their_goals():
    verdicts = [
        Figure("7", "", ratio, goal).verdict for ratio, goal in ((1.0, 1.3), (1.4, 1.3), (9.0, None), (None, 1))
    ]
    assert verdicts == ["met", "MISSED", "", "left out"]


def test_growth_as_fast_as_the_data_has_the_exponent_one():
    assert slope(2.0, 20.0, 10) == pytest.approx(1.0)
    assert p95(range(1, 101)) == 95


def test_the_table_is_printed_and_a_missed_goal_counts_with_gate_alone(capsys, monkeypatch):
    monkeypatch.setattr(bench, "measured", lambda row, setting: [Figure(row, "a page", 1.5, 1.3, "2 beside 1 ms")])
    assert bench.main(["7", "8"]) == 0
    assert bench.main(["7", "--gate"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"7 +a page +1\.5x +≤ 1\.3x +MISSED +2 beside 1 ms", lines[1])


def test_a_row_that_is_not_there_is_refused(capsys):
    with pytest.raises(SystemExit):
        bench.main(["99"])
    assert "there is no row 99" in capsys.readouterr().err
