"""What is listed is there, and what is there is listed."""

import importlib
from pathlib import Path

import pytest

from followup_desktop.base.resources import resource
from followup_desktop.base.settings import SETTINGS
from followup_desktop.cli.main import parser, verbs
from followup_desktop.core.operators.model import Business
from followup_desktop.ui.pages import PAGES


@pytest.mark.parametrize("entry", PAGES, ids=lambda e: e.key)
def test_every_page_can_be_loaded(entry):
    module, name = entry.factory.split(":")
    assert getattr(importlib.import_module(module), name)


def test_every_folder_of_a_page_is_in_the_list():
    ui = Path(importlib.import_module("followup_desktop.ui").__file__).parent
    folders = {p.parent.name for p in ui.glob("*/page.py")} - {"kit"}
    assert folders == {e.factory.split(".")[2] for e in PAGES}


def test_every_command_is_in_the_manual():
    manual = resource("help/command-line.md").read_text("utf-8")
    missing = [verb.words for verb in verbs() if f"`{verb.words}" not in manual]
    assert missing == []


def test_every_command_is_found_by_its_first_word():
    for verb in verbs():
        assert verb.words in {found.words for found in verbs(verb.words.split())}


def test_every_command_can_be_asked_for_help(capsys):
    for verb in verbs():
        with pytest.raises(SystemExit) as ended:
            parser(verbs()).parse_args([*verb.words.split(), "--help"])
        assert ended.value.code == 0
        assert verb.words in capsys.readouterr().out


def test_every_business_setting_reaches_the_business():
    fields = {f"business.{name}" for name in Business.__dataclass_fields__}
    assert {s.key for s in SETTINGS if s.key.startswith("business.")} <= fields
