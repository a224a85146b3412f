"""A promise in one line, read as it was meant or asked about."""

from __future__ import annotations

import pytest

from followup_desktop.core.promises.rules import NameIndex, understand
from tests.core.promises import odd_phrasings
from tests.core.promises.phrasings import ENGLISH, MIXED, NAMES, NOW, SPANISH, ZONE

INDEX = NameIndex(NAMES)


def _read(line, language):
    said = understand(line, NOW, ZONE, INDEX, language)
    due = f"{said.due_date or ''} {said.due_time.strftime('%H:%M') if said.due_time else ''}".strip()
    return said.customer.name if said.customer else "", said.what, due, tuple(missing.kind for missing in said.problems)


@pytest.mark.parametrize("phrasing", ENGLISH, ids=lambda phrasing: phrasing[0] or "nothing")
def test_english_is_understood(phrasing):
    line, *meaning = phrasing
    assert _read(line, "en") == tuple(meaning)


@pytest.mark.parametrize("phrasing", SPANISH, ids=lambda phrasing: phrasing[0])
def test_spanish_is_understood(phrasing):
    line, *meaning = phrasing
    assert _read(line, "es") == tuple(meaning)


@pytest.mark.parametrize("phrasing", MIXED, ids=lambda phrasing: phrasing[0])
def test_the_other_language_is_understood_too(phrasing):
    line, *meaning = phrasing
    assert _read(line, "en") == tuple(meaning)


@pytest.mark.parametrize("phrasing", odd_phrasings.ENGLISH, ids=lambda phrasing: phrasing[0])
def test_odd_english_is_understood_or_asked_about(phrasing):
    line, *meaning = phrasing
    assert _read(line, "en") == tuple(meaning)


@pytest.mark.parametrize("phrasing", odd_phrasings.SPANISH, ids=lambda phrasing: phrasing[0])
def test_odd_spanish_is_understood_or_asked_about(phrasing):
    line, *meaning = phrasing
    assert _read(line, "es") == tuple(meaning)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Graace", "Grace Obi"), ("Pryia", "Priya Nair"), ("siobahn", "Siobhán O'Brien"), ("Alvares", "Maria Alvarez")],
)
def test_a_name_with_a_slip_in_it_is_asked_about_with_whom_it_may_be(typed, meant):
    said = understand(f"ring {typed} about the gate Friday", NOW, ZONE, INDEX)
    assert [match.name for match in said.candidates] == [meant]
    assert not said.complete
