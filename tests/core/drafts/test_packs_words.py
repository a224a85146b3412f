"""What a pack says differently because the trade is different."""

import pytest

from followup_desktop.core.drafts.rules.compose import compose
from followup_desktop.core.drafts.rules.reading import choose
from followup_desktop.core.operators.model import Business
from tests.core.drafts.test_packs_that_ship import LIBRARY
from tests.core.drafts.test_templates import all_known

COMES = ("came to you", "were due with you", "comes to you", "before we come", "a dog", "Fuimos a verle", "antes de ir")
SAID_OF_VISITS = (
    *("apology/late_visit", "apology/missed_visit", "confirmation/booking", "confirmation/booking-2"),
    *("confirmation/ad_hoc", "recovery_check/late_visit", "thank_you/first_visit", "check_in/first_visit"),
)


def words(trade, key, channel="email", language="en"):
    template = choose(LIBRARY.shipped(trade).templates, key, channel, language)
    draft = compose(template, all_known(template))
    return f"{draft.subject}\n{draft.text}"


@pytest.mark.row("J5")
def test_a_clinic_does_not_write_as_if_it_came_to_its_patients():
    for key in SAID_OF_VISITS:
        for channel in ("email", "text"):
            for language in ("en", "es"):
                said = words("clinic", key, channel, language)
                assert not [phrase for phrase in COMES if phrase in said], (key, channel, language)
    assert "we came late" not in words("clinic", "apology/late_visit", "call")


@pytest.mark.row("J5")
def test_what_is_planted_is_not_fitted_and_does_not_run():
    for channel in ("email", "text", "call"):
        for key in ("thank_you/installation", "check_in/installation"):
            said = words("lawn_care", key, channel)
            assert "fitted" not in said
            assert "running" not in said
    assert "use it every day" not in words("pest_control", "thank_you/repair")


@pytest.mark.parametrize(
    ("owner", "signs"),
    [
        ("Dana Whitlock", "Dana"),
        ("Dr. Kim Adler", "Dr. Adler"),
        ("Sra. Ana Ruiz", "Sra. Ruiz"),
        ("Cher", "Cher"),
        ("", ""),
    ],
)
def test_whoever_has_a_title_signs_with_their_name(owner, signs):
    assert Business(owner=owner).first_name == signs
