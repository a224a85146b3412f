"""One line that says whose business this is, and lets it be said where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QWidget

from followup_desktop.base.settings import Settings, find
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button, MenuButton
from followup_desktop.ui.widgets.text import ShortText, Text

TRADE, OWNER, NAME = "business.trade", "business.owner", "business.name"


class WhoseLine(QWidget):
    """Trade, owner and business; the pencil turns the names into fields. Enter keeps them, Escape leaves them."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.trade = MenuButton(theme, "", find(TRADE).choices, name="My trade")
        self.trade.set_kind("link")
        self.trade.chosen.connect(self._on_trade)
        self.names = ShortText("", "strong")
        self.pencil = Button(theme, "", "link", icon="pencil-simple", name="Change name and business")
        self.pencil.clicked.connect(self._on_pencil)
        self.owner, self.business = _field("Your name"), _field("Business name")
        self.keep = Button(theme, "Keep", "primary", size="small")
        self.keep.clicked.connect(self._on_keep)
        for field in (self.owner, self.business):
            field.setFixedWidth(theme.px(190))
            field.returnPressed.connect(self._on_keep)
        self._shown, self._edited = self._showing(), self._editing()
        self._both = QStackedLayout(self)
        self._both.addWidget(self._shown)
        self._both.addWidget(self._edited)
        self.reload()

    def reload(self) -> None:
        """Show what is kept; what is being typed stays."""
        self.trade.choose(str(self._settings.value(TRADE)))
        said = [str(self._settings.value(key)) for key in (OWNER, NAME)]
        self.names.setText(", ".join(part for part in said if part) or "not said yet")

    def is_editing(self) -> bool:
        """Whether the names are fields now."""
        return self._both.currentWidget() is self._edited

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape leaves the names as they were."""
        if event.key() == Qt.Key.Key_Escape and self.is_editing():
            self._show_line()
        else:
            super().keyPressEvent(event)

    def _showing(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(6))
        row.addStretch(1)
        for widget in (
            Text("My trade:", "muted"),
            self.trade,
            Text("·", "muted"),
            Text("My name and business:", "muted"),
        ):
            row.addWidget(widget)
        row.addWidget(self.names)
        row.addWidget(self.pencil)
        row.addStretch(1)
        return line

    def _editing(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(8))
        row.addStretch(1)
        for widget in (self.owner, self.business, self.keep):
            row.addWidget(widget)
        row.addStretch(1)
        return line

    def _show_line(self) -> None:
        self._both.setCurrentWidget(self._shown)
        self.pencil.setFocus()

    @Slot(str)
    def _on_trade(self, trade: str) -> None:
        self._settings.change(TRADE, trade)

    @Slot()
    def _on_pencil(self) -> None:
        self.owner.setText(str(self._settings.value(OWNER)))
        self.business.setText(str(self._settings.value(NAME)))
        self._both.setCurrentWidget(self._edited)
        self.owner.setFocus()
        self.owner.selectAll()

    @Slot()
    def _on_keep(self) -> None:
        for key, field in ((OWNER, self.owner), (NAME, self.business)):
            text = field.text().strip()
            if text != self._settings.value(key):
                self._settings.change(key, text)
        self.reload()
        self._show_line()


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
