"""One running program per data folder: the later start hands over and ends."""

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from followup_desktop.base.errors import Problem
from followup_desktop.ui.instance import Handover, only_instance
from tests.fakes.program import Program, python

ROOT = str(Path(__file__).parents[2])


@pytest.fixture
def start(qtbot, tmp_path):
    """Start the program for one data folder, as often as wanted."""
    (tmp_path / "run").mkdir(mode=0o700)
    started = []

    def start(*arguments, folder="data", **env):
        env = {"PYTHONPATH": ROOT, "XDG_RUNTIME_DIR": str(tmp_path / "run"), **env}
        program = Program(python("second_start.py", tmp_path / folder, *arguments), env)
        started.append(program)
        return program

    yield start
    for program in started:
        program.stop()


@pytest.fixture
def first(qtbot, start):
    program = start()
    qtbot.waitUntil(lambda: program.lines == ["first"])
    return program


def ended(qtbot, program, timeout=8000):
    qtbot.waitUntil(lambda: not program.running, timeout=timeout)
    return program.code


def test_a_second_start_hands_over_its_arguments_and_ends(qtbot, start, first):
    second = start("import", "Kunden & co.csv", XDG_ACTIVATION_TOKEN="token-7")
    assert ended(qtbot, second) == 0
    qtbot.waitUntil(lambda: first.lines[1:] == ["asked import Kunden & co.csv token token-7"])
    assert second.lines == []


def test_another_data_folder_is_another_program(qtbot, start, first):
    other = start(folder="elsewhere")
    qtbot.waitUntil(lambda: other.lines == ["first"])


def test_the_same_folder_by_another_path_is_the_same_program(qtbot, start, first, tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert ended(qtbot, start("hello", folder="link")) == 0
    qtbot.waitUntil(lambda: len(first.lines) == 2)


def test_of_six_starts_at_once_one_goes_on_and_the_others_hand_over(qtbot, start):
    many = [start(str(n)) for n in range(6)]
    qtbot.waitUntil(lambda: sum(one.running for one in many) == 1, timeout=10000)
    (winner,) = [one for one in many if one.running]
    qtbot.waitUntil(lambda: len(winner.lines) == 6)
    assert all(one.code == 0 for one in many if one is not winner)


def test_after_a_kill_the_next_start_takes_over_at_once(qtbot, start, first):
    first.signal(signal.SIGKILL)
    ended(qtbot, first)
    heir = start()
    qtbot.waitUntil(lambda: heir.lines == ["first"])
    assert ended(qtbot, start("hello")) == 0
    qtbot.waitUntil(lambda: len(heir.lines) == 2)


def test_a_program_that_does_not_answer_is_told_in_words_and_left_alone(qtbot, start, first):
    first.signal(signal.SIGSTOP)
    second = start("hello")
    assert ended(qtbot, second) == 1
    assert second.complaints.startswith("Followup Desktop is already open, but does not answer.")
    first.signal(signal.SIGCONT)


def test_a_start_from_outside_the_session_still_finds_the_program(qtbot, start):
    without_session = start(XDG_RUNTIME_DIR="")
    qtbot.waitUntil(lambda: without_session.lines == ["first"])
    assert ended(qtbot, start("hello")) == 0


def test_the_lock_of_a_machine_with_another_name_does_not_lock_the_owner_out(qtbot, tmp_path):
    (tmp_path / "app.lock").write_text("4242\nfollowup\nold-laptop\n00000000-0000-0000-0000-000000000000\n\n")
    instance = only_instance(tmp_path, [], patience_ms=200)
    assert instance is not None
    instance.close()


def test_only_the_owner_may_knock(qtbot, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    instance = only_instance(tmp_path / "data", [])
    (address,) = tmp_path.glob("followup-*")
    assert address.stat().st_mode & 0o077 == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    instance.close()


@pytest.mark.parametrize("noise", [b"hello\n", b"[1]\n", b"\xff\xfe\n", b"[" * 70_000, b"[" * 60_000 + b"\n"])
def test_noise_on_the_line_is_hung_up_on_and_nothing_else_happens(qtbot, tmp_path, monkeypatch, noise):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    instance = only_instance(tmp_path / "data", [])
    heard = []
    instance.handed_over.connect(heard.append)
    (address,) = tmp_path.glob("followup-*")
    with socket.socket(socket.AF_UNIX) as caller:
        caller.connect(str(address))
        caller.sendall(noise)
        caller.setblocking(False)
        qtbot.waitUntil(lambda: hung_up(caller))
    assert heard == []
    instance.close()


def hung_up(caller):
    try:
        return caller.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True


def test_a_folder_that_cannot_be_written_to_is_told_in_words(qtbot, tmp_path):
    (tmp_path / "file").touch()  # also root cannot make a folder here
    with pytest.raises(Problem, match="cannot write to the folder"):
        only_instance(tmp_path / "file" / "data", [])


def test_handing_over_does_not_load_the_window(tmp_path):
    code = "import sys, followup_desktop.ui.instance; sys.exit('PySide6.QtWidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_handover_reads_as_it_was_written():
    asked = Handover(("--now", "2026-11-27T09:00:00\n"), "/home/dana", "")
    assert Handover.from_line(asked.to_line()) == asked
