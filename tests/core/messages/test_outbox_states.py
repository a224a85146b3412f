"""However the steps of the outbox fall, a message a server took never goes to a server again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.commands import messages as commands
from followup_desktop.commands import outbox
from followup_desktop.commands.messages import Approved
from followup_desktop.core.messages.model import NewAccount
from followup_desktop.core.messages.queries import message

STEPS = "claim leaves accepted filed put_back unknown looked asked failed recover it_did".split()


def step(desk, key, name):
    match name:
        case "claim":
            outbox.claim(desk, key)
        case "leaves":
            outbox.body_leaves(desk, key)
        case "accepted":
            outbox.accepted(desk, key, "250 OK")
        case "filed":
            outbox.filed(desk, key)
        case "put_back":
            outbox.put_back(desk, key, "451 later")
        case "unknown":
            outbox.unknown(desk, key, "broken off")
        case "looked":
            outbox.looked(desk, key, ask=False)
        case "asked":
            outbox.looked(desk, key, ask=True)
        case "failed":
            outbox.failed(desk, key, "550 no")
        case "recover":
            outbox.recover(desk)
        case "it_did":
            outbox.it_did(desk, key)


def a_message(desk, add):
    if not getattr(desk, "_ready", False):
        server = ("127.0.0.1", 1, "none")
        commands.add_account(desk, NewAccount("dana@example.com", "Dana", "dana", *server, *server))
    customer = add("Priya Nair")
    follow_up = commands.write(desk, customer).result
    return commands.send(desk, Approved(follow_up, "Subject", "Text")).result


@given(st.lists(st.sampled_from(STEPS), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_server_took_is_never_sent_again(desk, add, read, steps):
    key, taken = a_message(desk, add), False
    for name in steps:
        before = read(message, key).state
        try:
            step(desk, key, name)
        except Problem:
            assert read(message, key).state == before
        after = read(message, key).state
        taken = taken or after in ("accepted", "filed")
        assert not taken or after in ("accepted", "filed")
        if before == "unknown":
            assert after in ("unknown", "ask", "accepted", "filed")
        if before == "ask":
            assert after in ("ask", "accepted", "filed")
