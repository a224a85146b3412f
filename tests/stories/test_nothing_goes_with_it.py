"""What undo, restore and backup would take along without being asked stays where it is."""

import sqlite3
from datetime import date

import pytest
from sqlalchemy import select

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.base.errors import Problem
from followup_desktop.commands import customers, messages, outbox
from followup_desktop.commands.consent import set_consent
from followup_desktop.commands.customers import add_customer
from followup_desktop.commands.exchange import undo_import
from followup_desktop.commands.routes import add_stop
from followup_desktop.commands.undo import undo_last
from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.customers.model import CustomerId, Person
from followup_desktop.core.messages.model import Fate, NewAccount
from followup_desktop.core.routes.model import NewStop
from followup_desktop.core.routes.tables import RouteRow, StopRow
from followup_desktop.store import backup
from followup_desktop.store.store import Store
from tests.conftest import MONDAY
from tests.outbox.steps import became
from tests.stories.conftest import Refused

SERVER = ("127.0.0.1", 1, "none")


@pytest.fixture
def desk(store, program):
    messages.add_account(program.desk, NewAccount("dana@example.com", "Dana", "dana", *SERVER, *SERVER))
    return program.desk


def sent_to(desk, customer):
    follow_up = messages.write(desk, customer).result
    key = messages.send(desk, messages.Approved(follow_up, "Subject", "Text")).result
    became(desk, key, Fate.TAKEN, "250 OK")
    return key


@pytest.mark.row("D5")
def test_an_import_is_not_taken_back_with_what_the_owner_wrote_since(run, store, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("First Name,Last Name,Email\nPriya,Nair,priya@example.com\n")
    key = run("import", file)["import_id"]
    program = Program(store, FixedClock(MONDAY))
    customers.edit_customer(program.desk, 1, Person("Priya", "Nair", email="priya@example.com", notes="Two dogs."))
    with pytest.raises(Problem, match="Priya Nair was changed"):
        undo_import(program.desk, key)
    program.close()
    assert run("customer", 1)["notes"] == "Two dogs."
    run("undo")
    run("undo")
    assert run("customers") == []


@pytest.mark.row("D8")
def test_a_backup_of_a_newer_version_leaves_the_store_in_its_place(run, store, tmp_path):
    run("add", "--given-name", "Priya")
    newer = tmp_path / "newer.db"
    run("backup", newer)
    with sqlite3.connect(newer) as file:
        file.execute("PRAGMA user_version=9")
    file.close()
    with pytest.raises(Refused, match="newer version"):
        run("restore", newer)
    assert [c["name"] for c in run("customers")] == ["Priya"]
    assert not list(tmp_path.glob("*before-restore*"))


@pytest.mark.row("D8")
@pytest.mark.parametrize("name", ["business.db", "."])
def test_a_backup_is_not_written_over_the_store_or_a_folder(run, store, name):
    before = store.stat().st_ino
    with pytest.raises(Refused, match="a file name of its own"):
        run("backup", store.parent / name)
    assert store.stat().st_ino == before


@pytest.mark.row("D8")
def test_a_program_that_was_running_while_a_backup_was_restored_says_so(run, store, tmp_path):
    copy = tmp_path / "copy.db"
    run("backup", copy)
    running = Store(store, FixedClock(MONDAY))
    with running.write("something", "") as work:
        work.session.connection()
    backup.restore(copy, store, MONDAY)
    with pytest.raises(Problem, match="replaced"), running.write("note", "") as work:
        work.session.connection()
    running.close()


@pytest.mark.row("D8")
def test_what_was_under_way_stays_with_the_file_that_was_replaced(run, store, tmp_path):
    copy = tmp_path / "copy.db"
    run("backup", copy)
    store.with_name("business.db-wal").write_bytes(b"not empty")
    kept = backup.restore(copy, store, MONDAY)
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"not empty"
    assert not store.with_name("business.db-wal").exists()


@pytest.mark.row("Q6")
def test_a_customer_stays_to_whom_a_message_has_left(desk, run):
    customer = add_customer(desk, Person("Priya", "Nair", email="priya@example.com")).result
    sent_to(desk, customer)
    for _ in range(4):
        with pytest.raises(Problem):
            undo_last(desk)
    assert [f["outcome"] for f in run("customer", customer)["follow_ups"]] == ["sent"]
    assert "message_out" in [e["what"] for e in run("customer", customer)["history"]]


@pytest.mark.row("G3")
def test_nothing_but_what_is_needed_goes_to_who_said_no_to_email(desk):
    customer = add_customer(desk, Person("Priya", "Nair", email="priya@example.com")).result
    waiting = messages.write(desk, customer, Purpose.CONTINUITY).result
    approved = messages.write(desk, customer, Purpose.CHECK_IN).result
    key = messages.send(desk, messages.Approved(approved, "Subject", "Text")).result
    set_consent(desk, customer, "email", allowed=False)
    with pytest.raises(Problem, match="said no to email"):
        messages.send(desk, messages.Approved(waiting, "Subject", "Text"))
    assert outbox.claim(desk, [key]).result == []


@pytest.mark.row("G3", "X10")
def test_a_no_to_email_in_a_later_export_is_honoured(run, desk, tmp_path):
    file = tmp_path / "customers.csv"
    for refused in ("no", "yes"):
        file.write_text(f"First Name,Last Name,Email,Out\nPriya,Nair,priya@example.com,{refused}\n")
        run("import", file, "--map", "Out=no_email")
    waiting = messages.write(desk, 1, Purpose.CONTINUITY).result
    with pytest.raises(Problem, match="said no to email"):
        messages.send(desk, messages.Approved(waiting, "Subject", "Text"))


@pytest.mark.row("D3", "D5")
def test_a_stop_that_an_import_moves_keeps_its_weeks_and_undo_puts_it_back(run, desk, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("First Name,Last Name,Email,Route\nPriya,Nair,priya@example.com,\n")
    run("import", file)
    start = date(2026, 11, 24)
    add_stop(desk, NewStop(CustomerId(1), weekday=1, every_weeks=2, from_day=start))
    file.write_text("First Name,Last Name,Email,Route\nPriya,Nair,priya@example.com,Wednesday north\n")
    key = run("import", file)["import_id"]
    assert stops(desk) == [("Wednesday north", 2, start)]
    undo_import(desk, key)
    assert stops(desk) == [("Tuesday route", 2, start)]


def stops(desk):
    query = select(RouteRow.name, StopRow.every_weeks, StopRow.from_day).join(StopRow, StopRow.route_id == RouteRow.id)
    with desk.store.read() as session:
        return [tuple(row) for row in session.execute(query)]
