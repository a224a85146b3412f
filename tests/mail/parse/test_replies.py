"""Replies as programs of many makers and languages write them, with the words that are the sender's own."""

import pytest

from followup_desktop.mail.parse.reading import read_mail
from followup_desktop.mail.parse.reply_text import own_words, reply_text
from tests.mail.parse.world import TEXT, both

Q = "\n\n> Hi Priya,\n>\n> Has the water been clear?\n"
U = "\n\nHi Priya,\n\nHas the water been clear?\n"
D = "Dana Whitlock <dana@blueheron.example>"
ATTRIBUTIONS = {
    "gmail": f"On Mon, Nov 23, 2026 at 9:02 AM {D} wrote:",
    "gmail, british": f"On Mon, 23 Nov 2026 at 09:02, {D} wrote:",
    "gmail, wrapped at the address": "On Mon, Nov 23, 2026 at 9:02 AM Dana Whitlock of Blue Heron Pools <\ndana@blueheron.example> wrote:",
    "gmail, german": f"Am Mo., 23. Nov. 2026 um 09:02 Uhr schrieb {D}:",
    "gmail, german, on the telephone": f"{D} schrieb am Mo., 23. Nov. 2026, 09:02:",
    "gmail, spanish": f"El lun, 23 nov 2026 a las 9:02, {D}\nescribió:",
    "gmail, french": f"Le lun. 23 nov. 2026 à 09:02, {D} a écrit :",
    "gmail, italian": f"Il giorno lun 23 nov 2026 alle ore 09:02 {D}\nha scritto:",
    "gmail, portuguese": f"Em seg., 23 de nov. de 2026 às 09:02, {D}\nescreveu:",
    "gmail, dutch": f"Op ma 23 nov 2026 om 09:02 schreef {D}:",
    "gmail, swedish": f"Den mån 23 nov. 2026 kl 09:02 skrev {D}:",
    "gmail, danish": f"Den man. 23. nov. 2026 kl. 09.02 skrev {D}:",
    "gmail, norwegian": f"man. 23. nov. 2026 kl. 09:02 skrev {D}:",
    "gmail, finnish": f"ma 23. marrask. 2026 klo 9.02 {D} kirjoitti:",
    "gmail, polish": f"pon., 23 lis 2026 o 09:02 {D} napisał(a):",
    "gmail, czech": f"po 23. 11. 2026 v 9:02 odesílatel {D} napsal:",
    "gmail, slovak": f"po 23. 11. 2026 o 9:02 {D} napísal(a):",
    "gmail, hungarian": f"{D} ezt írta (időpont: 2026. nov. 23., H, 9:02):",
    "gmail, romanian": f"În lun., 23 nov. 2026 la 09:02, {D} a scris:",
    "gmail, turkish": f"{D}, 23 Kas 2026 Pzt, 09:02 tarihinde şunu yazdı:",
    "gmail, greek": f"Στις Δευ 23 Νοε 2026 στις 9:02 π.μ., ο χρήστης {D} έγραψε:",
    "gmail, russian": f"пн, 23 нояб. 2026 г. в 09:02, {D}:",
    "gmail, ukrainian": f"пн, 23 лист. 2026 р. о 09:02 {D} пише:",
    "gmail, japanese": f"2026年11月23日(月) 9:02 {D}:",
    "gmail, chinese": f"{D} 于2026年11月23日周一 09:02写道:",
    "gmail, taiwan": f"{D} 於 2026年11月23日 週一 上午9:02寫道:",
    "gmail, korean": f"2026년 11월 23일 (월) 오전 9:02, {D}님이 작성:",
    "gmail, vietnamese": f"Vào Th 2, 23 thg 11, 2026 vào lúc 09:02 {D} đã viết:",
    "gmail, indonesian": f"Pada Sen, 23 Nov 2026 pukul 09.02 {D} menulis:",
    "apple mail": "On Nov 23, 2026, at 9:02 AM, Dana Whitlock <dana@blueheron.example> wrote:",
    "apple mail, german": "Am 23.11.2026 um 09:02 schrieb Dana Whitlock <dana@blueheron.example>:",
    "apple mail, spanish": "El 23 nov 2026, a las 9:02, Dana Whitlock <dana@blueheron.example> escribió:",
    "thunderbird": "On 11/23/26 9:02 AM, Dana Whitlock wrote:",
    "thunderbird, french": "Le 23/11/2026 à 09:02, Dana Whitlock a écrit :",
    "thunderbird, polish": "W dniu 23.11.2026 o 09:02, Dana Whitlock pisze:",
    "yahoo": "    On Monday, November 23, 2026 at 09:02:11 AM PST, Dana Whitlock <dana@blueheron.example> wrote:  ",
    "protonmail": "------- Original Message -------\nOn Monday, November 23rd, 2026 at 9:02 AM, Dana Whitlock <dana@blueheron.example> wrote:",
    "zoho": "---- On Mon, 23 Nov 2026 09:02:11 -0800 Dana Whitlock <dana@blueheron.example> wrote ----",
    "spark": "On Nov 23, 2026, 9:02 AM -0800, Dana Whitlock <dana@blueheron.example>, wrote:",
    "superhuman": "On Mon, Nov 23, 2026 at 9:02 AM, Dana Whitlock < dana@blueheron.example > wrote:",
    "mutt": "On Mon, Nov 23, 2026 at 09:02:11AM -0800, Dana Whitlock wrote:",
    "mail.ru": "Понедельник, 23 ноября 2026, 9:02 +03:00 от Dana Whitlock <dana@blueheron.example>:",
    "yandex": "23.11.2026, 09:02, \"Dana Whitlock\" <dana@blueheron.example>:",
    "horde": "Quoting Dana Whitlock <dana@blueheron.example>:",
    "roundcube": "On 2026-11-23 09:02, Dana Whitlock wrote:",
}  # fmt: skip


@pytest.mark.parametrize("line", ATTRIBUTIONS.values(), ids=ATTRIBUTIONS)
def test_the_line_that_introduces_a_quote_goes_with_it(line):
    assert own_words(f"All clear, thanks.\nSee you Friday.\n\n{line}{Q}") == "All clear, thanks.\nSee you Friday."
    assert own_words(f"All clear, thanks.\n{line}{Q}") == "All clear, thanks."


UNMARKED = [name for name in ATTRIBUTIONS if name not in ("horde",)]


@pytest.mark.parametrize("name", UNMARKED)
def test_what_is_quoted_without_a_mark_goes_as_well(name):
    assert own_words(f"All clear, thanks.\n\n{ATTRIBUTIONS[name]}{U}") == "All clear, thanks."


HEADERS = {
    "outlook": "From: Dana Whitlock <dana@blueheron.example>\nSent: Monday, November 23, 2026 9:02 AM\nTo: Priya Nair <priya@nair.example>\nSubject: The visit",
    "outlook, rule": "________________________________\nFrom: Dana Whitlock <dana@blueheron.example>\nSent: Monday, November 23, 2026 9:02 AM\nTo: Priya Nair <priya@nair.example>\nSubject: The visit",
    "outlook, bold": "*From:* Dana Whitlock <dana@blueheron.example>\n*Sent:* Monday, November 23, 2026 9:02 AM\n*To:* Priya\n*Subject:* The visit",
    "outlook, german": "Von: Dana Whitlock <dana@blueheron.example>\nGesendet: Montag, 23. November 2026 09:02\nAn: Priya\nBetreff: The visit",
    "outlook, french": "De : Dana Whitlock <dana@blueheron.example>\nEnvoyé : lundi 23 novembre 2026 09:02\nÀ : Priya\nObjet : The visit",
    "outlook, spanish": "De: Dana Whitlock <dana@blueheron.example>\nEnviado el: lunes, 23 de noviembre de 2026 9:02\nPara: Priya\nAsunto: The visit",
    "outlook, italian": "Da: Dana Whitlock <dana@blueheron.example>\nInviato: lunedì 23 novembre 2026 09:02\nA: Priya\nOggetto: The visit",
    "outlook, dutch": "Van: Dana Whitlock <dana@blueheron.example>\nVerzonden: maandag 23 november 2026 09:02\nAan: Priya\nOnderwerp: The visit",
    "outlook, swedish": "Från: Dana Whitlock <dana@blueheron.example>\nSkickat: den 23 november 2026 09:02\nTill: Priya\nÄmne: The visit",
    "outlook, polish": "Od: Dana Whitlock <dana@blueheron.example>\nWysłano: poniedziałek, 23 listopada 2026 09:02\nDo: Priya\nTemat: The visit",
    "outlook, russian": "От: Dana Whitlock <dana@blueheron.example>\nОтправлено: 23 ноября 2026 г. 9:02\nКому: Priya\nТема: The visit",
    "outlook, chinese": "发件人: Dana Whitlock <dana@blueheron.example>\n发送时间: 2026年11月23日 9:02\n收件人: Priya\n主题: The visit",
    "outlook, old": "-----Original Message-----\nFrom: Dana Whitlock [mailto:dana@blueheron.example]\nSent: Monday, November 23, 2026 9:02 AM\nTo: Priya\nSubject: The visit",
    "samsung, german": "-------- Ursprüngliche Nachricht --------\nVon: Dana Whitlock <dana@blueheron.example>\nDatum: 23.11.26 09:02 (GMT+01:00)\nAn: Priya\nBetreff: The visit",
    "gmx": "Gesendet: Montag, 23. November 2026 um 09:02 Uhr\nVon: \"Dana Whitlock\" <dana@blueheron.example>\nAn: priya@nair.example\nBetreff: The visit",
    "blackberry": "  Original Message  \nFrom: Dana Whitlock\nSent: Monday, November 23, 2026 9:02 AM\nTo: Priya\nSubject: The visit",
    "qq": "------------------ 原始邮件 ------------------\n发件人: \"Dana\" <dana@blueheron.example>;\n发送时间: 2026年11月23日(星期一) 上午9:02\n收件人: \"Priya\"\n主题: The visit",
    "notes": "-----Dana Whitlock <dana@blueheron.example> wrote: -----\nTo: priya@nair.example\nFrom: Dana\nDate: 11/23/2026 09:02AM\nSubject: The visit",
    "forwarded": "---------- Forwarded message ---------\nFrom: Dana Whitlock <dana@blueheron.example>\nDate: Mon, Nov 23, 2026 at 9:02 AM\nSubject: The visit\nTo: Priya",
}  # fmt: skip


@pytest.mark.parametrize("head", HEADERS.values(), ids=HEADERS)
def test_the_head_of_an_earlier_message_ends_the_words(head):
    assert own_words(f"All clear, thanks.\n\n{head}{U}") == "All clear, thanks."


DEVICES = [
    "Sent from my iPhone", "Sent from my iPad", "Sent from my Galaxy", "Sent from my Samsung Galaxy smartphone.", "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android", "Sent from Yahoo Mail on Android", "Sent from Mail for Windows", "Sent with Proton Mail secure email.", "Sent via Superhuman",
    "Von meinem iPhone gesendet", "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.", "Gesendet mit der WEB.DE Mail App", "Holen Sie sich Outlook für iOS",
    "Enviado desde mi iPhone", "Envoyé de mon iPhone", "Inviato da iPhone", "Enviado do meu iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone",
    "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a", "Отправлено с iPhone", "iPhoneから送信", "从我的iPhone发送", "나의 iPhone에서 보냄", "iPhone'umdan gönderildi",
    "Sent from my Verizon, Samsung Galaxy smartphone", "Obtenir Outlook pour Android", "Envoyé à partir d’Outlook pour Android", "Sent using Zoho Mail",
]  # fmt: skip


@pytest.mark.parametrize("line", DEVICES)
def test_what_a_telephone_adds_is_left_out(line):
    assert own_words(f"All clear, thanks.\n\n{line}") == "All clear, thanks."
    assert own_words(f"All clear, thanks.\n\n{line}\n\n{ATTRIBUTIONS['gmail']}{Q}") == "All clear, thanks."


WHOLE = {
    "inline": ("On Mon, Nov 23, 2026 at 9:02 AM Dana <d@x.example> wrote:\n\n> Has the water been clear?\n\nYes.\n\n> Was the gate shut?\n\nNot on Friday.\n", "Yes.\n\nNot on Friday."),
    "under it": ("On 23/11/2026 09:02, Dana wrote:\n> Has the water been clear?\n>\n> Dana\n\nYes, all week.\n\nPriya", "Yes, all week.\n\nPriya"),
    "signature": ("Yes.\n\n-- \nPriya Nair\n555-0199", "Yes."),
    "a card under the name": ("Yes, Thursday is good.\n\nKind regards,\nPriya Nair\nNair & Partners | Attorneys\nTel. +1 555 0199\nwww.nair.example", "Yes, Thursday is good.\n\nKind regards,\nPriya Nair"),
    "a name alone": ("Yes, Thursday is good.\n\nBest,\nPriya", "Yes, Thursday is good.\n\nBest,\nPriya"),
    "lawyers": ("Yes.\n\nCONFIDENTIALITY NOTICE: This e-mail and any attachments are confidential and intended solely for the addressee. If you have received it in error, delete it.", "Yes."),
    "only quoted": ("> Has the water been clear?", ""),
    "own colon": ("On Friday at 9:00 he said this:\nthe pump is fine.", "On Friday at 9:00 he said this:\nthe pump is fine."),
    "a list": ("Three things:\n- gate\n- pump\n- price", "Three things:\n- gate\n- pump\n- price"),
    "addresses": ("Write to her from now on:\nMaria <maria@nair.example>", "Write to her from now on:\nMaria <maria@nair.example>"),
    "sent as a verb": ("Sent the photos to your phone on Friday. Did you get them?", "Sent the photos to your phone on Friday. Did you get them?"),
    "from and to": ("From: 9\nTo: 11 would suit us", "From: 9\nTo: 11 would suit us"),
    "a question mark": ("?", "?"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WHOLE.values(), ids=WHOLE)
def test_all_that_somebody_wrote_is_kept(text, words):
    assert own_words(text) == words


HTML = {
    "gmail": '<div dir="ltr">All clear.<div><br></div><div>See you Friday</div></div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon Dana wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px solid">Hi</blockquote></div>',
    "outlook": '<div class="WordSection1"><p class="MsoNormal">All clear.</p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal">See you Friday</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p class="MsoNormal"><b>From:</b> Dana</p></div></div><p class="MsoNormal">Hi</p></div>',
    "outlook, web": '<div class="elementToProof">All clear.</div><div><br></div><div>See you Friday</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>From:</b> Dana</div><div>Hi</div>',
    "apple": '<html><body>All clear.<div><br></div><div>See you Friday<br><div><br><blockquote type="cite"><div>On Nov 23 Dana wrote:</div><div>Hi</div></blockquote></div></div></body></html>',
    "thunderbird": '<p>All clear.</p><p>See you Friday</p><div class="moz-cite-prefix">On 11/23/26 Dana wrote:<br></div><blockquote type="cite" cite="mid:x">Hi</blockquote>',
    "yahoo": '<div class="ydp1yahoo-style-wrap"><div>All clear.</div><div><br></div><div>See you Friday</div></div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday Dana wrote:</div>Hi</div>',
    "protonmail": '<div>All clear.</div><div><br></div><div>See you Friday</div><div class="protonmail_signature_block">Sent with Proton</div><div class="protonmail_quote">On Monday<blockquote type="cite">Hi</blockquote></div>',
    "zoho": '<div>All clear.</div><div><br></div><div>See you Friday</div><div class="zmail_extra"><div id="Zm-_Id_-Sgn1">---- On Mon Dana wrote ----</div><blockquote>Hi</blockquote></div>',
    "spark": '<div name="messageBodySection"><div>All clear.</div><div><br></div><div>See you Friday</div></div><div name="messageReplySection">On Nov 23<blockquote type="cite">Hi</blockquote></div>',
    "front": '<div>All clear.<br><br>See you Friday</div><blockquote type="cite" class="front-blockquote">Hi</blockquote>',
    "zimbra": '<div>All clear.</div><div><br></div><div>See you Friday</div><hr id="zwchr" data-marker="__DIVIDER__"><div><b>From: </b>Dana</div><div>Hi</div>',
    "no marks": '<div>All clear.</div><div><br></div><div>See you Friday</div><div>23.11.2026, 09:02, "Dana" &lt;d@x.example&gt;:</div><blockquote><p>Hi</p></blockquote>',
}  # fmt: skip


@pytest.mark.parametrize("html", HTML.values(), ids=HTML)
def test_the_marks_of_programs_in_html(html):
    assert reply_text(read_mail(both("", html))) == "All clear.\n\nSee you Friday"


def test_the_plain_part_keeps_its_lines_where_the_html_says_where_they_end():
    raw = both(
        "All clear, and it\nhas been all week.\n\nHi Priya, has the water been clear?",
        '<div>All clear, and it has been all week.</div><div class="gmail_quote">Hi Priya, has the water been clear?</div>',
    )
    assert reply_text(read_mail(raw)) == "All clear, and it\nhas been all week."


def test_an_answer_under_our_own_words_is_found_by_knowing_them():
    raw = both(
        f"From: Dana <dana@blueheron.example>\nSent: Monday\nTo: Priya\nSubject: The visit\n\n{TEXT}\n\nYes, all week.",
        "",
    )
    assert reply_text(read_mail(raw), TEXT) == "Yes, all week."


def test_our_words_are_known_however_they_were_wrapped():
    text = "Yes.\n\nOn 6 November we missed your\nvisit, and I am still sorry about\nthat."
    assert own_words(text, TEXT) == "Yes."
