"""Templates by the command line: checked, of one's own, chosen by channel, segment and language, and taken back."""

import pytest

from tests.stories.conftest import Refused
from tests.stories.test_main_job import card, found, lead

# As the study of the sandbox has them, word for word; `c` was an object with a method, `d` a dict, `l` a list.
STUDY = [
    "{{ ''.__class__.__mro__ }}",
    "{{ ''|attr('__class__') }}",
    "{{ '{0.__class__.__init__.__globals__}'.format(c) }}",
    "{{ ['{0.__class__}']|map('format',c)|list }}",
    "{% set f='{0.__class__}'.format %}{{ f(c) }}",
    "{{ ('{0.__class__}'|attr('format'))(c) }}",
    "{{ cycler.__init__.__globals__.os }}",
    "{{ lipsum.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ c.delete() }}",
    "{{ c._secret }}",
    "{{ [c]|map(attribute='__class__')|list }}",
    "{{ [c]|groupby('__class__')|list }}",
    "{{ [c]|sum(attribute='__class__') }}",
    "{{ d.update({'x':1}) }}",
    "{{ l.append(1) }}",
    "{{ range(10**9)|list|length }}",
    "{{ range(99999)|list|length }}",
    "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(99) %}x{% endfor %}{% endfor %}{% endfor %}",
    "{{ 'A'*10**9 }}",
    "{{ 9**9**9 }}",
    "{{ 'a'|center(10**9) }}",
    "{% include '/etc/passwd' %}",
    "{{ lipsum(n=100000) }}",
    "Hello {{ custmer.name }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{{ c['__class__'] }}",
    "{{ c|tojson }}",
    "{{ c|pprint }}",
    "{{ 'a'|indent(10**9) }}",
    "{{ ('a'*1000)|replace('a','b'*1000)|replace('b','c'*1000)|length }}",
]
THANKS = "thank_you/repair"
MINE = """Subject: The {{ event.what|default('repair') }}, done

{% if customer.given_name %}Dear {{ customer.given_name }},{% else %}Hello,{% endif %}

{% if visit.technician %}{{ visit.technician }} looked after it.{% endif %}
Is everything as it should be?

{{ owner.first_name }}
"""


@pytest.fixture
def file(tmp_path):
    def write(text, name="mine.j2"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def repaired(run):
    """Priya, whose pump was repaired: the follow-up that thanks her."""
    run("add", "--given-name", "Priya", "--family-name", "Nair", "--email", "priya@example.com")
    run("log", "--customer", found(run, "priya"), "--what", "visit_done", "--visit", "repair", "--about", "pump",
        "--by", "Luis")  # fmt: skip
    return lead(run, "Priya Nair")


def test_the_study_had_31():
    assert len(STUDY) == len(set(STUDY)) == 31


@pytest.mark.row("M1")
@pytest.mark.parametrize("hostile", STUDY)
def test_a_hostile_template_is_refused_when_it_is_saved(run, file, hostile):
    with pytest.raises(Refused) as refused:
        run("template", "save", THANKS, "--text-file", file(f"Subject: x\n\n{hostile}\n"))
    assert (refused.value.code, "The template cannot be used" in refused.value.said) == (1, True)
    assert run("template", "show", THANKS)["versions"] == []


@pytest.mark.row("M1")
def test_a_template_is_checked_line_by_line(run, file, capsys):
    assert run("template", "check", file("Hi {{ customer.given_name|default('there') }}")) == {
        "ok": True,
        "problems": [],
    }
    with pytest.raises(Refused):
        run("template", "check", file("a\n{{ custmer.name }}\n{{ 1 + 1 }}"))


@pytest.mark.row("M1")
def test_what_is_wrong_is_said_in_words_at_the_line(file, store, capsys):
    import json

    from followup_desktop.cli.main import main

    assert main(["--store", str(store), "template", "check", str(file("a\n\n{{ custmer.name }}")), "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == {
        "ok": False,
        "problems": [{"line": 3, "text": "unknown field custmer.name on line 3: did you mean customer.name?"}],
    }
    assert main(["--store", str(store), "template", "check", str(file("Hi", "en.email.j2")), "--json"]) == 1
    assert "subject" in json.loads(capsys.readouterr().out)["problems"][0]["text"]


@pytest.mark.row("M1")
def test_an_owners_version_counts_can_be_seen_and_taken_back(run, file, repaired):
    shipped = run("draft", repaired)
    assert run("template", "save", THANKS, "--text-file", file(MINE)) == {"version": 1}
    mine = run("draft", repaired)
    assert mine["subject"] == "The pump, done"
    assert mine["text"] == "Dear Priya,\n\nLuis looked after it. Is everything as it should be?\n\nDana"
    run("template", "save", THANKS, "--text-file", file(MINE.replace("Dear", "Good morning")))
    assert run("draft", repaired)["text"].startswith("Good morning Priya,")
    seen = run("template", "show", THANKS)
    assert [v["version"] for v in seen["versions"]] == [2, 1]
    assert seen["versions"][1]["text"] == MINE
    run("undo")
    assert run("draft", repaired)["text"] == mine["text"]
    run("template", "shipped", THANKS)
    assert run("draft", repaired)["text"] == shipped["text"]
    run("undo")
    assert run("draft", repaired)["text"] == mine["text"]


@pytest.mark.row("M1")
def test_a_template_is_chosen_by_channel_segment_and_language(run, file, repaired):
    def say(words, *where):
        run(
            "template",
            "save",
            THANKS,
            "--text-file",
            file(f"Subject: s\n\n{words} {{{{ customer.given_name }}}}\n"),
            *where,
        )

    def text(*how):
        return run("draft", repaired, *how)["text"]

    say("by text", "--channel", "text")
    say("por carta", "--channel", "card", "--language", "es")
    say("to the new", "--segment", "stage:new")
    say("to the old", "--segment", "stage:former")
    assert text("--channel", "text") == "by text Priya"
    assert text("--channel", "card", "--language", "es") == "por carta Priya"
    assert text("--channel", "card") != "por carta Priya"
    assert text() == "to the new Priya"
    assert text("--language", "es").startswith("Hola, Priya:")
    listed = {
        (t["channel"], t["language"], t["segment"], t["version"]) for t in run("template", "list") if t["key"] == THANKS
    }
    assert {("text", "en", "", 1), ("email", "en", "stage:new", 1), ("email", "es", "", 0)} <= listed
    assert next(t for t in run("template", "list") if t["key"] == THANKS)["journeys"]


@pytest.mark.row("M1")
def test_the_customers_language_is_spoken(run, tmp_path):
    path = tmp_path / "c.csv"
    path.write_text("First Name,Last Name,Email,Language\nInés,Soto,ines@example.com,es\n", encoding="utf-8")
    run("import", path)
    run("log", "--customer", found(run, "soto"), "--what", "visit_done", "--visit", "repair", "--about", "bomba")
    draft = run("draft", lead(run, "Inés Soto"))
    assert (draft["language"], draft["text"][:10]) == ("es", "Hola, Inés")
    assert card(run, "Inés Soto")["channel"] == "email"


@pytest.mark.row("M1")
@pytest.mark.parametrize(
    ("where", "says"),
    [
        (("nonsense/repair",), "no template"),
        (("thank_you/../x",), "no template"),
        ((THANKS, "--language", "english"), "no language"),
        ((THANKS, "--segment", "stage:rich"), "no segment"),
    ],
)
def test_a_place_that_does_not_exist_is_refused(run, file, where, says):
    with pytest.raises(Refused, match=says):
        run("template", "save", *where, "--text-file", file(MINE))


@pytest.mark.row("M1")
def test_files_that_are_no_text_are_named(run, tmp_path):
    (tmp_path / "x.j2").write_bytes(b"\xff\xfe\x00")
    for name in ("x.j2", "none.j2"):
        with pytest.raises(Refused, match=name):
            run("template", "check", tmp_path / name)


@pytest.mark.row("M1")
def test_another_wording_that_ships_can_be_the_owners_too(run, file):
    keys = {each["key"] for each in run("template", "list")}
    wording = next(key for key in sorted(keys) if key.endswith("-2"))
    assert run("template", "save", wording, "--text-file", file(MINE)) == {"version": 1}
    assert run("undo")["undone"].endswith("wording 2")


@pytest.mark.row("M1", "D6")
def test_a_segment_of_ones_own_can_have_words_of_its_own(run, tmp_path):
    ana = run("add", "--given-name", "Ana", "--email", "ana@pereira.example", "--city", "Marlow Bay")["id"]
    ben = run("add", "--given-name", "Ben", "--email", "ben@osei.example", "--city", "Palm Town")["id"]
    run("segment", "save", "By the bay", "--where", "city", "is", "Marlow Bay")
    words = tmp_path / "words.j2"
    words.write_text("Subject: By the water\n\nHi {{ customer.given_name }},\n\nSalt wears a {{ purchase.what }}.\n")
    run("template", "save", "thank_you/purchase", "--segment", "By the bay", "--text-file", words)
    subjects = {}
    for customer in (ana, ben):
        run("log", "--customer", customer, "--what", "purchase", "--about", "salt cell")
        [card] = [c for c in run("queue")["cards"] if c["customer_id"] == customer]
        subjects[customer] = run("draft", card["follow_ups"][0]["id"])["subject"]
    assert subjects[ana] == "By the water"
    assert subjects[ben] != "By the water"
    run("segment", "remove", 1)
    [card] = [c for c in run("queue")["cards"] if c["customer_id"] == ana]
    assert run("draft", card["follow_ups"][0]["id"])["subject"] != "By the water"
    with pytest.raises(Refused, match="There is no segment"):
        run("template", "save", "thank_you/purchase", "--segment", "By the bay", "--text-file", words)
