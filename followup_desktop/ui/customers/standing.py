"""Why a customer is at risk, in words, and what is best done next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.core.customers.model import Standing
from followup_desktop.core.queue.model import Move, NextStep
from followup_desktop.core.risk.model import Risk
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.text import Line, Text

HEADINGS = {Standing.AT_RISK: "Why at risk", Standing.WATCH: "Why to watch"}


class StepLine(QWidget):
    """The next step in words, with an arrow before it; pressed with the mouse, Enter or Space."""

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._may_press = theme, False
        self._arrow = QLabel()
        self._arrow.setContentsMargins(0, theme.px(3), 0, 0)
        self._words = Text("", "strong", tone="accent", wrap=True)
        self._words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(4))
        row.addWidget(self._arrow, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def say(self, words: str, *, may_press: bool) -> None:
        """Say something; it can be pressed when there is something to do."""
        self._may_press = may_press
        self._words.setText(words)
        self._words.set_tone("accent" if may_press else "muted")
        self._arrow.setVisible(may_press)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if may_press else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if may_press else Qt.CursorShape.ArrowCursor)

    def text(self) -> str:
        """Return what it says."""
        return self._words.text()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Qt: press."""
        if self._may_press and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: press with Enter or Space."""
        if self._may_press and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Qt: underline."""
        self._underline(self._may_press)

    def leaveEvent(self, event: QEvent) -> None:
        """Qt: no longer."""
        self._underline(self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt: underline what Enter would do."""
        super().focusInEvent(event)
        self._underline(self._may_press)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt: no longer."""
        super().focusOutEvent(event)
        self._underline(False)

    def _underline(self, on: bool) -> None:
        font = self._words.font()
        font.setUnderline(on)
        self._words.setFont(font)

    @Slot()
    def _on_theme(self) -> None:
        self._arrow.setPixmap(self._theme.pixmap("arrow-right", "accent", 14))


class StandingCard(Card):
    """The reasons, a line each, and below them the next step. For a customer in good standing the step alone."""

    step_wanted = Signal(object)  # NextStep

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Next")
        self._step: NextStep | None = None
        self._lines: list[QWidget] = []
        self._reasons = QVBoxLayout()
        self._reasons.setSpacing(theme.px(4))
        self.step = StepLine(theme)
        self.step.pressed.connect(self._on_pressed)
        self._why = Text("", "label", wrap=True)
        self.column.addLayout(self._reasons)
        self.column.addWidget(self.step)
        self.column.addWidget(self._why)

    def show_standing(self, risk: Risk, step: NextStep) -> None:
        """Show why someone stands as they do, and what is best done next."""
        self._step = step
        self.set_heading(HEADINGS.get(risk.standing, "Next"))
        self._clear()
        for reason in risk.reasons if risk.standing in HEADINGS else ():
            self._lines += [Text(reason.rstrip("."), wrap=True), Line()]
        for line in self._lines:
            self._reasons.addWidget(line)
        lead = "Best next step: " if risk.standing in HEADINGS and step.move is not Move.NONE else ""
        words = f"{lead}{step.text[:1].lower()}{step.text[1:]}" if lead else step.text
        self._why.setText(step.why)
        self._why.setVisible(bool(step.why))
        self.step.say(words, may_press=step.move is not Move.NONE)

    def reasons(self) -> list[str]:
        """Return the reasons shown."""
        return [line.text() for line in self._lines if isinstance(line, Text)]

    def _clear(self) -> None:
        for line in self._lines:
            self._reasons.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines.clear()

    @Slot()
    def _on_pressed(self) -> None:
        if self._step is not None:
            self.step_wanted.emit(self._step)
