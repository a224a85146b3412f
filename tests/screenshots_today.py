"""Draw Today in each of its states, to look at: `python -m tests.screenshots_today FOLDER [--sizes …] [--modes …]`.

Morning, something held and opened, working through, a household's one card with an open case, the question after it,
days off and the return from them, and a day spread by a chosen number. Each is a business of its own, made by commands.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands import cases, queue
from followup_desktop.commands.business import change_settings
from followup_desktop.commands.customers import set_household
from followup_desktop.core.cases.queries import cases as all_cases
from followup_desktop.system.paths import Places
from followup_desktop.ui.running import Running
from followup_desktop.ui.start_up import application
from tests.screenshots import MODES, SIZES
from tests.screenshots_of import until_quiet
from tests.ui.today import scene

STATES = (
    *("morning", "held", "working", "household", "after_case", "in_person", "moved", "back", "stale", "off", "lapsed"),
    *("unanswered", "wish", "stranger"),
)

BACK = timedelta(days=4)
ASKED = timedelta(days=3, hours=-1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", default=",".join(SIZES))
    parser.add_argument("--modes", default=",".join(MODES))
    parser.add_argument("--states", default=",".join(STATES))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    if given.here:
        draw(given)
        return
    command = [sys.executable, "-m", "tests.screenshots_today", str(given.folder), "--here"]
    for mode in given.modes.split(","):
        for size in given.sizes.split(","):
            for state in given.states.split(","):
                words = [*command, "--modes", mode, "--sizes", size, "--states", state]
                subprocess.run(words, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})


def draw(given: argparse.Namespace) -> None:
    """Draw one state in one theme and size."""
    state, mode, (width, _, height) = given.states, given.modes, given.sizes.partition("x")
    app = application()
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "business.db"
        now = made(state, path)
        program = Program(path, FixedClock(now))
        running = Running(app, program, Places(Path(scratch)), Path(scratch) / "run")
        running.theme.set_mode(mode)
        running.window.resize(int(width), int(height))
        running.window.show()
        until_quiet(running)
        page = running.window.page("today")
        turned_to(state, page, running)
        until_quiet(running)
        running.window.grab().save(f"{given.folder}/today-{state}-{mode}-{given.sizes}.png")
        running.window.hide()
        running.close()
        program.close()


def made(state: str, path: Path):
    """Make the business of a state, and return the moment to look at it."""
    busy = (
        scene.small
        if state in ("held", "household", "after_case", "in_person", "unanswered", "wish", "stranger")
        else scene.crowded
    )
    set_up = busy(path)
    now = set_up.now
    if state in ("household", "after_case"):
        priya, raj, tom = (set_up.customer(name) for name in ("Priya Patel", "Raj Patel", "Tom Patel"))
        set_household(set_up.desk, [priya, raj, tom], "Patel")
        set_up.at(days=4).log(raj, "quote_sent", "", about="heater", amount=234000)
        set_up.at(days=3).log(tom, "quote_sent", "", about="pool cover", amount=34000)
        set_up.at(hours=3).log(priya, "complaint", "The water is green again")
        set_up.at(hours=2).log(raj, "rating", "gate left open", rating=3)
        set_up.end()
        if state == "after_case":
            with set_up.desk.store.read() as session:
                case = next(case for case in all_cases(session) if case.name == "Priya Patel")
            cases.put_right(set_up.desk, case.id, "Shocked and vacuumed")
    if state == "in_person":
        ana = set_up.customer("Anaïs Moreau")
        set_up.at(days=4).log(ana, "quote_sent", "", about="heater", amount=234000)
        set_up.stop(ana, 1, 3)
        set_up.end()
    if state == "moved":
        change_settings(set_up.desk, {"business.daily_capacity": 12})
    if state == "off":
        queue.mark_days_off(set_up.desk, now.date(), now.date() + timedelta(days=4))
    if state == "unanswered":
        asked(set_up)
    if state in ("wish", "stranger"):
        arrived(set_up)
    set_up.program.close()
    return now + {"back": BACK, "stale": BACK, "unanswered": ASKED}.get(state, timedelta())


def arrived(set_up) -> None:
    """Let a customer ask for something, and somebody nobody knows write."""
    from followup_desktop.commands import mailbox

    account = set_up.account().id
    mailbox.file(set_up.desk, mailbox.Folder(account, "INBOX", 1, 3), scene.mail(set_up.now))


def asked(set_up) -> None:
    """Ask Ana something, and hear nothing."""
    from followup_desktop.commands.messages import Approved, hand_over
    from followup_desktop.core.queue.queries.today import queue as cards

    with set_up.desk.store.read() as session:
        card = next(card for card in cards(session, set_up.now).cards if card.name == "Ana Pereira")
    text = (
        "Hi Ana,\n\nyou have had the price for the heater since Wednesday. Is there anything in it to explain?\n\nDana"
    )
    hand_over(set_up.desk, Approved(card.leading.id, "The heater price", text))


def turned_to(state: str, page, running: Running) -> None:
    """Bring the page into a state."""
    rows = {"after_case": "after", "stale": "back_stale", "lapsed": "lapsed", "moved": "moved"}
    rows |= {"in_person": "door", "wish": "asked", "stranger": "stranger"}
    groups = {group.key: group for group in page.list._groups}
    if state == "working":
        page.act("work_through")
        until_quiet(running)
        QTest.keyClick(page.pane, Qt.Key.Key_E)
    elif state == "held":
        page.focus_on(follow_up_id=page.sight.day.queue.held[0].follow_up)
    elif state == "household":
        page.focus_on(customer_id=next(card.customer for card in page.sight.day.queue.cards if card.holds))
    elif state == "unanswered":
        page.list.select(groups["overdue"].items[0].id)
    elif state in rows and rows[state] in groups:
        page.list.unfold(rows[state])
        page.list.select(groups[rows[state]].items[0].id)


if __name__ == "__main__":
    main()
