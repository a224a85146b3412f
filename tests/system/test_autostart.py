import configparser
import plistlib
import shutil
import subprocess
import sys

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.system import autostart

COMMAND = ["/opt/Followup Desktop/followup-desktop", "--tray"]

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the entry of Linux desktops")


@pytest.fixture
def config(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


def read(entry):
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(entry)
    return dict(parser["Desktop Entry"])


@linux
def test_the_program_starts_at_sign_in_until_told_not_to(config):
    assert not autostart.is_on()
    autostart.turn_on(COMMAND)
    autostart.turn_on(COMMAND)
    assert autostart.is_on()
    entry = read((config / "autostart" / "followup_desktop.desktop").read_text())
    assert entry["Exec"] == '"/opt/Followup Desktop/followup-desktop" "--tray"'
    autostart.turn_off()
    autostart.turn_off()
    assert not autostart.is_on()


def test_the_entry_waits_for_the_panel():
    entry = read(autostart.desktop_entry(COMMAND))
    assert entry["X-GNOME-Autostart-Delay"] == "5"
    assert entry["X-MATE-Autostart-Delay"] == "5"
    assert entry["X-KDE-autostart-after"] == "panel"


def test_awkward_paths_are_quoted_as_desktops_read_them():
    entry = read(autostart.desktop_entry(['/home/d a/$x "y" 100% `z` \\']))
    assert entry["Exec"] == '"/home/d a/\\\\$x \\\\"y\\\\" 100%% \\\\`z\\\\` \\\\\\\\"'
    with pytest.raises(ValueError, match="line break"):
        autostart.desktop_entry(["a\nExec=evil"])


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_entry_is_one_by_the_standard(tmp_path):
    file = tmp_path / "followup_desktop.desktop"
    file.write_text(autostart.desktop_entry([*COMMAND, "100%"]))
    assert subprocess.run(["desktop-file-validate", file], capture_output=True, check=False).stdout == b""


@linux
def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    (tmp_path / "config").write_text("x")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(Problem, match="could not be turned on"):
        autostart.turn_on(COMMAND)


def test_the_agent_of_macos_is_a_property_list():
    agent = plistlib.loads(plistlib.dumps(autostart.launch_agent(COMMAND)))
    assert agent["ProgramArguments"] == COMMAND
    assert agent["RunAtLoad"] is True
