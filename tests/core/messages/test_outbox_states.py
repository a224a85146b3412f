"""However the steps of the outbox fall, a message a server took never goes to a server again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followup_desktop.base.errors import Problem
from followup_desktop.commands import messages, outbox
from followup_desktop.commands.messages import Approved
from followup_desktop.core.messages.model import Came, Fate, NewAccount
from followup_desktop.core.messages.queries import message

STEPS = ["claim", *Fate, "unlogged", "found", "filed", "looked", "asked", "it_did"]


class Steps:
    """A message, and what is done with it: also what comes too late, or twice."""

    def __init__(self, desk, key):
        self.desk, self.key, self.log = desk, key, {}

    def __call__(self, name):
        match name:
            case "claim":
                for one in outbox.claim(self.desk, [self.key]).result:
                    self.log = {(one.message_id, one.attempts): Came(Fate.CLAIMED)}
            case Fate():
                self.log = dict.fromkeys(self.log, Came(name, "so it was said"))
                outbox.settle(self.desk, self.log)
            case "unlogged":
                outbox.settle(self.desk, {})
            case "found":
                outbox.found(self.desk, self.key)
            case "filed":
                outbox.filed(self.desk, self.key)
            case "looked":
                outbox.looked(self.desk, self.key, ask=False)
            case "asked":
                outbox.looked(self.desk, self.key, ask=True)
            case "it_did":
                outbox.it_did(self.desk, self.key)


def a_message(desk, add):
    if not getattr(desk, "_ready", False):
        server = ("127.0.0.1", 1, "none")
        messages.add_account(desk, NewAccount("dana@example.com", "Dana", "dana", *server, *server))
    customer = add("Priya Nair")
    follow_up = messages.write(desk, customer).result
    return messages.send(desk, Approved(follow_up, "Subject", "Text")).result


@given(st.lists(st.sampled_from(STEPS), max_size=14))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_server_took_is_never_sent_again(desk, add, read, steps):
    key, taken = a_message(desk, add), False
    step = Steps(desk, key)
    for name in steps:
        before = read(message, key).state
        try:
            step(name)
        except Problem:
            assert read(message, key).state == before
        after = read(message, key).state
        taken = taken or after in ("accepted", "filed")
        assert not taken or after in ("accepted", "filed")
        if before == "unknown":
            assert after in ("unknown", "ask", "accepted", "filed")
        if before == "ask":
            assert after in ("ask", "accepted", "filed")
        if before == "sending" and name == "unlogged":
            assert after == "unknown"
