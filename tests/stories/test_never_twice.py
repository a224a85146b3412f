"""A few of the messages of `python -m tests.outbox 1000`, which goes through the same with a thousand."""

import pytest

from tests.fakes.dovecot import installed
from tests.mailservers import missing
from tests.outbox.harness import KINDS, through


@pytest.mark.mailserver
@pytest.mark.row("A1")
@pytest.mark.parametrize("seed", range(len(KINDS)))
def test_nothing_is_sent_twice_lost_or_filed_twice_whatever_goes_wrong(tmp_path, seed):
    if not installed():
        missing("Dovecot", "dovecot-imapd")
    came = through(KINDS[seed], 8, tmp_path, seed=seed + 20, each=3)
    assert came.wrong == [], came.said()
    assert came.kills, "nothing was killed"
