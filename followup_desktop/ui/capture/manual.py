"""The manual: pages of plain Markdown, shown in the program itself."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QUrl, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QShortcut,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from followup_desktop.base.errors import Problem
from followup_desktop.base.resources import resource
from followup_desktop.system.open import checked_link, open_link
from followup_desktop.ui.keys import KEYS, cap
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.searchfield import SearchField
from followup_desktop.ui.widgets.text import ShortText

CONTENTS: tuple[str, ...] = (
    "index",
    "today",
    "customers",
    "promises",
    "routes",
    "recovery",
    "listening",
    "journeys",
    "templates",
    "campaigns",
    "importing",
    "mail",
    "insights-and-report",
    "backups",
    "keys",
    "privacy",
    "command-line",
    "changelog",
)
"""The pages, in the order of the contents: the names of the files without their ending."""

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML


@cache
def text_of(page: str) -> str:
    """Return the Markdown of a page; the list of keys is put in from the program's own."""
    return resource(f"help/{page}.md").read_text("utf-8").replace("{keys}", _keys())


def title_of(page: str) -> str:
    """Return the heading of a page."""
    return text_of(page).partition("\n")[0].removeprefix("# ").strip()


def _keys() -> str:
    lines = ["| key | does | where |", "|---|---|---|"]
    lines += [f"| `{cap(key.sequence)}` | {key.says} | {key.where} |" for key in KEYS]
    return "\n".join(lines)


class Page(QTextBrowser):
    """Shows one page. It loads nothing by itself, from the disk or from anywhere else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName("Page of the manual")
        self.setObjectName("bare")

    def show_markdown(self, text: str) -> None:
        """Show a page from its beginning."""
        px = self._theme.px
        document = self.document()
        document.setDefaultFont(self._theme.font())
        document.setMarkdown(text, _FEATURES)
        frame = QTextFrameFormat()
        frame.setLeftMargin(px(28))
        frame.setRightMargin(px(28))
        frame.setTopMargin(px(12))
        frame.setBottomMargin(px(28))
        document.rootFrame().setFrameFormat(frame)
        self._set_in_type()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Qt: nothing."""
        return None

    def _set_in_type(self) -> None:
        """Set headings, code and tables in the sizes and colours of the theme."""
        block = self.document().begin()
        while block.isValid():
            self._set_block(QTextCursor(block), block.blockFormat().headingLevel())
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                self._set_table(frame)

    def _set_block(self, cursor: QTextCursor, level: int) -> None:
        theme, shape = self._theme, QTextBlockFormat()
        shape.setLineHeight(125.0, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if level:
            shape.setTopMargin(theme.px({1: 8, 2: 22}.get(level, 16)))
            shape.setBottomMargin(theme.px(6))
        elif _ends_a_paragraph(cursor):
            shape.setBottomMargin(theme.px(9))
        cursor.mergeBlockFormat(shape)
        if level:
            letters = QTextCharFormat()
            size, weight = ({1: "title", 2: "heading"}.get(level, "body"), "title" if level < 3 else "strong")
            letters.setFont(theme.font(size, weight))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(letters)

    def _set_table(self, table: QTextTable) -> None:
        shape = table.format()
        shape.setBorder(1)
        shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        shape.setBorderCollapse(True)
        shape.setBorderBrush(self._theme.colour("line"))
        shape.setCellPadding(self._theme.px(5))
        shape.setBottomMargin(self._theme.px(10))
        table.setFormat(shape)


def _ends_a_paragraph(cursor: QTextCursor) -> bool:
    """Whether air belongs below: after plain text, a list, a stretch of code, but not within them or in a table."""
    block, following = cursor.block(), cursor.block().next()
    if cursor.currentTable() is not None:
        return False
    within = _is_code(block) and _is_code(following)
    return not within and not (block.textList() is not None and following.textList() is not None)


def _is_code(block: QTextBlock) -> bool:
    return block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)


class ManualWindow(QDialog):
    """Contents at the left, a page at the right; links lead from page to page."""

    shown = Signal(str)  # the page

    def __init__(self, theme: Theme, parent: QWidget | None = None, page: str = "index") -> None:
        super().__init__(parent)
        self._theme = theme
        self._page, self._before = "", list[str]()
        self.setWindowTitle("Manual")
        self.setAccessibleName("Manual")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.Window)
        self.search = SearchField(theme, "Find in the manual", key=cap("Ctrl+F"))
        self.search.textChanged.connect(self._on_search)
        self.contents = QListWidget()
        self.contents.setAccessibleName("Contents")
        self._colour_contents()
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.contents.activated.connect(self._on_activated)
        self.page = Page(theme)
        self.page.anchorClicked.connect(self._on_link)
        self.back = Button(theme, "Back", "flat", icon="arrow-left", size="small")
        self.back.clicked.connect(self._on_back)
        self._says = ShortText("", "muted", tone="danger")
        self._build()
        QShortcut(QKeySequence.StandardKey.Find, self).activated.connect(self._on_find)
        QShortcut(QKeySequence.StandardKey.Back, self).activated.connect(self._on_back)
        theme.changed.connect(self._on_theme)
        self._fill("")
        self.turn_to(page)
        self.contents.setFocus()

    def turn_to(self, page: str = "index") -> None:
        """Show a page."""
        if page not in CONTENTS:
            return
        if self._page and page != self._page:
            self._before.append(self._page)
        self._show(page)

    def current(self) -> str:
        """Return the page shown."""
        return self._page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Qt: Escape empties the search, then closes."""
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        px = self._theme.px
        left = QVBoxLayout()
        left.setContentsMargins(px(12), px(12), px(8), px(12))
        left.setSpacing(px(8))
        left.addWidget(self.search)
        left.addWidget(self.contents, 1)
        left.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        side = QWidget()
        side.setLayout(left)
        side.setFixedWidth(px(220))
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.page, 1)
        right.addWidget(self._says)
        self._says.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addLayout(right, 1)
        self.resize(px(900), px(660))

    def _fill(self, text: str) -> None:
        words = text.casefold().split()
        self.contents.blockSignals(True)
        self.contents.clear()
        for page in CONTENTS:
            if all(word in text_of(page).casefold() for word in words):
                item = QListWidgetItem(title_of(page))
                item.setData(Qt.ItemDataRole.UserRole, page)
                self.contents.addItem(item)
        self.contents.blockSignals(False)
        self._mark()

    def _show(self, page: str) -> None:
        self._page = page
        self._says.hide()
        self.page.show_markdown(text_of(page))
        self.page.setAccessibleName(title_of(page))
        self.setWindowTitle(f"{title_of(page)} · Manual")
        self.back.setEnabled(bool(self._before))
        self._mark()
        self.shown.emit(page)

    def _mark(self) -> None:
        self.contents.blockSignals(True)
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == self._page:
                self.contents.setCurrentRow(row)
        self.contents.blockSignals(False)

    def _find(self) -> None:
        """Go to the first place of the searched words in the page."""
        text = self.search.text().strip()
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        if text:
            self.page.find(text)

    def _colour_contents(self) -> None:
        theme = self._theme
        self.contents.setStyleSheet(
            "QListWidget { background: transparent; }"
            f"QListWidget::item {{ padding: {theme.px(6)}px {theme.px(8)}px; border-radius: {theme.px(4)}px; }}"
            f"QListWidget::item:selected {{ background: {theme.hex('selection')}; color: {theme.hex('accent')}; }}"
        )

    @Slot()
    def _on_theme(self) -> None:
        self._colour_contents()
        self._show(self._page)

    @Slot(str)
    def _on_search(self, text: str) -> None:
        self._fill(text)
        pages = [self.contents.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.contents.count())]
        if pages and self._page not in pages:
            self.turn_to(pages[0])
        self._find()

    @Slot(QListWidgetItem, QListWidgetItem)
    def _on_chosen(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.turn_to(str(item.data(Qt.ItemDataRole.UserRole)))
            self._find()

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self.page.setFocus()

    @Slot(QUrl)
    def _on_link(self, link: QUrl) -> None:
        page = Path(link.path()).stem
        if not link.scheme() and page in CONTENTS:
            self.turn_to(page)
            return
        try:
            open_link(checked_link(link.toString()))
        except Problem as problem:
            self._says.setText(problem.sentence())
            self._says.show()

    @Slot()
    def _on_back(self) -> None:
        if self._before:
            self._show(self._before.pop())

    @Slot()
    def _on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()
