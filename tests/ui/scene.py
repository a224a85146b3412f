"""A window on a real store, with one real place and stand-ins for the others that note what they were asked to show."""

from dataclasses import dataclass, field
from typing import Any

from followup_desktop.ui.kit.page import PageBase
from followup_desktop.ui.pages import PageEntry
from followup_desktop.ui.settings_store import StoredSettings
from followup_desktop.ui.window import MainWindow, Program


class StandIn(PageBase):
    """A place that remembers what it was asked to show."""

    def __init__(self, context):
        super().__init__(context)
        self.asked: list[dict[str, Any]] = []

    def focus_on(self, **focus):
        self.asked.append(focus)


@dataclass
class Asked:
    """What a place asked the window to open."""

    log: list[dict[str, Any]] = field(default_factory=list)
    promise: list[dict[str, Any]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def note_log(self, **about):
        self.log.append(about)

    def note_promise(self, **about):
        self.promise.append(about)

    def note_said(self, done):
        self.said.append(done.says)


STAND_INS = ("today", "promises", "recovery", "importing", "customers", "routes", "settings")


def open_window(qtbot, theme, runner, program, tmp_path, *real: PageEntry, **around) -> tuple[MainWindow, Asked]:
    """Open a window with the real places given; everything else is a stand-in."""
    asked = Asked()
    known = {entry.key for entry in real}
    rest = [
        PageEntry(key, key.capitalize(), "sun", "", "tests.ui.scene:StandIn") for key in STAND_INS if key not in known
    ]
    settings = StoredSettings(runner, tmp_path / "computer.json")
    loaded: list[bool] = []
    settings.reload(lambda: loaded.append(True))
    qtbot.waitUntil(lambda: bool(loaded))
    window = MainWindow(
        theme,
        runner,
        program.clock,
        settings,
        Program(log=asked.note_log, promise=asked.note_promise, program=program, **around),
        state_file=tmp_path / "window.json",
        pages=[*real, *rest],
    )
    qtbot.addWidget(window)
    runner.done.connect(asked.note_said)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window, asked
