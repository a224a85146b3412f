"""The set-up script, its lock files and what the README promises of them."""

import ast
import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ["requirements.lock", "requirements-test.lock"]


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("set_up_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def script() -> ModuleType:
    return load(ROOT / "packaging/run.py")


@pytest.fixture
def elsewhere(script, tmp_path, monkeypatch) -> ModuleType:
    """The script with an environment of its own, not the one these tests run in."""
    venv = tmp_path / "environment"
    monkeypatch.setattr(script, "VENV", venv)
    monkeypatch.setattr(script, "PYTHON", venv / "bin/python")
    monkeypatch.setattr(script, "STAMPS", venv / "set-up")
    return script


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def name_of(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", requirement)[0]).lower()


def locked(lock: str) -> dict[str, str]:
    """Everything a lock file says of each package, by name."""
    lines = (ROOT / "packaging" / lock).read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return {name_of(entry): entry for entry in re.split(r"\n(?=\S)", text) if entry}


def wanted(lock: str) -> list[str]:
    needed = project()["project"]["dependencies"] + project()["build-system"]["requires"]
    return needed + (project()["dependency-groups"]["test"] if lock == "requirements-test.lock" else [])


@pytest.mark.parametrize("lock", LOCKS)
def test_everything_the_program_asks_for_is_locked(lock):
    assert {name_of(requirement) for requirement in wanted(lock)} <= locked(lock).keys()


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_one_version_and_checksums(lock):
    for entry in locked(lock).values():
        assert re.match(r"[a-z0-9-]+==[0-9][0-9a-z.]*( ;[^\\]*)? \\\n", entry), entry
        assert re.search(r"--hash=sha256:[0-9a-f]{64}$", entry), entry


@pytest.mark.parametrize("lock", LOCKS)
def test_the_lock_names_no_place_to_fetch_from(lock):
    for entry in locked(lock).values():
        assert not re.search(r"://|file:|/|@|--(?!hash=sha256:)", entry), entry


def test_the_tests_run_with_the_very_versions_of_the_program():
    version = re.compile(r"==(\S+)")
    tests = locked("requirements-test.lock")
    for name, entry in locked("requirements.lock").items():
        assert version.search(entry)[1] == version.search(tests[name])[1]


def test_no_library_that_keeps_passwords_in_clear_is_installed():
    assert "keyrings-alt" not in locked("requirements-test.lock")


@pytest.mark.parametrize("version", [(3, 10, 14), (3, 8, 20), (2, 7, 18)])
def test_an_old_python_is_refused_in_words(script, capsys, version):
    with pytest.raises(SystemExit) as ended:
        script.refuse_old_python(version)
    said = capsys.readouterr()
    assert ended.value.code == 1
    assert said.out == ""
    assert "needs Python 3.11 or newer" in said.err
    assert f"this is Python {'.'.join(map(str, version))}" in said.err


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 12, 4), (4, 0, 0)])
def test_a_new_enough_python_is_taken_in_silence(script, capsys, version):
    script.refuse_old_python(version)
    assert capsys.readouterr() == ("", "")


def test_an_old_python_can_read_the_script_far_enough_to_be_refused():
    ast.parse((ROOT / "packaging/run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_script_needs_nothing_but_the_standard_library():
    tree = ast.parse((ROOT / "packaging/run.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= set(sys.stdlib_module_names)


def test_the_commands_of_the_readme_exist(script):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    words = re.findall(r"^    python3 packaging/run\.py ?([a-z-]*)", readme, re.MULTILINE)
    assert {"", "test", "lint", "desktop-test"} == set(words)
    assert set(script.COMMANDS) == set(words) - {""}


def test_what_the_script_says_leaves_standard_output_to_the_program(script, capfd):
    script.say("making a Python environment")
    assert script.succeeds(sys.executable, "-c", "print('installed')")
    said = capfd.readouterr()
    assert said.out == ""
    assert "making a Python environment" in said.err
    assert "installed" in said.err


def test_a_finished_set_up_is_done_again_when_the_lock_changes(elsewhere, tmp_path, monkeypatch):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    monkeypatch.setitem(elsewhere.LOCKS, "program", lock)
    elsewhere.VENV.mkdir()
    assert not elsewhere.is_done("program")
    elsewhere.mark_done("program")
    assert elsewhere.is_done("program")
    lock.write_text("one==2\n")
    elsewhere.fingerprint.cache_clear()
    assert not elsewhere.is_done("program")


def test_a_folder_that_is_no_environment_is_never_emptied(elsewhere, capsys):
    elsewhere.VENV.mkdir()
    letter = elsewhere.VENV / "letter.txt"
    letter.write_text("mine")
    with pytest.raises(SystemExit):
        elsewhere.make_environment()
    assert letter.read_text() == "mine"
    assert "left as it is" in capsys.readouterr().err


def test_an_environment_of_a_python_that_is_gone_is_made_anew(elsewhere):
    (elsewhere.VENV / "bin").mkdir(parents=True)
    (elsewhere.VENV / "pyvenv.cfg").write_text("home = /gone\n")
    elsewhere.PYTHON.symlink_to("/gone/python3")
    assert not elsewhere.is_sound()
    elsewhere.clear_the_place()
    assert not elsewhere.VENV.exists()


def test_an_environment_lost_after_the_set_up_is_noticed(elsewhere, monkeypatch):
    elsewhere.VENV.mkdir()
    elsewhere.mark_done("program")
    made = []
    monkeypatch.setattr(elsewhere, "make_environment", lambda: made.append("environment"))
    monkeypatch.setattr(elsewhere, "fill_environment", lambda kind: made.append(kind) or True)
    elsewhere.prepare_python("program")
    assert made == ["environment", "program"]


@pytest.mark.skipif(sys.platform == "win32", reason="apt-get is Debian's")
def test_without_a_password_free_sudo_the_exact_command_is_printed(script, monkeypatch, capsys):
    monkeypatch.setattr(script.shutil, "which", lambda tool: f"/usr/bin/{tool}")
    monkeypatch.setattr(script, "as_administrator", lambda: None)
    assert not script.install_system_packages(["libgl1", "libegl1"], "Qt needs libraries")
    said = capsys.readouterr().err
    assert "Please run:  sudo apt-get install -y --no-install-recommends libgl1 libegl1" in said


def test_the_desktop_tests_see_nothing_of_the_persons_own_desktop(script, monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/run/user/1000/bus")
    monkeypatch.setenv("FOLLOWUP_REQUIRE_DESKTOP", "1")
    environment = script.private_environment(tmp_path)
    assert not {"DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} & environment.keys()
    assert environment["FOLLOWUP_REQUIRE_DESKTOP"] == "1"
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
        assert Path(environment[name]).is_relative_to(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="bash")
def test_the_build_script_reads_as_bash():
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0
