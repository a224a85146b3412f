"""What customers allow, with source and date, and the list that outlives them."""

from datetime import UTC, datetime

import pytest

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.exchange import undo_import
from tests.stories.conftest import Refused

MONDAY = "2026-11-23T09:00"


@pytest.fixture
def ana(run):
    return run("add", "--given-name", "Ana", "--email", "ana@pereira.example")["id"]


@pytest.mark.row("G3")
def test_what_they_said_is_kept_with_source_and_date(run, ana):
    run("consent", "set", ana, "--channel", "text", "--no", "--source", "on the phone")
    shown = run("consent", "show", ana)
    [said] = [c for c in shown["consents"] if c["channel"] == "text"]
    assert said == {"channel": "text", "allowed": False, "source": "on the phone", "at": "2026-11-23T09:00:00-05:00"}
    run("undo")
    assert run("consent", "show", ana)["consents"] == []


@pytest.mark.row("G3")
def test_nothing_goes_to_a_suppressed_address_even_when_the_customer_comes_again(run, ana, tmp_path):
    run("suppress", "add", "Ana@Pereira.example", "--why", "asked in June")
    assert run("consent", "show", ana)["suppressed"] == ["ana@pereira.example"]
    [line] = run("suppress", "list")
    assert (line["value"], line["reason"]) == ("ana@pereira.example", "asked in June")
    file = tmp_path / "again.csv"
    file.write_text("First Name,Last Name,Email\nAna,Pereira,ana@pereira.example\n")
    run("import", file)
    with pytest.raises(Refused, match="asked not to be written to"):
        run("send", run("write", ana)["follow_up_id"])
    run("suppress", "remove", "ana@pereira.example")
    assert run("suppress", "list") == []


def test_what_is_no_address_and_what_is_not_on_the_list_are_said(run):
    with pytest.raises(Refused, match="is not an email address"):
        run("suppress", "add", "ana")
    with pytest.raises(Refused, match="is not on the list"):
        run("suppress", "remove", "ana@pereira.example")


@pytest.mark.row("G1", "G3")
def test_who_asked_for_more_hears_more_than_once_a_week(run, ana):
    run("done", run("write", ana)["follow_up_id"], "--how", "card")
    again = run("write", ana, now="2026-11-24T09:00")["follow_up_id"]
    [held] = run("queue", now="2026-11-24T09:30")["held"]
    assert (held["follow_up_id"], held["reason"], held["until"]) == (again, "weekly_limit", "2026-11-30")
    [last] = run("queue", now="2026-11-30T08:00")["held"]
    assert last["reason_text"].endswith("the next message may go later today.")
    run("consent", "set", ana, "--channel", "often", "--yes", "--source", "at the gate", now="2026-11-24T10:00")
    [card] = run("queue", now="2026-11-24T10:30")["cards"]
    assert card["customer_id"] == ana
    run("undo", now="2026-11-24T11:00")
    assert run("queue", now="2026-11-24T11:30")["cards"] == []


@pytest.mark.row("G3")
def test_a_number_and_an_address_stay_suppressed_when_the_customer_is_deleted_and_imported_again(run, tmp_path, store):
    file = tmp_path / "customers.csv"
    file.write_text("First Name,Last Name,Email,Phone\nAna,Pereira,ana@pereira.example,(555) 210-3344\n")
    first = run("import", file)
    assert run("suppress", "add", "555 210 3344") == {"kind": "phone", "value": "+15552103344"}
    run("suppress", "add", "ana@pereira.example")
    program = Program(store, FixedClock(datetime(2026, 11, 23, 15, tzinfo=UTC)))
    undo_import(program.desk, first["import_id"])
    program.close()
    assert run("customers") == []
    run("import", file)
    [key] = [one["id"] for one in run("customers")]
    assert run("consent", "show", key)["suppressed"] == ["ana@pereira.example", "+15552103344"]
    run("write", key, "--purpose", "continuity")
    queue = run("queue")
    assert queue["cards"] == []
    assert [held["reason"] for held in queue["held"]] == ["no_consent"]


@pytest.mark.row("G3")
@pytest.mark.parametrize(
    ("stopped", "imported"),
    [
        ("Ana@xn--bcher-kva.example", "ANA@Bücher.example"),
        ("ana@bücher.example", "ana@xn--bcher-kva.example"),
        ("555-0100", "555 0100"),
        ("+44 20 7946 0018", "+442079460018"),
        ("(555) 210-3344", "1 555.210.3344"),
    ],
)
def test_what_is_stopped_is_known_again_however_it_is_written(run, tmp_path, stopped, imported):
    run("suppress", "add", stopped)
    file, column = tmp_path / "customers.csv", "Email" if "@" in stopped else "Phone"
    file.write_text(f"First Name,Last Name,{column}\nAna,Pereira,{imported}\n")
    run("import", file)
    [key] = [one["id"] for one in run("customers")]
    assert len(run("consent", "show", key)["suppressed"]) == 1
    run("write", key, "--purpose", "continuity")
    queue = run("queue")
    assert queue["cards"] == []
    assert [held["reason"] for held in queue["held"]] == ["no_consent"]
    run("suppress", "remove", imported)
    assert run("suppress", "list") == []
