import re
import shlex
from argparse import ArgumentParser

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument

from followup_desktop.base.resources import resource
from followup_desktop.cli.main import main, parser, verbs
from followup_desktop.core.exchange.model import FIELDS
from followup_desktop.core.exchange.rules.readers import READERS
from followup_desktop.core.history.model import LOGGED_BY_HAND
from followup_desktop.ui.capture import manual
from followup_desktop.ui.capture.manual import CONTENTS, ManualWindow, text_of, title_of
from followup_desktop.ui.keys import KEYS

LINK = re.compile(r"\[[^\]]+\]\(([^)]+)\)")


@pytest.fixture
def shown(theme, qtbot):
    window = ManualWindow(theme)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(window)
    window.show()
    return window


def commands():
    """Return the command line's page, command by command: (heading, what stands below it)."""
    parts = re.split(r"^### ", text_of("command-line"), flags=re.MULTILINE)[1:]
    return [(part.partition("\n")[0], part.partition("\n")[2]) for part in parts]


def test_every_page_is_in_the_contents_and_begins_with_its_heading():
    assert {path.stem for path in resource("help").glob("*.md")} == set(CONTENTS)
    assert all(text_of(page).startswith("# ") and title_of(page) for page in CONTENTS)


def test_every_link_leads_to_a_page_there_is():
    for page in CONTENTS:
        for target in LINK.findall(text_of(page)):
            assert target.removesuffix(".md") in CONTENTS, f"{page}: {target}"


def test_every_key_of_the_program_is_on_the_page_of_keys():
    assert all(key.says in text_of("keys") for key in KEYS)


def test_links_lead_from_page_to_page_and_back(shown, qtbot):
    assert shown.page.toPlainText().startswith("The first minute")
    shown.page.anchorClicked.emit(QUrl("promises.md"))
    assert shown.current() == "promises"
    assert shown.windowTitle() == "Promises · Manual"
    assert shown.contents.currentItem().text() == "Promises"
    qtbot.mouseClick(shown.back, Qt.MouseButton.LeftButton)
    assert shown.current() == "index"
    assert not shown.back.isEnabled()


def test_the_contents_are_walked_with_the_arrows(shown, qtbot):
    shown.contents.setFocus()
    qtbot.keyClick(shown.contents, Qt.Key.Key_Down)
    assert shown.current() == "today"


def test_a_search_keeps_the_pages_that_have_the_words(shown, qtbot):
    qtbot.keyClicks(shown.search, "gate codes")
    titles = [shown.contents.item(row).text() for row in range(shown.contents.count())]
    assert titles == ["Routes", "Privacy", "Command line"]
    assert shown.current() == "routes"
    qtbot.keyClick(shown.search, Qt.Key.Key_Escape)
    assert shown.contents.count() == len(CONTENTS)
    assert shown.isVisible()


def test_nothing_is_loaded_from_elsewhere(shown, monkeypatch):
    opened = []
    monkeypatch.setattr(manual, "open_link", opened.append)
    shown.page.show_markdown("# Page\n\n![picture](file:///etc/hostname)\n\n<script>alert(1)</script>")
    assert shown.page.loadResource(QTextDocument.ResourceType.ImageResource, QUrl("file:///etc/hostname")) is None
    assert "<script>" in shown.page.toPlainText()
    shown.page.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == []
    assert shown._says.isVisible()


def test_every_command_and_each_of_its_options_is_in_the_manual():
    described_by = [(heading, heading + text) for heading, text in commands()]
    for verb in verbs():
        named = re.compile(rf"`{re.escape(verb.words)}[ `]")
        described = next((text for heading, text in described_by if named.search(heading)), None)
        assert described is not None, f"{verb.words} is missing"
        made = ArgumentParser()
        verb.arguments(made)
        for action in made._actions:
            for option in action.option_strings:
                assert option in ("-h", "--help") or option in described, f"{verb.words} {option}"


def test_what_can_be_given_is_listed_as_it_is():
    text = text_of("command-line")
    for word in (*(reader.key for reader in READERS), *(field.key for field in FIELDS), *map(str, LOGGED_BY_HAND)):
        assert f"`{word}`" in text, word


def keys_in(value):
    """Return every key of an answer, those of what lies inside too; a customer's own fields are left out."""
    if isinstance(value, list):
        return set().union(*map(keys_in, value)) if value else set()
    if not isinstance(value, dict):
        return set()
    return set(value) | set().union(*(keys_in(part) for key, part in value.items() if key != "extra"), set())


@pytest.fixture
def run(tmp_path, fresh_store, capsys):
    """Run a command of the manual on a store; return its answer and what the manual says about it."""
    import json

    store = tmp_path / "business.db"
    store.write_bytes(fresh_store.read_bytes())
    store.chmod(0o600)
    said = {heading: text for heading, text in commands()}

    def answer(line):
        capsys.readouterr()
        words = shlex.split(line)
        code = main(["--store", str(store), "--now", "2026-11-23T09:00", *words, "--json"])
        assert code == 0, capsys.readouterr().err
        first = " ".join(words[:2]) if words[0] in ("account", "outbox", "promise") else words[0]
        described = next(text for heading, text in said.items() if f"`{first}" in heading)
        return json.loads(capsys.readouterr().out), described

    return answer


def test_the_answers_have_the_keys_the_manual_says(run, tmp_path):
    asked = [
        "add --given-name Ana --family-name Pereira --email ana@example.com",
        "log --customer 1 --what visit_done --visit first --note 'Chlorine was low'",
        "customers",
        "queue",
        "draft 1",
        "write 1",
        "later 2 --until 2026-11-27",
        "done 1 --how call",
        "outbox list",
        "check",
        f"backup {tmp_path / 'copy.db'}",
        f"export {tmp_path / 'out'}",
        f"report 2026-11 --to {tmp_path / 'report'} --format csv",
        "promise add 'ring Ana Friday 9am'",
    ]
    for line in asked:
        answer, described = run(line)
        for key in keys_in(answer):
            assert f'"{key}"' in described, f"{line}: {key}"
    answer, described = run("customer 1")
    known = described + text_of("command-line")
    assert not {key for key in keys_in(answer) if f'"{key}"' not in known}
    for line in ("promise list", "promise keep 1", "undo"):
        answer, _ = run(line)
        assert not {key for key in keys_in(answer) if f'"{key}"' not in text_of("command-line")}


def test_the_exit_codes_are_those_of_the_manual(run, tmp_path, capsys, monkeypatch):
    assert main(["--store", str(tmp_path / "business.db"), "customer", "99"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    with pytest.raises(SystemExit) as wrong:
        parser(verbs()).parse_args(["queue", "--day", "never"])
    assert wrong.value.code == 2
