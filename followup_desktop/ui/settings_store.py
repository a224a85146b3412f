"""The settings as pages see them: business ones from the store, this computer's from a small file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from followup_desktop.base.changes import Changes
from followup_desktop.base.settings import Kind, Place, Setting, Value, find, parse
from followup_desktop.ui.kit.remembered import Remembered
from followup_desktop.ui.runner import Runner

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class StoredSettings(QObject):
    """Reads at once from what was loaded last; changes go through a command, and can be undone."""

    changed = Signal(str, object)  # key, value

    def __init__(self, runner: Runner, computer_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._computer = Remembered(computer_file)
        self._business: dict[str, Any] = {}
        runner.changed.connect(self._on_changed)

    def value(self, key: str) -> Value:
        """Return the value of a setting, its default when never set."""
        setting = find(key)
        kept = self._computer.get(key) if setting.place is Place.COMPUTER else self._business.get(key)
        return setting.default if kept is None else _as_value(setting, kept)

    def change(self, key: str, value: Value) -> None:
        """Keep a new value."""
        setting = find(key)
        kept = value.isoformat("minutes") if isinstance(value, time) else value
        if setting.place is Place.COMPUTER:
            self._computer.put(key, kept)
            self._computer.save()
            self.changed.emit(key, value)
            return
        from followup_desktop.commands.business import change_settings  # the store's parts load with it, not before

        self._business[key] = kept
        self._runner.do(self, change_settings, None, {key: kept})
        self.changed.emit(key, value)

    def reload(self, then: Callable[[], None] | None = None) -> None:
        """Look the business's settings up again."""

        def keep(found: dict[str, Any]) -> None:
            before, self._business = self._business, found
            for key in found.keys() | before.keys():
                if found.get(key) != before.get(key):
                    self.changed.emit(key, found.get(key))
            if then is not None:
                then()

        self._runner.ask(self, _settings, keep)

    def _on_changed(self, changes: Changes) -> None:
        if changes.concerns("settings"):
            self.reload()


def _settings(session: Session) -> dict[str, Any]:
    from followup_desktop.core.operators.queries import settings  # in the background: it brings the store's parts

    return settings(session)


def _as_value(setting: Setting, kept: Any) -> Value:
    if setting.kind is Kind.TIME and isinstance(kept, str):
        return parse(setting, kept)
    if setting.kind is Kind.CHOICE:
        return str(kept)
    return kept if isinstance(kept, (str, int, bool)) else setting.default
