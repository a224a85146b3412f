"""Buttons, with an icon on the left and the cap of their key on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
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

Kind = Literal["primary", "secondary", "flat", "link", "danger", "segment", "tab"]
Size = Literal["usual", "small"]


class Button(QPushButton):
    """A button. `key` is only shown; what the key does is declared in `ui/keys.py`."""

    icon_at_right = False

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
        self._theme, self._kind, self._mark, self._key = theme, kind, icon, key
        self._marked = bool(icon)
        self.setProperty("kind", kind)
        self.setProperty("dense", size == "small")
        self.setAccessibleName(name or text)
        if key:
            self.setAccessibleDescription(f"Key {key}")
        if kind == "link":
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        theme.changed.connect(self.updateGeometry)

    def key(self) -> str:
        """Return the key shown."""
        return self._key

    def show_mark(self, shown: bool) -> None:
        """Show the icon or, for want of room, the words alone."""
        self._marked = shown and bool(self._mark)
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._mark, self._marked = icon, bool(icon)
        self.updateGeometry()
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Make it primary, secondary, flat, a link or dangerous."""
        self._kind = kind
        self.setProperty("kind", kind)
        restyle(self)

    def sizeHint(self) -> QSize:
        """Qt: icon, words and the cap of its key."""
        px = self._theme.px
        bare = self._kind in ("link", "tab")
        height = 20 if self._kind == "link" else 27 if self.property("dense") else 33
        padding = 0 if bare else 11 if self.property("dense") else 13
        return QSize(2 * px(padding) + self._content_width(), px(height))

    def minimumSizeHint(self) -> QSize:
        """Qt: never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Enter presses it as Space does; on some desktops Qt by itself takes Space alone."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt: the style's ground; icon, words and cap with the spaces of the drawings."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        left = (self.width() - self._content_width()) / 2
        if self._marked and not self.icon_at_right:
            left = self._paint_mark(painter, left) + (self._gap() if self.text() else 0)
        left = self._paint_words(painter, left)
        if self._marked and self.icon_at_right:
            left = self._paint_mark(painter, left + self._gap())
        if self._key:
            size = key_size(self._theme, self._key)
            top = (self.height() - size.height()) / 2
            paint_key(
                painter,
                QRectF(round(left + self._gap()), round(top), size.width(), size.height()),
                self._theme,
                self._key,
            )
        painter.end()

    def _gap(self) -> int:
        return self._theme.px(7)

    def _words(self) -> str:
        return self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")

    def _font(self) -> QFont:
        weight = {"link": "strong", "tab": "strong" if self.isChecked() else "body"}.get(self._kind, "button")
        font = self._theme.font("body", weight)
        font.setUnderline(self._kind == "link" and self.underMouse())
        return font

    def _content_width(self) -> int:
        # A tab keeps the room of its bold words, so that the row stays when another is chosen.
        font = self._theme.font("body", "strong") if self._kind == "tab" else self._font()
        width = QFontMetrics(font).horizontalAdvance(self._words())
        if self._marked:
            width += self._theme.px(16) + (self._gap() if self.text() else 0)
        if self._key:
            width += self._gap() + key_size(self._theme, self._key).width()
        return width

    def _ink(self) -> str:
        if not self.isEnabled():
            return "muted"
        if self._kind in _CHOSEN_INK:
            return _CHOSEN_INK[self._kind][not self.isChecked()]
        if self._kind == "flat" and self.underMouse():
            return "text"
        return _INK.get(self._kind, "text")

    def _paint_mark(self, painter: QPainter, left: float) -> float:
        size = self._theme.px(16)
        mark = self._theme.pixmap(self._mark, self._ink(), 16, self.devicePixelRatioF())
        painter.drawPixmap(round(left), (self.height() - size) // 2, mark)
        return left + size

    def _paint_words(self, painter: QPainter, left: float) -> float:
        font = self._font()
        width = QFontMetrics(font).horizontalAdvance(self._words())
        painter.setFont(font)
        painter.setPen(self._theme.colour(self._ink()))
        where = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(left, 0, width + 2, self.height()), where, self._words())
        return left + width


_CHOSEN_INK = {"segment": ("on-accent", "text"), "tab": ("accent", "muted")}
_INK = {"primary": "on-accent", "flat": "muted", "link": "accent", "danger": "danger"}


class MenuButton(Button):
    """A button that opens a list of choices and shows the chosen one: "Route: any"."""

    chosen = Signal(str)  # the value of the choice
    icon_at_right = True

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
        self._menu = QMenu(self)
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
    _kind: Kind = "segment"
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
            button = Button(self._theme, text, self._kind, size="small", parent=self)
            button.setCheckable(True)
            button.setProperty("value", value)
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

    _kind: Kind = "tab"
    _gap = 14
