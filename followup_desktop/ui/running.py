"""The running program: window, tray, reminders, outbox and copies, wired once."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QProcess, Qt, QTimer, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from followup_desktop.app import Program
from followup_desktop.base.changes import Changes, Done
from followup_desktop.base.clock import Clock
from followup_desktop.base.errors import Problem
from followup_desktop.base.resources import resource
from followup_desktop.jobs.reminders import (
    LOOK_EVERY,
    QUIET_FOR,
    WILL_BE_LATE,
    Reminder,
    Watch,
    due_words,
    notices,
    promise_of,
    reminder_of,
)
from followup_desktop.system import paths
from followup_desktop.ui import window as frame
from followup_desktop.ui.child import on_store, ourselves
from followup_desktop.ui.instance import Handover, bring_to_front
from followup_desktop.ui.mailbox import STOPPED, MailboxWatch, reading_words
from followup_desktop.ui.notify import DEFAULT, Delivered, Unavailable, make_notifier
from followup_desktop.ui.palette import Entry
from followup_desktop.ui.passwords import Passwords
from followup_desktop.ui.runner import Progress, Runner
from followup_desktop.ui.settings_store import StoredSettings
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.tray import Tray, TrayPromise

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from followup_desktop.commands.desk import Desk
    from followup_desktop.core.promises.model import Promise
    from followup_desktop.jobs.post import Sent
    from followup_desktop.ui.summary import Summary

logger = logging.getLogger(__name__)

LATE_MAIL = ("messages", "accounts")
BACKUP_MS = 10 * 60_000
PATIENCE_MS = 1000
"""How long opening the store waits for the window to be painted, at most."""
REST_MS = 300
"""How long what nobody waits for lets today's list and its first draft go first; longer while they are still made."""
RESTS = 20
"""How often it steps back for them, at most."""
PLAN_MS = 60 * 60 * 1000
"""So often it is looked what time alone asks for now."""

LOOK_THROUGH_MS = 3000


class Running(QObject):
    """Everything that lives as long as the program does."""

    def __init__(self, app: QApplication, program: Program, places: paths.Places, folder: Path) -> None:
        super().__init__()
        self._app, self._program, self._places = app, program, places
        self.theme = Theme(app)
        self.runner = Runner(partial(_open, program), self, at_once=False)
        self.settings = StoredSettings(self.runner, folder / "computer.json", self)
        self.theme.set_mode(self.settings.value("computer.theme"))  # type: ignore[arg-type]
        self.passwords = Passwords(program.clock)
        with self.theme.undressed():
            self.window = frame.MainWindow(
                self.theme,
                self.runner,
                program.clock,
                self.settings,
                self._for_window(),
                state_file=folder / "window.json",
            )
        self.tray = Tray(app_icon, self.theme.icon, self)
        self.notifier = make_notifier(self.tray, "Followup Desktop", str(resource("icons/followup_desktop.svg")), self)
        self.mailbox = MailboxWatch(self.runner, partial(_open, program), self.passwords, self)
        self._watch = Watch(program.clock, monotonic)
        self._quiet_until: datetime | None = None
        self._sending = False
        self._summary: Summary | None = None
        self._capture: QObject | None = None
        self.goes_on = False
        """Whether the program starts again once it has ended, and whether in the tray alone."""
        self.hides_again = False
        self.to_restore: Path | None = None
        """The copy to put in the place of the store once nobody has it open any more."""
        self._looking, self._mailing, self._copying = QTimer(self), QTimer(self), QTimer(self)
        self._planning = QTimer(self, interval=PLAN_MS)
        self._resting, self._rests = QTimer(self, singleShot=True, interval=REST_MS), 0
        self._checking = QTimer(self, singleShot=True, interval=LOOK_THROUGH_MS)
        self._connect()

    def _for_window(self) -> frame.Program:
        return frame.Program(
            undo=self.undo,
            log=self.log,
            search=self.search,
            commands=self.palette_commands,
            manual=self.manual,
            promise=self.new_promise,
            put_right=self.put_right,
            quit=self.quit,
            tray_available=self._may_hide,
            program=self._program,
            wake_outbox=self.wake_outbox,
            passwords=self.passwords,
            places=self._places,
            switch_store=self.switch_store,
            leave_demo=self.leave_demo,
            start_over=self.start_over,
            restore=self.restore,
            test_reminder=self.test_reminder,
        )

    def _connect(self) -> None:
        self.window.installEventFilter(self)
        self._app.setWindowIcon(app_icon())
        self.runner.opened.connect(self._on_opened)
        self.runner.changed.connect(self._on_changed)
        self.runner.replaced.connect(self._on_replaced)
        self.settings.changed.connect(self._on_setting)
        self.tray.open_today.connect(self.open_today)
        self.tray.open_promise.connect(self.open_promise)
        self.tray.open_promises.connect(self.open_promises)
        self.tray.new_promise.connect(self.new_promise)
        self.tray.quiet.connect(self._on_quiet)
        self.tray.quit.connect(self.window.quit)
        self.tray.no_tray.connect(self._on_no_tray)
        self.notifier.acted.connect(self._on_acted)
        self.window.file_dropped.connect(self._on_file)
        self.mailbox.failed.connect(self.window.show_problem)
        self.mailbox.looked.connect(self._on_mailbox)
        self.mailbox.reading.connect(self._on_reading)
        self.mailbox.ended.connect(self.window.busy.finish)
        self.mailbox.stopped.connect(self._on_stopped_reading)
        self.window.busy.cancelled.connect(self.mailbox.cancel)
        self._looking.setTimerType(Qt.TimerType.CoarseTimer)
        self._looking.timeout.connect(self._on_look)
        self._mailing.setSingleShot(True)
        self._mailing.timeout.connect(self._on_mail_due)
        self._resting.timeout.connect(self._begin_the_rest)
        self._checking.timeout.connect(self._on_look_through)
        self._copying.timeout.connect(self._on_copy_due)
        self._copying.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._planning.timeout.connect(self._on_plan_ahead)
        self._planning.setTimerType(Qt.TimerType.VeryCoarseTimer)

    def start(self, *, hidden: bool) -> None:
        """Show the window, or only the tray."""
        self.tray.start(hidden=hidden)
        if hidden:
            self.runner.open()
        else:
            self.window.show()
            QTimer.singleShot(PATIENCE_MS, self.runner.open)

    def eventFilter(self, _window: QObject, event: QEvent) -> bool:
        """Qt: once the window is painted, the store is opened: loading it before would make the window wait."""
        if event.type() == QEvent.Type.Paint:
            self.window.removeEventFilter(self)
            QTimer.singleShot(0, self.runner.open)
        return False

    def close(self) -> None:
        """End what runs in the background."""
        for timer in (self._looking, self._mailing, self._copying, self._resting, self._checking, self._planning):
            timer.stop()
        self.mailbox.stop()
        self.notifier.close()
        self.tray.stop()
        self.runner.close()

    def copy_at_quit(self) -> None:
        """Copy the store once more where it was changed; the demo is made anew each time and needs no copy."""
        from followup_desktop.jobs import backup

        if self._summary is None or self._summary.demo or self.to_restore is not None:
            return
        second = str(self.settings.value("computer.backup_folder"))
        try:
            backup.run(self._program.desk.store, self._places.backups, Path(second) if second else None, at_quit=True)
        except Problem as problem:
            logger.warning("no copy was made at the end: %s", problem.happened)

    @Slot()
    def _on_opened(self) -> None:
        self.settings.reload(self._show_business)
        self.runner.ask(self, _anybody, self._on_first_look)
        self._resting.start()

    def _on_first_look(self, anybody: bool) -> None:
        if not anybody and self.window.current() in ("", "today"):
            self.window.go("start")

    @Slot()
    def _begin_the_rest(self) -> None:
        """Begin what can wait until today's list is on the screen."""
        self._rests += 1
        if self.runner.busy() and self._rests < RESTS:
            self._resting.start()
            return
        self._refresh()
        self._on_look()
        self._looking.start(int(LOOK_EVERY.total_seconds() * 1000))
        self._copying.start(BACKUP_MS)
        self.wake_outbox()
        self.mailbox.start()
        self._checking.start()

    @Slot()
    def _on_look_through(self) -> None:
        self.runner.run(self, partial(_look_through, self._program.path), self._on_whole, self.window.show_problem)
        self._planning.start()
        self._on_plan_ahead()

    @Slot()
    def _on_plan_ahead(self) -> None:
        self.runner.run(self, partial(_plan_ahead, self._program), self._on_planned, self.window.show_problem)

    def _on_planned(self, _count: int) -> None:
        """Say nothing: the places were told what changed."""

    def _on_whole(self, _nothing: None) -> None:
        """Say nothing: a store is whole as a rule."""

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        self._refresh()
        if changes.concerns(*LATE_MAIL):
            self.wake_outbox()
        if changes.concerns("accounts"):
            self.mailbox.account_changed()

    @Slot(str)
    def _on_mailbox(self, found: str) -> None:
        self.window.say(Done(None, Changes(frozenset()), None, found))

    @Slot(int, int)
    def _on_reading(self, done: int, total: int) -> None:
        if not self.window.busy.is_under_way():
            self.window.busy.start(reading_words(done, total))
        self.window.busy.step(done, total, "" if self.window.busy.is_stopping() else reading_words(done, total))

    @Slot()
    def _on_stopped_reading(self) -> None:
        self.window.say(Done(None, Changes(frozenset()), None, STOPPED))

    def _refresh(self) -> None:
        self.runner.ask(self, partial(_summary, self._program.clock.now()), self._show_summary, newest="summary")

    def _show_summary(self, found: Summary) -> None:
        self._summary = found
        self.window.set_demo(found.demo)
        self.window.set_count("today", found.cards)
        self.window.set_count("promises", found.due_promises or found.open_promises, found.due_promises > 0)
        self.window.set_count("customers", found.customers)
        self.window.set_count("recovery", found.open_cases)
        self.window.set_status(found.mail, self._backed_up(), good=found.mail_good)
        promises = [TrayPromise(p.id, p.customer, p.when, p.late) for p in found.promises]
        self.tray.set_promises(promises, found.due_promises, found.cards)

    def _backed_up(self) -> str:
        from followup_desktop.base.wording import clock_words, day_words
        from followup_desktop.base.zones import local
        from followup_desktop.store.backup import backups

        made = backups(self._places.backups, self._program.path.stem)
        zone = str(self.settings.value("business.zone"))
        if not made:
            return "Not backed up yet"
        at = local(made[0].at, zone)
        day = day_words(at.date(), local(self._program.clock.now(), zone).date())
        return f"Backed up {day} {clock_words(at.time())}"

    def _show_business(self) -> None:
        name = str(self.settings.value("business.name")) or "Followup Desktop"
        owner = str(self.settings.value("business.owner"))
        self.window.set_business(name, f"{owner} · owner" if owner else "")

    @Slot(str, object)
    def _on_setting(self, key: str, _value: object) -> None:
        if key == "computer.theme":
            self.theme.set_mode(self.settings.value(key))  # type: ignore[arg-type]
            self.tray.refresh_icons()
        elif key == "computer.autostart":
            self._set_autostart(on=bool(self.settings.value(key)))
        elif key in ("business.name", "business.owner"):
            self._show_business()

    def _set_autostart(self, *, on: bool) -> None:
        from followup_desktop.system import autostart

        try:
            autostart.turn_on([*ourselves(), "--tray"]) if on else autostart.turn_off()
        except Problem as problem:
            self.window.show_problem(problem)

    # Reminders

    @Slot()
    def _on_look(self) -> None:
        self.runner.look()
        self.runner.ask(self, _promises, self._remind, newest="reminders")

    def _remind(self, promises: Sequence[Any]) -> None:
        times = {p.id: p for p in promises}
        reminders = [reminder_of(p) for p in promises]

        def words(reminder: Reminder) -> str:
            return due_words(times[reminder.id], self._program.clock.now())

        shown = self._watch.look(reminders, self._quiet_until)
        delivered: list[int] = []
        for notice in notices(shown, self._program.clock.now(), words):
            sent = self.notifier.send(notice.id, notice.title, notice.body, notice.actions, silent=notice.silent)
            if not isinstance(sent, Delivered):
                self._app.alert(self.window)
                if not self.window.isVisible():
                    continue  # nobody saw it: it comes again
                self.window.show_problem(Problem(f"{notice.title}.", notice.body))
            delivered += notice.promises
        self._watch.told(shown, delivered)
        if delivered:
            from followup_desktop.commands.promises import note_shown

            self.runner.do(self, note_shown, None, delivered)
        if shown.shown:
            self._refresh()

    @Slot(str, str)
    def _on_acted(self, notice: str, action: str) -> None:
        promise = promise_of(notice)
        if promise is None or action in ("write", DEFAULT):
            if promise is None:
                self.open_promises()
            else:
                self.open_promise(promise)
            return
        if action == WILL_BE_LATE[0]:
            self.window.go("promises", promise_id=promise, tell=True)
            bring_to_front(self.window)
            return
        from followup_desktop.commands.promises import keep_promise, move_promise

        if action == "kept":
            self.runner.attempt(self, keep_promise, None, self._ignore, promise)
        elif action == "later":
            until = self._program.clock.now() + timedelta(hours=1)
            self.runner.attempt(self, move_promise, None, self._ignore, promise, until)

    def _ignore(self, _problem: Problem) -> None:
        """Pass over a second answer to the same notification: the first one holds."""

    @Slot(bool)
    def _on_quiet(self, on: bool) -> None:
        from followup_desktop.base.wording import clock_words
        from followup_desktop.base.zones import local

        self._quiet_until = self._program.clock.now() + QUIET_FOR if on else None
        zone = str(self.settings.value("business.zone"))
        self.tray.set_quiet(clock_words(local(self._quiet_until, zone).time()) if self._quiet_until else "")

    # Mail

    @Slot()
    def wake_outbox(self) -> None:
        """Look when the outbox has something to do, and be there."""
        self._mailing.start(50)

    @Slot()
    def _on_mail_due(self) -> None:
        if not self._sending:
            self._sending = True
            self.runner.run(self, partial(_send, self._program, self.passwords), self._on_sent, self._on_send_failed)

    def _on_sent(self, answer: tuple[Sent, datetime | None]) -> None:
        self._sending = False
        sent, due = answer
        if sent.accepted or sent.failed or sent.trouble:
            self.runner.announce(Changes(frozenset({"follow_ups", "contacts", "events", "outbox"})))
        if sent.trouble is not None:
            self.window.show_problem(sent.trouble)
        elif sent.says:
            self.window.say(Done(None, Changes(frozenset()), None, sent.says))
        self._wake_at(due)

    def _on_send_failed(self, problem: Problem) -> None:
        self._sending = False
        self.window.show_problem(problem)
        self._mailing.start(60_000)

    def _wake_at(self, due: datetime | None) -> None:
        from followup_desktop.jobs.schedule import outbox_in

        wait = outbox_in(due, self._program.clock.now())
        if wait is not None:
            self._mailing.start(min(int(wait.total_seconds() * 1000) + 50, 10 * 60_000))

    # Copies

    @Slot()
    def _on_copy_due(self) -> None:
        second = str(self.settings.value("computer.backup_folder"))
        work = partial(_copy, self._program, self._places.backups, Path(second) if second else None)
        self.runner.run(self, work, self._on_copied, self.window.show_problem)

    def _on_copied(self, made: Path | None) -> None:
        if made is not None:
            self._refresh()

    # What the window asks for

    def undo(self, step: int | None) -> None:
        """Take the newest command back."""
        from followup_desktop.commands.undo import undo_last

        self.runner.do(self, undo_last, None)

    def log(self, **about: Any) -> None:
        """Open "Log something"."""
        from followup_desktop.ui.capture.log import LogDialog

        dialog = LogDialog(self.window.context, self.window, **about)
        dialog.show()
        bring_to_front(dialog)

    @Slot()
    def new_promise(self, **about: Any) -> None:
        """Open the one-line capture of a promise, also while the window is hidden."""
        from followup_desktop.ui.capture.promise import PromiseDialog

        dialog = PromiseDialog(self.window.context, self.window if self.window.isVisible() else None, **about)
        self._capture = dialog  # nothing else holds a window without a parent
        dialog.show()
        bring_to_front(dialog)

    def put_right(self, **about: Any) -> None:
        """Ask what went wrong, and open a case."""
        from followup_desktop.ui.capture.case import CaseDialog

        dialog = CaseDialog(self.window.context, self.window, **about)
        dialog.show()
        bring_to_front(dialog)

    @Slot()
    def manual(self) -> None:
        """Open the manual."""
        from followup_desktop.ui.capture.manual import ManualWindow

        ManualWindow(self.theme, self.window).show()

    def search(self, text: str, found: Any) -> None:
        """Find customers and history for the palette."""
        from followup_desktop.ui.summary import found_for

        def entries(hits: Sequence[Any]) -> None:
            found([self._entry(hit) for hit in hits] + self._writing_to(hits))

        self.runner.ask(self, partial(found_for, text=text), entries, newest="search")

    def _entry(self, hit: Any) -> Entry:
        go = partial(self.window.go, "customers", customer_id=hit.customer)
        return Entry(hit.name, go, second=hit.text, icon="user" if hit.event is None else "clock-counter-clockwise")

    def _writing_to(self, hits: Sequence[Any]) -> list[Entry]:
        """Offer to write to the customer found first, anyone at any time, and to put right what went wrong."""
        first = next((hit for hit in hits if hit.event is None), None)
        if first is None:
            return []
        return [
            Entry(f"Write to {first.name}", partial(self._write_to, first.customer), icon="pencil-simple"),
            Entry(
                f"Something went wrong for {first.name}",
                partial(self.put_right, customer_id=first.customer),
                icon="lifebuoy",
            ),
        ]

    def _write_to(self, customer: int) -> None:
        from followup_desktop.commands.messages import write
        from followup_desktop.core.customers.model import CustomerId

        self.runner.do(self, write, self._on_written, CustomerId(customer))

    def _on_written(self, done: Done[Any]) -> None:
        self.window.go("today", follow_up_id=int(done.result))

    def palette_commands(self) -> Sequence[Entry]:
        """Return what the palette offers besides places and customers."""
        return (
            Entry("Log something", self.window.log_something, icon="plus", key="Ctrl N"),
            Entry("New promise", self.new_promise, icon="handshake", key="P"),
            Entry("Something went wrong", self.put_right, icon="lifebuoy", words="open a case complaint recovery"),
            Entry("Add a customer", partial(self.window.go, "customers", add=True), icon="user-plus"),
            Entry("Import customers", partial(self.window.go, "importing"), icon="upload-simple"),
            Entry("Campaigns", partial(self.window.go, "campaigns"), icon="megaphone", words="write to many segments"),
            Entry("Start a campaign", partial(self.window.go, "campaigns", new=True), icon="megaphone"),
            Entry("Export the month's report", partial(self.window.go, "insights", export=True), icon="file-pdf"),
            Entry("Check mail now", self.mailbox.ask, icon="tray"),
            Entry("Undo", partial(self.undo, None), icon="arrow-counter-clockwise", key="Ctrl Z"),
            Entry("Manual", self.manual, icon="book-open", key="F1"),
            Entry("Quit", self.window.quit, icon="sign-out", key="Ctrl Q"),
        )

    @Slot(str)
    def _on_file(self, path: str) -> None:
        self.window.go("importing", path=path)

    @Slot()
    def open_today(self) -> None:
        """Show Today."""
        self.window.go("today")
        bring_to_front(self.window)

    @Slot(int)
    def open_promise(self, promise: int) -> None:
        """Show one promise."""
        self.window.go("promises", promise_id=promise)
        bring_to_front(self.window)

    @Slot()
    def open_promises(self) -> None:
        """Show the promises."""
        self.window.go("promises")
        bring_to_front(self.window)

    def switch_store(self, path: Path) -> None:
        """Go on with another store (the demo, or back): start anew with it."""
        start_again(path, self._program.clock)
        self.window.quit()

    def leave_demo(self) -> None:
        """Go back to the business the demo was opened from."""
        from followup_desktop.core.operators.queries import settings

        self.runner.ask(self, settings, self._on_way_home)

    def _on_way_home(self, kept: dict[str, Any]) -> None:
        self.switch_store(Path(kept.get("demo.home") or self._places.business))

    def restore(self, copy: Path) -> None:
        """Put a copy in the place of the store: close first, since an open file is never replaced."""
        self.to_restore = copy
        self.start_over()

    @Slot()
    def start_over(self) -> None:
        """End, and start again on the same store."""
        self.goes_on, self.hides_again = True, not self.window.isVisible()
        self.window.quit()

    @Slot()
    def _on_replaced(self) -> None:
        """Go on with the file that took the place of the store: at once, or when the owner has done with the window."""
        if self.window.isVisible():
            self.window.say_replaced()
        else:
            self.start_over()

    def test_reminder(self) -> str:
        """Send a reminder to try it out, and say how it was shown, or why not."""
        body = "This is how a promise rings."
        match self.notifier.send("test", "A test reminder", body, (("kept", "Kept"), ("later", "Later"))):
            case Delivered(how):
                return f"It was shown by {how}."
            case Unavailable(reason):
                return f"It could not be shown. {reason} The number in the window's rail still counts what is due."

    @Slot(object)
    def on_started_again(self, asked: Handover) -> None:
        """Come to the front: the program was started a second time."""
        if "--tray" not in asked.arguments:
            bring_to_front(self.window, asked.token)

    @Slot()
    def _on_no_tray(self) -> None:
        self.window.showMinimized()
        self.notifier.send(
            "no-tray",
            "Followup Desktop is open",
            "This desktop has no tray, so the window waits in the task bar. Reminders come all the same.",
        )

    def _may_hide(self) -> bool:
        return self.tray.available()

    @Slot()
    def quit(self) -> None:
        """End the program."""
        self._app.quit()


# Done in the background, where loading what they need does not hold the window up. Nothing of it is Qt's.


def _open(program: Program) -> Desk:
    return program.desk


def _look_through(store: Path, _progress: Progress) -> None:
    from followup_desktop.store.opening import look_through

    look_through(store)


def _plan_ahead(program: Program, _progress: Progress) -> int:
    from followup_desktop.commands.planning import look_far_ahead

    return look_far_ahead(program.desk)


def _send(program: Program, passwords: Passwords, _progress: Progress) -> tuple[Sent, datetime | None]:
    from followup_desktop.jobs import outbox
    from followup_desktop.jobs.post import Post, Sent

    desk = program.desk
    due = outbox.next_due(desk)
    if due is None or due > program.clock.now():
        return Sent(), due
    return outbox.run(desk, Post(passwords.of)), outbox.next_due(desk)


def _copy(program: Program, copies: Path, second: Path | None, _progress: Progress) -> Path | None:
    from followup_desktop.jobs import backup

    return backup.run(program.desk.store, copies, second)


def _anybody(session: Session) -> bool:
    from followup_desktop.core.customers.queries import any_customer

    return any_customer(session)


def _summary(now: datetime, session: Session) -> Summary:
    from followup_desktop.ui.summary import summary

    return summary(session, now)


def _promises(session: Session) -> Sequence[Promise]:
    from followup_desktop.core.promises.queries import open_promises

    return open_promises(session)


def app_icon() -> QIcon:
    """Return the program's own icon."""
    return QIcon(str(resource("icons/followup_desktop.svg")))


def start_again(store: Path, clock: Clock, *, hidden: bool = False) -> None:
    """Start the program anew on a store."""
    arguments = [*ourselves(), *on_store(Program(store, clock)), *(["--tray"] if hidden else [])]
    QProcess.startDetached(arguments[0], arguments[1:])
