"""The words of a reply without what it quotes and without what a mail program puts under it.

In this order: what is known from our own message is taken away; what the HTML marks as quoted; what text shows to be
quoted, by its shape rather than its language wherever that is enough.
"""

from __future__ import annotations

import re

from followup_desktop.mail.parse.below import is_device, without_signature
from followup_desktop.mail.parse.html import marks_quotes, text_of
from followup_desktop.mail.parse.model import Mail
from followup_desktop.mail.parse.reading import capped

_WROTE = (
    r"wrote|writes|written|escribi[óo]|escribe|escribiu|schrieb|schreibt|geschrieben|a écrit|écrit|ha scritto|scrive|escreveu|schreef|geschreven|skrev|"
    r"napisał(?:\(a\)|a)?|pisze|napsal(?:\(a\)|a)?|píše|napísal(?:\(a\)|a)?|írta|írt|kirjoitti|va escriure|a scris|написал(?:\(а\)|а)?|написа|пише|"
    r"пишет|написав|έγραψε|γράφει|yazdı|yazmış|đã viết|viết|menulis|skrifaði|rakstīja|rašė|kirjutas|je napisa[ol](?:\(la\)|/la|la)?|napisa(?:o|la?)|"
    r"hat geschrieben|idatzi du|d'scríobh|shkroi|ने लिखा|เขียนว่า|كتب|نوشت|כתב|さんは書きました|が書き込みました|のメール|のメッセージ|写道|写了|寫道|님이 작성|작성|作成"
)
_WROTE_HERE = re.compile(
    rf"(?<!\w)(?:{_WROTE})(?!\w)|写道|寫道|書きました|のメール|のメッセージ|作成|작성", re.IGNORECASE
)
_ENDS_WROTE = re.compile(
    rf"(?:(?<!\w)(?:{_WROTE})(?!\w)|写道|寫道|書きました|のメール|のメッセージ|작성|作成)\W{{0,6}}$", re.IGNORECASE
)
_STARTS = re.compile(
    r"^\W*(?:on|am|le|el|il|em|op|den|på|dne|dňa|dnia|w dniu|pada|vào|a|la|dana|data|dia|fra|from|från|in|at|în|в|у|на|στις|la data|dátum|tarihinde|"
    r"ngày|ar|ku|u|ned|em|om|quoting|citando|zitat von|citát|понедельник|вторник|сред[ау]|четверг|пятниц[ау]|суббот[ау]|воскресенье|on behalf|"
    r"\d{1,4}|(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|jue|vie|sáb|dom|gio|seg|ter|qua|qui|sex|ma|wo|vr|za|zo|"
    r"tir|ons|tor|fre|lør|søn|mån|tis|lör|sön|ti|ke|to|pe|la|su|pon|wt|śr|czw|pt|sob|ndz|po|út|st|čt|pá|so|ne|пн|вт|ср|чт|пт|сб|вс|нд)[\w]*[.,]*\s|"
    r"在|于|於|[^\s@]{0,40}@|<|\"|'|“|[^\W\d_]+[\w .,'\"-]{0,60}<|في|ב|עם)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b\d{1,2}[:.h]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\d{4}年|\d{1,2}月|\d{1,2}월",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?<![^\s<>()\[\]:\"',;])[^\s<>()\[\]:\"',;@]{1,64}@[^\s<>()\[\]:\"',;@]{1,200}")
_WORDS_OF_MAIL = (
    r"messages?|mensaje|mensagem|nachricht|messaggio|bericht|berichten|meddelelse|meddelande|melding|viesti|wiadomość|wiadomości|zpráva|správa|сообщение|"
    r"сообщения|повідомлення|e-?mail|mail|correo|mesaj|mesajul|ileti|üzenet|μήνυμα|poruka|sporočilo|pesan|thư|courriel|メッセージ|邮件|郵件|메일|메시지|הודעה|رسالة"
)
_ORIGINAL = re.compile(
    rf"^\W{{0,6}}[-_*=‐–—]{{2,}}\s*(?:[^\s\d]{{1,24}}\s+){{0,4}}(?:{_WORDS_OF_MAIL})(?:\s+[^\s\d]{{1,24}}){{0,3}}\s*[-_*=‐–—]{{2,}}\W*$"
    rf"|^\W*[-_*=‐–—]{{3,}}\s*(?:[^\s\d:]{{1,24}}\s+){{0,3}}(?:{_WORDS_OF_MAIL})(?:\s+[^\s\d:]{{1,24}}){{0,3}}\s*[-_*=‐–—]{{3,}}\s*(?:from|von|de|da|van|fra|från|od|от)\s?:"
    r"|^\W*[-_*=‐–—]{2,}\s*(?:original|原始邮件|原始郵件|原邮件|原文|원본 메일|forwarded|forward|weitergeleitet|reenviado)\s*[-_*=‐–—]{2,}\W*$",
    re.IGNORECASE,
)
_BARE_ORIGINAL = re.compile(
    rf"^\W*(?:original|ursprüngliche|mensaje original|message d'origine|messaggio originale|mensagem original|oorspronkelijk|oryginalna|forwarded|begin forwarded|"
    rf"weitergeleitete|reenviado)?\s*(?:{_WORDS_OF_MAIL})?(?: original[ea]?)?\W*$",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"^\W*(begin forwarded message|anfang der weitergeleiteten (nachricht|e-?mail)|début du (message|courriel) (réexpédié|transféré)|inicio del mensaje reenviado|"
    r"inizio (del )?messaggio inoltrato|início da mensagem (re)?encaminhada|begin doorgestuurd bericht|start på vidaresänt meddelande|vidarebefordrat brev|"
    r"start på videresendt (besked|melding)|początek przekazywanej wiadomości|начало переадресованного сообщения|以下是转发的邮件|転送されたメッセージ|전달된 메시지 시작)\s*[:：]?\W*$",
    re.IGNORECASE,
)
_DASHED = re.compile(rf"^\W*[-‐–—]{{3,}}.{{0,250}}?(?:{_WROTE}).{{0,200}}[-‐–—]{{3,}}\s*$", re.IGNORECASE)
_FIELD = re.compile(r"^[\s>*|\u200e\u200f]*([^\W\d_][^:：\d@<>]{0,28}?)\s?\*?[:：]\*?\s*(\S.*)?$")
_FROM = frozenset(
    "from de von da van fra från od lähettäjä feladó от від kimden gönderen expéditeur remitente mittente remetente afzender"
    " avsändare afsender avsender nadawca odesílatel odosielateľ за 发件人 寄件者 寄件人 差出人 送信者 보낸사람 보낸 pošiljatelj ot dari pengirim từ από מאת من"
    " saatja no nuo tarafından frá".split()
) | {"보낸 사람", "kimden", "feladó", "dal", "expediteur", "zender", "sender", "en nombre de"}
_ABOUT = frozenset(
    "to cc bcc sent date subject reply-to an gesendet datum betreff kopie para enviado fecha asunto enviada assunto data à envoyé objet"
    " envoyée a inviato oggetto aan verzonden onderwerp til sendt emne till skickat ämne do wysłano temat komu předmět odesláno vastaanottaja"
    " lähetetty aihe címzett elküldve tárgy кому отправлено тема дата надіслано către trimis subiect kime gönderilme konu tarih 收件人 发送时间 主题"
    " 日期 收件者 寄件日期 主旨 宛先 送信日時 件名 日時 받는사람 제목 날짜 προς θέμα kepada tanggal subjek đến".split()
) | {
    "enviado el",
    "enviado em",
    "sent at",
    "gesendet am",
    "gesendet um",
    "data invio",
    "wysłane",
    "date d'envoi",
    "reply to",
    "받는 사람",
    "보낸 날짜",
}
_ONE_LINE = re.compile(
    r"^\W*(from|von|de|da|van)\s?:.{3,160}\b(sent|date|gesendet|datum|envoyé|enviado|inviato|verzonden)\s?:.{4,160}\b(to|an|à|para|a|aan)\s?:.{2,200}\b(subject|betreff|objet|asunto|assunto|oggetto|onderwerp)\s?:",
    re.IGNORECASE,
)
_ABOVE_THIS = re.compile(
    r"^\W*(please )?(type|write|reply|respond|escriba|responda|antworten|bitte antworten|répondre)\b.{0,40}\b(above|encima|oberhalb|au-dessus|por encima)\b.{0,30}(line|línea|linie|ligne)",
    re.IGNORECASE,
)
_MARKS = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad")
)


def reply_text(mail: Mail, ours: str = "") -> str:
    """Return the words the sender wrote themselves; `ours` is the text of the message they answer, where known.

    Where all of it looks quoted, nothing is returned: an empty answer is none.
    """
    own = own_words(mail.text, ours)
    if not mail.html or _answers_within(mail.text) or not marks_quotes(mail.html):
        return own
    marked = capped(text_of(mail.html, quoted=False))
    unmarked = own_words(marked, ours)
    if not unmarked:
        return own if not mail.is_plain or (len(own) < 400 and not marked.strip()) else ""
    if not mail.is_plain:
        return unmarked
    # The plain part has the lines as they were typed; the HTML part knows better where they end.
    return _as_typed(mail.text, unmarked) or unmarked


def own_words(text: str, ours: str = "") -> str:
    """Return a text without quoted lines, without the line that introduces them, and without a signature."""
    lines = capped(text).translate(_MARKS).replace("\xa0", " ").split("\n")
    quoted = _quoted_lines(lines, ours)
    kept = [line for line, is_quoted in zip(lines, quoted, strict=True) if not is_quoted]
    return _tidy(without_signature(kept))


def _as_typed(text: str, words: str) -> str:
    """Return the lines of a plain text that hold some words, from its beginning on; nothing where it does not."""
    left = _squashed(words)
    lines: list[str] = []
    for line in text.translate(_MARKS).split("\n"):
        if not left:
            break
        bare = _squashed(line)
        if not left.startswith(bare):
            return ""
        lines.append(line)
        left = left[len(bare) :]
    return "" if left else _tidy(lines)


def _squashed(text: str) -> str:
    return re.sub(r"[\s*_\xa0]+", "", text.translate(_MARKS))


def _answers_within(text: str) -> bool:
    """Whether somebody answered between quoted lines, or under them."""
    lines = [line for line in text.split("\n") if line.strip()]
    turns = 0
    for number in range(1, len(lines)):
        if _is_marked(lines[number - 1]) and not _is_marked(lines[number]) and not is_device(lines[number]):
            turns += 1
    return turns >= 1


_INITIALS = re.compile(r"^ {0,3}[A-Za-z]{1,10}> \S")
"""The mark of programs that put the name before it."""


def _is_marked(line: str) -> bool:
    return line.lstrip().startswith((">", "|>", "| >", "»", "＞")) or bool(_INITIALS.match(line))


def _quoted_lines(lines: list[str], ours: str) -> list[bool]:
    quoted = [_is_marked(line) for line in lines]
    known = _known_lines(lines, ours)
    number = 0
    while number < len(lines):
        if quoted[number]:
            number += 1
            continue
        begins = _begins_quoting(lines, number)
        if begins is not None:
            _rest(lines, quoted, known, begins)
            break
        length = _attribution(lines, quoted, number)
        if not length:
            number += 1
            continue
        quoted[number : number + length] = [True] * length
        if not _is_quoted_below(lines, quoted, number + length):  # quoted below without a mark
            _rest(lines, quoted, known, number)
            break
        number += length
    return [one or other for one, other in zip(quoted, known, strict=True)]


def _rest(lines: list[str], quoted: list[bool], known: list[bool], number: int) -> None:
    """Take all from a line on as quoted; where nothing stands above, what is not known from ours is the answer."""
    above = any(line.strip() and not mark for line, mark in zip(lines[:number], quoted, strict=False))
    last = max((at for at, is_known in enumerate(known) if is_known), default=-1)
    if above or last < number:
        quoted[number:] = [True] * (len(quoted) - number)
    else:
        quoted[number : last + 1] = [True] * (last + 1 - number)


def _known_lines(lines: list[str], ours: str) -> list[bool]:
    """Say of each line whether it is one of ours, however it was wrapped anew."""
    whole = _squashed(ours).casefold()
    if not whole:
        return [False] * len(lines)
    bare = [_squashed(line.lstrip("> |")).casefold() for line in lines]
    known = [len(one) > 12 and one in whole for one in bare]
    if not any(known):
        return known
    short = {_squashed(line).casefold() for line in ours.split("\n")} - {""}
    order = list(range(len(lines)))
    for way in (order, order[::-1]):  # a greeting or a name beside a known line is known as well
        beside = False
        for number in way:
            if known[number] or (beside and bare[number] in short) or _goes_on(bare, known, number, whole):
                known[number] = beside = True
            elif bare[number]:
                beside = False
    return known


def _goes_on(bare: list[str], known: list[bool], number: int, whole: str) -> bool:
    """Whether a line is the rest of the known line right above it."""
    return number > 0 and known[number - 1] and bool(bare[number]) and f"{bare[number - 1]}{bare[number]}" in whole


def _begins_quoting(lines: list[str], number: int) -> int | None:
    """Return the line from which on all is quoted, where an earlier message begins here."""
    line = lines[number][:2000]
    if not line.strip():
        return None
    if _begins_a_header(lines, number) or _ONE_LINE.match(line):
        return _above_rule(lines, number)
    if len(line) < 400 and (
        _ORIGINAL.match(line) or _FORWARDED.match(line) or _DASHED.match(line) or _ABOVE_THIS.match(line)
    ):
        return _above_rule(lines, number)
    return number if _begins_notes(lines, number) else None


_DIVIDER = re.compile(r"[_\-=*‐–—]{3,200}(?: ?[^\W\d_][\w .'’]{1,50}[_\-=*‐–—]{3,200})?")


def _above_rule(lines: list[str], number: int) -> int:
    """Return the line at which a quoted header begins: the rule or the title above it belongs to it."""
    at = number
    while at and number - at < 5:
        above = lines[at - 1].strip()
        if above and not _DIVIDER.fullmatch(above) and not (_BARE_ORIGINAL.match(above) and len(above) > 6):
            break
        at -= 1
        if above:
            number = at
    return number


def _field(line: str) -> str:
    found = _FIELD.match(line) if len(line) < 2000 else None
    return found[1].strip(" *").casefold() if found else ""


def _begins_a_header(lines: list[str], number: int) -> bool:
    """Whether the headers of an earlier message begin here: “From:”, and two more fields right under it."""
    first = _field(lines[number])
    if not first:
        return False
    under = [line for line in lines[number + 1 : number + 10] if line.strip()][:5]
    fields = [name for name in map(_field, under) if name]
    told = [name for name in fields if name in _ABOUT]
    if first in _FROM:
        return (
            len(told) >= 2
            or (len(fields) >= 2 and ("@" in lines[number] or len(told) >= 1))
            or (bool(told) and "@" in lines[number])
        )
    if first in _ABOUT and any(name in _FROM for name in fields[:4]) and len(fields) >= 2:
        return "@" in " ".join(under) or len(told) >= 2
    # Another language, another order: four fields in a row, with an address and a time among them.
    block = [lines[number], *under[:3]]
    return (
        len([line for line in block if _field(line)]) == 4
        and any("@" in line for line in block)
        and any(re.search(r"\d{4}|\d[:.]\d\d", line) for line in block)
    )


def _begins_notes(lines: list[str], number: int) -> bool:
    """Whether the heading of Lotus Notes begins here: an address or a name with a time, then To and Subject alone."""
    if not _DATE.search(" ".join(line[:200] for line in lines[number : number + 3])):
        return False
    alone = {line.strip(" :").casefold() for line in lines[number : number + 14]}
    return "subject" in alone and "to" in alone and not _field(lines[number])


def _attribution(lines: list[str], quoted: list[bool], number: int) -> int:
    """Return how many lines from here introduce what is quoted: “On … wrote:”, perhaps over several lines."""
    first = lines[number]
    if len(first) > 400:
        return 0
    # In whatever way its language begins, a line with a date, an address and “wrote” is one.
    whole = _WROTE_HERE.search(first) and _DATE.search(first) and _ADDRESS.search(first)
    if not first.strip():
        return 0
    if _is_quoted_below(lines, quoted, number + 1) and (_STAMPED.match(first) or _NAMES.match(first)):
        return 1
    if not (whole or _STARTS.match(first)):
        return 0
    text = ""
    for length in (1, 2, 3, 4):
        at = number + length - 1
        if at >= len(lines) or not lines[at].strip() or quoted[at] or (length > 1 and _opens_anew(lines[at])):
            return 0
        text = f"{text} {lines[at].strip()}".strip()
        if len(text) > 400:
            return 0
        marked = _is_quoted_below(lines, quoted, number + length)
        if _introduces(text, is_marked_below=marked):
            later = (lines[number + skipped : number + length] for skipped in range(1, length))
            return 0 if any(_is_whole(" ".join(map(str.strip, one)), marked) for one in later) else length
    return 0


_STAMPED = re.compile(
    r"\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[ ,]+\d{1,2}:\d\d(?::\d\d)?)?(?: ?(?:gmt|utc|[+-])[\d:+-]*)?[ ,]+(?:[^\W\d_][\w.'-]*[ ,]*){1,5}(?:<[^<>\s]+>)?\s*:?\s*$",
    re.IGNORECASE,
)
"""A day, perhaps a time, and a name: it introduces what is quoted right under it."""
_NAMES = re.compile(
    rf"\s*(?:[^\s:]+ ){{0,6}}(?:via|[(<][^\s()<>]+@[^\s()<>]+[)>])(?: [^\s:]+){{0,5}}? ?(?:{_WROTE}):?\s*$",
    re.IGNORECASE,
)


def _opens_anew(line: str) -> bool:
    """Whether a line begins an introduction by itself, so that the one above it is none of it."""
    return bool(_STARTS.match(line) and _DATE.search(line) and _ENDS_WROTE.search(line.rstrip(" :：")))


def _is_whole(text: str, is_marked_below: bool) -> bool:
    """Whether a text is an introduction without the line above it, which is then somebody's own."""
    begins = bool(_STARTS.match(text) and _DATE.search(text)) or bool(
        re.match(r"\W*(quoting|citando|zitat von)\b", text, re.I)
    )
    return begins and _introduces(text, is_marked_below=is_marked_below)


def _introduces(text: str, *, is_marked_below: bool) -> bool:
    ends = text.rstrip(" \t*_").endswith((":", "："))
    dated, addressed = bool(_DATE.search(text)), bool(_ADDRESS.search(text))
    if _ENDS_WROTE.search(text) and (ends or is_marked_below):
        return dated or addressed or is_marked_below
    if ends and _WROTE_HERE.search(text) and (dated or addressed):
        return True
    # Any language: it ends in a colon, names an address or a time, and what is quoted comes right after.
    if ends and is_marked_below and (dated or addressed):
        return True
    return ends and dated and bool(re.search(r"@[^\s<>]{3,}>?\)?\]?\s*[^\w\s]{0,3}\s*[:：]\s*$", text))


def _is_quoted_below(lines: list[str], quoted: list[bool], number: int) -> bool:
    for at in range(number, min(number + 3, len(lines))):
        if quoted[at]:
            return True
        if lines[at].strip():
            return False
    return False


def _tidy(lines: list[str]) -> str:
    text = "\n".join(line.translate(_MARKS).replace("\xa0", " ").rstrip() for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
