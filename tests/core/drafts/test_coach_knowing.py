"""What the coach says when it knows more than the words: the record, the calendar, what was said before, the law."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import (
    FROM_NOTES,
    Draft,
    Fact,
    Facts,
    Outdated,
    Private,
    Said,
    Span,
    UsedFact,
    Wording,
)
from followup_desktop.core.drafts.rules.coach import ADVICE, advise
from followup_desktop.core.drafts.rules.repeats import prepared, repeat_of
from tests.core.drafts.known import GRACE, GRACIA, facts
from tests.core.drafts.letters import ADDRESS, ENGLISH, FOOT, LETTERS, PIE, SPANISH, TODAY, knowledge

EN, ES = "en", "es"
P = Purpose


def letter(words, language=EN):
    greeting = "Hola, Gracia:" if language == ES else "Hi Grace,"
    return f"{greeting}\n\n{words}\n\nDana\nBlue Heron Pools"


def said(kind, text, *, purpose=P.CHECK_IN, language=EN, subject="The pump", known=None, **more):
    """Return what one advice says of a draft, with all that is known."""
    known = known or facts(GRACIA if language == ES else GRACE)
    found = advise(text, subject, known, purpose, language, knowledge(**more))
    return next((each for each in found if each.kind == kind), None)


def keeps(kind, text, **more):
    """Whether a measure is kept, or has nothing to say."""
    advice = said(kind, text, **more)
    return advice is None or advice.ok


# --- whole letters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mine", LETTERS, ids=lambda each: f"{each.language}-{each.purpose}")
def test_about_a_good_letter_there_is_nothing_to_say(mine):
    more = knowledge(commercial="Ferry Lane" in mine.text)
    found = advise(mine.text, mine.subject, mine.facts, mine.purpose, mine.language, more)
    assert [(each.kind, each.text) for each in found if not each.ok] == []


def test_the_good_letters_are_of_many_purposes_in_both_languages():
    assert len(ENGLISH) >= 12
    assert len(SPANISH) >= 12
    assert len({each.purpose for each in LETTERS}) >= 12


# --- one purpose -----------------------------------------------------------------------------------------------------

ONE_PURPOSE = [
    (EN, P.CHECK_IN, "Luis saw to the pump on Tuesday. Does anything need our attention?"),
    (EN, P.CHECK_IN, "Luis was with you on Tuesday. How satisfied are you, from 1 to 5? A number is plenty."),
    (EN, P.REVIEW_REQUEST, "We finished the tiles on Monday. Would you write two lines on our page for it?"),
    (EN, P.REFERRAL_REQUEST, "You know how we work. Would you give a neighbour who is looking my number?"),
    (EN, P.CONTINUITY, "The ash trees drop soon. I can add a second visit for $35. Shall I?"),
    (EN, P.ANSWER, "Thank you for the 5. If someone near you asks, you are welcome to pass on my number."),
    (EN, P.APOLOGY, "We were due on Friday and did not come. I am sorry. Today's visit is not on the bill."),
    (EN, P.RENEWAL, "Your year ends on 3 January. The price stays $165 a month. Shall it go on?"),
    (EN, P.QUOTE_CHECK_IN, "You have had the price for the heater since Wednesday. Is anything unclear?"),
    (EN, P.CONFIRMATION, "You are booked for Friday, between 9 and 11. The price is $180, as agreed."),
    (EN, P.CHECK_IN, "You wrote in your review that the gate squeaks. Luis oiled it on Tuesday. Is it quiet now?"),
    (ES, P.CHECK_IN, "Luis revisó la bomba el martes. ¿Hay algo que necesite atención?"),
    (ES, P.CHECK_IN, "Luis estuvo el martes. ¿Qué nota nos pone, del 1 al 5? Basta con un número."),
    (ES, P.REVIEW_REQUEST, "El lunes terminamos el suelo. ¿Nos escribiría una reseña de dos líneas?"),
    (ES, P.REFERRAL_REQUEST, "Usted sabe cómo trabajamos. ¿Le daría mi número a un vecino que busque?"),
    (ES, P.CONTINUITY, "Cae la hoja. Puedo añadir una segunda visita por $35. ¿La apunto?"),
    (ES, P.APOLOGY, "El viernes no fuimos. Lo siento. La visita de hoy no va en la factura."),
    (ES, P.RENEWAL, "Su año termina el 3 de enero. El precio sigue igual. ¿Seguimos?"),
]
TWO_PURPOSES = [
    (EN, P.CHECK_IN, "How is the pump? And would you leave us a review on Google?"),
    (EN, P.CHECK_IN, "Is the water clear? If you know someone who needs a pool service, please refer us."),
    (EN, P.APOLOGY, "I am sorry we missed Friday. By the way, we now offer heater tune-ups at 10% off."),
    (EN, P.APOLOGY, "I am sorry about the gate. Would you write us a review once it is right?"),
    (EN, P.RECOVERY_CHECK, "Has it held? Also, your invoice of $180 is still open; please pay it by Friday."),
    (EN, P.THANK_YOU, "Thank you for the order. While I have you, your payment is overdue."),
    (EN, P.REVIEW_REQUEST, "Would you write a review? And may I add the winter cover for $90?"),
    (EN, P.QUOTE_CHECK_IN, "Is anything unclear in the heater price? Please recommend us to your neighbours too."),
    (EN, P.RENEWAL, "Your year ends on 3 January. Please rate us from 1 to 5 as well."),
    (EN, P.ONBOARDING, "Your day is Tuesday. We are also running a special on LED lights this month."),
    (EN, P.CHECK_IN, "How is the pump? We can also fit a salt system for $1,200."),
    (ES, P.CHECK_IN, "¿Va bien la bomba? ¿Nos dejaría una reseña en Google?"),
    (ES, P.CHECK_IN, "¿Está clara el agua? Recomiéndenos a sus vecinos."),
    (ES, P.APOLOGY, "Siento lo del viernes. Por cierto, ahora ofrecemos calentadores con descuento."),
    (ES, P.RECOVERY_CHECK, "¿Ha aguantado? Además, tiene una factura pendiente de pago."),
    (ES, P.REVIEW_REQUEST, "¿Nos escribiría una reseña? También puedo añadir la cubierta por 90 €."),
    (ES, P.RENEWAL, "Su año termina el 3 de enero. Puntúenos también del 1 al 5."),
    (ES, P.ONBOARDING, "Su día es el martes. Además tenemos una oferta en luces LED."),
]


@pytest.mark.parametrize(("language", "purpose", "text"), ONE_PURPOSE)
def test_it_has_one_purpose(language, purpose, text):
    assert said("one_purpose", letter(text, language), purpose=purpose, language=language).ok


@pytest.mark.parametrize(("language", "purpose", "text"), TWO_PURPOSES)
def test_it_has_two_purposes(language, purpose, text):
    advice = said("one_purpose", letter(text, language), purpose=purpose, language=language)
    assert not advice.ok
    assert advice.where


# --- invites an answer -----------------------------------------------------------------------------------------------

INVITES = [
    (EN, P.CHECK_IN, "Luis came on Tuesday. Is it clear?"),
    (EN, P.CHECK_IN, "If something is not right, write back and I will come by."),
    (EN, P.RENEWAL, "Your year ends on 3 January. If you want another day, tell me by 20 December."),
    (EN, P.QUOTE_CLOSING, "I am putting the quote away. One word on why would help me."),
    (EN, P.CONTINUITY, "I can add a visit for $35. A yes in reply is enough."),
    (EN, P.AD_HOC, "Ring me on 555-0142 when it suits you."),
    (EN, P.USAGE_CHECK_IN, "I would like to hear what could be easier for you."),
    (EN, P.PROMISE, "I said today; it will be tomorrow by noon."),
    (EN, P.APOLOGY, "I am sorry. I will message you myself when it is done."),
    (EN, P.MOMENT_OF_TRUTH, "Which day would suit you to go over it?"),
    (ES, P.CHECK_IN, "Luis estuvo el martes. ¿Está clara?"),
    (ES, P.CHECK_IN, "Si algo no está bien, respóndame y voy."),
    (ES, P.RENEWAL, "Si quiere otro día, dígamelo antes del 20 de diciembre."),
    (ES, P.AD_HOC, "Llámeme al 555-0142 cuando le venga bien."),
    (ES, P.QUOTE_CLOSING, "Una palabra suya me ayuda a hacerlo mejor."),
    (ES, P.PROMISE, "Le dije hoy; será mañana antes de las doce."),
]
SHUTS_OUT = [
    (EN, P.CHECK_IN, "Luis came on Tuesday. The chlorine was low, and now it is not."),
    (EN, P.CHECK_IN, "We are sure that you are happy with the pump."),
    (EN, P.USAGE_CHECK_IN, "You have been with us since March. We will keep coming on Tuesdays."),
    (EN, P.QUOTE_CHECK_IN, "You have the price for the heater. It holds until 12 December."),
    (EN, P.RENEWAL, "Your year ends on 3 January and goes on by itself."),
    (EN, P.CONTINUITY, "In spring we clean filters for $35."),
    (EN, P.AD_HOC, "Luis saw to the skimmer on Tuesday."),
    (EN, P.THANK_YOU, "Thank you for the order. Please do not reply to this email."),
    (EN, P.CONFIRMATION, "You are booked for Friday. This mailbox is not monitored."),
    (EN, P.APOLOGY, "I am sorry about Friday. There is no need to reply to this automated message."),
    (ES, P.CHECK_IN, "Luis estuvo el martes. El cloro estaba bajo y ya no lo está."),
    (ES, P.QUOTE_CHECK_IN, "Tiene el precio del calentador. Vale hasta el 12 de diciembre."),
    (ES, P.RENEWAL, "Su año termina el 3 de enero y sigue solo."),
    (ES, P.CONTINUITY, "En primavera limpiamos filtros por $35."),
    (ES, P.THANK_YOU, "Gracias por el pedido. No responda a este correo."),
    (ES, P.CONFIRMATION, "Tiene cita el viernes. Este buzón no se lee."),
]


@pytest.mark.parametrize(("language", "purpose", "text"), INVITES)
def test_it_invites_an_answer(language, purpose, text):
    assert keeps("invites_answer", letter(text, language), purpose=purpose, language=language)


@pytest.mark.parametrize(("language", "purpose", "text"), SHUTS_OUT)
def test_it_leaves_no_room_for_an_answer(language, purpose, text):
    assert not keeps("invites_answer", letter(text, language), purpose=purpose, language=language)


# --- asks what we know -----------------------------------------------------------------------------------------------

ANSWERS = {
    "phone": "555-0100", "email": "grace@example.com", "address": "18 Palm Court", "day": "Tuesday",
    "technician": "Luis", "last_visit": "17 November", "equipment": "new pump", "since": "March 2021",
    "referral": "Helen Zhou", "rating": "4", "quote": "heater", "complaint": "gate left open", "name": "Grace Lin",
    "visit_next": "24 November",
}  # fmt: skip
ASKS_WHAT_IT_DOES_NOT_KNOW = [
    (EN, "Is the water clear?"),
    (EN, "Which day would suit you for the resurfacing?"),
    (EN, "What would put it right for you?"),
    (EN, "Does that day suit you, or is another one better?"),
    (EN, "Is there anything we should know before we come?"),
    (EN, "What is the one thing that could be easier for you?"),
    (EN, "May I ring you on 555-0100?"),
    (EN, "How would you rather hear from us: by mail, by text, or by a call?"),
    (EN, "Would you give them my number?"),
    (ES, "¿Está clara el agua?"),
    (ES, "¿Qué día le viene bien para el revestimiento?"),
    (ES, "¿Qué lo arreglaría para usted?"),
    (ES, "¿Le daría mi número?"),
    (ES, "¿Hay algo que debamos saber antes de ir?"),
]
ASKS_WHAT_IT_KNOWS = [
    (EN, "What is your phone number?"),
    (EN, "Which number can we reach you on?"),
    (EN, "Could you send me your address?"),
    (EN, "What is the best email address for you?"),
    (EN, "Which day do we come to you?"),
    (EN, "When were we last with you?"),
    (EN, "What kind of pump do you have?"),
    (EN, "How long have you been with us?"),
    (EN, "How did you hear about us?"),
    (EN, "Would you tell us again what went wrong?"),
    (EN, "What was it you wanted a quote for?"),
    (EN, "Who usually comes to you?"),
    (EN, "How would you rate us, from 1 to 5?"),
    (ES, "¿Cuál es su número de teléfono?"),
    (ES, "¿Me manda su dirección?"),
    (ES, "¿Cuál es su correo electrónico?"),
    (ES, "¿Qué día vamos a su casa?"),
    (ES, "¿Cuándo fuimos por última vez?"),
    (ES, "¿Qué bomba tiene?"),
    (ES, "¿Desde cuándo está con nosotros?"),
    (ES, "¿Cómo nos conoció?"),
    (ES, "¿Nos repite qué salió mal?"),
    (ES, "¿Para qué quería el presupuesto?"),
]


@pytest.mark.parametrize(("language", "text"), ASKS_WHAT_IT_DOES_NOT_KNOW)
def test_it_asks_what_only_they_know(language, text):
    known = facts(GRACIA if language == ES else GRACE, without=("rating.text",))
    assert keeps("known_already", letter(text, language), language=language, known=known, answers=ANSWERS)


@pytest.mark.parametrize(("language", "text"), ASKS_WHAT_IT_KNOWS)
def test_it_asks_what_we_know(language, text):
    advice = said("known_already", letter(text, language), language=language, answers=ANSWERS)
    assert not advice.ok
    assert advice.where
    assert any(answer in advice.text for answer in ANSWERS.values())


@pytest.mark.parametrize(("language", "text"), ASKS_WHAT_IT_KNOWS)
def test_what_is_not_known_may_be_asked(language, text):
    assert keeps("known_already", letter(text, language), language=language, answers={})


# --- attachments -----------------------------------------------------------------------------------------------------

ENCLOSES = [
    (EN, "Attached is the care sheet for the pump."),
    (EN, "I have attached the price for the heater."),
    (EN, "Please see the attached quote."),
    (EN, "You will find the price list enclosed."),
    (EN, "The warranty papers are in the attachment."),
    (EN, "I am attaching a photo of the latched gate."),
    (EN, "See attached."),
    (EN, "The quote is attached to this mail as a PDF."),
    (ES, "Le adjunto el presupuesto del calentador."),
    (ES, "Adjunto encontrará la hoja de cuidados."),
    (ES, "La garantía va en el archivo adjunto."),
    (ES, "Adjuntamos la lista de precios."),
    (ES, "En el adjunto tiene la foto de la puerta."),
    (ES, "Va adjunta la factura."),
]
ENCLOSES_NOTHING = [
    (EN, "Luis attached the new hose to the pump."),
    (EN, "The ladder is attached to the wall again."),
    (EN, "The heater stands in the attached garage."),
    (EN, "The pool is enclosed by a fence, and the gate latches."),
    (EN, "I will send you the quote tomorrow."),
    (EN, "I know how attached you are to that old pump."),
    (EN, "You wrote: “the photo is attached”. I looked at it."),
    (EN, "The handle came off; Luis attached it again."),
    (ES, "Luis fijó la manguera nueva a la bomba."),
    (ES, "Mañana le mando el presupuesto."),
    (ES, "Usted escribió: «le adjunto una foto». La he visto."),
    (ES, "La escalera vuelve a estar sujeta a la pared."),
    (ES, "El garaje junto a la casa está seco."),
]


@pytest.mark.parametrize(("language", "text"), ENCLOSES)
def test_what_it_says_it_encloses_is_missed(language, text):
    advice = said("attachment", letter(text, language), language=language)
    assert not advice.ok
    assert advice.where
    assert said("attachment", letter(text, language), language=language, enclosures=("Care sheet.pdf",)).ok


@pytest.mark.parametrize(("language", "text"), ENCLOSES_NOTHING)
def test_nothing_is_missed_where_nothing_is_enclosed(language, text):
    assert keeps("attachment", letter(text, language), language=language)


# --- the footer ------------------------------------------------------------------------------------------------------

FOOTED = [
    (EN, FOOT),
    (EN, f"{ADDRESS}\nTo stop these mails, reply “stop”."),
    (EN, f"{ADDRESS}\nReply STOP to opt out."),
    (EN, f"{ADDRESS}\nDon't want these? Just answer with “unsubscribe”."),
    (EN, f"{ADDRESS}. If you would rather not hear from us, tell me and it ends."),
    (EN, "3 Ferry Lane\nMarlow Bay FL 32000\nReply “no more” and I will not write like this again."),
    (EN, f"{ADDRESS}\nWrite “remove me” and I take you off the list."),
    (ES, PIE),
    (ES, f"{ADDRESS}\nPara no recibir más correos, responda «baja»."),
    (ES, f"{ADDRESS}\nSi no quiere recibir estos correos, dígamelo."),
    (ES, f"{ADDRESS}\nPuede darse de baja respondiendo a este correo."),
    (ES, f"{ADDRESS}\nResponda STOP y no le escribo más sobre esto."),
]
UNFOOTED = [
    (EN, ""),
    (EN, ADDRESS),
    (EN, "If you would rather not get mails like this one, reply “stop”."),
    (EN, "5 Other Road, Marlow Bay\nReply “stop” to end these."),
    (EN, "Marlow Bay, FL\nReply “stop” to end these."),
    (EN, f"{ADDRESS}\nSee you soon."),
    (EN, f"{ADDRESS}\nThe sale will stop on Friday."),
    (EN, "https://example.com/unsubscribe"),
    (ES, "Si prefiere no recibir correos como este, responda «baja»."),
    (ES, f"{ADDRESS}\nHasta pronto."),
    (ES, "Calle Mayor 3\nResponda «baja»."),
    (ES, f"{ADDRESS}\nEl precio baja en enero."),
    (ES, "Un saludo desde la bahía."),
]


@pytest.mark.parametrize(("language", "foot"), FOOTED)
def test_an_offer_has_its_footer(language, foot):
    text = f"{letter('I can add a second visit for $35. Shall I?', language)}\n\n{foot}"
    assert said("footer", text, purpose=P.CONTINUITY, language=language, commercial=True).ok


@pytest.mark.parametrize(("language", "foot"), UNFOOTED)
def test_an_offer_without_its_footer_may_not_go(language, foot):
    text = f"{letter('I can add a second visit for $35. Shall I?', language)}\n\n{foot}"
    advice = said("footer", text, purpose=P.CONTINUITY, language=language, commercial=True)
    assert not advice.ok
    assert advice.must
    if advice.instead:  # what is offered is what the law asks for
        assert said("footer", advice.instead.text, purpose=P.CONTINUITY, language=language, commercial=True).ok


def test_only_a_commercial_mail_needs_a_footer():
    text = letter("We were due on Friday and did not come. I am sorry.")
    assert said("footer", text, purpose=P.APOLOGY) is None
    assert said("footer", text, purpose=P.CONTINUITY, commercial=True, channel="text") is None


def test_without_an_address_in_settings_it_says_where_to_put_it():
    advice = said("footer", letter("Shall I?"), purpose=P.CONTINUITY, commercial=True, postal_address="")
    assert "Settings" in advice.text
    assert advice.instead is None


# --- may they be written to ------------------------------------------------------------------------------------------


def test_whoever_asked_not_to_be_written_to_is_not_written_to():
    advice = said("allowed", letter("Is it clear?"), refused="Grace asked on 3 October not to be written to")
    assert advice.must
    assert not advice.ok
    assert "3 October" in advice.text
    assert said("allowed", letter("Is it clear?")) is None


# --- private words ---------------------------------------------------------------------------------------------------

PRIVATE = (
    Private("how to get in", "Side gate, code 4821, key box behind the heater"),
    Private(FROM_NOTES, "Pays $165 a month, late every spring since the divorce, be gentle about money"),
)
TELLS_NOTHING_PRIVATE = [
    (EN, "Luis closed the side gate behind him on Tuesday."),
    (EN, "The heater behind the house runs again."),
    (EN, "Please note the error code E5 if it shows again."),
    (EN, "The code of the part is on the box."),
    (EN, "Ring me on 555-0142."),
    (EN, "The timer shows 4820 hours."),
    (EN, "Is there a gate, a dog, or a code we should know?"),
    (EN, "The alarm of the pump is off again."),
    (EN, "The key to clear water is the filter."),
    (EN, "Your December bill comes to $180."),
    (EN, "The price stays $165."),
    (ES, "Luis cerró la puerta lateral el martes."),
    (ES, "Si vuelve a salir el código de error E5, avíseme."),
    (ES, "La clave del agua clara es el filtro."),
    (ES, "¿Hay una puerta, un perro o un código que debamos saber?"),
    (ES, "La alarma de la bomba ya no suena."),
]
TELLS_WHAT_IS_PRIVATE = [
    (EN, "Luis will use the gate code 4821 on Tuesday."),
    (EN, "We still have 4821 for the side."),
    (EN, "He finds the key box behind the heater."),
    (EN, "The alarm code is 9931, in case it goes off."),
    (EN, "The key is under the blue pot, so Luis can get in."),
    (EN, "Your lockbox combination is 7-7-1."),
    (EN, "The garage code: 55012#."),
    (EN, "I know you have paid late every spring since the divorce."),
    (EN, "The password for the Wi-Fi controller is poolboy9."),
    (EN, "I charged the card 4111 1111 1111 1111."),
    (ES, "Luis usará el código de la puerta, 4821."),
    (ES, "La clave de la alarma es 9931."),
    (ES, "La llave está debajo de la maceta azul."),
    (ES, "El código del portón es 5501."),
    (ES, "La contraseña del wifi es piscina9."),
]


@pytest.mark.parametrize(("language", "text"), TELLS_NOTHING_PRIVATE)
def test_nothing_private_is_in_it(language, text):
    assert keeps("private_words", letter(text, language), language=language, private=PRIVATE)


@pytest.mark.parametrize(("language", "text"), TELLS_WHAT_IS_PRIVATE)
def test_something_private_is_in_it(language, text):
    advice = said("private_words", letter(text, language), language=language, private=PRIVATE)
    assert not advice.ok
    assert advice.where


# --- a name from another record --------------------------------------------------------------------------------------

OTHERS = frozenset({"tom becker", "carl brandt", "lakeside hoa", "maria del rio", "helen zhou"})
NAMES_OF_THEIR_OWN = [
    (EN, "Luis was with you on Tuesday."),
    (EN, "Helen Zhou rang because of you."),
    (EN, "Grace Lin stands on our list for Tuesday."),
    (EN, "The Becker pump is a good make."),
    (EN, "Tom showed Luis the valve."),
    (EN, "Dana Whitlock signs for it."),
    (EN, "Pool and spa are clear again."),
    (EN, "You wrote: “Carl Brandt recommended you”. Thank you."),
    (EN, "The HOA pool by the lake is closed."),
    (ES, "Luis estuvo con usted el martes."),
    (ES, "Helen Zhou llamó gracias a usted."),
    (ES, "Gracia Luna está en la lista del martes."),
    (ES, "María le abrió la puerta a Luis."),
    (ES, "Usted escribió: «me lo dijo Tom Becker»."),
]
NAMES_OF_ANOTHER = [
    (EN, "Luis was with Tom Becker on Tuesday and brought the chlorine up."),
    (EN, "The heater for Carl Brandt is ordered."),
    (EN, "Your neighbours at Lakeside HOA have the same pump."),
    (EN, "As I told Tom Becker, the part comes on Friday."),
    (EN, "Thank you, Carl Brandt, for the order."),
    (EN, "Mr. Carl Brandt's pool is clear."),
    (EN, "TOM BECKER stands on the bill."),
    (ES, "Luis estuvo con Tom Becker el martes."),
    (ES, "El calentador de Carl Brandt está pedido."),
    (ES, "Sus vecinos de Lakeside HOA tienen la misma bomba."),
    (ES, "Gracias, Carl Brandt, por el pedido."),
    (ES, "La piscina de María del Río está clara."),
    (ES, "Se lo dije también a Tom Becker."),
]


@pytest.mark.parametrize(("language", "text"), NAMES_OF_THEIR_OWN)
def test_the_names_are_theirs(language, text):
    assert keeps("another_name", letter(text, language), language=language, others=OTHERS)


@pytest.mark.parametrize(("language", "text"), NAMES_OF_ANOTHER)
def test_a_name_is_from_another_record(language, text):
    advice = said("another_name", letter(text, language), language=language, others=OTHERS)
    assert not advice.ok
    assert advice.where


# --- what has changed since ------------------------------------------------------------------------------------------

STILL_TRUE = [
    (EN, "On 6 November we missed your visit, and Luis will be there tomorrow."),
    (EN, "The next visit is Tuesday 24 November, with Luis."),
    (EN, "Your quote holds until 12 December."),
    (EN, "You have had the price since 4 November, and it holds until 12 December."),
    (EN, "Luis finished the tiles on Friday 20 November."),
    (EN, "Tell me by December 20 and it will be so."),
    (EN, "The warranty runs to November 2029."),
    (EN, "Last year your skimmer choked on 14 November; this year I can come earlier."),
    (EN, "Luis will be there on Wednesday 25 November before ten, besides your usual visit."),
    (EN, "The first price was $2,190; it is $2,340 with the gas line."),
    (EN, "In 2021 we filled it the first time."),
    (ES, "El 6 de noviembre faltamos a su visita; Luis va mañana."),
    (ES, "La próxima visita es el martes 24 de noviembre."),
    (ES, "El presupuesto vale hasta el 12 de diciembre."),
    (ES, "Desde el 4 de noviembre tiene el precio."),
    (ES, "Luis terminó el suelo el viernes 20 de noviembre."),
    (ES, "Dígamelo antes del 20 de diciembre."),
    (ES, "Luis pasó por la mañana y todo quedó limpio."),
]
NO_LONGER_TRUE = [
    (EN, "Luis will be there on Friday 20 November before ten."),
    (EN, "Your quote holds until 12 November."),
    (EN, "You are booked for 17 November, between 9 and 11."),
    (EN, "Tell me by November 20 and it will be so."),
    (EN, "Your year with us ends on 3 November."),
    (EN, "The next visit is Wednesday 25 November."),
    (EN, "Your next visit is on Friday."),
    (EN, "We see you at the visit on 26 November."),
    (EN, "Luis comes on Friday 24 November."),
    (EN, "The heater is $2,190 fitted."),
    (EN, "See you on 2026-11-20."),
    (ES, "Luis irá el viernes 20 de noviembre antes de las diez."),
    (ES, "El presupuesto vale hasta el 12 de noviembre."),
    (ES, "Tiene cita el 17 de noviembre, entre las 9 y las 11."),
    (ES, "Dígamelo antes del 20 de noviembre."),
    (ES, "La próxima visita es el miércoles 25 de noviembre."),
    (ES, "Su próxima visita es el viernes."),
    (ES, "Luis viene el viernes 24 de noviembre."),
    (ES, "El calentador son $2,190 instalado."),
]
OLD_PRICE = (Outdated("$2,190", "the price of the heater", "$2,340"),)


@pytest.mark.parametrize(("language", "text"), STILL_TRUE)
def test_it_is_still_true(language, text):
    assert keeps("stale_facts", letter(text, language), language=language, outdated=OLD_PRICE)


@pytest.mark.parametrize(("language", "text"), NO_LONGER_TRUE)
def test_it_is_not_true_any_more(language, text):
    advice = said("stale_facts", letter(text, language), language=language, outdated=OLD_PRICE)
    assert not advice.ok
    assert advice.where


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (EN, "Luis was with you this morning."),
        (EN, "It will be tomorrow by noon."),
        (EN, "We missed you today."),
        (ES, "Luis estuvo con usted esta mañana."),
        (ES, "Será mañana antes de las doce."),
        (ES, "Hoy le hemos fallado."),
    ],
)
def test_a_day_as_one_says_it_goes_stale_over_night(language, text):
    now = letter(text, language)
    assert keeps("stale_facts", now, language=language, written=TODAY)
    advice = said("stale_facts", now, language=language, written=date(2026, 11, 20))
    assert not advice.ok
    assert "20 November" in advice.text


def _made(words, fact):
    text = letter(words)
    start = text.index(fact.text)
    return Draft("The pump", text, (UsedFact(fact, Span("text", start, start + len(fact.text))),))


@pytest.mark.parametrize(
    ("now", "kept", "fact"),
    [
        ("The price from then on is $180.", "The price from then on is $165.", "$180"),
        ("The next visit is Tuesday 24 November.", "The next visit is Monday 30 November.", "Tuesday 24 November"),
        ("It came to $1,250.", "It came to $1,200.", "$1,250"),
    ],
)
def test_a_draft_kept_before_the_record_changed_is_held_against_it(now, kept, fact):
    made = _made(now, Fact("agreement.price", fact, "Agreement, changed 20 November"))
    advice = said("stale_facts", letter(kept), made=made, visits=())
    assert not advice.ok
    assert fact in advice.text
    assert keeps("stale_facts", letter(now), made=made, visits=())


# --- not said before -------------------------------------------------------------------------------------------------

OCTOBER = date(2026, 10, 4)
SPRING = date(2026, 4, 2)
THANKS = (
    "Luis saw to the pump on Tuesday. You use it every day, so you will know before we do whether it is right. If it "
    "does anything it should not, ring me on 555-0142 and we will come and look."
)
GRACIAS = (
    "Luis arregló la bomba el martes. Usted la usa a diario, así que sabrá antes que nosotros si está bien. Si hace "
    "algo que no debe, llámeme al 555-0142 y vamos a mirarlo."
)
BEFORE = (
    Said(OCTOBER, "", "The pump", letter("Luis was with you on 1 October. Is there anything you would like us to see "
                                         "to, or to do differently?"), answered="Grace"),
    Said(SPRING, "Tom Lin", "Since the visit", letter(THANKS)),
    Said(SPRING, "", "La bomba", letter(GRACIAS, ES)),
    Said(date(2026, 8, 3), "", "The gate", letter("Luis oiled the gate on Monday. Does it still squeak?")),
    Said(date(2026, 9, 14), "", "La puerta", letter("Luis engrasó la puerta el lunes. ¿Sigue haciendo ruido?", ES)),
)  # fmt: skip
SAID_ANEW = [
    (EN, "Luis put the cover on yesterday. Does it close as you like it?"),
    (EN, "The new filter has run for a week. What do you notice?"),
    (EN, "Luis was with you on Tuesday; chlorine was 2.4. Should we come earlier in the day?"),
    (EN, "How satisfied are you with it, from 1 to 5? A number in reply is plenty."),
    (EN, "I am sorry about Friday. What would put it right for you?"),
    (EN, "Your year ends on 3 January. Shall it go on?"),
    (EN, "Ring me on 555-0142 and we will come and look."),
    (EN, "You have had the price for the heater since Wednesday. Is anything unclear?"),
    (ES, "Luis puso la cubierta ayer. ¿Cierra como le gusta?"),
    (ES, "El filtro nuevo lleva una semana. ¿Qué nota?"),
    (ES, "Siento lo del viernes. ¿Qué lo arreglaría para usted?"),
    (ES, "Su año termina el 3 de enero. ¿Seguimos así?"),
    (ES, "Llámeme al 555-0142 y vamos a mirarlo."),
]
SAID_BEFORE = [
    (EN, THANKS, "2 April"),
    (EN, THANKS.replace("Tuesday", "Friday"), "2 April"),
    (EN, THANKS.replace("Luis", "Mara").replace("the pump", "the heater"), "2 April"),
    (EN, THANKS + " Thank you for your patience with the parts.", "2 April"),
    (EN, "Mara was there on Monday. Is there anything you would like us to see to, or to do differently?", "4 October"),
    (EN, "The water looks good. Is there anything you'd like us to see to or do differently?", "4 October"),
    (EN, "The hinges are new. Does it still squeak?", "3 August"),
    (ES, GRACIAS, "2 April"),
    (ES, GRACIAS.replace("martes", "viernes"), "2 April"),
    (ES, GRACIAS.replace("Luis", "Mara").replace("la bomba", "el filtro"), "2 April"),
    (ES, GRACIAS + " Gracias por la espera.", "2 April"),
    (ES, "Las bisagras son nuevas. ¿Sigue haciendo ruido?", "14 September"),
    (ES, "Mara cambió las bisagras. ¿Sigue haciendo ruido la puerta?", "14 September"),
]


@pytest.mark.parametrize(("language", "text"), SAID_ANEW)
def test_it_was_not_said_before(language, text):
    assert said("not_said_before", letter(text, language), language=language, before=prepared(BEFORE)).ok


@pytest.mark.parametrize(("language", "text", "day"), SAID_BEFORE)
def test_it_was_said_before(language, text, day):
    advice = said("not_said_before", letter(text, language), language=language, before=prepared(BEFORE))
    assert not advice.ok
    assert day in advice.text


def test_it_says_who_answered_and_to_whom_it_was_said():
    asked = letter("Is there anything you would like us to see to, or to do differently?")
    assert "Grace answered" in said("not_said_before", asked, before=prepared(BEFORE)).text
    assert "to Tom Lin" in said("not_said_before", letter(THANKS), before=prepared(BEFORE)).text


def test_another_wording_is_offered():
    other = Wording("thank_you/repair-2", "The pump, since Tuesday", letter("The pump is quiet since Tuesday."))
    advice = said("not_said_before", letter(THANKS), before=prepared(BEFORE), wordings=(other,))
    assert advice.instead.text == other.text


def test_without_a_year_of_messages_nothing_is_said():
    assert said("not_said_before", letter(THANKS)) is None


# --- their language --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("mine", "reads"), [(each, each.language) for each in LETTERS])
def test_a_letter_in_their_language_is_theirs(mine, reads):
    more = knowledge(reads=reads)
    found = advise(mine.text, mine.subject, mine.facts, mine.purpose, mine.language, more)
    assert [each for each in found if each.kind == "their_language" and not each.ok] == []


@pytest.mark.parametrize(
    ("mine", "reads"), [(each, "es" if each.language == "en" else "en") for each in LETTERS if len(each.text) > 200]
)
def test_a_letter_in_another_language_is_noticed(mine, reads):
    found = advise(mine.text, mine.subject, mine.facts, mine.purpose, mine.language, knowledge(reads=reads))
    assert [each for each in found if each.kind == "their_language" and not each.ok]


def test_where_their_language_is_not_known_nothing_is_said():
    assert said("their_language", letter("Luis was with you on Tuesday. Is it clear now?")) is None


# --- reasons and examples --------------------------------------------------------------------------------------------

SHOWN = {
    "stale_facts": {"written": date(2026, 11, 19)},
    "not_said_before": {"before": prepared((Said(OCTOBER, "", "", letter("Is the water clear?"), answered="Grace"),))},
    "footer": {"commercial": True},
    "known_already": {"answers": {"phone": "555-0100"}},
    "another_name": {"others": OTHERS},
    "allowed": {"refused": "Grace asked on 3 October not to be written to"},
    "their_language": {"reads": "en"},
}
AS = {"no_excuses": P.APOLOGY, "footer": P.CONTINUITY, "length": P.CHECK_IN}


@pytest.mark.parametrize("rule", ADVICE, ids=lambda rule: rule.KIND)
def test_every_advice_has_a_reason_and_an_example_that_shows_it(rule):
    assert rule.REASON.endswith(".")
    assert rule.REASON != rule.BAD
    more, purpose = SHOWN.get(rule.KIND, {}), AS.get(rule.KIND, P.CHECK_IN)
    known = Facts.of(fact for fact in facts().by_key.values())
    for example, ok in ((rule.BAD, False), (rule.GOOD, True)):
        text, subject = (letter("x"), example) if rule.KIND == "subject_says_something" else (letter(example), "x")
        if rule.KIND == "name_right":
            text = f"{example}\n\nLuis came on Tuesday.\n\nDana"
        knows = replace(knowledge(), **({} if rule.KIND == "allowed" and ok else more))
        found = [each for each in advise(text, subject, known, purpose, EN, knows) if each.kind == rule.KIND]
        assert all(each.ok for each in found) if ok else not all(each.ok for each in found), (example, found)


def test_there_are_at_least_fourteen():
    assert len(ADVICE) >= 14


# --- whatever is typed -----------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            "Hi Grace,",
            "Hola, Gracia:",
            "\n\n",
            "\n",
            " ",
            "?",
            "¿",
            "!",
            "“",
            "”",
            "tomorrow",
            "20 November",
            "$2,190",
        ),
        *(
            "4821",
            "Tom Becker",
            "attached",
            "stop",
            ADDRESS,
            "31/02/2026",
            "2026-02-30",
            "99 de mayo",
            "Dana",
            "é",
            "🙂",
        ),
        *("Is there anything you would like us to see to, or to do differently", "The next visit is Friday", "1" * 30),
    ]
)
TYPED = st.lists(PIECES | st.text(max_size=12), max_size=14).map(" ".join)


@settings(max_examples=120, deadline=None)
@given(text=TYPED, subject=TYPED, purpose=st.sampled_from(list(Purpose)), language=st.sampled_from(["en", "es", "fr"]))
def test_whatever_is_typed_each_advice_is_given_once_and_points_into_the_text(text, subject, purpose, language):
    more = knowledge(before=prepared(BEFORE), commercial=True, answers=ANSWERS, written=date(2026, 11, 19), reads="en")
    found = advise(text, subject, facts(), purpose, language, more)
    assert len({each.kind for each in found}) == len(found)
    for each in found:
        if each.where:
            whole = text if each.where.part == "text" else subject
            assert 0 <= each.where.start <= each.where.end <= len(whole)
    assert advise(text, subject, facts(), purpose, language, more) == found


@settings(max_examples=60, deadline=None)
@given(mine=st.sampled_from(LETTERS), day=st.dates(date(2025, 11, 24), date(2026, 11, 22)))
def test_every_letter_is_known_again_whatever_the_day_and_whoever_is_greeted(mine, day):
    before = prepared([*BEFORE, Said(day, "", mine.subject, mine.text)])
    again = mine.text.replace(mine.text.split("\n")[0], "Hello Sue,", 1).replace("Tuesday", "Friday")
    found = advise(again, mine.subject, mine.facts, mine.purpose, mine.language, knowledge(before=before))
    advice = next(each for each in found if each.kind == "not_said_before")
    assert not advice.ok


@pytest.mark.parametrize("first", LETTERS, ids=lambda each: f"{each.language}-{each.purpose}")
def test_no_letter_is_taken_for_another(first):
    before = prepared(Said(OCTOBER, "", each.subject, each.text) for each in LETTERS if each is not first)
    assert repeat_of(first.text, before) is None
