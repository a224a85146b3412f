"""Read receipts (RFC 8098), and what some servers send in their place."""

from __future__ import annotations

import re

from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.reading import ids

_SUBJECT = re.compile(
    r"^\W*(read|le[íi]d[oa]|le[íi]da|gelesen|lu|letto|lid[oa]|gelezen|läst|læst|lest|luettu|przeczytan[oey]|odczytan[oey]|přečteno|prečítané|прочитано|прочтено|okundu|olvasva|citit|llegit|διαβάστηκε|displayed|opened|"
    r"not read|deleted(?: without)?|no le[íi]do|eliminado|sin leer|non letto|ungelesen|gelöscht(?: ohne)?|nicht gelesen|non lu|supprimé|não lid[oa]|excluído|niet gelezen|verwijderd|ej läst|olæst|"
    r"return receipt|read receipt|read notification|disposition notification|mdn|message disposition|acuse de (?:lectura|recibo)|confirmación de lectura|lesebestätigung|empfangsbestätigung|"
    r"accusé de (?:réception|lecture)|confirmation de lecture|conferma di lettura|ricevuta di ritorno|confirmação de leitura|recibo de leitura|leesbevestiging|ontvangstbevestiging|läskvitto|mottagningskvitto|læsekvittering|kvittering|lukukuittaus|potwierdzenie (?:przeczytania|odczytania)|"
    r"potvrzení o přečtení|уведомление о прочтении|okundu bilgisi|開封|既読|已读|已讀|읽음)\b.{0,40}?(?:[:：(\[-]|$)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(was|has been|were) (read|displayed|opened|deleted|seen)|return receipt|read receipt|deleted without|receipt (for the mail|only acknowledges)|was received by|"
    r"wurde.{0,60}(gelesen|angezeigt|gelöscht|geöffnet)|(fue|ha sido|se ha) (leíd|mostrad|abiert|eliminad)|se leyó|a été (lu|affiché|ouvert|supprimé)|"
    r"è stat[oa] (lett|visualizzat|apert|eliminat)|foi (lid|exibid|abert|excluíd)|(is|werd) .{0,40}(gelezen|weergegeven|geopend|verwijderd)|(har|blev) .{0,30}(lästs?|læst|lest|visats|vist)|lästes|"
    r"on luettu|luettiin|został[ao]? .{0,30}(przeczytan|odczytan|wyświetlon)|byla? .{0,30}(přečten|zobrazen)|был[оа]? .{0,40}(прочита|прочтен|отображ)|okundu|elolvas|開封|表示され|已(被)?(阅读|閱讀|读)|읽었|읽음",
    re.IGNORECASE,
)
_UNREAD = re.compile(
    r"deleted|denied|failed|dispatched|processed|without being read|not read|ungelesen|gelöscht|sin leer|no leíd|eliminad|non lu|supprimé|non lett|não lid|niet gelezen|verwijderd",
    re.IGNORECASE,
)


def is_receipt(mail: Mail) -> bool:
    """Whether a message only tells that one of ours was shown, or deleted unread."""
    if "message/disposition-notification" in mail.reports:
        return True
    if "disposition-notification" in mail.header("Content-Type").casefold():
        return True
    if not _SUBJECT.match(mail.subject):
        return False
    # Outlook writes a receipt without a report when it cannot do better; a person's own words would be others.
    return (
        bool(_BODY.search(mail.text[:2000]))
        and len(mail.text) < 2500
        and bool(re.search(r"\d[:.]\d\d|\d{4}", mail.text))
    )


def tells_refusal(mail: Mail) -> bool:
    """Whether it takes the form of a receipt, but tells that the mailbox refused the message (RFC 5429 2.2).

    A receipt of a message that was deleted unread looks the same but for its words.
    """
    report = mail.reports.get("message/disposition-notification", "")
    taken = re.search(r"(?im)^disposition:\s*automatic-action/[^;\n]*;\s*(deleted|failed)", report)
    return bool(taken and _REFUSED.search(f"{mail.subject}\n{mail.text[:1000]}"))


_REFUSED = re.compile(
    r"\b(rejected|refused|quota exceeded|mailbox is full)\b|\bmessage .{0,40}(rejected|refused)|abgelehnt|abgewiesen|rechazad|refusé|rejeté|rifiutat|rejeitad|geweigerd",
    re.IGNORECASE,
)


def was_shown(mail: Mail) -> bool:
    """Whether the message a receipt is about was shown to somebody, as against deleted unread or withheld."""
    report = mail.reports.get("message/disposition-notification", "")
    found = re.search(r"(?im)^disposition:[^;\n]*;\s*([a-z-]+)", report)
    if found:
        return found[1].casefold() == "displayed"
    return not _UNREAD.search(f"{mail.subject} {mail.text[:600]}")


def about(mail: Mail) -> tuple[str, ...]:
    """Return the ids of the message a receipt is about, the surest first."""
    report = mail.reports.get("message/disposition-notification", "")
    named = re.search(r"(?im)^original-message-id:\s*(\S+)", report)
    return tuple(
        dict.fromkeys((*(ids(named[1]) if named else ()), *mail.answers, *returned_ids(mail), *ids(mail.text)))
    )


def returned_ids(mail: Mail) -> tuple[str, ...]:
    """Return the ids under which a message of ours was sent back."""
    lines = re.findall(
        r"(?im)^(?:x-microsoft-original-|x-original-|original-)?message-id:\s*(<[^<>\s]{1,900}>)", mail.returned
    )
    return tuple(dict.fromkeys(lines))
