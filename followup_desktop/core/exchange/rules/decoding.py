"""From the bytes of a file to its text, or one clear sentence on why it is not a list of customers."""

from __future__ import annotations

import codecs
from typing import Final

from followup_desktop.base.errors import Problem

FILE_LIMIT: Final = 50 * 1024 * 1024
LINE_LIMIT: Final = 1024 * 1024
CONTROLS: Final = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
UNPRINTABLE: Final = dict.fromkeys(CONTROLS)
INVISIBLE: Final = dict.fromkeys(
    map(ord, "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
)
"""Characters without a shape; some turn the direction of the text around and make a name look like another."""

NOT_CHANGED: Final = "Nothing was imported."
CHOOSE_EXPORT: Final = "Choose the CSV or vCard file that your program exported."

SIGNATURES: Final[tuple[tuple[bytes, str], ...]] = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM\x36", "a picture (BMP)"),
    (b"II*\0", "a picture (TIFF)"),
    (b"MM\0*", "a picture (TIFF)"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"SQLite format 3\0", "a database (SQLite)"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)

ZIPS: Final[tuple[tuple[bytes, str], ...]] = (
    (b"xl/workbook", "an Excel workbook"),
    (b"xl/", "an Excel workbook"),
    (b"word/", "a Word document"),
    (b"opendocument.spreadsheet", "a spreadsheet (ODS)"),
    (b"Index/Document.iwa", "a Numbers spreadsheet"),
)

MARKUP: Final[tuple[tuple[str, str], ...]] = (
    ("<!doctype html", "a web page (HTML)"),
    ("<html", "a web page (HTML)"),
    ("<head", "a web page (HTML)"),
    ("<table", "a web page (HTML)"),
    ("<?xml", "an XML file"),
    ("begin:vcalendar", "a calendar (iCalendar)"),
    ("!type:", "a bank file (QIF)"),
    ("{", "a JSON file"),
    ('[{"', "a JSON file"),
)

BOMS: Final[tuple[tuple[bytes, str], ...]] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def text_of(data: bytes, file_name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and remarks on how it had to be read; raise `Problem` where it is no text."""
    if len(data) > FILE_LIMIT:
        raise Problem(
            f"“{file_name}” is larger than 50 MB.", NOT_CHANGED, "Export it in parts and import them one by one."
        )
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf\xff\xfe"):
        raise Problem(f"“{file_name}” is empty.", NOT_CHANGED, "Export it again and look whether it has rows.")
    _refuse_other_kinds(data, file_name)
    text, notes = _decoded(data, file_name)
    _refuse_markup(text, file_name)
    _refuse_endless_lines(text, file_name)
    return text, notes


def _refuse_other_kinds(data: bytes, file_name: str) -> None:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        window = data[:4096] + data[-65536:]
        kind = next((name for mark, name in ZIPS if mark in window), "a compressed file (ZIP)")
        advice = "Open it in its program, save it as CSV, and import that." if "ZIP" not in kind else CHOOSE_EXPORT
        raise not_a_list(file_name, kind, advice)
    for signature, kind in SIGNATURES:
        if data.startswith(signature):
            raise not_a_list(file_name, kind)


def _refuse_markup(text: str, file_name: str) -> None:
    start = text[:1000].lstrip().casefold()
    for mark, kind in MARKUP:
        if start.startswith(mark):
            raise not_a_list(file_name, kind)


def _refuse_endless_lines(text: str, file_name: str) -> None:
    if len(text) <= LINE_LIMIT or max(map(len, text.split("\n"))) <= LINE_LIMIT:
        return
    if "\r" not in text or max(map(len, text.split("\r"))) > LINE_LIMIT:
        raise Problem(f"“{file_name}” has a line of more than a million characters.", NOT_CHANGED, CHOOSE_EXPORT)


def not_a_list(file_name: str, kind: str, advice: str = CHOOSE_EXPORT) -> Problem:
    """Return the problem of a file that is something else than its name or its place here says."""
    return Problem(f"“{file_name}” is {kind}, not a list of customers.", NOT_CHANGED, advice)


def _decoded(data: bytes, file_name: str) -> tuple[str, tuple[str, ...]]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _with_replacement(data[len(bom) :], encoding, file_name)
    if b"\0" in data:
        wide = _wide_encoding(data)
        if wide is None:
            raise not_a_list(file_name, "not text")
        return _with_replacement(data, wide, file_name)
    shown = data.translate(None, CONTROLS)
    if len(data) - len(shown) > 8 + len(data) // 200:
        raise not_a_list(file_name, "not text")
    if shown.isascii():
        return shown.decode("ascii"), ()
    return _eight_bit(shown, file_name)


def _with_replacement(data: bytes, encoding: str, file_name: str) -> tuple[str, tuple[str, ...]]:
    """Decode what says its own encoding; a few broken characters are replaced and told, many are refused."""
    if encoding == "utf-8" and b"\0" in data:
        raise not_a_list(file_name, "not text")
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd")
    if broken > 8 + len(text) // 50 or "\0" in text:
        raise not_a_list(file_name, "not text")
    return _without_invisible(text.translate(UNPRINTABLE)), _broken_note(broken)


def _wide_encoding(data: bytes) -> str | None:
    """Recognise UTF-16 without a mark by where its zero bytes are: text of Western languages has every other one."""
    sample = data[:4096]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * 0.4 and even < half * 0.05:
        return "utf-16-le"
    if even > half * 0.4 and odd < half * 0.05:
        return "utf-16-be"
    return None


def _eight_bit(data: bytes, file_name: str) -> tuple[str, tuple[str, ...]]:
    """Decode UTF-8, a UTF-8 file with a few broken characters, Windows-1252, or what statistics say."""
    try:
        return _without_invisible(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - broken
    if whole > 4 * broken:
        return _without_invisible(text), _broken_note(broken)
    try:
        return data.decode("cp1252"), ("Read as Windows-1252, the encoding of older Windows programs.",)
    except UnicodeDecodeError:
        return _guessed(data, file_name)


def _guessed(data: bytes, file_name: str) -> tuple[str, tuple[str, ...]]:
    # Slow to load and needed for one file in a thousand.
    from charset_normalizer import from_bytes

    # Where two encodings look alike the one found first counts; the sample keeps a large file quick.
    best = from_bytes(data[:65536]).best()
    if best is None:
        raise not_a_list(file_name, "not text")
    text = data.decode(best.encoding, "replace")
    broken = text.count("\ufffd")
    if broken > 8 + len(text) // 50:
        raise not_a_list(file_name, "not text")
    return _without_invisible(text), (f"Read as {best.encoding}, judging by its letters.", *_broken_note(broken))


def _without_invisible(text: str) -> str:
    if text.isascii() or not any(chr(code) in text for code in INVISIBLE):
        return text
    return text.translate(INVISIBLE)


def _broken_note(broken: int) -> tuple[str, ...]:
    if not broken:
        return ()
    many = "1 character was" if broken == 1 else f"{broken} characters were"
    return (f"{many} broken in the file and shown as \ufffd.",)
