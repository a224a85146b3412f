"""Reviews from other sites: which column is which, what a pasted page says, and what may be answered. Pure."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from followup_desktop.core.feedback.model import ReviewLine, ReviewReading, RowTrouble

DateReader = Callable[[str], date | None]

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": (
        "review text", "review content", "review body", "review comment", "review", "comment", "comments", "text",
        "content", "body", "message", "feedback", "description", "reseña", "texto de la reseña", "comentario",
        "comentarios", "opinión", "texto", "contenido", "mensaje", "recommendation text",
    ),
    "author": (
        "reviewer name", "reviewer display name", "reviewer", "review author", "author name", "author", "customer name",
        "display name", "user name", "username", "user", "posted by", "written by", "full name", "name", "customer",
        "client", "nombre del autor", "nombre del cliente", "autor", "usuario", "cliente", "nombre",
    ),
    "rating": (
        "star rating", "review rating", "rating value", "rating", "ratings", "stars", "star", "score", "overall rating",
        "overall", "recommendation type", "recommendation", "recommends", "calificación", "puntuación", "valoración",
        "estrellas", "nota",
    ),
    "date": (
        "review date", "date of review", "date posted", "posted on", "posted date", "date created", "created date",
        "create time", "created at", "created time", "created", "published at", "published", "publish date", "posted",
        "submitted", "submitted at", "timestamp", "date", "time", "update time", "updated at", "fecha de la reseña",
        "fecha de publicación", "fecha", "publicado",
    ),
    "site": (
        "source", "site", "review site", "platform", "provider", "channel", "fuente", "sitio", "plataforma", "origen",
    ),
}  # fmt: skip
NEEDED = "It needs a first row with the names of its columns, and among them the text of the review or its stars."
LONGEST = 8_000

_IN_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "uno": 1, "una": 1, "dos": 2, "tres": 3, "cuatro": 4,
    "cinco": 5,
}  # fmt: skip
_STARS = re.compile(r"^\s*([★⭐]{1,5})[☆✩\ufe0f\s]*$")
_RATING = re.compile(
    r"^\W*(?:rated\s+)?(\d{1,2})(?:[.,](\d))?\s*(?:(?:/|of|out of|de|sobre)\s*(5|10)(?:[.,]0)?)?\s*"
    r"(?:stars?|estrellas?)?(?:\s+rating)?\W*$",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\b(?:(\d+|an?|one)\s+(day|week|month|year)s?\s+ago|hace\s+(\d+|una?)\s+(d[ií]a|semana|mes|año)(?:e?s)?)\b",
    re.IGNORECASE,
)
_DAYS = {"day": 1, "dia": 1, "día": 1, "week": 7, "semana": 7, "month": 30, "mes": 30, "year": 365, "año": 365}
_NOISE = re.compile(
    r"^(?:local guide\b.*|\d+ (?:reviews?|photos?|reseñas?|fotos?|friends?|amigos?)\b.*|like|share|reply|"
    r"helpful(?: \d+)?|useful(?: \d+)?|funny(?: \d+)?|cool(?: \d+)?|more|new|nuevo|me gusta|compartir|"
    r"responder|elite\b.*)$",
    re.IGNORECASE,
)


def column_of(name: str) -> str:
    """Return what a column of this name holds ("text", "author", …), or nothing."""
    words = _named(name)
    return next((field for field, names in _COLUMNS.items() if words in _FOLDED[field]), "")


def _named(name: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return " ".join(re.findall(r"[a-z]+", _bare(spaced)))


def _bare(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


_FOLDED = {
    field: tuple(" ".join(re.findall(r"[a-z]+", _bare(name))) for name in names) for field, names in _COLUMNS.items()
}


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Return which column holds what; of several that may, the one that says it best."""
    found: dict[str, tuple[int, int]] = {}
    for at, name in enumerate(header):
        field = column_of(name)
        if field:
            how_well = _FOLDED[field].index(_named(name))
            if field not in found or how_well < found[field][0]:
                found[field] = (how_well, at)
    return {field: at for field, (_, at) in found.items()}


def reviews_of(
    header: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int], read_date: DateReader
) -> ReviewReading:
    """Read the rows of a table; what cannot be understood is named, and the rest of its row is kept."""
    columns = columns_of(header)
    found: list[ReviewLine] = []
    problems: list[RowTrouble] = []
    for row, number in zip(rows, numbers, strict=False):
        cell = {field: row[at].strip() if at < len(row) else "" for field, at in columns.items()}
        line = _line(cell, number, read_date, problems)
        if line.text or line.rating is not None:
            found.append(line)
        elif any(cell.values()):
            problems.append(RowTrouble(number, "It says nothing: neither words nor stars.", line.author[:60]))
    return ReviewReading(tuple(found), {field: header[at] for field, at in columns.items()}, tuple(problems))


def _line(cell: Mapping[str, str], number: int, read_date: DateReader, problems: list[RowTrouble]) -> ReviewLine:
    given = cell.get("rating", "")
    rating = rating_in(given)
    if given and rating is None and not _RECOMMENDS.search(given):
        problems.append(
            RowTrouble(number, "Its stars are not from 1 to 5; the review is kept without them.", given[:60])
        )
    day = cell.get("date", "")
    on = read_date(day) if day else None
    if day and on is None:
        problems.append(RowTrouble(number, "Its day could not be read; the review is kept without it.", day[:60]))
    return ReviewLine(
        " ".join(cell.get("author", "").split())[:200],
        on,
        rating,
        cell.get("text", "")[:LONGEST],
        " ".join(cell.get("site", "").split())[:60],
    )


_RECOMMENDS = re.compile(
    r"recommend|positive|negative|recomienda|^(?:yes|no|sí|true|false|none|n/?a|-)$", re.IGNORECASE
)


def rating_in(cell: str) -> int | None:
    """Return the stars a cell names, 1 to 5: "5", "4.0", "4/5", "★★★★☆", "FIVE", "5 stars"; None for anything else."""
    text = cell.strip()
    if text.casefold() in _IN_WORDS:
        return _IN_WORDS[text.casefold()]
    if stars := _STARS.match(text):
        return len(stars[1])
    found = _RATING.match(text)
    if not found or text.startswith("-"):
        return None
    number = int(found[1]) + int(found[2] or 0) / 10
    number = number / 2 if found[3] == "10" else number
    rounded = int(number + 0.5)
    return rounded if 1 <= rounded <= 5 and number <= 5 else None


def pasted(text: str, today: date, read_date: DateReader) -> ReviewReading:
    """Read reviews as they are copied from a page: who, stars or when, then the words; blank lines between them."""
    found: list[ReviewLine] = []
    for block in _blocks(text):
        author, on, rating = "", None, None
        words: list[str] = []
        for line in block:
            stars, day = rating_in(line) if _is_stars(line) else None, _day_in(line, today, read_date)
            if stars is not None and rating is None:
                rating = stars
            elif day is not None and on is None and not words:
                on = day
                rating = rating if rating is not None else _leading_stars(line)
            elif not _NOISE.match(line):
                if author or words:
                    words.append(line)
                else:
                    author = line
        if not words and not rating and author:
            author, words = "", [author]
        if words or rating is not None:
            found.append(ReviewLine(author[:200], on, rating, "\n".join(words)[:LONGEST]))
    return ReviewReading(tuple(found), {})


def _blocks(text: str) -> list[list[str]]:
    """Split at blank lines; a paragraph without stars and day of its own goes on with the review before it."""
    blocks: list[list[str]] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n")):
        lines = [" ".join(line.split()) for line in part.split("\n") if line.strip()]
        if not lines:
            continue
        starts = any(_is_stars(line) or _AGO.search(line) for line in lines[:4]) or len(lines) > 2
        if blocks and not starts:
            blocks[-1] += lines
        else:
            blocks.append(lines)
    return blocks


def _is_stars(line: str) -> bool:
    bare = line.strip()
    return bool(_STARS.match(bare)) or (
        bool(_RATING.match(bare)) and bool(re.search(r"star|estrella|/|out of", bare, re.I))
    )


def _leading_stars(line: str) -> int | None:
    stars = re.search(r"[★⭐]{1,5}", line)
    return len(stars[0]) if stars else None


def _day_in(line: str, today: date, read_date: DateReader) -> date | None:
    if len(line) > 60:
        return None
    if ago := _AGO.search(line):
        count, unit = (ago[1], ago[2]) if ago[1] else (ago[3], ago[4])
        number = int(count) if count.isdigit() else 1
        return today - timedelta(days=min(number * _DAYS[unit.casefold()], 20_000))
    return read_date(line)


def fingerprint(line: ReviewLine, site: str) -> str:
    """Return what a review is known by, whatever letters, day or order a later export writes it in."""
    parts = [_known_by(site), _known_by(line.author), _known_by(line.text)]
    if not parts[2]:
        parts.append(f"{line.rating or 0}/{line.on.isoformat() if line.on else ''}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _known_by(text: str) -> str:
    plain = "".join(letter for letter in _bare(text) if letter.isascii() and letter.isalnum())
    return plain or " ".join(text.split())


def may_be(author: str, names: Iterable[tuple[int, str, str]]) -> list[tuple[int, str]]:
    """Return the customers (key, name, company) an author may be, by the name alone, whole or as “Jane D.”."""
    words = _name_words(author)
    if len(words) < 2:
        return []
    found = []
    for key, name, company in names:
        for known in filter(None, (_name_words(name), _name_words(company))):
            short = len(words[-1]) == 1 and known[0] == words[0] and known[-1].startswith(words[-1])
            if known == words or (short and len(known) > 1):
                found.append((key, name))
                break
    return found


def _name_words(name: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", _bare(name))


_SPANISH = frozenset(
    re.findall(r"\w+", "el la los las un una que muy pero con por para es son fue gracias servicio más")
)
_ENGLISH = frozenset(
    re.findall(r"\w+", "the a an and was is are very but with for they great service not thanks he she")
)


def language_of(text: str, otherwise: str = "en") -> str:
    """Return whether a text is English or Spanish, by its small words."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    spanish, english = sum(word in _SPANISH for word in words), sum(word in _ENGLISH for word in words)
    return otherwise if spanish == english else "es" if spanish > english else "en"


_ANSWERS = {
    (
        "en",
        "low",
    ): "{hi}thank you for writing it down. I am sorry; you should not have had a reason to. I would like to hear "
    "it from you and put it right{ring}. {sign}",
    (
        "en",
        "middle",
    ): "{hi}thank you for saying what was good and what was not. I have read it with care, and I would like "
    "to know the one thing you would have otherwise{ring}. {sign}",
    ("en", "high"): "{hi}thank you for taking the time. Whoever was at your place has read it too. {sign}",
    (
        "es",
        "low",
    ): "{hi}gracias por escribirlo. Lo siento; no debió tener motivo para ello. Me gustaría oírlo de usted y "
    "arreglarlo{ring}. {sign}",
    (
        "es",
        "middle",
    ): "{hi}gracias por decir lo que estuvo bien y lo que no. Lo he leído con cuidado, y me gustaría saber la "
    "única cosa que querría de otra manera{ring}. {sign}",
    ("es", "high"): "{hi}gracias por tomarse el tiempo. Quien estuvo con usted también lo ha leído. {sign}",
}
_RING = {"en": ": my number is {}", "es": ": mi número es el {}"}


def answer_draft(line: ReviewLine, owner: str, business: str, phone: str, language: str = "en") -> str:
    """Return words to answer a review with, to be changed and pasted where it stands; everybody can read them there."""
    spoken = language_of(line.text, language[:2] if language[:2] in _RING else "en")
    how = "high" if line.rating is None or line.rating >= 4 else "middle" if line.rating == 3 else "low"
    first = (line.author.split() or [""])[0]
    hello = f"{first}, " if first and first[0].isalpha() else ""
    sign = ", ".join(filter(None, (owner, business)))
    said = _ANSWERS[spoken, how].format(hi=hello, ring=_RING[spoken].format(phone) if phone else "", sign=sign).strip()
    return said[:1].upper() + said[1:]
