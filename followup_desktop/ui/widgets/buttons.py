"""Buttons, with an icon on the left and the cap of their key on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.tag import key_size, paint_key
from followup_desktop.ui.widgets.text import restyle

Kind = Literal["primary", "secondary", "flat", "link", "danger"]
Size = Literal["usual", "small"]


class Button(QPushButton):
    """A button. `key` is only shown; what the key does is declared in `ui/keys.py`."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: Kind = "secondary",
        *,
        icon: str = "",
        key: str = "",
        size: Size = "usual",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._theme, self._kind, self._icon, self._key = theme, kind, icon, key
        self.setProperty("kind", kind)
        self.setProperty("size", size)
        self.setAccessibleName(name or text)
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind == "link" else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if key:
            self.setAccessibleDescription(f"Key {key}")
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self._on_theme()

    def set_kind(self, kind: Kind) -> None:
        """Make it primary, secondary, flat, a link or dangerous."""
        self._kind = kind
        self.setProperty("kind", kind)
        restyle(self)
        self._on_theme()

    def sizeHint(self) -> QSize:
        """Qt: with room for the cap of its key."""
        hint = super().sizeHint()
        return QSize(hint.width() + self._key_room(), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Qt: never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the style's button, its label moved to make room for the cap."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        if self._key:
            option.rect = option.rect.adjusted(0, 0, -self._key_room(), 0)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonLabel, option, painter, self)
        if self._key:
            paint_key(painter, QRectF(self._key_rect()), self._theme, self._key)
        painter.end()

    def _key_room(self) -> int:
        return key_size(self._theme, self._key).width() + self._theme.px(4) if self._key else 0

    def _key_rect(self) -> QRect:
        size = key_size(self._theme, self._key)
        left = self.width() - size.width() - self._theme.px(11)
        return QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())

    @Slot()
    def _on_theme(self) -> None:
        if self._icon:
            self.setIcon(self._theme.icon(self._icon, _INK.get(self._kind, "text")))
            self.setIconSize(QSize(self._theme.px(16), self._theme.px(16)))
        self.updateGeometry()


_INK = {"primary": "on-accent", "flat": "muted", "link": "accent", "danger": "danger"}


class MenuButton(Button):
    """A button that opens a list of choices and shows the chosen one: "Route: any"."""

    chosen = Signal(str)  # the value of the choice

    def __init__(
        self,
        theme: Theme,
        label: str,
        choices: Sequence[tuple[str, str]] = (),
        *,
        size: Size = "small",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, label, size=size, icon="caret-down", name=name or label, parent=parent)
        self._label, self._value = label, ""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._menu = QMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._menu.triggered.connect(self._on_triggered)
        self.setMenu(self._menu)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer pairs of value and text."""
        self._menu.clear()
        for value, text in choices:
            action = self._menu.addAction(text.replace("&", "&&"))
            action.setData(value)
            action.setCheckable(True)
        if choices:
            self.choose(self._value if self._value in dict(choices) else choices[0][0])

    def value(self) -> str:
        """Return the value chosen."""
        return self._value

    def choose(self, value: str) -> None:
        """Choose without telling."""
        self._value = value
        for action in self._menu.actions():
            action.setChecked(action.data() == value)
            if action.data() == value:
                text = action.text()
                self.setText(f"{self._label}: {text}" if self._label else text)
                self.setAccessibleName(self.text().replace("&&", "&"))
        self.updateGeometry()

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        self.choose(str(action.data()))
        self.chosen.emit(self._value)


class _Choices(QWidget):
    """Buttons of which one is chosen; arrows move between them."""

    chosen = Signal(str)
    _kind = "segment"
    _gap = 6

    def __init__(
        self, theme: Theme, choices: Sequence[tuple[str, str]] = (), *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._on_clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(self._gap))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Offer pairs of value and text."""
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        for value, text in choices:
            button = QPushButton(text, self)
            button.setCheckable(True)
            button.setProperty("kind", self._kind)
            button.setProperty("size", "small")
            button.setProperty("value", value)
            button.setAccessibleName(text)
            button.setAutoDefault(False)
            self._group.addButton(button)
            self._row.addWidget(button)
        if choices:
            self.choose(choices[0][0])

    def value(self) -> str:
        """Return the value chosen."""
        checked = self._group.checkedButton()
        return str(checked.property("value")) if checked is not None else ""

    def choose(self, value: str) -> None:
        """Choose without telling."""
        for button in self._group.buttons():
            if button.property("value") == value:
                button.setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: left and right choose the neighbour."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        buttons = self._group.buttons()
        checked = self._group.checkedButton()
        if not step or checked is None:
            super().keyPressEvent(event)
            return
        neighbour = buttons[max(0, min(len(buttons) - 1, buttons.index(checked) + step))]
        neighbour.setFocus()
        if neighbour is not checked:
            neighbour.click()

    @Slot(object)
    def _on_clicked(self, _button: object) -> None:
        self.chosen.emit(self.value())


class Segments(_Choices):
    """A row of buttons of which one is on: the days of a route."""


class Tabs(_Choices):
    """A row of words of which one is on: History, Details."""

    _kind = "tab"
    _gap = 10
