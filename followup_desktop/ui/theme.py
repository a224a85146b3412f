"""Colours, type, spacing and icons, read from `resources/theme/tokens.json`, light and dark."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from followup_desktop.base.resources import resource
from followup_desktop.ui.sheet import style_sheet

Mode = Literal["system", "light", "dark"]

BOLD = 700
_ICON_SIZES = (12, 14, 16, 18, 20, 24, 32)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The measures of the look. Sizes are pixels at 100 %."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    type_px: Mapping[str, int]
    weight: Mapping[str, int]
    space_px: tuple[int, ...]
    radius_px: Mapping[str, int]
    row_px: Mapping[str, int]
    rail_px: int
    list_px: int
    bar_px: int


@cache
def read_tokens() -> Tokens:
    """Read the shipped tokens, adding the few colours and sizes that follow from them."""
    raw: dict[str, Any] = json.loads(resource("theme/tokens.json").read_text("utf-8"))
    return Tokens(
        light=_derived(raw["colour"]["light"]),
        dark=_derived(raw["colour"]["dark"]),
        type_px={**raw["type_px"], "label": raw["type_px"]["body"] - 1},
        weight=raw["weight"],
        space_px=tuple(raw["space_px"]),
        radius_px=raw["radius_px"],
        row_px=raw["row_px"],
        rail_px=raw["rail_px"],
        list_px=raw["list_px"],
        bar_px=raw["bar_px"],
    )


def _derived(colours: Mapping[str, str]) -> dict[str, str]:
    return {
        **colours,
        # Text on a filled accent or danger surface: the panel colour is near white in light and near black in dark.
        "on-accent": colours["panel"],
        "on-danger": colours["panel"],
        "neutral": colours["muted"],
        "neutral-soft": colours["rail"],
        "hover": _mixed(colours["panel"], colours["text"], 0.05),
        "accent-hover": _mixed(colours["accent"], colours["text"], 0.12),
        "control-line": _mixed(colours["line"], colours["text"], 0.06),
    }


def _mixed(first: str, second: str, share: float) -> str:
    one, two = QColor(first), QColor(second)
    parts = zip((one.red(), one.green(), one.blue()), (two.red(), two.green(), two.blue()), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)


class Theme(QObject):
    """The look of the program. Follows the system's light or dark unless told otherwise."""

    changed = Signal()

    def __init__(self, app: QApplication, mode: Mode = "system") -> None:
        super().__init__(app)
        self._app, self._mode, self.tokens = app, mode, read_tokens()
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}
        self._hexes: Mapping[str, str] = {}
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, str], tuple[QFont, QFontMetrics]] = {}
        self._icons: dict[tuple[str, str, float], QIcon] = {}
        self._system_font = QFont(app.font())
        self._weights = _weights(self._system_font)
        self.scale = _scale(self._system_font, self.tokens.type_px["body"])
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def mode(self) -> Mode:
        """What was asked for: system, light or dark."""
        return self._mode

    @property
    def dark(self) -> bool:
        """Whether the dark colours are in use."""
        if self._mode == "system":
            return self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return self._mode == "dark"

    def set_mode(self, mode: Mode) -> None:
        """Follow the system, or stay light or dark."""
        if mode != self._mode:
            self._mode = mode
            self._apply()

    def hex(self, token: str) -> str:
        """Return a colour as #RRGGBB."""
        return self._hexes[token]

    def colour(self, token: str) -> QColor:
        """Return a colour by its name in the tokens."""
        return self._colours[token]

    def px(self, size: float) -> int:
        """Return a size at the scale of the system's text."""
        return round(size * self.scale)

    def font(self, role: str = "body", weight: str = "body") -> QFont:
        """Return the system font in a size (title, heading, body, label, small, figure) and a weight of the tokens."""
        if (role, weight) not in self._fonts:
            font = QFont(self._system_font)
            font.setPixelSize(self.px(self.tokens.type_px[role]))
            font.setWeight(QFont.Weight(self.weight(weight)))
            self._fonts[role, weight] = font, QFontMetrics(font)
        return QFont(self._fonts[role, weight][0])

    def metrics(self, role: str = "body", weight: str = "body") -> QFontMetrics:
        """Return the measures of a font of the theme."""
        self.font(role, weight)
        return self._fonts[role, weight][1]

    def weight(self, name: str) -> int:
        """Return a weight of the tokens as the system font can show it.

        Many system fonts have regular and bold only. There 600 and 650 are bold, and 550 is regular: bold on every
        button would shout.
        """
        wanted = self.tokens.weight[name]
        if any(abs(weight - wanted) <= 50 for weight in self._weights):
            return wanted
        return BOLD if wanted >= self.tokens.weight["strong"] else self.tokens.weight["body"]

    def pixmap(self, name: str, colour: str = "muted", size: int = 18, ratio: float = 0) -> QPixmap:
        """Draw an icon of `resources/icons` in a colour of the tokens, `size` pixels wide at 100 %."""
        ratio = ratio or self._app.devicePixelRatio()
        key = (name, self.hex(colour), size, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = _drawn(name, self.hex(colour), self.px(size), ratio)
        return self._pixmaps[key]

    def icon(self, name: str, colour: str = "muted") -> QIcon:
        """Return an icon in a colour of the tokens, sharp at every size in use."""
        ratio = self._app.devicePixelRatio()
        key = (name, self.hex(colour), ratio)
        if key not in self._icons:
            icon = QIcon()
            for size in _ICON_SIZES:
                icon.addPixmap(self.pixmap(name, colour, size, ratio))
            self._icons[key] = icon
        return self._icons[key]

    @contextmanager
    def undressed(self) -> Iterator[None]:
        """Leave the style sheet off while a window is made: every widget put into another would be styled anew."""
        self._app.setStyleSheet("")
        try:
            yield
        finally:
            self._app.setStyleSheet(self._sheet)

    def _apply(self) -> None:
        if hasattr(self._app.styleHints(), "setColorScheme"):
            self._app.styleHints().setColorScheme(_SCHEMES[self._mode])
        self._hexes = self.tokens.dark if self.dark else self.tokens.light
        self._colours = {token: QColor(written) for token, written in self._hexes.items()}
        self._app.setFont(self.font())
        self._app.setPalette(_palette(self.colour))
        weights = {name: self.weight(name) for name in self.tokens.weight}
        self._sheet = style_sheet(self.hex, self.px, self.tokens.type_px, weights, _glyphs(dark=self.dark))
        self._app.setStyleSheet(self._sheet)
        self.changed.emit()

    @Slot()
    def _on_system_changed(self) -> None:
        if self._mode == "system":
            self._apply()


_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


def _scale(font: QFont, body: int) -> float:
    """How much larger than usual the owner's system sets its text; never smaller than drawn."""
    return min(2.0, max(1.0, QFontInfo(font).pixelSize() / (body + 1)))


def _weights(font: QFont) -> set[int]:
    family = QFontInfo(font).family()
    return {QFontDatabase.weight(family, style) for style in QFontDatabase.styles(family)}


@cache
def _source(name: str) -> bytes:
    return resource(f"icons/{name}.svg").read_bytes()


def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    svg = QSvgRenderer(QByteArray(_source(name).replace(b"currentColor", colour.encode())))
    svg.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _glyphs(*, dark: bool) -> dict[str, str]:
    # Style sheets take pictures from files only, and cannot colour them: one file for each of the two themes.
    mode = "dark" if dark else "light"
    return {name: resource(f"theme/{name}-{mode}.svg").as_posix() for name in ("check", "caret-down", "caret-up")}


def _palette(colour: Callable[[str], QColor]) -> QPalette:
    roles = QPalette.ColorRole
    palette = QPalette()
    for role, token in (
        (roles.Window, "window"),
        (roles.WindowText, "text"),
        (roles.Base, "panel"),
        (roles.AlternateBase, "window"),
        (roles.Text, "text"),
        (roles.Button, "panel"),
        (roles.ButtonText, "text"),
        (roles.BrightText, "danger"),
        (roles.ToolTipBase, "panel"),
        (roles.ToolTipText, "text"),
        (roles.PlaceholderText, "muted"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on-accent"),
        (roles.Accent, "accent"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
        (roles.Light, "panel"),
        (roles.Midlight, "rail"),
        (roles.Mid, "line"),
        (roles.Dark, "line"),
        (roles.Shadow, "line"),
    ):
        palette.setColor(role, colour(token))
    for role in (roles.Text, roles.ButtonText, roles.WindowText):
        faded = QColor(colour("muted"))
        palette.setColor(QPalette.ColorGroup.Disabled, role, faded)
    return palette
