"""Who asks not to be written to any more: by the way out of our mail, or in plain words.

It is proposed, never done by itself; the sentence is kept as the reason.
"""

from __future__ import annotations

import re

from followup_desktop.mail.parse.model import Mail

_SUBJECT = re.compile(
    r"^\s*(re:\s*)?(unsubscribe|opt[- ]?out|remove( me)?|stop|baja|darme de baja|cancelar suscripci[óo]n|abmelden|abbestellen|"
    r"d[ée]sinscri\w*|d[ée]sabonn\w*|cancellami|disiscriv\w*|descadastrar|afmelden|uitschrijven)\b[\s.!]*(\S{6,80})?\s*$",
    re.IGNORECASE,
)
_MAIL = r"(e-?mails?|mails?|messages?|texts?|newsletters?|reminders?|notes?|these|this|anything|correspondence|correos?( electr[óo]nicos?)?|mensajes?|emails)"
_WRITE = r"(e-?mail(ing)?|mail(ing)?|writ(e|ing)|contact(ing)?|messag(e|ing)|text(ing)?|send(ing)?|bother(ing)?)"
_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\bunsubscribe( me)?\b",
        r"\bopt(ing)?[- ]?out\b|\bopt me out\b",
        rf"\b(please )?(stop|quit|cease) (e-?mailing|mailing|writing|contacting|messaging|texting|sending|bothering|with (the|these|your) {_MAIL})",
        rf"\bstop (the|these|this|those|your|all)( \w+)? {_MAIL}",
        r"\b(take|remove|get|strike|delete) (me|us|my (name|address|e-?mail)|this address|our (name|address))( \w+){0,2} (off|from|out of)\b.{0,40}\b(list|lists|mailing|database|system|e-?mails?|mails?)",
        r"\bremove (me|us)[.!]?\s*$|\bplease remove (me|us|my (e-?mail|address))\b(?! from (the )?(schedule|route))",
        rf"\b(do not|don'?t|dont|never|please no longer|no longer) ({_WRITE}) (to )?(me|us|my)\b.{{0,40}}\b(any ?more|any ?longer|again|ever|please|in (the )?future)\b",
        rf"\b(do not|don'?t|dont) (ever )?({_WRITE}) (me|us|to me|to us)[.!]?\s*$",
        rf"\b(do not|don'?t|dont|no longer|not) (want|wish|like|need|care)( to (get|receive|have|see|hear))?.{{0,25}}\b{_MAIL}\b.{{0,30}}\b(any ?more|any ?longer|from you|again)\b",
        r"\b(no longer|don'?t|do not|dont) (want|wish|like) to (get|receive|be sent|be contacted|be e-?mailed|hear from you)\b",
        rf"\bno more (of )?(these |your )?{_MAIL}\b|\benough {_MAIL}\b",
        r"\bleave me alone\b|\blose my (e-?mail|address|number)\b",
        r"\bnot interested in (these|your|any more|further) (e-?mails?|messages|mailings|offers)\b",
        # Spanish
        r"\b(d[ae]r?me|denme|deme|quiero darme|solicito) (de )?(la )?baja\b|\bde baja\b.{0,40}\b(lista|correos?|suscripci[óo]n)|\bbaja de (la|su|esta|vuestra) lista\b",
        r"\b(no|nunca) (me|nos) (escrib\w+|env[íi]\w+|mand\w+|contact\w+|molest\w+)\b.{0,50}\b(m[áa]s|nunca|otra vez|por favor)\b|\bno (me|nos) (escrib\w+|env[íi]\w+|mand\w+|molest\w+)[^.!?]{0,20}m[áa]s\b",
        r"\b(no|ya no) (quiero|queremos|deseo|deseamos|quisiera) (recibir|que me (escriban|env[íi]en|contacten|manden)|m[áa]s (correos|mensajes|emails))",
        r"\b(dejen?|dejad|pare[n]?|dejar) de (escribir|enviar|mandar|contactar|molestar)\w*\b",
        r"\b(qu[íi]t|b[óo]rr|elim[íi]n|saqu|sáqu)\w*me\b.{0,40}\b(lista|base de datos|correos?)\b|\b(quiten|borren|eliminen|saquen)\b.{0,30}\bmi (correo|direcci[óo]n|email|nombre)\b",
        r"\bcancel\w* (mi |la )?suscripci[óo]n\b|\bno m[áa]s (correos|mensajes|emails|e-mails)\b",
        # Others
        r"\b(bitte )?(schreiben sie mir nicht mehr|keine (weiteren |e-?)?mails mehr|aus (ihrem|dem) verteiler|abmelden|nehmen sie mich)\b",
        r"\b(me d[ée]sinscrire|d[ée]sabonnez|d[ée]sinscrivez|ne (plus )?m'?(envoyez|[ée]crivez|contactez) plus|plus recevoir)\b",
        r"\b(non (mi )?(scrivete|inviate|contattate)(mi)? pi[ùu]|cancellatemi|cancellarmi|non desidero (pi[ùu] )?ricevere)\b",
        r"\b(n[ãa]o (quero|desejo) (mais )?receber|parem? de (me )?(enviar|mandar|escrever)|me (retire|remova|tire)m? da lista)\b",
        r"\b(geen (e-?)?mails? meer|schrijf me uit|uitschrijven|van (de|uw) lijst)\b",
    )
)
_NOT_IT = re.compile(
    r"\b(don'?t|do not|didn'?t|no need to|please don'?t) (stop|unsubscribe|remove me)\b|\b(did|have) (you|i) (stop|unsubscrib)|"
    r"\bbefore i (unsubscribe|ask)|\bhow (do|can|would) (i|people|customers) unsubscribe from (the )?(paper|magazine|news)|"
    r"\bno (me|nos) (dé|den|dejes?|dejen?) de (baja|escribir)\b|\bno dejen? de escribir|\bstop by\b(?!.*e-?mail)|"
    r"\bunsubscribed? (from|to) (netflix|the (paper|magazine|gym|other))|\b(my|our) (neighbou?r|wife|husband|son|daughter|sister|brother|friend|tenant)s? (wants?|would like|asked) (you )?to (stop|unsub)",
    re.IGNORECASE,
)


def opt_out_sentence(mail: Mail, words: str) -> str:
    """Return the sentence that asks not to be written to any more, or nothing. `words` are the sender's own."""
    if _SUBJECT.match(mail.subject) and len(words.split()) <= 25 and not re.match(r"\s*re:", mail.subject, re.I):
        return _sentence_in(words) or mail.subject
    sentence = _sentence_in(words)
    if sentence:
        return sentence
    bare = words.strip().strip(".!").casefold()
    return (
        words.strip()
        if bare in ("stop", "unsubscribe", "remove", "remove me", "opt out", "baja", "stop please", "please stop")
        else ""
    )


def _sentence_in(words: str) -> str:
    for sentence in re.split(r"(?<=[.!?])\s+|\n{2,}", words[:8000]):
        line = " ".join(sentence.split())
        if any(pattern.search(line) for pattern in _ASKS) and not _NOT_IT.search(line):
            return line[:300]
    return ""
