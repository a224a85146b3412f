"""HTML mail as text, with or without what it quotes. Nothing is fetched and nothing is run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

_LINES = frozenset(
    {
        "div",
        "tr",
        "table",
        "li",
        "blockquote",
        "pre",
        "hr",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "address",
        "dt",
        "dd",
    }
)
"""Tags that begin and end a line."""
_PARAGRAPHS = frozenset({"p", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "dl"})
"""Tags with an empty line around them."""
_VOID = frozenset(
    {"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "source", "wbr", "track", "param"}
)
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript", "xml", "svg", "object"})
_QUOTES = re.compile(
    r"quot(e|ed|ing)(?![a-z])|quoted|^quote|moz-cite-prefix|gmail_attr|zmail_extra|reply-intro|(?<![a-z])cite(?![a-z])|"
    r"OLK_SRC_BODY_SECTION|reference-message|AppleOriginalContents|messageReplySection|isReplyContent|original-content|"
    r"OutlookMessageHeader|reply_?history|previous-?message|original-?message|(?:^|[\s_-])qmbox",
    re.IGNORECASE,
)
"""What mail programs call the place where they quote."""
_SIGNATURES = re.compile(r"signature(?![a-z])|signatureSection|mobile-signature|sig_?block", re.IGNORECASE)
_OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*(solid|\d(\.\d+)?pt|#)|border-top:\s*(solid|1px solid|1pt solid) ?#?(e1e1e1|b5c4df|ccc)",
    re.IGNORECASE,
)
_REST = re.compile(
    r"divRplyFwdMsg|appendonsend|stopSpelling|zwchr|^reply-?separator|body-separator-line|lineBreakAtBeginningOfMessage_",
    re.I,
)
"""Where all that follows is quoted, not only what is within."""
_INDENT = re.compile(r"border(-left)?:\s*(none|0(px)?\b)|margin:\s*0(px)? 0(px)? 0(px)? 40px", re.IGNORECASE)
_HIDDEN = re.compile(
    r"display:\s*none|mso-hide:\s*all|visibility:\s*hidden|font-size:\s*0(px|pt)?\s*(;|$)", re.IGNORECASE
)
_TIGHT = re.compile(r"MsoNormal|MsoPlainText|margin:\s*0|margin-(top|bottom):\s*0", re.IGNORECASE)


def text_of(html: str, *, quoted: bool = True) -> str:
    """Return HTML as plain text; with `quoted` false, without what is marked as quoted or as a signature.

    What stands in a block of quotation that is not marked so gets the sign of one, `>`.
    """
    reader = _Reader(quoted=quoted)
    reader.read(html)
    return reader.text()


def marks_quotes(html: str) -> bool:
    """Whether a mail program marked in the HTML what it quotes, or its signature."""
    reader = _Reader(quoted=False)
    reader.read(html)
    return reader.found_marks


_TAG = re.compile(r"</?([a-zA-Z][\w:.-]{0,40})")
_ATTRIBUTE = re.compile(r"([^\s=/>\"']{1,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
_LONGEST_TAG = 5_000
_RAW = ("script", "style", "title")
"""Tags in which everything is text until they end."""


def _pieces(html: str) -> Iterator[tuple[str, str, str]]:
    """Yield what HTML is made of, as (text, tag, attributes): a text, or a tag, one that ends with its slash.

    The standard library's parser takes minutes for some broken pages of a few kilobytes; this one goes through once.
    """
    place = 0
    while place < len(html):
        opens = html.find("<", place)
        if opens < 0:
            yield html[place:], "", ""
            return
        if opens > place:
            yield html[place:opens], "", ""
        name = _TAG.match(html, opens)
        if name is None:
            place = _after_other(html, opens)
            if place == opens:
                yield "<", "", ""
                place += 1
            continue
        closes = _end_of_tag(html, name.end())
        if closes < 0:
            yield "<", "", ""
            place = opens + 1
            continue
        tag = name[1].casefold()
        place = closes + 1
        if html[opens + 1] == "/":
            yield "", f"/{tag}", ""
            continue
        yield "", tag, html[name.end() : closes]
        if tag in _RAW:
            ends = re.compile(rf"</{tag}", re.IGNORECASE).search(html, place)
            place = ends.start() if ends else len(html)


def _after_other(html: str, opens: int) -> int:
    """Return where a comment or a declaration ends; where it is none, where it began."""
    if html.startswith("<!--", opens):
        ends = html.find("-->", opens + 4)
        return ends + 3 if ends >= 0 else len(html)
    if html.startswith(("<!", "<?"), opens):
        ends = html.find(">", opens, opens + _LONGEST_TAG)
        return ends + 1 if ends >= 0 else opens
    return opens


def _end_of_tag(html: str, start: int) -> int:
    """Return where a tag closes, beyond the signs that stand in its quoted values; -1 where it does not."""
    first = html.find(">", start, start + _LONGEST_TAG)
    if first < 0 or not (html.count('"', start, first) % 2):
        return first
    quote = html.find('"', first, start + _LONGEST_TAG)
    return html.find(">", quote, start + _LONGEST_TAG) if quote >= 0 else first


class _Reader:
    """Builds lines of text out of HTML."""

    def __init__(self, *, quoted: bool) -> None:
        self.found_marks = False
        self._quoted = quoted
        self._open: list[tuple[str, bool, bool]] = []
        self._count: dict[str, int] = {}
        self._hidden = 0
        self._deep = 0
        self._over = False
        self._lines: list[str] = [""]
        self._blank = False
        self._has_text = False
        self._tight: list[bool] = []

    def read(self, html: str) -> None:
        """Read a page."""
        for text, tag, attributes in _pieces(html):
            if self._over:
                return
            if text:
                self._data(unescape(text) if "&" in text else text)
            elif tag.startswith("/"):
                self._ends(tag[1:])
            else:
                self._begins(tag, attributes)

    def _begins(self, tag: str, written: str) -> None:
        attributes: dict[str, str] = {}
        for one in _ATTRIBUTE.finditer(written):
            attributes.setdefault(one[1].casefold(), unescape(one[2] or one[3] or one[4] or ""))
        hides = tag in _UNSEEN or bool(_HIDDEN.search(attributes.get("style", "")[:500]))
        if not self._quoted and self._is_left_out(tag, attributes):
            hides = True
            self.found_marks = True
        self._space(tag, attributes)
        if tag in _VOID:
            self._void(tag, attributes)
            return
        indents = tag == "blockquote" and not hides and not _INDENT.search(attributes.get("style", ""))
        if len(self._open) < 2000:
            self._open.append((tag, hides, indents))
            self._count[tag] = self._count.get(tag, 0) + 1
            self._hidden += hides
            self._deep += indents

    def _ends(self, tag: str) -> None:
        if not self._count.get(tag):
            return
        self._space(tag, {})
        while self._open:
            name, hides, indents = self._open.pop()
            self._count[name] -= 1
            self._hidden -= hides
            self._deep -= indents
            if name == tag:
                break

    def _data(self, data: str) -> None:
        if self._hidden or self._over:
            return
        if self._count.get("pre"):
            first, *rest = data.replace("\r", "").split("\n")
            self._add(first)
            for line in rest:
                self._line()
                self._add(line)
        else:
            self._add(re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        """Return what was read so far."""
        text = "\n".join(line.replace("\xa0", " ").strip() for line in self._lines)
        return re.sub(r"\n{3,}", "\n\n", text).strip()

    def _add(self, text: str) -> None:
        if not text or (text == " " and self._lines[-1] == ""):
            return
        if self._blank and text.strip():
            self._blank = False
            if self._has_text:
                self._lines.append("> " * self._deep if self._deep else "")
                self._lines.append("")
        self._has_text = self._has_text or bool(text.strip())
        if self._lines[-1] == "":
            self._lines[-1] = "> " * self._deep + (text if self._count.get("pre") else text.lstrip(" "))
        else:
            self._lines[-1] += text

    def _line(self) -> None:
        """End the line."""
        self._lines.append("")

    def _space(self, tag: str, attributes: dict[str, str]) -> None:
        if self._hidden or self._over:
            return
        if tag in _PARAGRAPHS:
            tight = bool(_TIGHT.search(f"{attributes.get('class', '')} {attributes.get('style', '')}"))
            if tag == "p" and attributes:
                self._tight.append(tight)
            elif tag == "p" and self._tight:
                tight = self._tight.pop()
            if self._lines[-1]:
                self._line()
            self._blank = self._blank or not tight
        elif tag in _LINES and self._lines[-1]:
            self._line()
        elif tag in ("td", "th") and self._lines[-1].strip("> ") and not self._lines[-1].endswith(" "):
            self._lines[-1] += " "

    def _void(self, tag: str, attributes: dict[str, str]) -> None:
        if self._hidden or self._over:
            return
        if tag == "br":
            if self._blank and self._has_text:
                self._lines.append("")
            self._blank = False
            self._line()
        elif tag == "img" and 0 < len(attributes.get("alt", "")) <= 4 and not attributes["alt"].isascii():
            self._add(attributes["alt"])  # a face that the program draws

    def _is_left_out(self, tag: str, attributes: dict[str, str]) -> bool:
        named = " ".join(attributes.get(name, "") for name in ("id", "class", "name", "data-marker", "data-smartmail"))
        if _REST.search(named) or (tag == "div" and _OUTLOOK_RULE.search(attributes.get("style", "")[:500])):
            self._over = True  # Outlook quotes in what follows, not in what is within
            return True
        if tag == "blockquote":
            return "cite" in attributes.get("type", "") or "cite" in attributes or bool(_QUOTES.search(named))
        if tag in ("body", "html", "span", "font", "a"):
            return False
        return bool(named.strip()) and bool(_QUOTES.search(named) or _SIGNATURES.search(named))
