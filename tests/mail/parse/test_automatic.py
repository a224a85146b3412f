"""Automatic replies of many programs and languages, with the day somebody is back. They came on Monday, 23 November 2026."""

from datetime import date

import pytest

from followup_desktop.mail.parse.model import Kind
from tests.mail.parse.world import SENT, letter
from tests.mail.parse.world import found_in as found

RFC = {"Auto_Submitted": "auto-replied"}
EXCHANGE = {"X_Auto_Response_Suppress": "All", "Auto_Submitted": "auto-generated"}
VACATION = {"Precedence": "bulk", "X_Autoreply": "yes"}
AWAY = {
    "exchange": ("Automatic reply: The visit", EXCHANGE, "I am out of the office until Monday, November 30, 2026 with limited access to e-mail.", date(2026, 11, 30)),
    "exchange, german": ("Automatische Antwort: The visit", EXCHANGE, "Guten Tag,\nich bin bis einschließlich 4. Dezember 2026 nicht im Büro.", date(2026, 12, 5)),
    "exchange, german, a span": ("Abwesenheitsnotiz", {}, "Ich bin vom 23.11. bis 27.11.2026 im Urlaub. Ihre Mail wird nicht weitergeleitet.", date(2026, 11, 28)),
    "german, again": ("Abwesend", RFC, "Ab Mittwoch, den 2.12., bin ich wieder für Sie da.", date(2026, 12, 2)),
    "exchange, french": ("Réponse automatique : The visit", EXCHANGE, "Je suis absente jusqu'au 27 novembre inclus.", date(2026, 11, 28)),
    "french, back": ("Absence", RFC, "Je serai de retour au bureau le lundi 7 décembre.", date(2026, 12, 7)),
    "exchange, spanish": ("Respuesta automática: La visita", EXCHANGE, "Estaré fuera de la oficina del 23 al 30 de noviembre.", date(2026, 12, 1)),
    "spanish, back": ("Fuera de la oficina", {}, "Me reincorporo el lunes 30 de noviembre.", date(2026, 11, 30)),
    "italian": ("Risposta automatica: The visit", EXCHANGE, "Sono fuori ufficio e rientrerò il 1° dicembre.", date(2026, 12, 1)),
    "portuguese": ("Resposta automática: The visit", EXCHANGE, "Estou de férias. Volto no dia 30/11/2026.", date(2026, 11, 30)),
    "dutch": ("Automatisch antwoord: The visit", EXCHANGE, "Ik ben met vakantie t/m 29 november. Vanaf maandag 30 november ben ik weer bereikbaar.", date(2026, 11, 30)),
    "swedish": ("Autosvar: The visit", RFC, "Jag är tillbaka den 30 november.", date(2026, 11, 30)),
    "danish": ("Autosvar", RFC, "Jeg er tilbage mandag den 30. november 2026.", date(2026, 11, 30)),
    "polish": ("Automatyczna odpowiedź: The visit", EXCHANGE, "Wracam 30 listopada.", date(2026, 11, 30)),
    "russian": ("Автоответ: The visit", RFC, "Я в отпуске. Вернусь 30 ноября 2026 г.", date(2026, 11, 30)),
    "japanese": ("自動応答: The visit", RFC, "11月30日より出社いたします。", date(2026, 11, 30)),
    "chinese": ("自动回复: The visit", RFC, "我将于2026年11月30日返回。", date(2026, 11, 30)),
    "gmail vacation": ("Away Re: The visit", VACATION, "Thanks for your mail. I'm away and will be back on 12/1.", date(2026, 12, 1)),
    "sieve": ("Auto: The visit", RFC, "I shall return on 30-Nov-2026.", date(2026, 11, 30)),
    "vacation(1)": ("Re: The visit", {"Precedence": "junk"}, "I will not be reading my mail until 1 December.", date(2026, 12, 1)),
    "through": ("Out of Office", {}, "I'm out through Friday, November 27th and will answer then.", date(2026, 11, 28)),
    "weekday alone": ("OOO: The visit", {}, "Back next Wednesday!", date(2026, 11, 25)),
    "two dates": ("Out of office", RFC, "I am out of office from Nov 20 and will return Dec 2, 2026.", date(2026, 12, 2)),
    "british": ("Out of Office", RFC, "I will be back on 30/11/26.", date(2026, 11, 30)),
    "with an hour": ("Out of Office", RFC, "I'll be back at my desk on Tuesday, December 1 at 9:00.", date(2026, 12, 1)),
    "left the firm": ("Automatic reply: The visit", EXCHANGE, "Priya no longer works here. Please write to office@nair.example.", None),
    "ticket": ("[Ticket #48213] The visit", {}, "We have received your request and will get back to you within 2 business days.", None),
    "thanks for writing": ("Thank you for contacting Nair & Co", {}, "Your message has been received. We will respond within 24 hours.", None),
    "program speaks": ("Re: The visit", {}, "This is an automated response. Your message will be read on weekdays.", None),
    "a null return path": ("Re: The visit", {"Return_Path": "<>"}, "I am somewhere with no signal.", None),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "headers", "text", "back"), AWAY.values(), ids=AWAY)
def test_an_automatic_reply_and_the_day_they_are_back(subject, headers, text, back):
    one = found(letter(text, subject=subject, In_Reply_To=SENT, **headers))
    assert (one.kind, one.customer, one.message, one.return_date) == (Kind.AUTO, 7, 70, back)


PEOPLE = {
    "holidays": ("On vacation next week", {}, "We are on vacation from Monday, please skip the visit."),
    "back": ("Re: The visit", {}, "I am out of office today, will look on Monday."),
    "auto-submitted: no": ("Re: The visit", {"Auto_Submitted": "no"}, "Yes."),
    "through a group": ("Re: The visit", {"Precedence": "list", "List_Id": "<office.nair.example>", "List_Unsubscribe": "<mailto:x@nair.example>"}, "Yes."),
    "a provider's mark": ("Re: The visit", {"Feedback_ID": "i1:Fastmail"}, "Yes."),
    "a reply to an automatic subject": ("Re: Automatic reply: The visit", {}, "I am back, Thursday is good."),
    "we received": ("Re: The visit", {}, "We received your quote and will get back to you."),
    "absence of algae": ("No algae, absence of leaks", {}, "All is well."),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "headers", "text"), PEOPLE.values(), ids=PEOPLE)
def test_a_person_is_no_program(subject, headers, text):
    assert found(letter(text, subject=subject, In_Reply_To=SENT, **headers)).kind is Kind.REPLY
