"""Closing the loop: the standard that was missed, why, what stops it, and that the customer was told."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLineEdit, QWidget

from followup_desktop.core.cases.model import Closing
from followup_desktop.ui.recovery.reading import CaseView
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.card import Card
from followup_desktop.ui.widgets.choices import Choices
from followup_desktop.ui.widgets.text import Text

QUESTIONS = (
    ("standard", "What standard did we miss?", "Chlorine 1 to 3 at every visit"),
    ("why", "Why?", "Nobody measured on Friday"),
    (
        "prevention",
        "What stops it happening again?",
        "A sentence they may read: Luis sends a photo of the test strip",
    ),
)


class LoopCard(Card):
    """The answers that close the loop, each kept as soon as it is left."""

    closed = Signal(object)  # Closing
    tell_wanted = Signal()
    told = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, "Close the loop", parent)
        self._case, self._kept = 0, Closing("", "", "", "")
        form = QFormLayout()
        form.setHorizontalSpacing(theme.px(12))
        form.setVerticalSpacing(theme.px(6))
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.cause = Choices()
        self.cause.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.cause.setEditable(True)
        self.cause.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.cause.setAccessibleName("Cause")
        self.cause.setMinimumContentsLength(12)
        self.cause.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        edit = self.cause.lineEdit()
        if edit is not None:
            edit.setPlaceholderText("Choose, or write another")
            edit.editingFinished.connect(self._on_left)
        self.cause.activated.connect(self._on_left)
        form.addRow(Text("Cause", "muted"), self.cause)
        self.fields: dict[str, QLineEdit] = {}
        for key, question, hint in QUESTIONS:
            field = QLineEdit()
            field.setAccessibleName(question)
            field.setPlaceholderText(hint)
            field.editingFinished.connect(self._on_left)
            self.fields[key] = field
            form.addRow(Text(question, "muted"), field)
        self.column.addLayout(form)
        self.tell_button = Button(theme, "Write what we changed", icon="pencil-simple")
        self.tell_button.clicked.connect(self.tell_wanted)
        self.told_button = Button(theme, "They know")
        self.told_button.clicked.connect(self.told)
        self._told = Text("", "muted", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(self.tell_button)
        row.addWidget(self.told_button)
        row.addWidget(self._told, 1)
        self.column.addLayout(row)

    def show_case(self, view: CaseView, told: str) -> None:
        """Show what is written down; `told` says since when they know."""
        case = view.case
        again, self._case = self._case == int(case.id), int(case.id)
        kept = Closing(case.cause, case.standard, case.why, case.prevention)
        typed = again and self._typed() != self._kept
        self._kept = kept
        if not typed:
            self.cause.blockSignals(True)
            self.cause.clear()
            self.cause.addItems(list(view.causes))
            self.cause.setCurrentText(case.cause)
            if not case.cause:
                self.cause.setCurrentIndex(-1)
                self.cause.clearEditText()
            self.cause.blockSignals(False)
            for key, field in self.fields.items():
                field.setText(getattr(kept, key))
                field.setCursorPosition(0)
        self.tell_button.setEnabled(bool(case.prevention))
        self.told_button.setEnabled(bool(case.prevention))
        self.told_button.setVisible(case.told_at is None)
        self._told.setText(told)

    def _typed(self) -> Closing:
        texts = {key: field.text().strip() for key, field in self.fields.items()}
        return Closing(self.cause.currentText().strip(), **texts)

    @Slot()
    def _on_left(self) -> None:
        typed, kept = self._typed(), self._kept
        if typed != kept:
            self._kept = typed
            changed = {
                key: getattr(typed, key)
                for key in ("cause", "standard", "why", "prevention")
                if getattr(typed, key) != getattr(kept, key)
            }
            self.closed.emit(Closing(**changed))
