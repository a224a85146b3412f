"""Two accounts, other names, a signature: each customer is written to as the owner chose."""

import email
from email.policy import default

import pytest

from tests.fakes.smtp_server import SmtpServer
from tests.stories.conftest import Refused

pytestmark = [pytest.mark.mailserver, pytest.mark.row("A1")]
MONDAY, WEDNESDAY = "2026-11-23T09:00", "2026-11-25T10:00"


@pytest.fixture
def second(run, connected, dovecot, password):
    """Another account, with a server of its own; it is not the usual one."""
    with SmtpServer() as server:
        run(
            "account", "add", "--address", "office@heron.example", "--imap", f"127.0.0.1:{dovecot.imap_port}",
            "--smtp", f"127.0.0.1:{server.port}", "--security", "none", "--name", "Blue Heron", stdin=password + "\n",
        )  # fmt: skip
        yield server


@pytest.fixture
def customer(run):
    def make(name):
        words = ("add", "--given-name", name, "--family-name", "Pereira", "--email", f"{name.lower()}@pereira.example")
        key = run(*words, now=MONDAY)["id"]
        run("log", "--customer", key, "--what", "quote_sent", "--about", "heater", "--amount", "2340", now=MONDAY)
        return key

    return make


@pytest.fixture
def send(run, password):
    """Send what is due to a customer."""

    def go(customer):
        cards = run("queue", now=WEDNESDAY)["cards"]
        [card] = [card for card in cards if card["customer_id"] == customer]
        run("send", card["follow_ups"][0]["id"], now=WEDNESDAY)
        return run("outbox", "run", now=WEDNESDAY, stdin=f"{password}\n{password}\n")

    return go


def read(taken):
    return email.message_from_bytes(taken.raw, policy=default)


def lines(taken):
    return read(taken).get_content().replace("\r\n", "\n")


def test_each_customer_is_written_to_with_the_account_chosen_for_them(
    run, connected, second, smtp_server, customer, send, password
):
    ana, ben = customer("Ana"), customer("Ben")
    assert [each["usual"] for each in run("account", "list")] == [True, False]
    assert run("account", "check", "--account", "office@heron.example", stdin=f"{password}\n")["drafts"] == "Drafts"
    chosen = run("account", "use", ben, "--account", "Office@Heron.example")
    assert chosen["sender"]["address"] == "office@heron.example"
    send(ana)
    send(ben)
    assert [read(taken)["From"] for taken in smtp_server.taken] == [f"Dana Whitlock <{connected}>"]
    assert [read(taken)["From"] for taken in second.taken] == ["Blue Heron <office@heron.example>"]
    run("account", "use", ben)
    assert run("account", "usual", "office@heron.example")["account_id"] == 2
    assert run("account", "use", ana)["sender"]["address"] == "office@heron.example"


@pytest.mark.row("K2")
def test_each_account_asks_for_read_receipts_or_not(run, connected, second, smtp_server, customer, send, password):
    ana, ben = customer("Ana"), customer("Ben")
    run("account", "use", ben, "--account", "office@heron.example")
    run("account", "receipts", "Office@heron.example", "--on")
    assert [each["asks_receipts"] for each in run("account", "list")] == [False, True]
    send(ana)
    send(ben)
    assert read(smtp_server.taken[0])["Disposition-Notification-To"] is None
    assert read(second.taken[0])["Disposition-Notification-To"] == "office@heron.example"
    run("account", "receipts", "office@heron.example", "--off")
    assert not any(each["asks_receipts"] for each in run("account", "list"))


def test_another_name_has_its_own_address_answers_and_signature(run, connected, smtp_server, customer, send):
    ana = customer("Ana")
    named = run(
        "account", "name", connected, "--new", "--name", "Heron, Pools", "--address", "info@heron.example",
        "--reply-to", "dana@heron.example", "--signature", "Dana Whitlock\\nBlue Heron Pools · 555-0142",
    )  # fmt: skip
    run("account", "use", ana, "--account", connected, "--identity", named["identity_id"])
    send(ana)
    [taken] = smtp_server.taken
    message = read(taken)
    assert message["From"] == '"Heron, Pools" <info@heron.example>'
    assert message["Reply-To"] == '"Heron, Pools" <dana@heron.example>'
    assert taken.mail_from == connected
    assert lines(taken).endswith("\n-- \nDana Whitlock\nBlue Heron Pools · 555-0142\n")


def test_an_accounts_own_signature_is_below_what_it_sends_and_undo_takes_it_off(
    run, connected, smtp_server, customer, send
):
    ana = customer("Ana")
    run("account", "name", connected, "--signature", "Dana", now=MONDAY)
    assert run("account", "list")[0]["signature"] == "Dana"
    run("undo", now=MONDAY)
    assert run("account", "list")[0]["signature"] is None
    run("account", "name", connected, "--signature", "Dana W.", now=MONDAY)
    send(ana)
    assert lines(smtp_server.taken[0]).endswith("\n-- \nDana W.\n")


def test_an_account_that_goes_takes_its_names_with_it_and_undo_brings_them_back(run, connected, second, customer):
    ana = customer("Ana")
    other = run("account", "name", connected, "--new", "--address", "info@heron.example")["identity_id"]
    run("account", "use", ana, "--account", connected, "--identity", other, now=MONDAY)
    run("account", "remove", "--account", connected, now=MONDAY)
    assert [(each["address"], each["usual"]) for each in run("account", "list")] == [("office@heron.example", True)]
    run("undo", now=MONDAY)
    back = run("account", "list")
    assert [(each["address"], each["usual"]) for each in back] == [(connected, True), ("office@heron.example", False)]
    assert [each["address"] for each in back[0]["identities"]] == ["info@heron.example"]
    run("account", "forget-name", connected, other)
    assert run("account", "list")[0]["identities"] == []


MEANT_BY_NOBODY = [
    (("account", "usual", "nobody@x.example"), "There is no mail account"),
    (("account", "use", 1, "--identity", 7), "belongs to an account"),
    (("account", "name", "{}", "--identity", 7), "not one of the account's"),
    (("account", "name", "{}", "--reply-to", "dana at heron"), "not an email address"),
    (("account", "name", "{}", "--address", "x@heron.example"), "stays what it is"),
    (("account", "name", "{}", "--name", "Da\nna"), "invisible character"),
    (("account", "name", "{}", "--signature", "x" * 1001), "longer than"),
]


def test_what_cannot_be_meant_is_said_and_changes_nothing(run, connected):
    before = run("account", "list")
    for words, said in MEANT_BY_NOBODY:
        with pytest.raises(Refused, match=said):
            run(*(str(word).format(connected) for word in words))
    assert run("account", "list") == before
