"""Segments: saved filters over anything known, through the command line."""

import pytest

from tests.stories.conftest import Refused

ASKED = (
    ([], "Ana Ben Cleo Dov Eva"),
    ([["city", "is", "Austin"]], "Ana Cleo Dov"),
    ([["city", "is_not", "Austin,Leander"]], "Ben"),
    ([["city", "is", "Austin"], ["email", "yes"]], "Ana Cleo"),
    ([["phone", "yes"]], "Ben"),
    ([["stage", "is", "lead"]], ""),
    ([["visit", "had", "repair,installation"]], "Ana"),
    ([["visit", "had", "repair", "30"]], ""),
    ([["visit", "had_not", "repair", "30"], ["city", "is", "Austin"]], "Ana Cleo Dov"),
    ([["bought", "had", "robot"]], "Ben"),
    ([["bought", "had_not", "robot"]], "Ana Cleo Dov Eva"),
    ([["bought", "had", "100%"]], ""),
    ([["asked", "had", "heater", "7"]], "Eva"),
    ([["owns", "has", "pump"]], "Ana"),
    ([["owns", "has_not", "pump"], ["email", "yes"]], "Ben Cleo Eva"),
    ([["agreed", "has", "weekly"]], "Cleo"),
    ([["runs_out", "before", "2027-01-15"]], "Cleo"),
    ([["runs_out", "after", "2027-01-15"]], "Ana"),
    ([["rating", "at_least", "4"]], "Cleo"),
    ([["rating", "at_most", "3"]], ""),
    ([["written", "less_than", "7"]], "Eva"),
    ([["written", "never"]], "Ana Ben Cleo Dov"),
    ([["heard", "more_than", "10"]], "Ana Ben Cleo"),
    ([["visited", "less_than", "60"]], "Ana"),
    ([["case", "yes"]], "Cleo Dov"),
    ([["promise", "yes"]], "Ben"),
    ([["language", "is", "en"]], "Ana Ben Cleo Dov Eva"),
    ([["language", "is", "es"]], ""),
    ([["standing", "is_not", "at_risk"], ["city", "is", "Leander"]], "Eva"),
    ([["allows", "is", "email"], ["city", "is", "Leander"]], "Eva"),
    ([["notes", "has_not", "x"], ["city", "is", "Leander"]], "Eva"),
    ([["extra:Pool type", "has", "salt"]], ""),
    ([["extra:Pool type", "has_not", "salt"], ["phone", "yes"]], "Ben"),
    ([["since", "before", "2026-01-01"]], ""),
    ([["operator", "is", "1"]], ""),
    ([["route", "is", "1"]], ""),
    ([["referral", "no"], ["case", "no"], ["phone", "no"]], "Ana Eva"),
)


@pytest.fixture
def people(run):
    """Five customers of whom different things are known; returns their ids by first name."""

    def add(name, **more):
        given, family = name.split()
        words = [part for key, value in more.items() for part in (f"--{key}", value)]
        mail = [] if "email" in more else ["--email", f"{given.lower()}@example.com"]
        return run("add", "--given-name", given, "--family-name", family, *mail, *words)["id"]

    ids = {
        "Ana": add("Ana Abel", city="Austin"),
        "Ben": add("Ben Cole", city="Round Rock", phone="+15125550111"),
        "Cleo": add("Cleo Dart", city="Austin"),
        "Dov": add("Dov Ezra", city="austin", email=""),
        "Eva": add("Eva Frost", city="Leander"),
    }
    run("log", "--customer", ids["Ana"], "--what", "visit_done", "--visit", "repair", "--about", "pump",
        "--at", "2026-10-20T09:00", now="2026-10-20T09:10")  # fmt: skip
    run("log", "--customer", ids["Ben"], "--what", "purchase", "--about", "Robot cleaner", "--at", "2026-06-01T09:00",
        now="2026-06-01T09:10")  # fmt: skip
    run("log", "--customer", ids["Cleo"], "--what", "rating", "--rating", "2", "--at", "2026-09-01T09:00",
        now="2026-09-01T09:10")  # fmt: skip
    run("log", "--customer", ids["Cleo"], "--what", "rating", "--rating", "5", "--at", "2026-11-01T09:00",
        now="2026-11-01T09:10")  # fmt: skip
    run("log", "--customer", ids["Eva"], "--what", "call", "--note", "about the heater", "--at", "2026-11-20T10:00",
        now="2026-11-20T10:10")  # fmt: skip
    run("log", "--customer", ids["Eva"], "--what", "inquiry", "--about", "heater", now="2026-11-20T10:20")
    run("log", "--customer", ids["Dov"], "--what", "complaint", "--note", "gate left open", now="2026-11-21T10:20")
    run("equipment", "add", ids["Ana"], "--what", "Heat pump", "--warranty", "2027-02-01")
    run("agreement", "add", ids["Cleo"], "--what", "Weekly service", "--renews", "2027-01-03")
    run("equipment", "add", ids["Eva"], "--what", "Salt cell", "--warranty", "2024-02-01")
    run("promise", "add", "send Ben the price tomorrow")
    return ids


@pytest.mark.row("D6")
def test_a_segment_can_ask_about_everything_known(run, people):
    for conditions, fits in ASKED:
        words = [part for condition in conditions for part in ("--where", *condition)]
        found = run("segment", "show", *words)
        assert (conditions, [c["name"].split()[0] for c in found["customers"]]) == (conditions, fits.split())
        assert found["count"] == len(found["customers"])


@pytest.mark.row("D6")
def test_every_field_can_be_asked_about(run, people):
    asked = {condition[0].partition(":")[0] for conditions, _fits in ASKED for condition in conditions}
    assert {field["field"] for field in run("segment", "fields")} == asked


@pytest.mark.row("D6")
def test_a_segment_is_saved_replaced_renamed_removed_and_each_step_undone(run, people):
    first = run("segment", "save", "Austin", "--where", "city", "is", "Austin")["id"]
    assert [(s["id"], s["name"], s["count"]) for s in run("segment", "list")] == [(first, "Austin", 3)]
    assert run("segment", "save", "austin", "--where", "city", "is", "Austin", "--where", "email", "yes")["id"] == first
    assert run("segment", "show", first)["count"] == 2
    run("segment", "rename", first, "Austin by mail")
    assert [s["name"] for s in run("segment", "list")] == ["Austin by mail"]
    run("segment", "remove", first)
    assert run("segment", "list") == []
    for name, count in (("Austin by mail", 2), ("austin", 2), ("Austin", 3)):
        run("undo")
        assert [(s["name"], s["count"]) for s in run("segment", "list")] == [(name, count)]
    run("undo")
    assert run("segment", "list") == []


@pytest.mark.row("D6")
def test_a_segment_follows_what_happens(run, people):
    segment = run("segment", "save", "No case", "--where", "case", "no")["id"]
    assert run("segment", "show", segment)["count"] == 3  # a low rating opens a case as a complaint does
    run("log", "--customer", people["Ana"], "--what", "visit_missed")
    assert [c["name"] for c in run("segment", "show", segment)["customers"]] == ["Ben Cole", "Eva Frost"]


REFUSED = (
    (["colour", "is", "red"], "nothing called “colour”"),
    (["stage", "more_than", "3"], "cannot be asked so"),
    (["stage", "is", "friend"], "none of Stage"),
    (["stage"], "no condition"),
    (["rating", "at_least", "9"], "no number"),
    (["written", "more_than", "soon"], "no number"),
    (["since", "before", "May"], "not a date"),
    (["extra", "has", "salt"], "Which of your own columns"),
    (["bought", "had"], "compared with what"),
    (["visit", "had", "repair", "often"], "no condition"),
)


def test_a_condition_that_cannot_be_asked_is_refused_in_words(run):
    for words, said in REFUSED:
        with pytest.raises(Refused, match=said) as refused:
            run("segment", "save", "Wrong", "--where", *words)
        assert refused.value.code == 1
    assert run("segment", "list") == []


@pytest.mark.row("D6")
def test_a_segment_asks_about_a_column_of_ones_own(run, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("Name,Email,Pool type\nAna Abel,ana@example.com,Salt water\nBen Cole,ben@example.com,Chlorine\n")
    run("import", file, "--map", "Pool type=extra")
    assert next(f for f in run("segment", "fields") if f["field"] == "extra")["names"] == ["Pool type"]
    found = run("segment", "show", "--where", "extra:Pool type", "has", "salt")
    assert [c["name"] for c in found["customers"]] == ["Ana Abel"]
