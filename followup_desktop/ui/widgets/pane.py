"""The pane beside a list: what it shows scrolls, what can be done stays below."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from followup_desktop.ui.theme import Theme

SIDE_PX, FOOT_PX = 20, 16


def fill(
    pane: QWidget, theme: Theme, name: str, parts: Iterable[QWidget | QLayout], *foot: QWidget, top: int = 14
) -> None:
    """Lay `parts` under one another into a scrolling page called `name`, `top` pixels from its edge; `foot` below."""
    px = theme.px
    inner = QWidget()
    inner.setObjectName("page")
    column = QVBoxLayout(inner)
    column.setContentsMargins(px(SIDE_PX), px(top), px(SIDE_PX), px(top))
    column.setSpacing(px(10))
    for part in parts:
        column.addWidget(part) if isinstance(part, QWidget) else column.addLayout(part)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setAccessibleName(name)
    whole = QVBoxLayout(pane)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(0)
    whole.addWidget(area, 1)
    for below in foot:
        whole.addWidget(below)


def at_left(widget: QWidget) -> QLayout:
    """Return a row with a widget at its left, as wide as it likes to be."""
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row


def foot_of(theme: Theme, foot: QWidget, *rows: QWidget) -> QWidget:
    """Lay what can be done into `foot`, row below row, and return it."""
    px = theme.px
    column = QVBoxLayout(foot)
    column.setContentsMargins(px(SIDE_PX), px(8), px(SIDE_PX), px(FOOT_PX))
    column.setSpacing(px(8))
    for row in rows:
        column.addWidget(row)
    return foot
