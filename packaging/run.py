#!/usr/bin/env python3
"""Set up Followup Desktop on this computer and start it; needs nothing but Python and a network for packages.

    python3 packaging/run.py [ARGUMENTS]               set up, then start the program with these arguments
    python3 packaging/run.py test [ARGUMENTS]          set up, then run the tests (arguments go to pytest)
    python3 packaging/run.py desktop-test [ARGUMENTS]  the tests that need a screen, a bus, a keyring and a tray
    python3 packaging/run.py lint                      what is checked without running anything

What this script says goes to standard error: standard output belongs to the program.
It must stay readable for older Pythons than the program needs, so that it can refuse them in words.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Mapping, NoReturn, Sequence  # noqa: UP035 - an old Python has to get as far as being refused

ROOT = Path(__file__).resolve().parents[1]
VENV = Path(os.path.abspath(os.environ.get("FOLLOWUP_VENV") or ROOT / ".venv"))
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMPS = VENV / "set-up"
OLDEST_PYTHON = (3, 11)
STANDARD_ERROR = 2

# Which lock file an environment is filled from; the second holds everything of the first.
LOCKS = {"program": ROOT / "packaging/requirements.lock", "tests": ROOT / "packaging/requirements-test.lock"}

QT_MODULES = ("QtWidgets", "QtNetwork", "QtSvg", "QtPrintSupport")
QT_PLUGINS = ("libqxcb.so", "libqwayland.so")
QT_PACKAGES = (
    *("libglib2.0-0", "libgl1", "libegl1", "libdbus-1-3", "libfontconfig1", "libxkbcommon0", "libbrotli1"),
    *("libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0"),
    *("libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libwayland-cursor0", "libwayland-egl1"),
    "fonts-dejavu-core",
)

# The real parts that tests talk to: Debian's package, and the file that shows it is there.
TEST_TOOLS = {
    "dovecot-imapd": "/usr/lib/dovecot/imap",
    "dovecot-lmtpd": "/usr/lib/dovecot/lmtp",
    "postfix": "/usr/sbin/postfix",
    "xvfb": "Xvfb",
    "xauth": "xauth",
    "dbus": "dbus-run-session",
    "gnome-keyring": "gnome-keyring-daemon",
    "trayer": "trayer",
    "dunst": "dunst",
    "notification-daemon": "/usr/lib/notification-daemon/notification-daemon",
    "xfce4-notifyd": "/usr/share/dbus-1/services/org.xfce.xfce4-notifyd.Notifications.service",
    "xfconf": "/usr/share/dbus-1/services/org.xfce.Xfconf.service",
    "xdotool": "xdotool",
    "faketime": "faketime",
    "strace": "strace",
    "imagemagick": "import",
}
DESKTOP_TOOLS = ("dbus-run-session", "dbus-send", "gnome-keyring-daemon", "xvfb-run", "xauth")

# Runs its arguments on a private bus with an open keyring and a screen of its own.
ON_A_PRIVATE_DESKTOP = r"""
printf 'test-password\n' | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
keyring=$!
tries=0
until dbus-send --session --print-reply --dest=org.freedesktop.DBus / \
    org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'
do
    tries=$((tries + 1))
    if [ "$tries" -gt 200 ]; then echo 'Set-up: the keyring of the private desktop did not start.' >&2; exit 1; fi
    sleep 0.05
done
xvfb-run -a -s '-screen 0 1280x800x24 -nolisten tcp' "$@"
status=$?
kill "$keyring" 2>/dev/null
exit "$status"
"""


def say(text: str) -> None:
    """Tell the person at the terminal what is going on, on standard error."""
    print(f"Set-up: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> NoReturn:
    """Say why it cannot go on, and end with exit code 1."""
    say(text)
    sys.exit(1)


def refuse_old_python(version: Sequence[int]) -> None:
    """End in words when this Python is too old for the program."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        found, needed = (".".join(str(part) for part in numbers) for numbers in (version[:3], OLDEST_PYTHON))
        stop(f"Followup Desktop needs Python {needed} or newer; this is Python {found}. Nothing was changed.")


# --- What is already done -------------------------------------------------------------------------------------------


@functools.lru_cache(maxsize=1)
def fingerprint() -> str:
    """Describe everything a finished set-up depends on; when it differs, the set-up is done again."""
    made_of = hashlib.sha256(f"{sys.version}\n{ROOT}\n{VENV}\n".encode())
    for path in (Path(__file__), ROOT / "pyproject.toml", *LOCKS.values()):
        made_of.update(path.read_bytes())
    return made_of.hexdigest()


def is_done(step: str) -> bool:
    """Tell whether this step was finished for exactly these files and this Python."""
    try:
        return (STAMPS / step).read_text(encoding="ascii") == fingerprint()
    except OSError:
        return False


def mark_done(step: str) -> None:
    """Remember that this step is finished, so that the next start skips it."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(fingerprint(), encoding="ascii")


# --- Running other programs -----------------------------------------------------------------------------------------


def succeeds(*command: str | Path) -> bool:
    """Run a command with its output on standard error, and tell whether it went well."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=STANDARD_ERROR, check=False).returncode == 0


def answer(*command: str | Path) -> tuple[int, str]:
    """Run a command in silence and return its exit code and all it printed."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
    except OSError as problem:
        return 127, str(problem)
    return done.returncode, done.stdout.decode(errors="replace")


def become(command: Sequence[str | Path], environment: Mapping[str, str]) -> NoReturn:
    """Go on as another program, so that signals and the exit code are its own."""
    words = [str(word) for word in command]
    if os.name == "nt":  # there, exec would return to the prompt at once
        sys.exit(subprocess.run(words, env=environment, check=False).returncode)
    os.execve(words[0], words, dict(environment))


# --- Debian's packages ----------------------------------------------------------------------------------------------


def as_administrator() -> list[str] | None:
    """Return what to put before a command to run it as root, or None where that would need a password."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and answer("sudo", "-n", "true")[0] == 0:
        return ["sudo", "-n"]
    return None


def apt_get(before: Sequence[str], *arguments: str) -> tuple[int, str]:
    """Run apt-get without questions, waiting for another one to finish."""
    quiet = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
    return answer(*before, *quiet, *arguments)


@functools.lru_cache(maxsize=1)
def refresh_package_lists(*before: str) -> None:
    """Fetch Debian's package lists, once."""
    apt_get(before, "update")


def install_system_packages(packages: Sequence[str], why: str) -> bool:
    """Install Debian packages where that is possible without a password, else say the exact command."""
    install = ("install", "-y", "--no-install-recommends")
    by_hand = f"apt-get {' '.join(install)} {' '.join(packages)}"
    if not shutil.which("apt-get"):
        say(f"{why}. On Debian this would be: {by_hand}")
        return False
    before = as_administrator()
    if before is None:
        say(f"{why}. Please run:  sudo {by_hand}")
        return False
    say(f"{why}. Installing {len(packages)} system packages; this takes a minute.")
    refresh_package_lists(*before)
    code, printed = apt_get(before, *install, *packages)
    if code:
        say("\n".join((f"this did not work: {by_hand}", *printed.splitlines()[-12:])))
    return code == 0


# --- The Python environment -----------------------------------------------------------------------------------------


def is_sound() -> bool:
    """Tell whether the environment exists and belongs to the Python that runs this script."""
    asked = "import sys, sysconfig; print(*sys.version_info[:2], sysconfig.get_path('purelib'))"
    code, printed = answer(PYTHON, "-I", "-c", asked)
    words = printed.split(maxsplit=2)
    return code == 0 and words[:2] == [str(part) for part in sys.version_info[:2]] and Path(words[2].strip()).is_dir()


def clear_the_place() -> None:
    """Remove an environment that cannot be used, but never anything else."""
    if (VENV / "pyvenv.cfg").exists():
        shutil.rmtree(VENV)
    elif VENV.exists() and any(VENV.iterdir()):
        stop(f"{VENV} is not empty and not a Python environment, so it was left as it is.")


def make_environment() -> None:
    """Make an empty Python environment, with Debian's missing part or uv if Python alone cannot."""
    say(f"making a Python environment in {VENV}")
    clear_the_place()
    make = (sys.executable, "-m", "venv", VENV)
    code, printed = answer(*make)
    if code == 0:
        return
    if importlib.util.find_spec("ensurepip"):
        stop(f"the environment could not be made.\n{printed.strip()}")
    uv = shutil.which("uv")
    if uv and succeeds(uv, "venv", "--quiet", "--clear", "--python", sys.executable, VENV):
        return
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    shutil.rmtree(VENV, ignore_errors=True)
    if not (install_system_packages([package], "Python's own installer is missing") and succeeds(*make)):
        sys.exit(1)


def fill_environment(kind: str) -> bool:
    """Install the locked packages and the program itself; nothing comes in without its checksum.

    The program is built by the setuptools of the lock, so that no build tool is fetched on the side.
    """
    locked = ("--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS[kind]))
    itself = ("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    uv = shutil.which("uv")
    if uv:
        with_uv = (uv, "pip", "install", "--quiet", "--python", str(PYTHON))
        if succeeds(*with_uv, "--compile-bytecode", *locked) and succeeds(*with_uv, *itself):
            return True
        say("uv could not do it; trying with pip")
    with_pip = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet")
    return succeeds(*with_pip, *locked) and succeeds(*with_pip, *itself)


def prepare_python(kind: str) -> None:
    """Make and fill the environment unless that is already done; `kind` is program or tests."""
    if is_done(kind) and PYTHON.exists():
        return
    if not is_sound():
        make_environment()
    say("installing the Python packages (about 150 MB the first time)")
    if not fill_environment(kind):
        stop("the packages could not be installed. Look at the lines above, then run the same command again.")
    mark_done(kind)
    mark_done("program")


# --- What Qt needs from the system ----------------------------------------------------------------------------------


def load_qt() -> str:
    """Load Qt as the program does; return the library it stumbles over, or nothing."""
    code, printed = answer(PYTHON, "-c", "import " + ", ".join(f"PySide6.{module}" for module in QT_MODULES))
    last = (printed.strip().splitlines() or ["Qt does not load"])[-1]
    return last.removeprefix("ImportError: ").split(":")[0] if code else ""


def missing_for_a_window() -> str:
    """Name the libraries that Qt's plugins for a screen do not find."""
    folder = "lib/python*/site-packages/PySide6/Qt/plugins/platforms"
    plugins = [path for name in QT_PLUGINS for path in VENV.glob(f"{folder}/{name}")]
    lines = answer("ldd", *plugins)[1].splitlines()
    return ", ".join(sorted({line.split()[0] for line in lines if line.endswith("not found")}))


def prepare_qt() -> None:
    """See that Qt has its libraries; without them the program still answers on the command line."""
    if is_done("qt") or not sys.platform.startswith("linux"):
        return
    missing = load_qt() or missing_for_a_window()
    if missing and not install_system_packages(QT_PACKAGES, f"Qt does not find what it needs here ({missing})"):
        say("until then there may be no window; everything on the command line works.")
        return
    mark_done("qt")


# --- What the tests need from the system ----------------------------------------------------------------------------


def is_there(tool: str) -> bool:
    """Tell whether a program is installed, also where only root's PATH would look."""
    places = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"))
    return Path(tool).exists() if tool.startswith("/") else shutil.which(tool, path=places) is not None


def missing_test_tools() -> list[str]:
    """Name Debian's packages of the test tools that are not on this system."""
    return [package for package, tool in TEST_TOOLS.items() if not is_there(tool)]


def prepare_test_tools() -> None:
    """See that the real servers and desktop parts of the tests are there; what is missing makes its tests skip."""
    if is_done("test-tools") or not sys.platform.startswith("linux"):
        return
    missing = missing_test_tools()
    if missing and not install_system_packages(missing, "some tests need programs that are not on this system"):
        say("the tests that need them are skipped and say so.")
        return
    mark_done("test-tools")


def prepare_for_tests() -> None:
    """Set up everything the tests need, with the real parts they talk to."""
    prepare_python("tests")
    prepare_qt()
    if not is_done("qt") and sys.platform.startswith("linux") and load_qt():
        stop("the tests cannot run without Qt's libraries.")
    prepare_test_tools()


# --- The commands ---------------------------------------------------------------------------------------------------


def start(arguments: Sequence[str]) -> NoReturn:
    """Set up, then go on as the program itself."""
    prepare_python("program")
    prepare_qt()
    # -P: a file that happens to lie in the current folder must not be taken for one of the program's modules.
    become([PYTHON, "-P", "-m", "followup_desktop", *arguments], os.environ)


def test(arguments: Sequence[str]) -> NoReturn:
    """Set up with everything the tests need, then go on as pytest, without a screen."""
    prepare_for_tests()
    os.chdir(ROOT)
    become([PYTHON, "-m", "pytest", "-n", "2", *arguments], {"QT_QPA_PLATFORM": "offscreen", **os.environ})


def private_environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing reaches the home folder or the desktop of the person at the computer."""
    foreign = ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP")
    environment = {name: value for name, value in os.environ.items() if name not in foreign}
    folders = {"DATA_HOME": "share", "CONFIG_HOME": "config", "CACHE_HOME": "cache", "STATE_HOME": "state"}
    folders["RUNTIME_DIR"] = "run"
    for folder in folders.values():
        (home / folder).mkdir(mode=0o700)
    environment.update({f"XDG_{name}": str(home / folder) for name, folder in folders.items()})
    return {**environment, "HOME": str(home), "QT_QPA_PLATFORM": "xcb"}


def desktop_test(arguments: Sequence[str]) -> NoReturn:
    """Set up, then run the desktop tests on a bus, a keyring and a screen of their own."""
    prepare_for_tests()
    missing = [tool for tool in DESKTOP_TOOLS if not is_there(tool)]
    if missing:
        stop(f"the desktop tests cannot run without {', '.join(missing)}.")
    with tempfile.TemporaryDirectory(prefix="followup-desktop-", ignore_cleanup_errors=True) as home:
        # Before the bus starts: what the bus starts inherits its environment.
        environment = private_environment(Path(home))
        inside = ("dbus-run-session", "--", "sh", "-c", ON_A_PRIVATE_DESKTOP, "sh")
        tests = (str(PYTHON), "-m", "pytest", "tests/desktop", *arguments)
        code = subprocess.run((*inside, *tests), cwd=ROOT, env=environment, check=False).returncode
    sys.exit(code)


def lint(_arguments: Sequence[str]) -> NoReturn:
    """Set up, then check the style, the types and the floors of the architecture; all of them, whatever fails first."""
    prepare_python("tests")
    os.chdir(ROOT)
    tools = PYTHON.parent
    checks = (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",), ("lint-imports",))
    failed = [
        " ".join(check)
        for check in checks
        if subprocess.run((str(tools / check[0]), *check[1:]), stdin=subprocess.DEVNULL, check=False).returncode
    ]
    if failed:
        stop(f"{', '.join(failed)} found something.")
    sys.exit(0)


COMMANDS = {"test": test, "desktop-test": desktop_test, "lint": lint}


def main(arguments: Sequence[str]) -> NoReturn:
    """Do what the first argument names, or start the program with all of them."""
    refuse_old_python(sys.version_info[:3])
    if arguments and arguments[0] in COMMANDS:
        COMMANDS[arguments[0]](arguments[1:])
    start(arguments)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
