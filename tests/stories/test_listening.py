"""A question goes out with links, the answer comes back, is filed once, routed, and answered."""

import email
import email.policy
import re
from datetime import UTC, datetime
from urllib.parse import quote, unquote

import pytest
from pypdf import PdfReader

from followup_desktop.app import Program
from followup_desktop.base.clock import FixedClock
from followup_desktop.commands.routes import add_stop
from followup_desktop.core.routes.model import NewStop
from tests.mail.parse.world import letter
from tests.stories.conftest import Refused

MONDAY, THURSDAY, FRIDAY, SATURDAY = (f"2026-11-{day}T10:00" for day in (23, 26, 27, 28))
LINK = re.compile(r"<mailto:([^>?]+)\?subject=([^&>]+)&body=([^>]+)>")


def customer(run, name="Ana", address="ana@pereira.example"):
    return run("add", "--given-name", name, "--family-name", "Pereira", "--email", address, "--phone", "+15552103344")[
        "id"
    ]


@pytest.fixture
def ana(run):
    return customer(run)


@pytest.fixture
def fresh_stop(store):
    """Put a customer on Monday's route."""

    def put(key):
        program = Program(store, FixedClock(datetime(2026, 11, 23, 13, tzinfo=UTC)))
        add_stop(program.desk, NewStop(key, 0, technician="Luis"))
        program.close()

    return put


class Listening:
    """A question that went out, and the mailbox its answers come to."""

    def __init__(self, run, ana, connected, smtp_server, dovecot, password):
        self.run, self.ana, self.ours, self.box, self.password = run, ana, connected, dovecot, password
        run("log", "--customer", ana, "--what", "visit_done", "--visit", "repair", "--about", "pump", now=MONDAY)
        [asks] = [one for one in self.open_now() if (one["journey"], one["touchpoint"]) == ("repair", "day_3")]
        self.draft = run("draft", asks["id"], "--channel", "email", now=THURSDAY)
        run("send", asks["id"], now=THURSDAY)
        run("outbox", "run", now=THURSDAY, stdin=password + "\n")
        sent = email.message_from_bytes(smtp_server.taken[-1].raw, policy=email.policy.default)
        self.sent, self.text = sent["Message-ID"], sent.get_content()

    def open_now(self, now=THURSDAY):
        return [one for one in self.run("customer", self.ana, now=now)["follow_ups"] if one["state"] == "open"]

    def subject(self, score):
        links = {unquote(subject).split("/")[0]: unquote(subject) for _to, subject, _ in LINK.findall(self.text)}
        return links.get(str(score)) or links["5"].replace("5/5", f"{score}/5")

    def answer(self, subject, text="Why: ", sender="Ana <ana@pereira.example>", now=FRIDAY, **more):
        raw = letter(text, sender=sender, subject=subject, **more)
        self.box.deliver(self.ours, raw.replace(b"Mon, 23 Nov 2026 14:00:00", b"Thu, 26 Nov 2026 17:00:00"))
        found = self.run("mail", "sync", now=now, stdin=self.password + "\n")
        return {name: count for name, count in found.items() if count and name != "new"}

    def told(self, now=FRIDAY):
        return self.run("feedback", "list", now=now)

    def history(self, now=FRIDAY):
        return self.run("customer", self.ana, now=now)["history"]


@pytest.fixture
def listening(run, ana, connected, smtp_server, dovecot, password):
    return Listening(run, ana, connected, smtp_server, dovecot, password)


@pytest.mark.mailserver
@pytest.mark.row("F2", "A3")
def test_one_number_by_a_link_of_the_mail_is_filed_as_the_answer(listening):
    links = LINK.findall(listening.text)
    assert [unquote(subject)[:3] for _, subject, _ in links] == ["5/5", "4/5", "3/5", "2/5", "1/5"]
    assert all(to == listening.ours and "+" not in subject and len(subject) < 1800 for to, subject, _ in links)
    assert "http" not in listening.text
    assert listening.answer(listening.subject(4), "Why: It hums a little.\n") == {"answers": 1}
    [one] = listening.told()
    assert (one["scale"], one["score"], one["text"], one["how"]) == ("csat", 4, "It hums a little.", "link")
    assert (one["mood"], one["waits"]) == ("happy", True)
    assert not [each for each in listening.open_now(FRIDAY) if each["touchpoint"] == "day_3"]


@pytest.mark.mailserver
@pytest.mark.row("F3", "F4")
def test_an_unhappy_answer_opens_a_case_and_stays_on_top_until_it_is_answered(run, listening):
    listening.answer(listening.subject(1), "Why: The pump is louder than before.")
    assert [case["what"] for case in run("customer", listening.ana, now=FRIDAY)["cases"]] == [
        "The pump is louder than before."
    ]
    [card] = run("queue", now=FRIDAY)["cards"]
    assert card["group"] in ("put_right", "answer")
    draft = run("draft", card["follow_ups"][0]["id"], "--channel", "email", now=FRIDAY)
    assert "The pump is louder than before" in draft["text"]
    run("done", card["follow_ups"][0]["id"], "--how", "call", now=FRIDAY)
    [one] = listening.told()
    assert not one["waits"]


@pytest.mark.mailserver
@pytest.mark.row("F2")
def test_a_bare_number_in_the_reply_is_an_answer_too(listening):
    assert listening.answer("Re: Does the pump hold?", "5!\n\nThanks, Ana", In_Reply_To=listening.sent) == {
        "answers": 1
    }
    assert [(one["score"], one["how"]) for one in listening.told()] == [(5, "mail")]
    said = listening.answer(
        "Re: Does the pump hold?", "3 days later it hums.", In_Reply_To=listening.sent, now=SATURDAY
    )
    assert said == {"replies": 1}


@pytest.mark.mailserver
@pytest.mark.row("F3")
@pytest.mark.parametrize(
    ("said", "what"),
    [("2, the gate was open again.", "the gate was open again."), ("1", "They answered 1 of 5, without a word.")],
)
def test_a_case_opened_by_a_reply_with_a_number_carries_its_words(run, listening, said, what):
    listening.answer("Re: Does the pump hold?", f"{said}\n", In_Reply_To=listening.sent)
    assert [case["what"] for case in run("customer", listening.ana, now=FRIDAY)["cases"]] == [what]


@pytest.mark.mailserver
@pytest.mark.row("F2")
def test_what_cannot_be_counted_is_said_and_nothing_is_lost(listening):
    genuine = listening.subject(5)
    forged = genuine[:-1] + ("0" if genuine[-1] != "0" else "1")
    for subject, text, why in (
        (forged, "Why: All fine.", "its reference is not one that you sent"),
        (listening.subject(11), "Why: More than fine.", "the scale goes from 1 to 5"),
    ):
        assert listening.answer(subject, text) == {"replies": 1}
        [newest, *_] = listening.history()
        assert newest["what"] == "message_in"
        assert text.removeprefix("Why: ") in newest["note"]
        assert why in newest["note"]
    assert listening.told() == []
    assert listening.answer(genuine, "Why: Very good.") == {"answers": 1}
    assert listening.answer(genuine, "Why: Still very good.", now=SATURDAY) == {"replies": 1}
    assert "Still very good." in listening.history(SATURDAY)[0]["note"]
    assert "answered on" in listening.history(SATURDAY)[0]["note"]
    assert [one["score"] for one in listening.told()] == [5]


@pytest.mark.mailserver
@pytest.mark.row("F2")
def test_an_answer_from_an_address_nobody_knows_is_theirs_and_says_so(run, listening):
    assert listening.answer(listening.subject(3), "Why: So so.", sender="A <work@elsewhere.example>") == {"answers": 1}
    [one] = listening.told()
    assert (one["customer_id"], one["text"]) == (listening.ana, "So so.\n\nWritten from work@elsewhere.example.")


@pytest.mark.mailserver
@pytest.mark.row("F2")
def test_another_customer_cannot_answer_for_her_and_two_months_later_it_is_too_late(run, listening):
    carl = customer(run, "Carl", "carl@jensen.example")
    listening.answer(listening.subject(1), "Why: Bad.", sender="Carl <carl@jensen.example>")
    assert "asked of another customer" in run("customer", carl, now=FRIDAY)["history"][0]["note"]
    listening.answer(listening.subject(4), "Why: Late.", now="2027-02-03T10:00")
    assert "more than 60 days ago" in listening.history("2027-02-03T11:00")[0]["note"]
    assert listening.told("2027-02-03T11:00") == []


@pytest.mark.row("F2", "F3")
def test_an_answer_by_call_or_in_person_is_the_same_record(run, ana):
    one = run(
        "feedback", "add", "--customer", ana, "--scale", "nps", "--score", 6, "--text", "Too dear", "--how", "call"
    )
    assert (one["mood"], one["case_id"]) == ("unhappy", run("customer", ana)["cases"][0]["id"])
    two = run("feedback", "add", "--customer", ana, "--scale", "csat", "--score", 5, now=THURSDAY)
    assert (two["mood"], two["case_id"]) == ("happy", None)
    assert [each["score"] for each in run("feedback", "list", now=FRIDAY)] == [5, 6]
    run("undo", now=FRIDAY)
    assert [each["score"] for each in run("feedback", "list", now=FRIDAY)] == [6]


def test_a_number_that_is_not_on_its_scale_is_refused(run, ana):
    for scale, score, words in (("csat", 11, "from 1 to 5"), ("csat", 0, "1 to 5"), ("nps", 11, "from 0 to 10")):
        with pytest.raises(Refused, match=words) as refused:
            run("feedback", "add", "--customer", ana, "--scale", scale, "--score", score)
        assert refused.value.code == 1
    with pytest.raises(Refused, match="No number was given"):
        run("feedback", "add", "--customer", ana, "--scale", "nps")
    assert run("feedback", "list") == []


@pytest.mark.row("F3")
@pytest.mark.parametrize(
    ("scale", "score", "template", "says"),
    [
        ("csat", 3, "answer/rating_middle", "?"),
        ("nps", 8, "answer/rating_middle", "Your 8 tells me"),
        ("csat", 4, "answer/rating_high", "pass on my number"),
        ("nps", 10, "answer/rating_high", "pass on my number"),
        ("nps", 0, "answer/rating_low", "I am sorry"),
    ],
)
def test_what_an_answer_gets_goes_by_how_content_it_is(run, ana, scale, score, template, says):
    run("feedback", "add", "--customer", ana, "--scale", scale, "--score", score)
    [card] = run("queue", now="2026-11-23T11:00")["cards"]
    draft = run("draft", card["follow_ups"][0]["id"], "--channel", "email", now="2026-11-23T11:00")
    assert draft["template"] == template
    assert says in draft["text"]


@pytest.mark.row("R1")
def test_the_answer_to_a_low_rating_holds_the_apology_and_the_offer_of_its_case(run, ana):
    run("feedback", "add", "--customer", ana, "--scale", "csat", "--score", 1, "--text", "It drips again")
    [case] = run("case", "list")
    run("case", "step", case["id"], "apologise", "--note", "I am sorry: the seal we fitted drips again")
    run("case", "offer", case["id"], "--kind", "free visit", "--cost", "45")
    [card] = run("queue", now="2026-11-23T11:00")["cards"]
    draft = run("draft", card["follow_ups"][0]["id"], "--channel", "email", now="2026-11-23T11:00")
    assert draft["template"] == "answer/rating_low"
    assert "I am sorry: the seal we fitted drips again." in draft["text"]
    assert "free visit" in draft["text"]


@pytest.mark.row("F4")
def test_a_second_message_goes_out_once_it_is_dealt_with(run, ana):
    one = run("feedback", "add", "--customer", ana, "--scale", "csat", "--score", 3, "--text", "The gate was open")
    [card] = run("queue", now="2026-11-23T11:00")["cards"]
    run("done", card["follow_ups"][0]["id"], "--how", "call", now="2026-11-23T11:00")
    assert run("queue", now=THURSDAY)["cards"] == []
    run("feedback", "dealt-with", one["id"], "Luis now sends a photo of the latched gate.", now=THURSDAY)
    [card] = run("queue", now=THURSDAY)["cards"]
    draft = run("draft", card["follow_ups"][0]["id"], "--channel", "email", now=THURSDAY)
    assert "The gate was open" in draft["text"]
    assert "Luis now sends a photo of the latched gate." in draft["text"]


GOOGLE = """Reviewer Name,Star Rating,Review,Create Time
Ana Pereira,FIVE,"Great, clean work",2026-11-03T10:00:00Z
Somebody Else,TWO,Too loud since the repair,2026-11-04T10:00:00Z
"""


def wrote_file(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "reviews.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.row("F6")
def test_reviews_are_brought_in_once_and_only_proposed_to_a_customer(run, ana, tmp_path):
    first = run("reviews", "import", wrote_file(tmp_path, GOOGLE), "--site", "Google")
    assert (first["found"], first["new"], first["problems"]) == (2, 2, [])
    again = GOOGLE.replace("clean work", "clean  WORK").replace("2026-11-03T10:00:00Z", "03.11.2026")
    assert run("reviews", "import", wrote_file(tmp_path, again, "utf-16"), "--site", "google")["new"] == 0
    bad, good = run("reviews", "list")
    assert (bad["rating"], good["rating"]) == (2, 5)
    assert good["proposed"] == [{"customer_id": ana, "customer": "Ana Pereira"}]
    assert (good["customer_id"], bad["proposed"]) == (None, [])
    assert "I am sorry" in bad["draft"]
    assert bad["draft"].startswith("Somebody, ")
    run("reviews", "whose", good["id"], ana)
    run("reviews", "answered", bad["id"], bad["draft"])
    answered = run("reviews", "list")
    assert [(one["customer_id"], bool(one["answered_at"])) for one in answered] == [(ana, False), (None, True)]
    run("undo")
    assert not any(one["answered_at"] for one in run("reviews", "list"))


def test_a_file_that_is_no_list_of_reviews_is_refused_in_words(run, tmp_path):
    with pytest.raises(Refused, match="web page"):
        run("reviews", "import", wrote_file(tmp_path, "<!doctype html><p>Reviews</p>"))
    with pytest.raises(Refused, match="no file"):
        run("reviews", "import", tmp_path / "none.csv")
    for name, data in (
        ("empty.csv", b""),
        ("bytes.csv", bytes(range(256)) * 40),
        ("long.csv", b"Date;Text\n1;" + b"x" * 2_000_000),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(Refused) as said:
            run("reviews", "import", tmp_path / name)
        assert "review" in said.value.said, name
        assert "customers" not in said.value.said, name
        assert "brought in" in said.value.said, name


@pytest.mark.row("F6")
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_same_reviews_in_any_encoding_come_in_once(run, tmp_path, delimiter):
    rows = ("Date;Author;Rating;Review", "2026-11-01;José Peña;5;Très bien", "2026-11-02;Zoë;1;La puerta quedó abierta")
    text = "\r\n".join(rows).replace(";", delimiter)
    new = []
    for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252", "utf-8"):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(text.encode(encoding))
        new.append(run("reviews", "import", file)["new"])
    assert new == [2, 0, 0, 0, 0, 0, 0]
    assert {one["author"] for one in run("reviews", "list")} == {"José Peña", "Zoë"}


@pytest.mark.row("F5")
def test_what_comes_up_again_is_counted_over_answers_cases_and_reviews(run, ana, tmp_path):
    run("feedback", "add", "--customer", ana, "--scale", "csat", "--score", 2, "--text", "The gate was left open")
    run("log", "--customer", ana, "--what", "complaint", "--note", "Dejaron el portón abierto", now="2026-10-05T10:00")
    run("reviews", "import", wrote_file(tmp_path, GOOGLE), "--site", "Google")
    for number, text in enumerate(("The heater smells", "heaters again", "My heater will not start")):
        other = customer(run, f"Bo{number}", f"bo{number}@x.example")
        run("feedback", "add", "--customer", other, "--scale", "words", "--text", text)
    found = run("themes", "--months", 2)
    counts = {one["name"]: (one["counts"], one["movement"]) for one in found["themes"]}
    assert found["months"] == ["2026-10", "2026-11"]
    assert counts["Gate or access"] == ([1, 1], "few")
    assert counts["Noise"] == ([0, 1], "few")
    assert [(one["words"], one["times"]) for one in found["proposals"]] == [("heater", 3)]
    run("theme", "save", "Heater", "--words", "heater, calentador")
    after = run("themes", "--months", 2)
    assert next(one["counts"] for one in after["themes"] if one["name"] == "Heater") == [0, 3]
    assert after["proposals"] == []
    run("undo")
    assert run("themes", "--months", 2)["proposals"] == found["proposals"]
    run("theme", "refuse", "heater")
    run("theme", "remove", "Noise")
    left = run("themes", "--months", 2)
    assert left["proposals"] == []
    assert "Noise" not in {one["name"] for one in left["themes"]}


@pytest.mark.row("F7")
def test_three_customers_a_month_are_proposed_and_stay_the_same(run, ana):
    bo, kim = customer(run, "Bo", "bo@x.example"), customer(run, "Kim", "kim@x.example")
    for who in (ana, bo, kim):
        run("log", "--customer", who, "--what", "quote_won", now="2026-09-01T10:00")
    run("feedback", "add", "--customer", ana, "--scale", "csat", "--score", 5)
    run("feedback", "add", "--customer", bo, "--scale", "nps", "--score", 7)
    first = run("talks")["talks"]
    assert [(one["customer_id"], one["kind"]) for one in first] == [(ana, "happy"), (bo, "lukewarm"), (kim, "quiet")]
    assert all(len(one["questions"]) >= 3 and one["why"] for one in first)
    run("feedback", "add", "--customer", kim, "--scale", "csat", "--score", 5, now=THURSDAY)
    assert run("talks", now=FRIDAY)["talks"] == first
    run("talk", "done", first[0]["id"], "--notes", "She would miss the photos.", now=FRIDAY)
    assert run("customer", ana, now=FRIDAY)["history"][0]["what"] == "call"
    run("talk", "skip", first[1]["id"], now=FRIDAY)
    assert [one["state"] for one in run("talks", now=FRIDAY)["talks"]] == ["done", "skipped", "open"]
    with pytest.raises(Refused, match="settled already"):
        run("talk", "skip", first[0]["id"], now=FRIDAY)
    run("undo", now=FRIDAY)
    assert [one["state"] for one in run("talks", now=FRIDAY)["talks"]] == ["done", "open", "open"]
    december = run("talks", now="2026-12-03T10:00")["talks"]
    assert ana not in {one["customer_id"] for one in december}


@pytest.mark.row("F1")
def test_a_route_sheet_asks_one_question_at_each_stop_and_not_the_same_again(run, ana, store, tmp_path, fresh_stop):
    fresh_stop(ana)
    for name in ("day.txt", "day.html"):
        found = run("route", "sheet", "2026-11-23", "--to", tmp_path / name)
        [stop] = found["stops"]
        assert all((stop["ask"], stop["why"]))
        assert stop["ask"] in (tmp_path / name).read_text(encoding="utf-8")
        assert (tmp_path / name).stat().st_mode & 0o077 == 0
    run("feedback", "add", "--customer", ana, "--score", 5, "--how", "in_person")
    run("log", "--customer", ana, "--what", "visit_done")
    [stop] = run("route", "sheet", "2026-11-30", "--to", tmp_path / "next.txt", now="2026-11-30T08:00")["stops"]
    assert stop["ask"] != found["stops"][0]["ask"]
    with pytest.raises(Refused, match="End its name in"):
        run("route", "sheet", "2026-11-23", "--to", tmp_path / "day.docx")


@pytest.mark.row("F1")
def test_a_route_sheet_is_printed(run, ana, tmp_path, fresh_stop):
    fresh_stop(ana)
    run("route", "sheet", "2026-11-23", "--to", tmp_path / "day.pdf")
    words = " ".join(PdfReader(tmp_path / "day.pdf").pages[0].extract_text().split())
    assert "Ana Pereira" in words


@pytest.mark.row("A4", "A5")
def test_a_text_and_a_call_have_their_link_and_a_card_its_address(run, tmp_path):
    ana = run("add", "--given-name", "Ana", "--phone", "+15552103344", "--street", "7 Cove Rd", "--city", "Tampa")["id"]
    run("log", "--customer", ana, "--what", "visit_done", "--visit", "repair", "--about", "pump")
    [card] = run("queue", now="2026-11-23T10:00")["cards"]
    key = card["follow_ups"][0]["id"]
    text = run("draft", key, "--channel", "text", now="2026-11-23T10:00")
    assert text["phone_link"] == f"sms:+15552103344?body={quote(text['text'], safe='')}"
    assert run("draft", key, "--channel", "call", now="2026-11-23T10:00")["phone_link"] == "tel:+15552103344"
    letter_ = run("draft", key, "--channel", "card", now="2026-11-23T10:00")
    assert letter_["address"][:2] == ["Ana", "7 Cove Rd"]
    assert letter_["phone_link"] is None
    run("setting", "business.region", "DE")
    run("setting", "business.postal_address", "12 Pier Rd, 10115 Berlin")
    file = tmp_path / "card.pdf"
    assert run("draft", key, "--to", file, now="2026-11-23T10:00")["file"] == str(file)
    paper, envelope = PdfReader(file).pages
    assert [round(float(page.mediabox.width)) for page in (paper, envelope)] == [595, 624], "A4 and a DL envelope"
    assert "12 Pier Rd 10115 Berlin Ana 7 Cove Rd Tampa" in " ".join(envelope.extract_text().split())
    with pytest.raises(Refused, match="Only a card"):
        run("draft", key, "--channel", "text", "--to", file, now="2026-11-23T10:00")
    with pytest.raises(Refused, match="letter could not be printed"):
        run("draft", key, "--to", tmp_path / "nowhere" / "card.pdf", now="2026-11-23T10:00")
    run("done", key, "--how", "card", now="2026-11-23T10:00")
    assert run("customer", ana, now="2026-11-23T10:00")["follow_ups"][0]["outcome"] == "done_card"


@pytest.mark.mailserver
@pytest.mark.row("A1", "F4")
def test_the_answer_to_a_rating_by_mail_goes_into_the_thread_of_their_mail(run, listening, smtp_server):
    listening.answer(listening.subject(1), "Why: It drips again.\n")
    [answer] = [one for one in listening.open_now(FRIDAY) if one["touchpoint"] == "answer"]
    run("send", answer["id"], now=FRIDAY)
    run("outbox", "run", now=FRIDAY, stdin=listening.password + "\n")
    sent = email.message_from_bytes(smtp_server.taken[-1].raw, policy=email.policy.default)
    assert sent["In-Reply-To"]
    assert sent["In-Reply-To"] != sent["Message-ID"]
