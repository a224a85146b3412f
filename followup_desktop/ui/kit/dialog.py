"""The base of small windows in which something is entered: fields, what went wrong, Save and Cancel."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.base.errors import Problem
from followup_desktop.ui.keys import key_of
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.widgets.banner import Banner
from followup_desktop.ui.widgets.buttons import Button


class EntryDialog(QDialog):
    """Fields one below the other, and a foot with Save. Ctrl+Enter saves, Escape leaves.

    Subclasses put their fields into `column` and write `save`. While a command runs, `busy` keeps Save from being
    pressed twice; `show_problem` says what went wrong and leaves everything as it was typed.
    """

    def __init__(self, context: Context, title: str, save: str = "Save", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.theme = context, context.theme
        px = self.theme.px
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.problem_banner = Banner(self.theme, tone="danger")
        self.problem_banner.hide()
        fields = QWidget()
        fields.setObjectName("page")
        self.column = QVBoxLayout(fields)
        self.column.setContentsMargins(px(20), px(16), px(20), px(16))
        self.column.setSpacing(px(12))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName(title)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(fields)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._area, 1)
        whole.addWidget(self._foot(save))
        for sequence in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(sequence), self).activated.connect(self._on_save)

    def save(self) -> None:
        """Keep what was entered. Subclasses write this."""

    def busy(self, busy: bool) -> None:
        """Say that saving is under way, or that it ended."""
        self.save_button.setEnabled(not busy)

    @Slot(object)
    def show_problem(self, problem: Problem) -> None:
        """Say above the foot what went wrong; what was typed stays."""
        self.busy(False)
        self.problem_banner.say(problem.happened, problem.to_do, problem.kept, tone="danger")
        self.problem_banner.show()

    def clear_problem(self) -> None:
        """Take the last problem away."""
        self.problem_banner.hide()

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a field and give it the focus."""
        self._area.ensureWidgetVisible(widget)
        widget.setFocus()

    def _foot(self, save: str) -> QFrame:
        px = self.theme.px
        foot = QFrame()
        foot.setObjectName("foot")
        self.save_button = Button(self.theme, save, "primary", key=key_of("send"))
        self.save_button.clicked.connect(self._on_save)
        self._cancel = Button(self.theme, "Cancel")
        self._cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.save_button)
        row.addWidget(self._cancel)
        row.addStretch(1)
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(20), px(10), px(20), px(12))
        column.setSpacing(px(10))
        column.addWidget(self.problem_banner)
        column.addLayout(row)
        return foot

    @Slot()
    def _on_save(self) -> None:
        if self.save_button.isEnabled():
            self.save()
