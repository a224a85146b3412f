"""What every section of the settings is made of: a heading, parts below each other, and a form where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from followup_desktop.base.settings import SETTINGS, Setting
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.form import Field, SettingsForm
from followup_desktop.ui.widgets.text import Text

WIDEST = 720
"""Wider than this, lines would be hard to read."""


def settings_of(section: str) -> tuple[Setting, ...]:
    """Return the settings of a section."""
    return tuple(setting for setting in SETTINGS if setting.section == section)


class Section(QWidget):
    """One section. Put parts into `column`; write `reload` where something has to be asked for."""

    def __init__(self, context: Context, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context, self.theme, self.runner = context, context.theme, context.runner
        self.setObjectName("page")
        self.setAccessibleName(title)
        self.title = title
        px = self.theme.px
        held = QWidget()
        held.setMaximumWidth(px(WIDEST))
        held.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column = QVBoxLayout(held)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(px(12))
        self.heading = Text(title, "heading")
        self.column.addWidget(self.heading)
        self.form = self._form(title)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(16), px(20), px(20))
        row.addWidget(held, 1, Qt.AlignmentFlag.AlignTop)
        row.addStretch(0)

    def reload(self) -> None:
        """Look again at what is shown."""

    def left(self) -> None:
        """Note that another section is shown now."""

    def field(self, key: str) -> Field | None:
        """Return the field of a setting of this section."""
        return self.form.field(key) if self.form is not None and _has(settings_of(self.title), key) else None

    def setting_changed(self, key: str) -> None:
        """Show a setting that was changed elsewhere, or taken back; what is being typed stays."""
        field = self.field(key)
        if field is not None and not field.isAncestorOf(QApplication.focusWidget() or self):
            field.show_value(self.context.settings.value(key))

    def reveal(self, widget: QWidget) -> None:
        """Scroll to a part that has just appeared."""
        around = self.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea):
            QTimer.singleShot(0, area, partial(area.ensureWidgetVisible, widget))  # once it has its place

    def add(self, widget: QWidget) -> None:
        """Put a part below the others."""
        self.column.addWidget(widget)

    def _form(self, title: str) -> SettingsForm | None:
        settings = settings_of(title)
        if not settings:
            return None
        form = SettingsForm(self.theme, settings, self.context.settings)
        self.column.addWidget(form)
        return form


def _has(settings: Sequence[Setting], key: str) -> bool:
    return any(setting.key == key for setting in settings)
