"""Drafts by the command line: what is missing is asked for, the owner's voice is learnt, files go with them."""

import email
import email.policy
import stat

import pytest

from tests.stories.conftest import Refused
from tests.stories.test_main_job import found, lead

QUOTE_DAY = "2026-11-25T10:00"


@pytest.fixture
def account(run):
    """A mail account; nothing is sent in these stories, so no server is behind it."""
    run("account", "add", "--address", "dana@example.com", "--imap", "127.0.0.1:9", "--smtp", "127.0.0.1:9",
        "--security", "none", "--name", "Dana Whitlock", stdin="secret\n")  # fmt: skip


@pytest.fixture
def person(run):
    """Add someone whose pump was repaired and return the follow-up that thanks them."""

    def repaired(name, *more):
        given, family = name.split()
        run("add", "--given-name", given, "--family-name", family, "--email", f"{given.lower()}@example.com")
        run("log", "--customer", found(run, given), "--what", "visit_done", "--visit", "repair", *more)
        return lead(run, name)

    return repaired


# M3: what is missing


@pytest.mark.row("M3")
def test_a_missing_fact_is_asked_for_and_its_sentence_appears(run, person):
    key = person("Priya Nair", "--about", "pump")
    before = run("draft", key)
    assert "visit.technician" in [one["field"] for one in before["missing"]]
    assert "Luis" not in before["text"]
    assert run("tell", key, "visit.technician", "Luis") == {"kept_with": "event"}
    after = run("draft", key)
    assert "Luis" in after["text"]
    assert "visit.technician" not in [one["field"] for one in after["missing"]]
    assert run("customer", found(run, "priya"))["history"][0]["by"] == "Luis"
    run("undo")
    assert run("draft", key)["text"] == before["text"]


@pytest.mark.row("M3", "M2")
def test_what_has_no_place_of_its_own_is_kept_for_this_message(run):
    run("add", "--given-name", "Ana", "--family-name", "Pereira", "--email", "ana@example.com")
    run("log", "--customer", found(run, "ana"), "--what", "quote_sent", "--about", "heater", "--amount", "2340")
    key = lead(run, "Ana Pereira", QUOTE_DAY)
    asked = [one["field"] for one in run("draft", key, now=QUOTE_DAY)["missing"]]
    assert "quote.until" in asked
    assert run("tell", key, "quote.until", "12 December", now=QUOTE_DAY) == {"kept_with": "message"}
    draft = run("draft", key, now=QUOTE_DAY)
    assert "12 December" in draft["text"]
    assert {"text": "12 December", "source": "you told it on Wednesday 25 November"} in draft["facts"]


@pytest.mark.row("M3")
def test_nothing_is_asked_that_is_known_and_nothing_kept_that_cannot_stand_there(run, person):
    key = person("Priya Nair", "--about", "pump", "--by", "Luis", "--note", "It ran without a drop.")
    asked = {one["field"] for one in run("draft", key)["missing"]}
    assert not asked & {"event.what", "event.note", "visit.technician", "customer.given_name"}
    with pytest.raises(Refused, match="short, such as “pump repair”"):
        run("tell", key, "event.what", "She said that it was not what she wanted; we will see on Monday.")
    with pytest.raises(Refused):
        run("tell", key, "owner.name", "Somebody")


@pytest.mark.row("M3")
def test_no_draft_greets_nobody(run):
    run("add", "--company", "Lakeside HOA", "--email", "office@example.com")
    run("log", "--customer", found(run, "lakeside"), "--what", "visit_done", "--visit", "repair")
    text = run("draft", lead(run, "Lakeside HOA"))["text"]
    assert text.startswith("Hello,")
    assert "Hi ," not in text


# M5: own voice

WORDS = """Subject: The {{ event.what|default('repair') }}

{% if customer.given_name %}Hi {{ customer.given_name }},{% else %}Hello,{% endif %}

{% if visit.technician %}{{ visit.technician }}{% else %}We{% endif %} saw to it {{ event.day }}.
You use it every day, so you will know before we do.
If it is not right, give me a ring on {{ business.phone }}.

{{ owner.first_name }}
"""
WAS, IS = "give me a ring on", "call me, day or night, on"


@pytest.fixture
def words(run, tmp_path):
    """A template of the owner's, so that these stories do not hang on the words that ship."""
    path = tmp_path / "words.j2"
    path.write_text(WORDS, encoding="utf-8")
    run("template", "save", "thank_you/repair", "--text-file", path)


def sent_with(run, tmp_path, key, change):
    """Send a draft with the owner's change."""
    draft = run("draft", key)
    changed = change(draft["text"])
    file = tmp_path / f"{key}.txt"
    file.write_text(f"Subject: {draft['subject']}\n\n{changed}\n", encoding="utf-8")
    run("send", key, "--text-file", file)
    return draft["text"], changed


NAMES = ("Priya Nair", "Sam Osei", "Greta Lind", "Ivy Moss")


@pytest.mark.row("M5")
def test_what_the_owner_keeps_changing_becomes_a_change_to_the_template(run, account, words, person, tmp_path):
    keys = [person(name, "--about", "pump", "--by", "Luis") for name in NAMES]
    for key in keys[:3]:
        assert run("template", "voice") == []
        sent_with(run, tmp_path, key, lambda text: text.replace(WAS, IS))
    [one] = run("template", "voice")
    assert (one["times"], one["key"], one["language"]) == (3, "thank_you/repair", "en")
    assert (one["before"], one["after"]) == ("give me a ring", "call me, day or night,")
    last = run("draft", keys[3])["text"]
    assert run("template", "take", 1) == {"version": 2}
    assert run("draft", keys[3])["text"] == last.replace(WAS, IS)
    assert run("template", "show", "thank_you/repair")["text"] == WORDS.replace(WAS, IS)
    assert run("template", "voice") == []
    run("undo")
    assert run("draft", keys[3])["text"] == last
    assert len(run("template", "voice")) == 1


@pytest.mark.row("M5")
def test_a_change_that_is_declined_is_not_proposed_again(run, account, words, person, tmp_path):
    for name in NAMES:
        key = person(name, "--about", "pump", "--by", "Luis")
        if name == NAMES[3]:
            run("template", "leave", 1)
            assert run("template", "voice") == []
        sent_with(run, tmp_path, key, lambda text: text.replace(WAS, IS))
    assert run("template", "voice") == []


@pytest.mark.row("M5")
def test_what_is_about_one_customer_proposes_nothing(run, account, words, person, tmp_path):
    for name in NAMES:
        key = person(name, "--about", "pump", "--by", "Luis")
        given = name.split()[0]
        # The technician is a fact; so is the name: neither belongs into the template.
        sent_with(
            run, tmp_path, key, lambda text, given=given: text.replace("Luis", "Marco").replace("?", f", {given}?")
        )
    assert run("template", "voice") == []


# M7: call sheets and cards


@pytest.mark.row("M7")
def test_a_call_sheet_says_what_to_say_to_ask_and_to_note_down(run):
    run("add", "--given-name", "Ana", "--family-name", "Pereira", "--phone", "555 210 1188", "--email", "a@example.com")
    run("log", "--customer", found(run, "ana"), "--what", "quote_sent", "--about", "heater", "--amount", "2340")
    key = lead(run, "Ana Pereira", QUOTE_DAY)
    sheet = run("draft", key, "--channel", "call", now=QUOTE_DAY)["sheet"]
    assert sheet["say"]
    assert sheet["ask"]
    assert sheet["note"]
    spanish = run("draft", key, "--channel", "call", "--language", "es", now=QUOTE_DAY)
    assert spanish["language"] == "es"
    assert spanish["sheet"]["note"][0][0].isupper()
    assert spanish["sheet"]["say"] != sheet["say"]


@pytest.mark.row("M7", "A5")
def test_a_card_has_words_and_an_address(run):
    run("add", "--given-name", "Ana", "--family-name", "Pereira", "--street", "7 Cove Rd", "--city", "Palm Town",
        "--region", "FL", "--postal-code", "33001")  # fmt: skip
    run("log", "--customer", found(run, "ana"), "--what", "visit_done", "--visit", "repair", "--about", "pump")
    key = run("customer", found(run, "ana"))["follow_ups"][0]["id"]
    card = run("draft", key, "--channel", "card")
    assert card["address"] == ["Ana Pereira", "7 Cove Rd", "Palm Town, FL 33001"]
    assert "pump" in card["text"]
    assert run("draft", key, "--channel", "text")["address"] is None


# A8: enclosures


@pytest.fixture
def care(tmp_path):
    path = tmp_path / "Care instructions.pdf"
    path.write_bytes(b"%PDF-1.7\n\x00\xff care")
    return path


@pytest.mark.mailserver
@pytest.mark.row("A8")
def test_a_kept_file_goes_with_a_message_and_arrives_whole(run, person, care, connected, smtp_server, password, store):
    key = person("Priya Nair", "--about", "pump")
    kept = run("enclosure", "keep", care, "--name", "Care")["id"]
    run("enclosure", "with", kept, "--draft", key)
    assert run("draft", key)["enclosures"] == [{"id": kept, "name": "Care"}]
    [file] = (store.parent / "enclosures").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    run("send", key)
    run("outbox", "run", stdin=password + "\n")
    [taken] = smtp_server.taken
    arrived = email.message_from_bytes(taken.raw, policy=email.policy.default)
    [part] = arrived.iter_attachments()
    assert (part.get_filename(), part.get_content_type()) == ("Care instructions.pdf", "application/pdf")
    assert part.get_payload(decode=True) == care.read_bytes()
    assert "Priya" in arrived.get_body().get_content()


@pytest.mark.row("A8")
def test_a_templates_file_goes_with_each_of_its_mails_unless_taken_out(run, person, care):
    kept = run("enclosure", "keep", care)["id"]
    run("enclosure", "with", kept, "--template", "thank_you/repair")
    key, other = person("Priya Nair", "--about", "pump"), person("Sam Osei", "--about", "pump")
    assert [one["name"] for one in run("draft", key)["enclosures"]] == ["Care instructions"]
    run("enclosure", "with", kept, "--draft", key, "--not")
    assert run("draft", key)["enclosures"] == []
    assert run("draft", other)["enclosures"]
    run("undo")
    assert run("draft", key)["enclosures"]
    run("enclosure", "with", kept, "--template", "thank_you/repair", "--not")
    assert run("draft", other)["enclosures"] == []


@pytest.mark.row("A8")
def test_a_missing_enclosure_is_noticed(run, person, tmp_path, care):
    words = tmp_path / "t.j2"
    words.write_text("Subject: s\n\nThe price list is attached. Does it help?\n", encoding="utf-8")
    key = person("Priya Nair", "--about", "pump")
    run("template", "save", "thank_you/repair", "--text-file", words)

    def noticed():
        return [one["text"] for one in run("draft", key)["advice"] if one["kind"] == "attachment"]

    [said] = noticed()
    assert "nothing is attached" in said
    run("enclosure", "with", run("enclosure", "keep", care)["id"], "--draft", key)
    assert noticed() == []


@pytest.mark.row("A8")
def test_what_is_too_large_gone_or_no_file_is_refused_in_words(run, person, account, tmp_path, care, store):
    large = tmp_path / "large.bin"
    large.write_bytes(b"x")
    with large.open("r+b") as file:
        file.truncate(11 * 1024 * 1024)
    for bad, says in ((large, "11.0 MB"), (tmp_path / "none.pdf", "could not be read"), (tmp_path, "no file")):
        with pytest.raises(Refused, match=says):
            run("enclosure", "keep", bad)
    key = person("Priya Nair", "--about", "pump")
    for number in range(2):
        big = tmp_path / f"{number}.bin"
        big.write_bytes(bytes([number]) * (9 * 1024 * 1024 + number))
        run("enclosure", "with", run("enclosure", "keep", big)["id"], "--draft", key)
    with pytest.raises(Refused, match=r"18\.0 MB together; 18\.0 MB is the most"):
        run("send", key)
    run("undo")
    for file in (store.parent / "enclosures").iterdir():
        file.unlink()
    with pytest.raises(Refused, match="is gone or was changed"):
        run("send", key)
    assert [one["there"] for one in run("enclosure", "list")] == [False, False]
