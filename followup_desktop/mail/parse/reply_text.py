"""The words of a reply without what it quotes and without what a mail program puts under it.

In this order: what is known from our own message is taken away; what the HTML marks as quoted; what text shows to be
quoted, by its shape rather than its language wherever that is enough.
"""

from __future__ import annotations

import itertools
import re

from followup_desktop.mail.parse.html import marks_quotes, text_of
from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.reading import capped

_WROTE = (
    r"wrote|writes|escribi[óo]|escribe|schrieb|schreibt|a écrit|écrit|ha scritto|scrive|escreveu|schreef|skrev|napisał(?:\(a\))?|"
    r"napsal(?:\(a\))?|napísal(?:\(a\))?|írta|kirjoitti|va escriure|a scris|написал(?:\(а\))?|пише|написав|έγραψε|yazdı|"
    r"đã viết|menulis|schrieb am|skrifaði|rakstīja|rašė|kirjutas|je napisa[ol](?:\(la\))?|さんは書きました|写道|寫道|작성|作成"
)
_ATTRIBUTION = re.compile(
    rf"(?:^|\s|\()(?:{_WROTE})\b.{{0,120}}[:：]\s*$|(?:写道|寫道|書きました|작성)\s*[:：]?\s*$", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"^\W{0,3}[-_*=]{2,}\s*(?:[\w'’.áéíóúñüöäàèçãõœ]+\s+){0,4}"
    r"(?:message|mensaje|mensagem|nachricht|messaggio|bericht|meddelelse|meddelande|melding|viesti|wiadomość|zpráva|"
    r"сообщение|mail|e-mail|correo|mesaj|üzenet|μήνυμα|メッセージ|邮件)"
    r"(?:\s+[\w'’áéíóúñüöäàèçãõœ]+){0,3}\s*[-_*=]{2,}\W*$",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"^\s*[>*|]*\s*\*?([^\W\d_][\w .\-/éèêàçñóíöäüßøåæÆØÅąęłńśźżčřžýáúůěďťňşıİğа-яА-ЯіїєґΑ-ωά-ώ]{0,24}?)\s?:\*?\s*(\S.*)?$"
)
_FROM = frozenset(
    "from de von da van fra från od lähettäjä feladó от від από kimden gönderen expéditeur remitente mittente remetente afzender"
    " avsändare nadawca odesílatel kimden: za 发件人 寄件者 差出人 보낸사람".split()
)
_UNDER = re.compile(r"^\s*(--|—|__)\s*$")
_DEVICE = re.compile(
    r"^\W*(?:sent|get|enviad[oa]|gesendet|envoyé|inviato|verzonden|skickat|sendt|lähetetty|wysłan[eo]|odesláno|отправлено|"
    r"надіслано|αποστολή|gönderildi)\b.{0,60}\b"
    r"(?:iphone|ipad|android|samsung|galaxy|blackberry|outlook|yahoo|mobile?|móvil|celular|handy|smartphone|"
    r"telefon\w*|téléphone|mail|huawei|xiaomi|windows|proton\w*|gmail|device|dispositivo|cell|phone)\b.{0,60}$",
    re.IGNORECASE,
)
_ADDRESS_OR_DATE = re.compile(r"[^\s<>]+@[^\s<>]+|\b\d{1,2}[:.]\d{2}\b|\b(?:19|20)\d\d\b")


def reply_text(mail: Mail, ours: str = "") -> str:
    """Return the words the sender wrote themselves; `ours` is the text of the message they answer, where known.

    Where all of it looks quoted, nothing is returned: an empty answer is none.
    """
    text = mail.text
    if mail.html and marks_quotes(mail.html):
        marked = text_of(mail.html, quoted=False)
        # Answers written between the quoted lines stand inside what is marked as quoted.
        if marked.strip() and not _answers_within(text):
            text = marked
    return own_words(capped(text), ours)


def own_words(text: str, ours: str = "") -> str:
    """Return a text without quoted lines, without the line that introduces them, and without a signature."""
    lines = text.split("\n")
    quoted = _quoted_lines(lines, ours)
    kept = [line for line, is_quoted in zip(lines, quoted, strict=True) if not is_quoted]
    return _tidy(_without_signature(kept))


def _answers_within(text: str) -> bool:
    """Whether somebody answered between quoted lines."""
    marks = [line.lstrip().startswith(">") for line in text.split("\n") if line.strip()]
    turns = sum(1 for before, after in itertools.pairwise(marks) if before and not after)
    return turns >= 1 and any(marks)


def _quoted_lines(lines: list[str], ours: str) -> list[bool]:
    quoted = [line.lstrip().startswith((">", "|>")) for line in lines]
    known = {_bare(line) for line in ours.split("\n") if len(_bare(line)) > 12}
    if known:
        quoted = [is_quoted or _bare(line) in known for is_quoted, line in zip(quoted, lines, strict=True)]
    for number in range(len(lines)):
        if quoted[number]:
            continue
        if _begins_a_header(lines, number) or _ORIGINAL.match(lines[number]):
            _all_from(quoted, _above_rule(lines, number))
            break
        length = _attribution(lines, quoted, number)
        if length:
            for line in range(number, number + length):
                quoted[line] = True
            if not any(quoted[number + length :]):  # quoted below without a mark
                _all_from(quoted, number)
                break
    return quoted


def _all_from(quoted: list[bool], number: int) -> None:
    quoted[number:] = [True] * (len(quoted) - number)


def _above_rule(lines: list[str], number: int) -> int:
    """Return the line at which a quoted header begins: the rule drawn above it belongs to it."""
    while number and (not lines[number - 1].strip() or re.fullmatch(r"\s*[_\-=*]{5,}\s*", lines[number - 1])):
        if lines[number - 1].strip():
            return number - 1
        number -= 1
    return number


def _begins_a_header(lines: list[str], number: int) -> bool:
    """Whether the headers of an earlier message begin here: “From:”, and two more fields right under it."""
    first = _FIELD.match(lines[number])
    if first is None:
        return False
    under = [line for line in lines[number + 1 : number + 8] if line.strip()][:4]
    fields = [match for match in map(_FIELD.match, under) if match]
    if first[1].strip(" *").casefold() in _FROM:
        return len(fields) >= 2
    # Another language, another order: four fields in a row, with an address and a time among them.
    block = [lines[number], *under[:3]]
    return (
        len(fields) >= 3
        and len([f for f in map(_FIELD.match, block) if f]) == 4
        and any("@" in line for line in block)
        and any(re.search(r"\d{4}|\d[:.]\d\d", line) for line in block)
    )


def _attribution(lines: list[str], quoted: list[bool], number: int) -> int:
    """Return how many lines from here introduce what is quoted: “On … wrote:”, perhaps over several lines."""
    for length in (1, 2, 3, 4):
        block = lines[number : number + length]
        if len(block) < length or any(not line.strip() for line in block):
            return 0
        text = " ".join(line.strip() for line in block)
        if len(text) > 300:
            return 0
        if _ATTRIBUTION.search(text) and (_ADDRESS_OR_DATE.search(text) or _is_quoted_below(quoted, number + length)):
            return length
        # Any language: it ends in a colon, names an address or a time, and what is quoted comes right after.
        if (
            text.rstrip().endswith((":", "："))
            and _ADDRESS_OR_DATE.search(text)
            and _is_quoted_below(quoted, number + length)
        ):
            return length
    return 0


def _is_quoted_below(quoted: list[bool], number: int) -> bool:
    return any(quoted[number : number + 2])


def _bare(line: str) -> str:
    """Return a line as it can be known again: without quote marks, blanks and case."""
    return " ".join(line.lstrip("> |").split()).casefold()


def _without_signature(lines: list[str]) -> list[str]:
    for number, line in enumerate(lines):
        if (_UNDER.match(line) or line == "-- ") and any(kept.strip() for kept in lines[:number]):
            lines = lines[:number]
            break
    while lines and (not lines[-1].strip() or _DEVICE.match(lines[-1].strip())):
        lines = lines[:-1]
    return [line for number, line in enumerate(lines) if not (_DEVICE.match(line.strip()) and _is_last(lines, number))]


def _is_last(lines: list[str], number: int) -> bool:
    return not any(line.strip() for line in lines[number + 1 :])


def _tidy(lines: list[str]) -> str:
    text = "\n".join(line.rstrip().replace("\u200b", "").replace("\ufeff", "") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
