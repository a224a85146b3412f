"""The steps of a trial, one below the other: what was found, what is under way, what went wrong and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from followup_desktop.jobs.trial import Mark, Outcome, Part, Trial
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Text

WORDS: dict[Part, tuple[str, str, str, str]] = {
    Part.READ: ("Sign in to read", "Signing in to read", "Signed in to read", "Not signed in to read"),
    Part.SEND: ("Sign in to send", "Signing in to send", "Signed in to send", "Not signed in to send"),
    Part.FOLDERS: ("Folders", "Looking for folders", "Folders", "Folders"),
    Part.PASSWORD: (
        "Where the password is kept",
        "Asking the keyring",
        "Where the password is kept",
        "Where the password is kept",
    ),
    Part.TEST: ("A test to yourself", "Sending a test to yourself", "A test to yourself", "The test did not go out"),
    Part.FILING: (
        "Does your server file what it sends?",
        "Does your server file what it sends?",
        "Copies in Sent",
        "Copies in Sent",
    ),
}
"""What each step is called: before it, while it runs, after it went well, after it did not."""

PERMISSION = ("Where the permission is kept", "Asking the keyring", *["Where the permission is kept"] * 2)
"""The same for what the browser brought in place of a password."""

UNDER_WAY = ("circle-notch", "accent")
ICONS = {
    Mark.GOOD: ("check-circle", "good"),
    Mark.DOUBTFUL: ("warning", "warning"),
    Mark.BAD: ("x-circle", "danger"),
}


class StepRow(QWidget):
    """One step: an icon, what it is called, what it found, and details beside it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: tuple[str, str] | None = None
        px = theme.px
        self._icon = QLabel()
        self._icon.setFixedWidth(px(18))
        self._title, self._says = Text("", "strong", wrap=True), Text("", "muted", wrap=True)
        self._beside = Text("", "muted", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(px(4), px(5), px(4), px(5))
        grid.setHorizontalSpacing(px(16))
        grid.setVerticalSpacing(px(2))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._title, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._beside, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._says, 1, 1, 1, 2)
        theme.changed.connect(self._on_theme)

    def text(self) -> str:
        """Return all it says."""
        return " ".join(part for part in (self._title.text(), self._says.text(), self._beside.text()) if part)

    def show_words(
        self, title: str, says: str = "", beside: str = "", look: tuple[str, str] | None = None, *, ahead: bool = False
    ) -> None:
        """Say how the step stands; `look` is an icon and its colour, `ahead` that it comes later."""
        self._title.setText(title)
        self._title.setProperty("role", "muted" if ahead else "strong")
        self._title.style().polish(self._title)
        self._says.setText(says)
        self._says.setVisible(bool(says))
        self._beside.setText(beside)
        self._look = look
        self.setAccessibleName(self.text())
        self._on_theme()

    @Slot()
    def _on_theme(self) -> None:
        if self._look is None:
            self._icon.clear()
        else:
            self._icon.setPixmap(self._theme.pixmap(*self._look, 17))


class TrialRow(StepRow):
    """One step of a trial."""

    def __init__(self, theme: Theme, part: Part, *, browser: bool = False) -> None:
        super().__init__(theme)
        self.part = part
        self._words = PERMISSION if browser and part is Part.PASSWORD else WORDS[part]

    def show_waiting(self) -> None:
        """Say what comes later."""
        self.show_words(self._words[0], ahead=True)

    def show_under_way(self, beside: str) -> None:
        """Say what is being done."""
        self.show_words(self._words[1], "", beside, UNDER_WAY)

    def show_outcome(self, outcome: Outcome) -> None:
        """Say what was found."""
        if outcome.mark is Mark.LEFT_OUT:
            self.show_words(self._words[0], "", "not tried", ahead=True)
            return
        title = self._words[2 if outcome.mark is not Mark.BAD else 3]
        self.show_words(title, outcome.says, outcome.beside, ICONS[outcome.mark])


class StepsCard(Card):
    """All steps of a trial, in a frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.setAccessibleName("What the trial found")
        self.rows: list[TrialRow] = []
        self._browser = False

    def show_trial(self, trial: Trial) -> None:
        """Show how far a trial is."""
        parts = trial.parts()
        if [row.part for row in self.rows] != list(parts) or self._browser != trial.wanted.browser:
            self._browser = trial.wanted.browser
            self._build(parts)
        for number, row in enumerate(self.rows):
            if number < len(trial.outcomes):
                row.show_outcome(trial.outcomes[number])
            elif number == len(trial.outcomes):
                row.show_under_way(_beside(trial, row.part))
            else:
                row.show_waiting()

    def text(self) -> str:
        """Return all it says, line by line."""
        return "\n".join(row.text() for row in self.rows)

    def _build(self, parts: tuple[Part, ...]) -> None:
        self.rows = [TrialRow(self.theme, part, browser=self._browser) for part in parts]
        self.show_rows(self.rows)


def _beside(trial: Trial, part: Part) -> str:
    waited = f", {trial.waited()} s" if trial.waited() >= 2 else ""
    account = trial.wanted.account
    said = {
        Part.READ: str(account.imap),
        Part.SEND: str(account.smtp),
        Part.TEST: "waiting for it to arrive",
        Part.FILING: "looking in Sent",
        Part.PASSWORD: "it may want to be unlocked" if trial.waited() >= 2 else "",
    }.get(part, "")
    return f"{said}{waited}".removeprefix(", ")
