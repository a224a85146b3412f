"""Settings as the owner finds and changes them."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit

from followup_desktop.commands.messages import add_account
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.core.operators.queries import settings
from followup_desktop.system import autostart
from followup_desktop.ui.settings.page import PLACES
from tests.ui.whole import nameless


def control(page, key, kind=QLineEdit):
    return page.section().field(key).findChild(kind)


def type_into(at, line, text):
    line.setFocus()
    line.selectAll()
    at._qtbot.keyClicks(line, text)
    at._qtbot.keyClick(line, Qt.Key.Key_Return)
    at.settle()


def test_what_is_entered_is_kept_at_once_and_undo_shows_what_was_there(whole, read):
    at = whole("settings")
    name = control(at.page, "business.name")
    assert name.text() == "Blue Heron Pools"
    type_into(at, name, "Grey Heron Pools")
    assert read(settings)["business.name"] == "Grey Heron Pools"
    at.page.list.setFocus()
    at.window.act("undo")
    at.settle()
    at._qtbot.waitUntil(lambda: name.text() == "Blue Heron Pools")
    assert read(settings)["business.name"] == "Blue Heron Pools"


@pytest.mark.parametrize(
    ("key", "typed"), [("business.zone", "Nowhere"), ("business.region", "usa"), ("business.currency", "dollars")]
)
def test_what_cannot_be_meant_is_said_beside_the_field_and_not_kept(whole, read, key, typed):
    at = whole("settings")
    before = read(settings)[key]
    type_into(at, control(at.page, key), typed)
    assert "cannot be used" in at.page.section().field(key).problem()
    assert read(settings)[key] == before


def test_a_search_leaves_the_sections_with_something_found(whole):
    at = whole("settings")
    at.page.search.setText("quiet sund")
    assert at.page.list.shown() == ["Rules of contact"]
    assert at.page.section().title == "Rules of contact"
    at._qtbot.keyClick(at.page.search, Qt.Key.Key_Return)
    assert isinstance(at.window.focusWidget(), QCheckBox)
    at.page.search.setText("")
    assert at.page.list.shown() == [place.title for place in PLACES]
    at.page.search.setText("aeroplane")
    assert (at.page.list.shown(), at.page.subtitle) == ([], "No setting of that name")


def test_the_keys_reach_search_and_sections(whole):
    at = whole("settings")
    at.page.list.setFocus()
    at._qtbot.keyClick(at.page.list, Qt.Key.Key_Down)
    assert at.page.section().title == PLACES[1].title
    at.page.act("search")
    assert at.page.search.hasFocus()


@pytest.mark.parametrize("section", [place.title for place in PLACES])
def test_every_section_fits_into_the_smallest_window(whole, section):
    at = whole("settings", (900, 600), section=section)
    area = at.page._stack.currentWidget()
    assert area.horizontalScrollBar().maximum() == 0
    assert at.window.width() == 900


def test_the_section_shown_is_remembered(whole):
    assert whole("settings", section="Backups").page.state() == {"section": "Backups"}


@pytest.mark.row("P5")
def test_without_a_tray_the_settings_say_so_and_what_to_install(whole, asked):
    at = whole("settings", section="Reminders and tray")
    said = at.page.section().tray.accessibleName()
    assert "This desktop has no tray." in said
    assert "gnome-shell-extension-appindicator" in said
    asked.tray = True
    at.page.reload()
    assert "The tray shows how many promises are due." in at.page.section().tray.accessibleName()


@pytest.mark.row("P5")
def test_a_test_reminder_says_which_way_it_was_shown(whole):
    at = whole("settings", section="Reminders and tray")
    at.press(at.page.section().test)
    assert "It was shown by the desktop." in at.texts()


@pytest.mark.row("P5")
def test_starting_with_the_computer_shows_what_the_system_does(whole):
    at = whole("settings", section="Reminders and tray")
    box = control(at.page, "computer.autostart", QCheckBox)
    assert not box.isChecked()
    autostart.turn_on(["/usr/bin/followup-desktop", "--tray"])
    at.page.reload()
    assert box.isChecked()


@pytest.mark.row("G6")
def test_what_leaves_this_computer_are_the_owners_mail_servers_and_nothing_else(whole, desk):
    at = whole("settings", section="What leaves this computer")
    at._qtbot.waitUntil(lambda: "No server" in at.texts())
    add_account(
        desk,
        NewAccount(
            "dana@heron.example", "", "dana", "imap.heron.example", 993, "tls", "smtp.heron.example", 465, "tls"
        ),
    )
    at.page.reload()
    at.settle()
    at._qtbot.waitUntil(lambda: "imap.heron.example:993" in at.texts())
    said = " ".join(at.texts())
    assert "smtp.heron.example:465" in said
    assert "Nothing else." in said
    assert str(at.page.context.program.path) in said


def test_about_names_versions_and_licences(whole):
    at = whole("settings", section="About")
    at._qtbot.waitUntil(lambda: "SQLite" in at.texts())
    said = " ".join(at.texts())
    for words in ("PySide6", "SQLite", "GNU Lesser General Public License", "Phosphor", "MIT licence"):
        assert words in said


def test_light_and_dark_can_be_chosen(whole):
    at = whole("settings", section="Looks and keys")
    combo = control(at.page, "computer.theme", QComboBox)
    combo.setCurrentIndex(combo.findData("dark"))
    assert at.page.context.settings.value("computer.theme") == "dark"


@pytest.mark.parametrize("section", [place.title for place in PLACES])
def test_every_control_of_every_section_has_a_name(whole, section):
    assert nameless(whole("settings", section=section).window) == []
