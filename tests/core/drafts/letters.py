"""Whole letters as an owner would sign them, after our way of writing: about these the coach has nothing to say.

Each names its purpose, its language and what is known of the customer; what the coach may know besides (plan of visits,
what was said before) is the same for all, as in a store.
"""

from dataclasses import dataclass
from datetime import date

from followup_desktop.core.contactpoints.model import Purpose
from followup_desktop.core.drafts.model import Facts, Knowledge, Private
from tests.core.drafts.known import about

TODAY = date(2026, 11, 23)  # a Monday
ADDRESS = "3 Ferry Lane, Marlow Bay, FL 32000"
FOOT = f"Blue Heron Pools, {ADDRESS}\nIf you would rather not get mails like this one, reply “stop”."
PIE = f"Blue Heron Pools, {ADDRESS}\nSi prefiere no recibir correos como este, responda «baja»."


@dataclass(frozen=True)
class Letter:
    """One good letter."""

    subject: str
    text: str
    purpose: Purpose
    language: str
    facts: Facts


def knowledge(**more):
    """Return what a store would let the coach know about any of these customers."""
    known = {
        "today": TODAY,
        "visits": (date(2026, 11, 24), date(2026, 12, 1), date(2026, 12, 8), date(2026, 12, 15)),
        "private": (Private("how to get in", "Side gate, code 4821, key box behind the heater"),),
        "others": frozenset({"tom becker", "carl brandt"}),
        "postal_address": ADDRESS,
    }
    return Knowledge(**(known | more))


def _known(name, **facts):
    mine = {"customer__given_name": name, "owner__first_name": "Dana", "business__name": "Blue Heron Pools"}
    return about(**mine, business__phone="555-0142", **facts)


def _letter(purpose, name, subject, body, *, foot=False, **facts):
    text = f"Hi {name},\n\n{body}\n\nDana\nBlue Heron Pools" + (f"\n\n{FOOT}" if foot else "")
    return Letter(subject, text, purpose, "en", _known(name, **facts))


def _carta(purpose, name, subject, body, *, foot=False, **facts):
    text = f"Hola, {name}:\n\n{body}\n\nDana\nBlue Heron Pools" + (f"\n\n{PIE}" if foot else "")
    return Letter(subject, text, purpose, "es", _known(name, **facts))


P = Purpose
ENGLISH = [
    _letter(
        P.CONFIRMATION, "Sam", "New pump: in and running",
        "Luis fitted the new pump this morning; it ran twenty minutes without a drop and the old one is gone. It is "
        "quieter: you may not hear it. The warranty runs to November 2029; I have the papers.\n\nIf the timer puzzles "
        "you, ring me on 555-0142, mornings are best.",
        visit__technician="Luis", equipment__what="new pump", equipment__warranty_until="November 2029",
        event__day="this morning",
    ),
    _letter(
        P.CHECK_IN, "Grace", "After the first visit",
        "Luis was at your pool for the first time on Tuesday. Chlorine was low, 0.4; he brought it to 2.1 and cleaned "
        "the skimmer. It should look clearer by today.\n\nDoes it? A yes or no is plenty.",
        visit__technician="Luis", event__day="on Tuesday",
    ),
    _letter(
        P.QUOTE_CHECK_IN, "Ana", "The heater price",
        "You have had the price for the heater since Wednesday, $2,340 fitted. People usually ask whether the old gas "
        "line will do; yours will.\n\nIs there anything in it you would like explained before you decide? No hurry, it "
        "holds until 12 December.",
        quote__about="heater", quote__amount="$2,340", quote__day="Wednesday", quote__until="12 December",
    ),
    _letter(
        P.QUOTE_CLOSING, "Ana", "Closing the heater quote",
        "You have had our price for the heater since 24 October. I am putting it away now, so that it does not hang "
        "over you. If it was the price, the timing, or someone else, one word would help me do it better next time. "
        "And it is one call away if you want it later: 555-0142.",
        quote__about="heater", quote__day="24 October",
    ),
    _letter(
        P.APOLOGY, "Priya", "We missed you today",
        "We were due at your pool this morning and did not come, and nobody told you. I am sorry; you plan around us. "
        "Luis will be there tomorrow before ten, and today's visit is not on the bill. I will message you myself when "
        "it is done.",
        visit__technician="Luis", event__day="this morning",
    ),
    _letter(
        P.RECOVERY_CHECK, "Priya", "Has the pool been right since the 9th?",
        "On 6 November we missed your visit, and I am still sorry about that. Luis serviced the pool on Monday the 9th "
        "and has been on time both Fridays since.\n\nHas the water been clear, and was the gate latched each time?\n\n"
        "Your $40 credit is on the December bill, as I said it would be. If anything is not right, reply here or ring "
        "me on 555-0142 and I will come by myself.",
        event__day="on 6 November", case__offer="$40 credit", visit__technician="Luis",
    ),
    _letter(
        P.ANSWER, "Greta", "The gate",
        "Thank you for saying it: the gate was left open on Friday. With a dog in the yard that is not a small thing. "
        "Luis knows, and from now on he sends a photo of the latched gate after each visit. Will you tell me if one is "
        "ever missing?",
        rating__text="the gate was left open on Friday", visit__technician="Luis", rating__score="3",
    ),
    _letter(
        P.RENEWAL, "Ruth", "Your service year ends 3 January",
        "Your year with us ends on 3 January. The price stays $165 a month; Tuesdays stay yours. If that suits you, "
        "there is nothing to do. If you would like something changed, another day or a spring clean included, tell me "
        "by 20 December and it will be so.",
        agreement__until="3 January", agreement__price="$165 a month",
    ),
    _letter(
        P.CONTINUITY, "Ivy", "Before the leaves come down",
        "The ash trees on your side drop in the next two weeks; last year your skimmer choked on 14 November. I can "
        "add a second visit in those weeks for $35. Shall I?",
        foot=True, season__what="second visit", season__price="$35", event__day="on 14 November",
    ),
    _letter(
        P.REVIEW_REQUEST, "Helen", "Would you write two lines?",
        "We finished the resurfacing on Monday. If you have two minutes, two honest lines here help people on your "
        "street decide: https://review.example/heron. What should be better, please write to me straight; I read it "
        "today.",
        foot=True, event__what="resurfacing", event__day="on Monday",
    ),
    _letter(
        P.PROMISE, "Maria", "The filter price: tomorrow",
        "I said today for the filter price. The supplier has not answered, so it will be tomorrow by noon. I did not "
        "want you to wait and wonder.",
        promise__what="filter price", promise__due="today",
    ),
    _letter(
        P.REFERRAL_THANKS, "Wendell", "Thank you for Helen",
        "Helen Zhou rang because of you, and we start with her on Thursday. Thank you. Your December visit is on us.",
        referral__name="Helen Zhou", referral__day="on Thursday",
    ),
    _letter(
        P.ONBOARDING, "Omar", "How it goes from here",
        "Since Thursday you are on our round. Your day is Tuesday, between 9 and 11, and Luis comes to you; you can "
        "ask him anything on the spot. For everything else there is me, on 555-0142.\n\nHow would you rather hear from "
        "us: by mail, by text, or by a call?",
        visit__technician="Luis", visit__usual_day="Tuesday", visit__window="between 9 and 11",
    ),
]  # fmt: skip
SPANISH = [
    _carta(
        P.CONFIRMATION, "Rosa", "Bomba nueva: ya en marcha",
        "Luis puso la bomba nueva esta mañana; estuvo veinte minutos en marcha sin una gota, y la vieja ya no está. "
        "Hace menos ruido: quizá no la oiga. La garantía llega hasta noviembre de 2029; los papeles los tengo yo.\n\n"
        "Si el reloj no se entiende, llámeme al 555-0142, mejor por la mañana.",
        visit__technician="Luis", equipment__what="bomba nueva", equipment__warranty_until="noviembre de 2029",
    ),
    _carta(
        P.CHECK_IN, "Gracia", "Después de la primera visita",
        "Luis estuvo en su piscina por primera vez el martes. El cloro estaba bajo, 0,4; lo subió a 2,1 y limpió el "
        "skimmer. Hoy ya debería verse más clara.\n\n¿Se ve? Basta con un sí o un no.",
        visit__technician="Luis", event__day="el martes",
    ),
    _carta(
        P.QUOTE_CHECK_IN, "Ana", "El precio del calentador",
        "Desde el miércoles tiene usted el precio del calentador, $2,340 instalado. Casi todos preguntan si sirve la "
        "toma de gas antigua; la suya sirve.\n\n¿Hay algo que quiera que le explique antes de decidir? No hay prisa, "
        "vale hasta el 12 de diciembre.",
        quote__about="calentador", quote__amount="$2,340", quote__until="12 de diciembre",
    ),
    _carta(
        P.QUOTE_CLOSING, "Ana", "Cierro el presupuesto del calentador",
        "Desde el 24 de octubre tiene usted nuestro precio del calentador. Lo guardo ya, para que no le pese. Si fue "
        "el precio, el momento u otra persona, una palabra me ayuda a hacerlo mejor. Y si más adelante lo quiere, está "
        "a una llamada: 555-0142.",
        quote__about="calentador", quote__day="el 24 de octubre",
    ),
    _carta(
        P.APOLOGY, "Pilar", "Hoy le hemos fallado",
        "Esta mañana teníamos visita con usted, no fuimos y nadie le avisó. Lo siento; usted cuenta con nosotros. Luis "
        "estará ahí mañana antes de las diez, y la visita de hoy no va en la factura. Le escribo yo en cuanto esté "
        "hecho.",
        visit__technician="Luis", event__day="esta mañana",
    ),
    _carta(
        P.RECOVERY_CHECK, "Pilar", "¿Ha ido bien desde el día 9?",
        "El 6 de noviembre faltamos a su visita, y lo sigo sintiendo. Luis limpió la piscina el lunes 9 de noviembre y "
        "desde entonces ha llegado a su hora los dos viernes.\n\n¿Ha estado clara el agua?\n\nSu abono de 40 dólares "
        "va en la factura de diciembre, como le dije. Si algo no está bien, responda aquí o llámeme al 555-0142 y voy "
        "yo en persona.",
        event__day="el 6 de noviembre", case__offer="40 dólares", visit__technician="Luis",
    ),
    _carta(
        P.ANSWER, "Greta", "La puerta",
        "Gracias por decirlo: el viernes dejaron la puerta abierta. Con un perro en el patio no es poca cosa. Luis lo "
        "sabe, y desde ahora manda una foto de la puerta cerrada después de cada visita. ¿Me avisa si alguna vez "
        "falta?",
        rating__text="dejaron la puerta abierta", visit__technician="Luis", rating__score="3",
    ),
    _carta(
        P.RENEWAL, "Rita", "Su año termina el 3 de enero",
        "Su año con nosotros termina el 3 de enero. El precio sigue en $165 al mes; los martes siguen siendo suyos. Si "
        "le parece bien, no tiene que hacer nada. Si quiere cambiar algo, otro día o una limpieza de primavera, "
        "dígamelo antes del 20 de diciembre y así será.",
        agreement__until="3 de enero", agreement__price="$165 al mes",
    ),
    _carta(
        P.CONTINUITY, "Inés", "Antes de que caiga la hoja",
        "Los fresnos de su lado sueltan la hoja en las próximas dos semanas; el año pasado su skimmer se atascó el 14 "
        "de noviembre. Puedo añadir una segunda visita en esas semanas por $35. ¿La apunto?",
        foot=True, season__what="segunda visita", season__price="$35", event__day="el 14 de noviembre",
    ),
    _carta(
        P.REVIEW_REQUEST, "Elena", "¿Escribiría dos líneas?",
        "El lunes terminamos el revestimiento. Si tiene dos minutos, dos líneas sinceras aquí ayudan a decidir a la "
        "gente de su calle: https://review.example/heron. Lo que deba mejorar, escríbamelo a mí directamente; lo leo "
        "hoy mismo.",
        foot=True, event__what="revestimiento", event__day="el lunes",
    ),
    _carta(
        P.PROMISE, "María", "El precio del filtro: mañana",
        "Le dije que hoy tendría el precio del filtro. El proveedor no ha contestado, así que será mañana antes de las "
        "doce. No quería que esperase sin saber.",
        promise__what="precio del filtro", promise__due="hoy",
    ),
    _carta(
        P.REFERRAL_THANKS, "Javier", "Gracias por Helen",
        "Helen Zhou llamó gracias a usted, y empezamos con ella el jueves. Gracias. Su visita de diciembre corre de "
        "nuestra cuenta.",
        referral__name="Helen Zhou", referral__day="el jueves",
    ),
    _carta(
        P.ONBOARDING, "Omar", "Cómo seguimos desde aquí",
        "Desde el jueves está usted en nuestra ruta. Su día es el martes, entre las 9 y las 11, y va Luis; puede "
        "preguntarle lo que quiera ahí mismo. Para todo lo demás estoy yo, en el 555-0142.\n\n¿Cómo prefiere que le "
        "avisemos: por correo, por mensaje o por teléfono?",
        visit__technician="Luis", visit__usual_day="martes", visit__window="entre las 9 y las 11",
    ),
]  # fmt: skip
LETTERS = [*ENGLISH, *SPANISH]
