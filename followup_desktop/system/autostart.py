"""Starting the program when the owner signs in to the computer, so that promises ring without being thought of.

Linux was tried; Windows and macOS are written after their documentation and were not run.
"""

from __future__ import annotations

import os
import plistlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from followup_desktop.base.errors import Problem

NAME = "followup_desktop"
LABEL = "org.followup.desktop"
WINDOWS_KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def turn_on(command: Sequence[str]) -> None:
    """Let `command` (the running program and its arguments) start at sign-in; written anew when it has moved."""
    if sys.platform == "win32":
        _windows_on(subprocess.list2cmdline(command))
    elif sys.platform == "darwin":
        _write(_agent(), plistlib.dumps(launch_agent(command)))
    else:
        _write(_entry(), desktop_entry(command).encode())


def turn_off() -> None:
    """Stop starting at sign-in; fine when it was off."""
    if sys.platform == "win32":
        _windows_off()
    else:
        (_agent() if sys.platform == "darwin" else _entry()).unlink(missing_ok=True)


def is_on() -> bool:
    """Whether the program starts at sign-in."""
    if sys.platform == "win32":
        return _windows_is_on()
    else:  # noqa: RET505  (so that the type checker sees one branch per system)
        return (_agent() if sys.platform == "darwin" else _entry()).is_file()


def desktop_entry(command: Sequence[str]) -> str:
    """Return the autostart entry for Linux desktops (Desktop Entry Specification 1.4).

    It waits for the panel, so that the tray icon finds a place.
    """
    return "\n".join(
        [
            "[Desktop Entry]",
            "Type=Application",
            "Version=1.4",
            "Name=Followup Desktop",
            f"Exec={' '.join(_quoted(part) for part in command)}",
            "Icon=followup_desktop",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
            "X-GNOME-Autostart-Delay=5",
            "X-MATE-Autostart-Delay=5",
            "X-KDE-autostart-after=panel",
            "",
        ]
    )


def launch_agent(command: Sequence[str]) -> dict[str, object]:
    """Return the agent for macOS (launchd.plist). Not run."""
    return {"Label": LABEL, "ProgramArguments": list(command), "RunAtLoad": True, "ProcessType": "Interactive"}


def _quoted(part: str) -> str:
    """Quote one word of an Exec line: its own escapes, then those of any string in the file, then %."""
    if any(ord(character) < 32 for character in part):
        raise ValueError("a line break in a command")
    word = part.replace("\\", "\\\\").replace('"', '\\"').replace("`", "\\`").replace("$", "\\$")
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'


def _entry() -> Path:
    base = os.environ.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "autostart" / f"{NAME}.desktop"


def _agent() -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{LABEL}.plist"


def _write(file: Path, content: bytes) -> None:
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.write_bytes(content)
    except OSError as error:
        raise Problem(
            f"Starting at sign-in could not be turned on ({os.strerror(error.errno or 0)}).",
            to_do=f"Make {file.parent} writable.",
        ) from None


if sys.platform == "win32":
    # Not run: needs a Windows machine.
    import winreg

    def _windows_on(command: str) -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, WINDOWS_KEY) as key:
            winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, command)

    def _windows_off() -> None:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, WINDOWS_KEY) as key:
            try:
                winreg.DeleteValue(key, NAME)
            except FileNotFoundError:
                return

    def _windows_is_on() -> bool:
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, WINDOWS_KEY) as key:
            try:
                winreg.QueryValueEx(key, NAME)
            except FileNotFoundError:
                return False
            return True
