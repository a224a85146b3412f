"""An owner at the screen: looks at the window, and acts with the screen's own mouse and keys."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

PATIENCE = 15_000
LOOKS = os.environ.get("FOLLOWUP_PICTURES")
"""A folder for pictures along the way, for people to look at."""


class Owner:
    """Somebody with the program in front of them; `talk` are the eyes (tests/fakes/seen_program.py)."""

    def __init__(self, qtbot, talk):
        self.qtbot, self.talk = qtbot, talk

    # Looking

    def _ask(self, *command):
        """Ask the eyes; a program that ended or hangs says what it complained of."""
        known = len(self.talk.program.lines)
        self.talk.tell(*command)
        program = self.talk.program
        self.qtbot.waitUntil(
            lambda: len(program.lines) > known or program.complaints != "" or not program.running, timeout=PATIENCE
        )
        assert program.running, f"the program ended ({program.code}): {program.complaints}"
        assert not program.complaints, program.complaints
        return json.loads(self.talk.program.lines[known])[1:]

    def texts(self):
        """All that can be read in the window in front."""
        return [str(text) for text in self._ask("texts")]

    def reads(self, words):
        """Whether these words stand somewhere in the window in front."""
        return any(words in text for text in self.texts())

    def wait(self, what, says, patience=PATIENCE):
        """Wait until something is so, and say what was to be read when it did not come."""
        value = None
        limit = time.monotonic() + patience / 1000
        while not (value := what()):
            assert time.monotonic() < limit, f"waited in vain until {says}; to be read is {sorted(set(self.texts()))}"
            self.qtbot.wait(60)
        return value

    def wait_to_read(self, words, patience=PATIENCE):
        """Wait until these words can be read."""
        self.wait(lambda: self.reads(words), f"“{words}” can be read", patience)

    def state(self):
        """Return the place that is open, what is selected there, and whether the window can be seen."""
        return self._ask("state")

    def wait_for_place(self, place):
        """Wait until a place is open."""
        self.wait(lambda: self.state()[0] == place, f"{place} is open")

    def front(self):
        """Return the window in front: its number and its title."""
        return self._ask("front")

    def wait_for_window(self, title):
        """Wait until a window of this title is in front, and have the keys go to it."""
        self.wait(lambda: self.front()[1] == title, f"“{title}” is in front")
        self.take_keys()

    def take_keys(self):
        """Let the keys go to the window in front; there is no window manager on this screen to do it."""
        self._xdotool("windowfocus", "--sync", self.front()[0])

    def wait_gone(self):
        """Wait until the program has ended."""
        self.qtbot.waitUntil(lambda: not self.talk.program.running, timeout=PATIENCE)
        assert self.talk.program.code == 0, self.talk.program.complaints

    def picture(self, name):
        """Keep a picture of the screen, where somebody wants to look."""
        if LOOKS:
            self.qtbot.wait(250)
            path = Path(LOOKS) / f"{len(os.listdir(LOOKS)):02}-{name}.png"
            subprocess.run(["import", "-window", "root", str(path)], check=True, timeout=20)

    # Acting

    def click(self, name):
        """Click on the thing of this name once it can be seen."""
        x, y = self.wait(lambda: self._place(name), f"there is “{name}”")
        self._xdotool("mousemove", x, y, "click", 1)

    def press(self, *keys):
        """Press keys, one after the other."""
        self._xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        """Type a text where the focus is."""
        self._xdotool("type", "--delay", 2, "--", text)

    def fill(self, name, text):
        """Click into a field, and put a text in place of what is there."""
        self.click(name)
        self.press("ctrl+a")
        self.type(text)

    def _place(self, name):
        x, y = self._ask("where", name)
        return (x, y) if x or y else None

    def _xdotool(self, *words):
        subprocess.run(["xdotool", *map(str, words)], check=True, timeout=20, capture_output=True)


class CommandLine:
    """The command line, from outside, on the store the window has open."""

    def __init__(self, environment, now):
        self._environment, self._now = environment, now

    def __call__(self, *words):
        """Run a command and return its answer."""
        command = [sys.executable, "-m", "followup_desktop", "--now", self._now().isoformat(), *map(str, words)]
        done = subprocess.run([*command, "--json"], env=self._environment, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)
