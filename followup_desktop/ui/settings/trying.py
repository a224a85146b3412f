"""A trial of a mail account under way: its steps, and what can be done about how it ended."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.jobs.trial import Trial, Wanted
from followup_desktop.ui.runner import Runner, Task
from followup_desktop.ui.settings.labour import labour
from followup_desktop.ui.settings.steps import StepsCard
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.flow import FlowLayout

CERTIFICATE = "Nobody this computer knows has signed the certificate. Its fingerprint (SHA-256):"
COMPARE = (
    "Trust it only on a server of your own, and only when whoever runs it reads you the same letters. It is then the "
    "one certificate taken from there."
)
ONLY_YOURS = (
    "Mail goes from this computer to your provider and nowhere else. Nobody can see whether a customer opened it; "
    "what counts is their answer."
)


class Trying(QWidget):
    """Runs trials in the background, one at a time."""

    ended = Signal(object)  # the Trial, once all its steps are through
    used = Signal(object)  # the Trial whose account is to be used
    changed_by_hand = Signal()
    password_wanted = Signal()  # the password is to be typed again
    cancelled = Signal()

    def __init__(self, theme: Theme, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._task: Task | None = None
        self._trial: Trial | None = None
        self._to_use = True
        self.steps = StepsCard(theme)
        self.trouble = Banner(theme, tone="danger")
        self.trouble.hide()
        self.unknown = Banner(theme, tone="warning", action="Trust this certificate")
        self.unknown.hide()
        self.unknown.pressed.connect(self._on_trust)
        self.note = Banner(theme, "", ONLY_YOURS)
        self.use = Button(theme, "Use this account", "primary")
        self.retype = Button(theme, "Type the password again", "primary")
        self.again = Button(theme, "Try again")
        self.by_hand = Button(theme, "Change settings by hand")
        self.anyway = Button(theme, "Use it all the same", "flat")
        self.cancel = Button(theme, "Cancel", "flat")
        self.use.clicked.connect(self._on_use)
        self.anyway.clicked.connect(self._on_use)
        self.again.clicked.connect(self._on_again)
        self.retype.clicked.connect(self._on_retype)
        self.by_hand.clicked.connect(self._on_by_hand)
        self.cancel.clicked.connect(self._on_cancel)
        buttons = FlowLayout(gap=theme.px(8))
        for button in (self.use, self.retype, self.by_hand, self.again, self.anyway, self.cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(12))
        for part in (self.steps, self.trouble, self.unknown, self.note):
            column.addWidget(part)
        column.addLayout(buttons)

    def start(self, wanted: Wanted, *, to_use: bool) -> None:
        """Try an account, `to_use` it or only to check it; what an earlier trial still finds is not looked at."""
        self.stop()
        self._to_use = to_use
        self._trial = Trial(wanted)
        self.trouble.hide()
        self.unknown.hide()
        self._show()
        self._task = self._runner.run(self, partial(labour, self._trial), self._on_ended, self._on_trouble)
        self._task.progressed.connect(self._on_progress)
        self._show_buttons()

    def stop(self) -> None:
        """End the trial under way, if there is one; servers are not waited for."""
        if self._task is not None:
            self._task.progressed.disconnect(self._on_progress)
            self._task.cancel()
        self._task = self._trial = None

    def running(self) -> bool:
        """Whether a trial is under way."""
        return self._task is not None

    def say(self, problem: Problem) -> None:
        """Say what went wrong besides the steps."""
        self.trouble.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.trouble.show()
        self.use.setEnabled(True)
        self.anyway.setEnabled(True)

    def _show(self) -> None:
        if self._trial is not None:
            self.steps.show_trial(self._trial)

    def _show_buttons(self) -> None:
        """Offer what makes sense now."""
        trial, running = self._trial, self.running()
        good = trial is not None and trial.may_be_used()
        failed = not running and not good
        self.use.setVisible(self._to_use and not failed)
        self.use.setEnabled(not running)
        self.anyway.setVisible(self._to_use and failed)
        self.anyway.setEnabled(failed)
        refused = failed and trial is not None and trial.refused and not trial.wanted.browser
        self.retype.setVisible(refused)
        self.again.setVisible(failed)
        self.by_hand.setVisible(not running)
        self.by_hand.set_kind("primary" if failed and not refused else "secondary")
        self.cancel.setText("Cancel" if self._to_use or running else "Close")
        self.cancel.setAccessibleName(self.cancel.text())

    @Slot(int, int, str)
    def _on_progress(self, _done: int, _total: int, _says: str) -> None:
        self._show()

    def _on_ended(self, trial: Trial) -> None:
        if trial is self._trial:
            self._task = None
            self._show()
            self._show_buttons()
            self._show_certificates(trial)
            self._focus()
            self.ended.emit(trial)

    def _focus(self) -> None:
        """Let Enter do what comes next: what had the focus before is gone."""
        for button in (self.use, self.retype, self.by_hand):
            if button.isVisible() and button.isEnabled():
                button.setFocus()
                return

    def _show_certificates(self, trial: Trial) -> None:
        """Let the owner compare what a server of their own showed."""
        shown = trial.certificates
        lines = "\n".join(f"{each.host}\n{in_rows(each.fingerprint)}" for each in shown)
        self.unknown.say(CERTIFICATE, f"\n{lines}\n", COMPARE, tone="warning")
        self.unknown.setVisible(bool(shown))

    @Slot()
    def _on_trust(self) -> None:
        """Try again, believing this very certificate for this host only."""
        trial = self._trial
        if trial is None:
            return
        trusted = {each.host: each.fingerprint for each in trial.certificates}
        account = trial.wanted.account
        pins = tuple({**dict(account.pins), **trusted}.items())
        self.start(replace(trial.wanted, account=replace(account, pins=pins)), to_use=self._to_use)

    def _on_trouble(self, problem: Problem) -> None:
        self._task = None
        self._show_buttons()
        self.say(problem)

    @Slot()
    def _on_use(self) -> None:
        if self._trial is not None:
            self.use.setEnabled(False)
            self.anyway.setEnabled(False)
            self.used.emit(self._trial)

    @Slot()
    def _on_again(self) -> None:
        if self._trial is not None:
            self.start(self._trial.wanted, to_use=self._to_use)

    @Slot()
    def _on_retype(self) -> None:
        self.stop()
        self.password_wanted.emit()

    @Slot()
    def _on_by_hand(self) -> None:
        self.stop()
        self.changed_by_hand.emit()

    @Slot()
    def _on_cancel(self) -> None:
        self.stop()
        self.cancelled.emit()


def in_rows(fingerprint: str) -> str:
    """Return a fingerprint in rows of eight pairs, as it is compared over the phone."""
    pairs = fingerprint.split(":")
    return "\n".join(" ".join(pairs[at : at + 8]) for at in range(0, len(pairs), 8))
