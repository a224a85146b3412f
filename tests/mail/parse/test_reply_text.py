"""The words somebody wrote themselves, out of what mail programs of many languages make of a reply."""

import pytest

from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import own_words, reply_text
from tests.mail.parse.world import TEXT, letter

REPLIES = {
    "gmail": ("All good.\n\nOn Mon, Nov 23, 2026 at 9:02 AM Dana Whitlock <dana@x.example> wrote:\n\n> Hi Priya,\n>\n> we missed you", "All good."),
    "gmail, folded": ("All good.\n\nOn Mon, Nov 23, 2026 at 9:02 AM Dana Whitlock, Blue Heron Pools\n<dana@x.example> wrote:\n\n> Hi Priya,", "All good."),
    "iphone": ("Yes please.\n\nSent from my iPhone\n\n> On 23 Nov 2026, at 09:02, Dana <dana@x.example> wrote:\n> \n> Hi", "Yes please."),
    "samsung": ("Fine.\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\nFrom: Dana <dana@x.example>\nDate: 23/11/2026 09:02 (GMT+01:00)\nTo: priya@y.example\nSubject: The visit\n\nHi Priya", "Fine."),
    "outlook": ("Perfect.\n\nFrom: Dana Whitlock <dana@x.example>\nSent: Monday, November 23, 2026 9:02 AM\nTo: Priya <priya@y.example>\nSubject: The visit\n\nHi Priya,\nbla", "Perfect."),
    "outlook with a rule": ("Sounds good\n\n________________________________\nFrom: Dana <d@x.example>\nSent: Monday\nTo: Priya\nSubject: Re: gate\n\nhello", "Sounds good"),
    "outlook, old": ("Ok\n\n-----Original Message-----\nFrom: Dana\nSent: x\nTo: y\nSubject: z\n\nblah", "Ok"),
    "outlook, german": ("Passt.\n\nVon: Dana <d@x.example>\nGesendet: Montag, 23. November 2026 09:02\nAn: Priya\nBetreff: Besuch\n\nHallo", "Passt."),
    "outlook, spanish": ("Perfecto.\n\nDe: Dana <d@x.example>\nEnviado: lunes, 23 de noviembre de 2026 9:02\nPara: Priya\nAsunto: La visita\n\nHola", "Perfecto."),
    "thunderbird": ("Yes.\n\nOn 23/11/2026 09:02, Dana Whitlock wrote:\n> Hi Priya,\n> all well?\n", "Yes."),
    "thunderbird, german": ("Ja, gerne.\n\nAm 23.11.26 um 09:02 schrieb Dana Whitlock:\n> Hallo", "Ja, gerne."),
    "gmail, spanish": ("Sí, gracias.\n\nEl lun, 23 nov 2026 a las 9:02, Dana Whitlock (<dana@x.example>)\nescribió:\n\n> Hola", "Sí, gracias."),
    "gmail, french": ("Merci\n\nLe lun. 23 nov. 2026 à 09:02, Dana <dana@x.example> a écrit :\n\n> Bonjour", "Merci"),
    "gmail, italian": ("Va bene\n\nIl giorno lun 23 nov 2026 alle ore 09:02 Dana <dana@x.example> ha scritto:\n\n> Ciao", "Va bene"),
    "gmail, portuguese": ("Ok\n\nEm seg., 23 de nov. de 2026 às 09:02, Dana <dana@x.example> escreveu:\n\n> Olá", "Ok"),
    "gmail, dutch": ("Prima\n\nOp ma 23 nov 2026 om 09:02 schreef Dana <dana@x.example>:\n\n> Hoi", "Prima"),
    "gmail, danish": ("Tak\n\nman. 23. nov. 2026 kl. 09.02 skrev Dana <dana@x.example>:\n\n> Hej", "Tak"),
    "gmail, polish": ("Dobrze\n\npon., 23 lis 2026 o 09:02 Dana <dana@x.example> napisał(a):\n\n> Cześć", "Dobrze"),
    "gmail, russian": ("Хорошо\n\nпн, 23 нояб. 2026 г. в 09:02, Dana <dana@x.example>:\n\n> Привет", "Хорошо"),
    "chinese": ("好的,谢谢。\n\n在 2026年11月23日 09:02,Dana <dana@x.example> 写道:\n\n> 您好", "好的,谢谢。"),
    "japanese": ("はい。\n\n2026年11月23日(月) 9:02 Dana <dana@x.example>:\n\n> こんにちは", "はい。"),
    "between the lines": ("> Has the water been clear?\nYes it has.\n> And was the gate latched?\nNot on Friday.", "Yes it has.\nNot on Friday."),
    "under the quote": ("On Mon, Nov 23, 2026 at 9:02 AM Dana <d@x.example> wrote:\n> Has the water been clear?\n\nYes, all week.", "Yes, all week."),
    "signature": ("Fine with me\n-- \nPriya Nair\nLawyer, 555-0199", "Fine with me"),
    "nothing quoted": ("We are away from Friday.\n\nCould Luis come on Thursday?", "We are away from Friday.\n\nCould Luis come on Thursday?"),
    "a colon of their own": ("Two things:\n\nthe gate, and the price.", "Two things:\n\nthe gate, and the price."),
    "from at the start of a line": ("From: the kitchen window I can see it is green.\nTo me it looks bad.", "From: the kitchen window I can see it is green.\nTo me it looks bad."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REPLIES.values(), ids=REPLIES)
def test_what_is_quoted_is_left_out(text, words):
    assert own_words(text) == words


def test_what_is_known_from_our_own_message_is_taken_away_without_any_mark():
    raw = letter(
        "Yes, clear all week.\n\nHi Priya,\n\nOn 6 November we missed your visit, and I am still sorry about that.\n\nHas the water been clear?"
    )
    assert reply_text(read_mail(raw), TEXT) == "Yes, clear all week."


HTML = {
    "gmail": '<div dir="ltr">All good &amp; clear.</div><br><div class="gmail_quote"><div class="gmail_attr">On Mon Dana wrote:<br></div><blockquote>Hi</blockquote></div>',
    "outlook": '<div>All good &amp; clear.</div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> Dana</p></div><p>Hi Priya</p>',
    "outlook on the web": '<div>All good &amp; clear.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Dana</div><div>Hi Priya</div>',
    "apple": '<div>All good &amp; clear.</div><blockquote type="cite"><div>On 23 Nov Dana wrote:</div>Hi</blockquote>',
    "yahoo": '<div>All good &amp; clear.</div><div class="yahoo_quoted" id="y1">On Monday Dana wrote: Hi</div>',
    "protonmail": '<div>All good &amp; clear.</div><div class="protonmail_quote">On Monday Dana wrote:<blockquote>Hi</blockquote></div>',
}  # fmt: skip


@pytest.mark.parametrize("html", HTML.values(), ids=HTML)
def test_what_html_marks_as_quoted_is_left_out(html):
    raw = (
        b"From: priya@nair.example\nContent-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style></head><body>"
        + html.encode()
        + b"</body></html>"
    )
    assert reply_text(read_mail(raw)) == "All good & clear."


def test_fifty_thousand_empty_lines_are_read_at_once():
    assert own_words("Yes.\n" + "\n" * 2000) == "Yes."
    assert reply_text(read_mail(b"From: a@b.example\n\nYes." + b"\n" * 50_000)) == "Yes."
