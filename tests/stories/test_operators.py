"""Several people on one store: each follow-up has an owner, and each of them a list of their own."""

import pytest

from tests.stories.conftest import Refused


@pytest.fixture
def ids(run):
    found = {}
    for name in ("Ana Abel", "Ben Cole", "Cleo Dart"):
        given, family = name.split()
        words = ("--given-name", given, "--family-name", family, "--email", f"{given.lower()}@example.com")
        found[given] = run("add", *words)["id"]
        run("log", "--customer", found[given], "--what", "visit_done", "--visit", "repair", "--about", "pump")
    return found


def names(queue):
    return sorted(card["customer"].split()[0] for card in queue["cards"])


@pytest.mark.row("Q9")
def test_each_person_sees_their_own_and_what_is_nobodys(run, ids):
    dana, luis = run("operator", "add", "Dana")["id"], run("operator", "add", "Luis")["id"]
    run("operator", "give", dana, "--customer", ids["Ana"])
    run("operator", "give", luis, "--customer", ids["Ben"])
    assert names(run("queue")) == ["Ana", "Ben", "Cleo"]
    assert names(run("queue", "--operator", dana)) == ["Ana", "Cleo"]
    assert names(run("queue", "--operator", luis)) == ["Ben", "Cleo"]
    assert run("customer", ids["Ben"])["operator_id"] == luis


@pytest.mark.row("Q9")
def test_an_item_of_its_own_owner_goes_before_the_customers(run, ids):
    dana, luis = run("operator", "add", "Dana")["id"], run("operator", "add", "Luis")["id"]
    run("operator", "give", dana, "--customer", ids["Ana"])
    card = next(c for c in run("queue")["cards"] if c["customer"] == "Ana Abel")
    item = next(i for i in card["follow_ups"] if i["leads"])["id"]
    run("operator", "give", luis, "--follow-up", item)
    assert "Ana" in names(run("queue", "--operator", luis))
    assert "Ana" not in names(run("queue", "--operator", dana))
    run("log", "--customer", ids["Ana"], "--what", "note", "--note", "planned again")
    assert "Ana" in names(run("queue", "--operator", luis))
    run("undo")
    run("undo")
    assert "Ana" in names(run("queue", "--operator", dana))
    run("operator", "give", luis, "--follow-up", item)
    run("operator", "give", 0, "--follow-up", item)
    assert "Ana" in names(run("queue", "--operator", dana))


@pytest.mark.row("Q9")
def test_what_somebody_looked_after_is_nobodys_when_they_go_and_undo_brings_it_back(run, ids):
    luis = run("operator", "add", "Luis")["id"]
    run("operator", "give", luis, "--customer", ids["Ana"])
    run("operator", "rename", luis, "Luis M.")
    assert [o["name"] for o in run("operator", "list")] == ["Luis M."]
    run("operator", "remove", luis)
    assert run("operator", "list") == []
    assert run("customer", ids["Ana"])["operator_id"] is None
    run("undo")
    assert run("customer", ids["Ana"])["operator_id"] == luis
    run("undo")
    assert [o["name"] for o in run("operator", "list")] == ["Luis"]


def test_what_cannot_be_is_said_in_words(run, ids):
    run("operator", "add", "Dana")
    for words, said in (
        (("add", " "), "needs a name"),
        (("add", "dana"), "there already"),
        (("give", "9", "--customer", ids["Ana"]), "no operator 9"),
        (("give", "1", "--customer", "99"), "no customer 99"),
        (("give", "1", "--follow-up", "999"), "no follow-up 999"),
        (("remove", "9"), "no operator 9"),
    ):
        with pytest.raises(Refused, match=said):
            run("operator", *words)
