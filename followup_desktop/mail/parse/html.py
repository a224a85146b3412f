"""HTML mail as text, with or without what it quotes. Nothing is fetched and nothing is run."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BREAKS = frozenset(
    {"p", "div", "br", "tr", "li", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "pre", "hr"}
)
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "area", "base", "col", "embed", "source", "wbr"})
_UNSEEN = frozenset({"script", "style", "head", "title", "template", "noscript"})
_QUOTES = re.compile(
    r"gmail_quote|gmail_attr|yahoo_quoted|protonmail_quote|moz-cite-prefix|zmail_extra|tutanota_quote|"
    r"divRplyFwdMsg|appendonsend|OLK_SRC_BODY_SECTION|mail-editor-reference-message|ms-outlook-mobile-reference|"
    r"x_gmail_quote|quoted_reply|freebirds_quote|WordSection\d+_quote|reply-quote|mailbox_quote|ydp\w*yahoo_quoted",
    re.IGNORECASE,
)
"""What mail programs call the place where they quote."""
_OUTLOOK_RULE = re.compile(
    r"border:\s*none;\s*border-top:\s*(solid|1(\.\d)?pt|#)|border-top:\s*(solid|1px solid) #(e1e1e1|b5c4df|ccc)", re.I
)
_REST = re.compile(r"divRplyFwdMsg|appendonsend", re.IGNORECASE)
"""Where all that follows is quoted, not only what is within."""


def text_of(html: str, *, quoted: bool = True) -> str:
    """Return HTML as plain text; with `quoted` false, without what is marked as quoted."""
    reader = _Reader(quoted=quoted)
    reader.feed(html)
    reader.close()
    return reader.text()


def marks_quotes(html: str) -> bool:
    """Whether a mail program marked in the HTML what it quotes."""
    return bool(_QUOTES.search(html) or _OUTLOOK_RULE.search(html) or re.search(r"<blockquote[^>]+cite", html, re.I))


class _Reader(HTMLParser):
    def __init__(self, *, quoted: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._quoted = quoted
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0
        self._over = False
        self._pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self._break()
        hides = tag in _UNSEEN or (not self._quoted and self._is_quote(tag, dict(attrs)))
        if tag in _VOID:
            return
        if len(self._open) < 2000:
            self._open.append((tag, hides))
            self._hidden += hides

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self._break()
        if any(tag == name for name, _ in self._open):
            while self._open:
                name, hides = self._open.pop()
                self._hidden -= hides
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        if not self._hidden and not self._over:
            inside_pre = any(name == "pre" for name, _ in self._open)
            self._pieces.append(data if inside_pre else re.sub(r"[ \t\r\n\f]+", " ", data))

    def text(self) -> str:
        lines = [line.strip() for line in "".join(self._pieces).replace("\xa0", " ").split("\n")]
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

    def _break(self) -> None:
        if (not self._hidden and not self._over and self._pieces and not self._pieces[-1].endswith("\n")) or (
            not self._hidden and not self._over and self._pieces and not self._pieces[-1].endswith("\n\n")
        ):
            self._pieces.append("\n")

    def _is_quote(self, tag: str, attributes: dict[str, str | None]) -> bool:
        named = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        style = attributes.get("style") or ""
        if _REST.search(named) or (tag == "div" and _OUTLOOK_RULE.search(style)):
            self._over = True  # Outlook quotes in what follows, not in what is within
            return True
        if _QUOTES.search(named):
            return True
        return tag == "blockquote" and ("cite" in (attributes.get("type") or "") or "cite" in attributes)
