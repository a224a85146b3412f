"""How and how often they want to hear from us, read from a reply."""

import pytest

from followup_desktop.mail.parse.signature import phone_in
from followup_desktop.mail.parse.wishes import contact_wish, used_the_way_out


@pytest.mark.row("A6")
@pytest.mark.parametrize(
    ("words", "channel", "refused"),
    [
        ("Please text me instead, I never check email.", "text", ("email",)),
        ("Call me please. Don't email.", "call", ("email",)),
        ("I prefer a phone call.", "call", ()),
        ("It's easier to reach me by text.", "text", ()),
        ("Could you text me instead?", "text", ()),
        ("Texting works best for us.", "text", ()),
        ("E-mail is better for me, please don't call", "email", ("call",)),
        ("I'd rather have a letter than email", "card", ()),
        ("Mándeme un mensaje de texto en vez de correo.", "text", ("email",)),
        ("Prefiero que me llamen por teléfono.", "call", ()),
        ("No me llame, escríbame un correo", "email", ("call",)),
        ("Solo escríbanme por whatsapp, por favor", "text", ()),
    ],
)
def test_a_channel_they_ask_for(words, channel, refused):
    found = contact_wish(words)
    assert found is not None
    assert (found.channel, found.refused) == (channel, refused)


@pytest.mark.row("A6")
@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("once a month is enough", 30), ("no more than twice a month please", 15), ("Monthly is fine.", 30),
        ("Every two months would be enough.", 60), ("cut it down to one email per quarter", 91),
        ("You write too often.", 30), ("Con una vez al mes basta.", 30), ("Por favor, menos correos", 30),
    ],
)  # fmt: skip
def test_how_often_is_enough(words, days):
    found = contact_wish(words)
    assert found is not None
    assert found.days == days


@pytest.mark.parametrize(
    "words",
    [
        "Call me tomorrow instead of Friday.", "Can you call me at 3?", "Once a month is enough for the filter.",
        "The pump works better now.", "Please call me when you arrive.", "Llámeme mañana por la tarde.",
        "Come every two weeks only", "My phone is better now", "Don't hesitate to call me", "I'd prefer Tuesday",
        "Please email me the invoice", "I will call you instead", "", "?" * 5000,
    ],
)  # fmt: skip
def test_what_is_said_for_once_or_of_the_work_is_no_wish(words):
    assert contact_wish(words) is None


@pytest.mark.row("G4")
def test_the_way_out_is_one_word_or_the_mail_its_link_makes():
    assert used_the_way_out("stop", "")
    assert used_the_way_out("stop", "Sent from my iPhone")
    assert used_the_way_out("Re: Leaves", "STOP!")
    assert not used_the_way_out("stop", "Can you stop by on Friday and look at the pump with me?")
    assert not used_the_way_out("Re: stop", "Yes, Friday is good for us.")
    assert not used_the_way_out("Re: Leaves", "Please don't stop.")


@pytest.mark.parametrize(
    ("text", "region", "phone"),
    [
        ("Hello\n\nHelen\n(555) 210-7788", "US", "+15552107788"),
        ("Call 555-210-7788 or my fax: 555-210-9999", "US", "+15552107788"),
        ("Saludos\nTel. +34 612 345 678", "US", "+34612345678"),
        ("Order 5552107788123\n> +1 555 210 7788", "US", ""),
        ("On 2026-11-25 at 10", "US", ""),
    ],
)
def test_the_number_below_a_letter(text, region, phone):
    assert phone_in(text, region) == phone
