"""What is known of two customers, one English, one Spanish: every field once."""

from followup_desktop.core.drafts.model import Fact, Facts

GRACE = {
    "customer.given_name": "Grace",
    "customer.name": "Grace Lin",
    "customer.since": "March 2021",
    "owner.first_name": "Dana",
    "owner.name": "Dana Whitlock",
    "business.name": "Blue Heron Pools",
    "business.phone": "555-0142",
    "business.phone_hours": "mornings",
    "event.day": "on Tuesday",
    "event.date": "Tuesday 17 November",
    "event.what": "pump repair",
    "event.note": "chlorine was low, 0.4; brought it to 2.1 and cleaned the skimmer",
    "event.amount": "$180",
    "visit.technician": "Luis",
    "visit.day": "on Tuesday",
    "visit.note": "chlorine 2.4, skimmer cleaned",
    "visit.next_day": "Tuesday 24 November",
    "visit.usual_day": "Tuesday",
    "visit.window": "between 9 and 11",
    "booking.what": "Spring opening",
    "booking.date": "Friday 20 November",
    "booking.window": "between 9 and 11",
    "purchase.what": "Robot cleaner",
    "purchase.amount": "$420",
    "equipment.what": "New pump",
    "equipment.warranty_until": "November 2029",
    "quote.about": "quote for a heater",
    "quote.amount": "$2,340",
    "quote.day": "Wednesday",
    "quote.until": "12 December",
    "inquiry.about": "Weekly service",
    "rating.text": "the gate was left open on Friday",
    "complaint.what": "gate left open on Friday",
    "complaint.wish": "please send somebody who closes it",
    "case.wanted": "somebody who closes the gate",
    "case.assured": "Ring before each visit",
    "case.assured_due": "on Friday",
    "case.put_right": "Luis now sends a photo of the latched gate after each visit",
    "case.put_right_date": "Friday 20 November",
    "case.offer": "$40 credit",
    "promise.what": "Send the filter quote",
    "promise.day": "on Thursday",
    "promise.due": "today",
    "promise.missed": "yesterday",
    "message.day": "on Saturday",
    "message.subject": "Green water",
    "message.question": "Is it safe to swim?",
    "answer.words": "it is safe again as soon as the water is clear, which takes two days",
    "referral.name": "Helen Zhou",
    "referral.day": "on Thursday",
    "agreement.what": "weekly service",
    "agreement.until": "3 January",
    "agreement.left": "two weeks",
    "agreement.price": "$165 a month",
    "review.link": "https://review.example/blue-heron",
    "season.what": "second visit in the leaf weeks",
    "season.price": "$35",
    "campaign.topic": "Before the leaves come down",
    "campaign.words": "The oaks on your street drop in the next two weeks, and a full skimmer stops the pump.",
    "campaign.ask": "Shall I add a second visit in those weeks?",
}

GRACIA = GRACE | {
    "customer.given_name": "Gracia",
    "customer.name": "Gracia Luna",
    "customer.since": "marzo de 2021",
    "business.phone_hours": "por la mañana",
    "event.day": "el martes",
    "event.date": "martes 17 de noviembre",
    "event.what": "Reparación de la bomba",
    "event.note": "cloro bajo, 0,4; lo subió a 2,1 y limpió el skimmer",
    "visit.day": "el martes",
    "visit.note": "cloro 2,4, skimmer limpio",
    "visit.next_day": "martes 24 de noviembre",
    "visit.usual_day": "martes",
    "visit.window": "entre las 9 y las 11",
    "booking.what": "Apertura de primavera",
    "booking.date": "viernes 20 de noviembre",
    "booking.window": "entre las 9 y las 11",
    "purchase.what": "Robot limpiafondos",
    "equipment.what": "Bomba nueva",
    "equipment.warranty_until": "15 de noviembre de 2029",
    "quote.about": "calentador",
    "quote.day": "el miércoles",
    "quote.until": "12 de diciembre",
    "inquiry.about": "Servicio semanal",
    "rating.text": "dejaron la puerta abierta el viernes",
    "complaint.what": "dejaron la puerta abierta el viernes",
    "complaint.wish": "por favor manden a alguien que la cierre",
    "case.wanted": "que venga alguien que cierre la puerta",
    "case.assured": "Llamar antes de cada visita",
    "case.assured_due": "el viernes",
    "case.put_right": "Luis manda ahora una foto de la puerta cerrada después de cada visita",
    "case.put_right_date": "viernes 20 de noviembre",
    "case.offer": "40 dólares de abono",
    "promise.what": "Mandar el precio del filtro",
    "promise.day": "el jueves",
    "promise.due": "hoy",
    "promise.missed": "ayer",
    "message.day": "el sábado",
    "message.subject": "Agua verde",
    "message.question": "¿Se puede nadar?",
    "answer.words": "se puede en cuanto el agua esté clara, y eso tarda dos días",
    "referral.day": "el jueves",
    "agreement.what": "servicio semanal",
    "agreement.until": "3 de enero",
    "agreement.left": "dos semanas",
    "agreement.price": "$165 al mes",
    "season.what": "segunda visita en otoño",
    "campaign.topic": "Antes de que caigan las hojas",
    "campaign.words": "Los robles de su calle sueltan la hoja en estas dos semanas, y un skimmer lleno para la bomba.",
    "campaign.ask": "¿Le añado una segunda visita en esas semanas?",
}

LITTLE = ("customer.given_name", "owner.first_name", "business.name", "event.day", "message.day", "promise.day")


def facts(known=None, *, only=None, rating=None, without=()):
    """Gather what is known of a customer, all of it or only some."""
    known = GRACE if known is None else known
    gathered = [
        Fact(key, text, f"where {key} comes from")
        for key, text in known.items()
        if (only is None or key in only) and key not in without
    ]
    if rating is not None:
        gathered.append(Fact("rating.score", str(rating), "Rated, Tue 17 Nov", rating))
    return Facts.of(gathered)


def about(**words):
    """Gather a few facts by hand: about(event__day="on Tuesday")."""
    return Facts.of(Fact(key.replace("__", "."), text, "by hand") for key, text in words.items())
