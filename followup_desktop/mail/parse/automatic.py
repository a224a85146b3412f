"""Automatic replies: which they are.

Automatic mail says so in its headers (RFC 3834, and the habits that came before it); where it does not, its subject
and its first words do. It never counts as an answer. When somebody is back: `back.py`.
"""

from __future__ import annotations

import re

from followup_desktop.mail.parse.model import Mail

_SAYS_SO = re.compile(
    r"^\W*auto\s?[:：]|\bout[ -]of[ -](the )?office\b|\booo\b|\bauto(mat(ic|ed))?[- ]?(e-?mail )?(reply|response|responder|answer|acknowledge?ment)\b|autoreply|autoresponse|"
    r"away from (my|the) (office|desk|mail)|(vacation|holiday|absence|away) (reply|message|notice|response|notification|auto)|"
    r"abwesenheits|automatische (antwort|rückantwort|e-?mail)|auto-?antwort|nicht im (büro|haus)\b|"
    r"respuesta autom[áa]tica|contestaci[óo]n autom[áa]tica|fuera de (la |mi )?oficina|mensaje autom[áa]tico|aviso de ausencia|"
    r"r[ée]ponse automatique|message d'absence|absence du bureau|absent\w* du bureau|r[ée]pondeur|"
    r"risposta automatica|fuori (sede|ufficio)|messaggio automatico|assenza dall'ufficio|"
    r"resposta autom[áa]tica|fora do escrit[óo]rio|mensagem autom[áa]tica|aus[êe]ncia tempor|"
    r"automatisch(e)? (antwoord|bericht|beantwoord)|afwezigheids|niet aanwezig|buiten kantoor|"
    r"autosvar|automatisk(t)? (svar|besvarelse|meddelande)|fraværs|fr[åa]nvaro|ikke til stede|ikke på kontoret|"
    r"automaattinen vastaus|poissaolo|poissa toimistosta|"
    r"automatyczna odpowied|odpowied[źz] automatyczn|autoodpowied|poza biurem|nieobecno[śs][ćc]|"
    r"automatick[áa] odpov|automatická odezva|mimo kancel|nep[řr][íi]tomnost|"
    r"automatikus v[áa]lasz|házon kívül|r[ăa]spuns automat|автоответ|автоматическ|автоматичн|вне офиса|отсутствие на|"
    r"αυτόματη απάντηση|εκτός γραφείου|otomatik (yan[ıi]t|cevap)|ofis d[ıi][şs][ıi]nda|resposta autom[àa]tica|automatski odgovor|samodejni odgovor|"
    r"自动回复|自動回覆|自動応答|自動返信|不在通知|外出中|부재중|자동 ?(응답|회신)|תשובה אוטומטית|رد تلقائي|trả lời tự động|balasan otomatis|jawapan automatik|ตอบกลับอัตโนมัติ",
    re.IGNORECASE,
)
"""Subjects that no person writes."""
_AWAY = re.compile(
    r"\b(away|vacation|holidays?|leave|absen(t|ce|te|cia|za)|urlaub|abwesen\w*|verreist|vacaciones|ausen(te|cia)|congés?|vacances|ferie|assen(te|za)|férias|ausente|vakantie|afwezig|"
    r"ferie|semester|bortrest|lomalla|poissa|urlop\w*|dovolen\w*|szabads[áa]g\w*|concediu|отпуск\w*|відпустк\w*|izin\w*|tatil)\b|休假|休暇|不在|휴가",
    re.IGNORECASE,
)
"""Subjects that a person may write too: about the holidays in which nobody is at home."""
_IDIOMS = re.compile(
    r"\byour (e-?mail|message|mail)\b|\burgent|in (my|our) absence|as soon as|limited (access|e-?mail)|respond|will (answer|reply)|ihre (nachricht|e-?mail|mail)|dring(end|lich)|in meiner abwesenheit|votre (message|mail|e-?mail|courriel)|urgen(t|ce|cia|za|te)|"
    r"su (mensaje|correo)|durante mi ausencia|(suo|vostro|tuo) messaggio|sua mensagem|uw (bericht|mail|e-?mail)|срочн|pilne|緊急|紧急|긴급",
    re.IGNORECASE,
)
"""What a program says of the mail it answers, and whom to turn to."""
_SPEAKS_AS_ONE = re.compile(
    r"\bthis is an? (automat(ed|ic)|auto[- ]?(generated|reply|response))|(?:^|[.!?:*()\[\]–-]\s*|\b(?:is|was|this|an|your|following)(?<!got an)(?<!get an)(?<!got your)(?<!get your) )(?<!of your )automat(ed|ic(ally)?) (generated |sent )?(reply|response|message|e-?mail|acknowledge?ment)|(please )?do not (reply|respond) to this (automat|e-?mail|message)|"
    r"\b(e-?mail|message|reply|response) (was|is|has been) (automatically|auto-?) ?(generated|sent|created)|##- ?please type your reply above|"
    r"(dies|dieses|diese) (ist eine|e-?mail (wurde|ist)|nachricht (wurde|ist)) .{0,20}automatisch|automatisch (erstellt|generiert|erzeugt|versandt|gesendet)|"
    r"(este|esta) (es un|mensaje|correo|respuesta|é uma|mensagem|e-?mail) .{0,30}autom[áa]tic|(ceci est|ce message|cette réponse|cet e-?mail) .{0,30}automatique|"
    r"(questo|questa) (è un|messaggio|risposta|e-?mail) .{0,30}automatic|(dit is een|dit bericht|deze e-?mail) .{0,30}automatisch|automatyczn\w+ (wiadomoś|odpowied)|автоматическ\w+ (ответ|сообщ|уведомл)|"
    r"自動(返信|応答|送信)|自动(回复|发送|生成)|자동(으로)? ?(발송|응답|회신)",
    re.IGNORECASE,
)
_TICKET_SUBJECT = re.compile(
    r"(ticket|case|request|incident|inquiry|enquiry|reference|ref|vorgang|anfrage|caso|solicitud|demande|richiesta|pedido|chamado|zgłoszenie|zaak|sak|ärende|заявка|обращение)\W{0,3}(id|no\.?|nr\.?|number|num|n[ºo°]|ref)?\W{0,4}[a-z]{0,6}-?\d{3,}|"
    r"\[[#\w -]{0,12}\d{3,}\]|^(we('ve| have)? (received|got)|thank(s| you) for (contacting|your (message|e-?mail|inquiry|enquiry|request|interest)|reaching|writing|getting))|(message|request|e-?mail|inquiry|enquiry|ticket|case|support) (has been |was )?(received|created|opened|registered|submitted|logged)|"
    r"(confirmation|acknowledge?ment) of (receipt|your)|(eingangsbestätigung|empfangsbestätigung|vielen dank für ihre (nachricht|anfrage)|hemos recibido|gracias por (contactar|su mensaje|escribir)|accusé de réception|nous avons (bien )?reçu|merci (de|pour) (votre|nous)|"
    r"abbiamo ricevuto|grazie per (averci|il tuo|la tua)|recebemos (a )?su|obrigad\w+ (por|pelo)|bedankt voor (uw|je)|wij hebben uw|otrzymaliśmy|tack för ditt|tak for din)",
    re.IGNORECASE,
)
_TICKET_WORDS = re.compile(
    r"(we|our team|support).{0,30}(have |has |'ve )?(received|got|logged|created|opened|assigned).{0,50}(your|a|this|the) (message|request|e-?mail|inquiry|enquiry|ticket|case|mail)|"
    r"(has been|was) (received|created|opened|logged|assigned|registered)|(will|shall) (get back|respond|reply|be in touch|answer|come back)|within .{0,12}(hours|business|working|days)|"
    r"(ihre (nachricht|anfrage|e-?mail)).{0,60}(erhalten|eingegangen)|schnellstmöglich|(hemos recibido|su (mensaje|solicitud|consulta)).{0,60}|(le|te) responderemos|(nous avons (bien )?reçu|votre (message|demande)).{0,60}|"
    r"(abbiamo ricevuto|la (sua|tua) (richiesta|e-?mail)).{0,60}|(recebemos|sua (mensagem|solicitação)).{0,60}|(wij hebben uw|uw (bericht|aanvraag)).{0,60}ontvangen|otrzymaliśmy",
    re.IGNORECASE,
)
_ROBOT = re.compile(
    r"^(no[-_.]?reply|do[-_.]?not[-_.]?reply|donotreply|noreply|ne[-_.]?pas[-_.]?repondre|no[-_.]?responder|nicht[-_.]?antworten|naoresponda|nao[-_.]?responder|non[-_.]?rispondere|"
    r"notifications?|alerts?|newsletters?|news|bounces?|autoreply|auto[-_.]?reply|auto[-_.]?responder|autoresponse|vacation|mailer|robot|daemon|mailer-daemon|postmaster|listserv|majordomo|"
    r"calendar-notification|drive-shares.*|invitations?)([+\-_.=][^@]*)?@",
    re.IGNORECASE,
)
_PRECEDENCE = re.compile(r"^(auto[-_ ]?reply|bulk|junk)\b", re.IGNORECASE)
_REPLIED = re.compile(
    r"^\s*(?:(?:re|aw|rv|sv|vs|tr|r|antw|odp|fwd?|fw|ynt|res|ref|回复|答复|回覆|返信)\s*(?:\[\d+\])?\s*[:：]\s*)+",
    re.IGNORECASE,
)
_FLAGS = (
    "X-Autorespond",
    "X-Autoresponder",
    "X-Auto-Respond",
    "X-Auto-Response",
    "X-AutoReply-From",
    "X-Auto-Reply",
    "X-Auto-Reply-From",
    "X-Mail-Autoreply",
    "X-Autogenerated",
    "X-Auto-Generated",
    "X-Amazon-Auto-Reply",
    "X-FC-MachineGenerated",
    "X-Vacation",
    "X-Vacation-Message",
    "X-Out-Of-Office",
    "X-Away",
    "X-Auto-Response-From",
    "X-Cron-Env",
    "X-Zendesk-Auto",
    "X-Precedence-Auto",
)
_PROGRAMS = re.compile(r"vacation|autorespond|auto[- ]?reply|autoanswer|out of office|sieve", re.IGNORECASE)


def is_automatic(mail: Mail) -> bool:
    """Whether no person wrote this for us."""
    return _says_header(mail) or bool(_ROBOT.match(mail.sender)) or is_away(mail) or _is_acknowledgement(mail)


def _says_header(mail: Mail) -> bool:
    submitted = re.sub(r"\([^)]*\)", "", mail.header("Auto-Submitted")).strip().casefold()
    if submitted and not submitted.startswith("no"):
        return True
    if _is_yes(mail.header("X-Autoreply")) or any(_is_yes(mail.header(name)) for name in _FLAGS):
        return True
    if _PRECEDENCE.match(mail.header("Precedence")) or _PRECEDENCE.match(mail.header("X-Precedence")):
        return True
    suppress = mail.header("X-Auto-Response-Suppress").casefold()
    if suppress and suppress != "none":
        return True
    if mail.header("Return-Path") == "<>" or mail.header("X-Envelope-From") == "<>":
        return True
    if "autoresponder" in f"{mail.header('Delivered-To')} {mail.header('X-POST-MessageClass')}".casefold():
        return True
    if _PROGRAMS.search(f"{mail.header('X-Mailer')} {mail.header('User-Agent')}"):
        return True
    if mail.header("Content-Type").casefold().startswith("multipart/report"):
        return True
    return _is_of_a_list(mail)


def _is_yes(value: str) -> bool:
    return bool(value) and value.casefold() not in ("no", "false", "0", "none")


def _is_of_a_list(mail: Mail) -> bool:
    """Whether a message went to many. A group's answer to ours is a person's, though the group put its marks on it."""
    to_many = any(mail.header(name) for name in ("List-Id", "List-Unsubscribe", "List-Post", "Mailing-List"))
    to_many = to_many or mail.header("Precedence").casefold().startswith("list")
    return to_many and not (mail.answers and _REPLIED.match(mail.subject))


_LED_AWAY = re.compile(
    r"\b(?:on|i['’]?m|i am|we['’]?re|we are|currently|my|annual|sick|parental|maternity|im|in|en|de|auf|zur zeit|op|met|på|na)\b\s*",
    re.IGNORECASE,
)


def is_away(mail: Mail) -> bool:
    """Whether its subject says that somebody is away, or its words that a program speaks.

    A person answers with “Re:”, so what stands behind it is somebody's own subject; and a person writes of holidays
    too, so those words count only in an answer that is about nothing else.
    """
    replied = _REPLIED.match(mail.subject)
    found = _SAYS_SO.search(mail.subject)
    if found and not replied and found.start() < 40:
        return True
    beginning = " ".join(mail.text[:6000].split())[:1500]
    if _SPEAKS_AS_ONE.search(_own(mail)):
        return True
    away = _AWAY.search(mail.subject)
    answers = bool(away) and not replied and bool(mail.answers)
    bare = _LED_AWAY.sub("", mail.subject)
    if (
        answers
        and _AWAY.fullmatch(bare.strip(" .!:-"))
        and (_AWAY.search(beginning) or re.search(r"\bback\b|\d", beginning))
    ):
        return True  # whoever answers with a subject of their own that says nothing else is a program
    return answers and bool(_IDIOMS.search(beginning) and (_AWAY.search(beginning) or _SAYS_SO.search(beginning)))


def _own(mail: Mail) -> str:
    """Return the beginning of what is said, down to what looks quoted."""
    lines: list[str] = []
    for line in mail.text[:6000].split("\n")[:80]:
        if line.lstrip().startswith(">") or _QUOTES.match(line[:200]):
            break
        lines.append(line)
    return " ".join(" ".join(lines).split())[:2500]


_QUOTES = re.compile(r"\W{0,3}-{3,} ?\w+ \w+ ?-{3,}|\s*(from|von|de|da|van)\s?:", re.IGNORECASE)


def _is_acknowledgement(mail: Mail) -> bool:
    """Whether a help desk only says that it has got a message."""
    if not _TICKET_SUBJECT.search(mail.subject):
        return False
    bare = _REPLIED.sub("", mail.subject)
    machine = bool(
        re.search(r"(ticket|case|request|id|#)\W{0,4}[a-z]{0,6}-?\d{3,}", bare + _own(mail)[:600], re.IGNORECASE)
    )
    return bool(_TICKET_WORDS.search(_own(mail))) and (machine or not _REPLIED.match(mail.subject))
