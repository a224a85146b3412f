"""A morning of the demo business, worked through in the real window by keys alone: at most three keys a card."""

import pytest

from tests.desktop.conftest import Talk
from tests.desktop.owner import Owner
from tests.desktop.test_nine_steps import World, ahead_of_the_machine
from tests.fakes.program import python

pytestmark = pytest.mark.desktop

CUSTOMERS, SEED = 60, 11


@pytest.fixture
def owner(qtbot, bus, host, run, tmp_path):
    """Somebody in front of the demo business on a weekday's morning."""
    host(tray=True, notifications={"can": ["actions", "body", "persistence"]})
    (tmp_path / "home").mkdir(mode=0o700)
    world = World(tmp_path, ahead_of_the_machine(), None, None, None, None)
    world.ask("demo", "--customers", CUSTOMERS, "--seed", SEED)
    program = run(python("seen_program.py"), **world.environment)
    qtbot.waitUntil(lambda: program.lines != [] or not program.running, timeout=30_000)
    owner = Owner(qtbot, Talk(qtbot, program))
    owner.wait(lambda: owner.front()[0], "a window is there")
    owner.take_keys()
    owner.world = world
    return owner


def left(owner):
    """How many cards are said to be left; 0 once the list is back."""
    said = next((text for text in owner.texts() if " left, about" in text), "0 left")
    return int(said.split(" left")[0].replace(",", ""))


@pytest.mark.row("Q8")
def test_a_demo_morning_is_worked_through_by_keys_alone(owner):
    waiting = owner.world.ask("queue")["cards"]
    assert waiting
    owner.press("ctrl+1")
    owner.wait_for_place("today")
    owner.wait_to_read("to review")
    owner.press("g")
    owner.wait(lambda: left(owner) == len(waiting), "working through has begun")
    owner.picture("working")

    first = card(owner)
    owner.press("e")
    owner.wait(lambda: card(owner) not in (first, ""), "the next card is there")
    owner.press("ctrl+z")
    owner.wait(lambda: card(owner) == first, "the first is back")
    assert left(owner) == len(waiting)

    cards, keys = 0, 0
    while (before := card(owner)) and cards < 80:
        cards += 1
        keys += settle(owner, before)
    assert keys <= 3 * cards
    assert cards >= len(waiting)
    assert owner.world.ask("queue")["cards"] == []
    owner.wait_to_read("nothing to review")
    owner.picture("done")


def card(owner):
    """What the card in front says of why it is here; nothing once the list is back."""
    texts = owner.texts()
    return next((text for text in texts if "<b>Why now.</b>" in text), "") if "Back to the list" in texts else ""


def settle(owner, before):
    """Send what the card proposes, as it is; where there is nothing to send by mail, say that it was done."""
    for number, key in enumerate(("ctrl+Return", "e", "e"), start=1):
        owner.press(key)
        for _look in range(60):
            if card(owner) != before:
                return number
            owner.qtbot.wait(50)
    raise AssertionError(f"three keys did not settle the card; to be read is {owner.texts()}")
