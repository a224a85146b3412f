import threading

import shiboken6
from PySide6.QtCore import QObject

from followup_desktop.base.changes import EVERYTHING, Changes, Done
from followup_desktop.base.errors import Problem, Replaced
from followup_desktop.ui.runner import Runner, Unexpected

RENAMED = Done("renamed", Changes(frozenset({"customers"})), 7, "Renamed")


def rename(desk, name, *, loudly=False):
    desk.store.tell(RENAMED.changes)
    return Done((name, loudly), RENAMED.changes, 7, "Renamed")


def test_an_answer_arrives_on_the_thread_of_the_window(runner, qtbot):
    answers = []
    runner.ask(runner, lambda session: session["answer"], lambda got: answers.append((got, threading.current_thread())))
    qtbot.waitUntil(lambda: answers == [(42, threading.main_thread())])


def test_a_command_tells_what_it_touched_before_its_page_goes_on(runner, qtbot):
    order = []
    runner.changed.connect(lambda changes: order.append(changes))
    runner.done.connect(lambda done: order.append(done.says))
    runner.do(runner, rename, lambda done: order.append(done.result), "Carl", loudly=True)
    qtbot.waitUntil(lambda: len(order) == 3)
    assert order == [RENAMED.changes, "Renamed", ("Carl", True)]


def test_what_a_job_wrote_is_told_as_well(runner, desk, qtbot):
    with qtbot.waitSignal(runner.changed) as told:
        job = threading.Thread(target=desk.store.tell, args=(RENAMED.changes,))
        job.start()
    job.join()
    assert told.args == [RENAMED.changes]


def test_commands_run_one_after_another(runner, qtbot):
    running, most = [], []

    def slow(_desk, number):
        running.append(number)
        most.append(len(running))
        running.remove(number)
        return RENAMED

    results = []
    for number in range(20):
        runner.do(runner, slow, results.append, number)
    qtbot.waitUntil(lambda: len(results) == 20)
    assert max(most) == 1


def test_a_problem_reaches_the_bar(runner, qtbot):
    def fail(_desk):
        raise Problem("No account yet.", "", "Add one in Settings.")

    with qtbot.waitSignal(runner.problem) as got:
        runner.do(runner, fail, None)
    assert got.args[0].to_do == "Add one in Settings."


def test_a_page_can_show_a_problem_beside_the_thing_concerned(runner, qtbot):
    def fail(_desk):
        raise Problem("Not a date.")

    beside, bar = [], []
    runner.problem.connect(bar.append)
    runner.attempt(runner, fail, None, beside.append)
    qtbot.waitUntil(lambda: bool(beside))
    assert (beside[0].happened, bar) == ("Not a date.", [])


def test_a_bug_is_not_silent_and_its_details_can_be_copied(runner, qtbot, caplog):
    def bug(_session):
        raise KeyError("heater")

    with qtbot.waitSignal(runner.problem) as got:
        runner.ask(runner, bug, print)
    assert isinstance(got.args[0], Unexpected)
    assert "KeyError: 'heater'" in got.args[0].details
    assert "a background task failed" in caplog.text
    caplog.clear()


def test_an_answer_for_a_closed_place_is_dropped(runner, qtbot, gate):
    owner, answers = QObject(), []

    def wait(_session):
        gate.wait(5)
        return "late"

    runner.ask(owner, wait, answers.append)
    shiboken6.delete(owner)
    gate.set()
    runner.ask(runner, lambda _session: "next", answers.append)
    qtbot.waitUntil(lambda: "next" in answers)
    with qtbot.waitSignal(runner.changed):
        runner.do(runner, rename, None, "Carl")
    assert answers == ["next"]


def test_only_the_answer_to_the_newest_search_is_shown(runner, qtbot, gate):
    answers = []

    def first(_session):
        gate.wait(5)
        return "answer to p"

    runner.ask(runner, first, answers.append, newest="search")
    runner.ask(runner, lambda _session: "answer to pr", answers.append, newest="search")
    qtbot.waitUntil(lambda: bool(answers))
    gate.set()
    runner.ask(runner, lambda _session: "end", answers.append)
    qtbot.waitUntil(lambda: "end" in answers)
    runner.close()
    qtbot.wait(0)
    assert answers == ["answer to pr", "end"]


def test_a_long_task_tells_how_far_it_is(runner, qtbot):
    steps, results = [], []

    def work(progress):
        for number in range(3):
            progress.step(number, 3, f"row {number}")
        return "imported"

    task = runner.run(runner, work, results.append)
    task.progressed.connect(lambda done, total, says: steps.append((done, total, says)))
    qtbot.waitUntil(lambda: bool(results))
    assert results == ["imported"]
    assert steps[-1] == (2, 3, "row 2")


def test_a_long_task_can_be_cancelled(runner, qtbot, gate):
    started, results, problems = threading.Event(), [], []

    def work(progress):
        started.set()
        gate.wait(5)
        progress.step(1, 2)
        return "never"

    task = runner.run(runner, work, results.append, problems.append)
    assert started.wait(5)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        gate.set()
    assert (results, problems) == ([], [])


def test_writes_of_another_process_are_seen(runner, desk, qtbot):
    seen = []
    runner.changed.connect(seen.append)
    runner.look()
    qtbot.waitUntil(lambda: runner._version == 1)
    assert seen == []
    desk.store.version = 2
    runner.look()
    qtbot.waitUntil(lambda: seen == [EVERYTHING])


def test_looking_goes_on_after_it_failed_once(runner, desk, qtbot, monkeypatch):
    told = []
    runner.replaced.connect(lambda: told.append("replaced"))
    with monkeypatch.context() as away:
        away.setattr(desk.store, "data_version", lambda: raises(Replaced()))
        runner.look()
        qtbot.waitUntil(lambda: told == ["replaced"])
    runner.look()
    qtbot.waitUntil(lambda: runner._version == 1)


def raises(error):
    raise error


def test_questions_wait_for_a_store_that_is_still_being_opened(qapp, desk, qtbot, gate):
    def open_desk():
        gate.wait(5)
        return desk

    runner, answers = Runner(open_desk), []
    runner.ask(runner, lambda session: session["answer"], answers.append)
    assert answers == []
    with qtbot.waitSignal(runner.opened):
        gate.set()
    qtbot.waitUntil(lambda: answers == [42])
    runner.close()


def test_a_store_that_cannot_be_opened_is_said_once_for_each_who_asked(qapp, qtbot):
    def open_desk():
        raise Problem("The business file was made by a newer version.", "It was not touched.", "Update the program.")

    runner, problems = Runner(open_desk), []
    runner.problem.connect(problems.append)
    qtbot.waitUntil(lambda: len(problems) == 1)
    assert problems[0].kept == "It was not touched."
    runner.close()
