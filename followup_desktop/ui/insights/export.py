"""Exporting the report: where to and as what, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QWidget

from followup_desktop.base.wording import count_words, month_words
from followup_desktop.core.report.model import ALL_FORMATS, Format
from followup_desktop.ui.kit.context import Context
from followup_desktop.ui.kit.dialog import EntryDialog
from followup_desktop.ui.theme import Theme
from followup_desktop.ui.widgets.buttons import Button
from followup_desktop.ui.widgets.formline import FormLine
from followup_desktop.ui.widgets.text import Text, restyle

SAYS = {
    Format.PDF: "PDF, to read and show",
    Format.HTML: "Web page (HTML)",
    Format.XLSX: "Spreadsheet (XLSX), to calculate with",
    Format.CSV: "CSV, one file for each table",
}


def usual_folder() -> Path:
    """Return where reports go when nothing else was chosen: the owner's documents."""
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())


class ExportDialog(EntryDialog):
    """Asks for folder and formats."""

    wanted = Signal(object, object)  # folder, formats

    def __init__(
        self, context: Context, month: date, folder: Path, formats: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(context, f"Report of {month_words(month)}", "Export", parent)
        theme = self.theme
        self.folder = QLineEdit(str(folder))
        self.folder.setCursorPosition(0)
        choose = Button(theme, "Choose…", icon="folder-open", name="Choose the folder")
        choose.clicked.connect(self._on_choose)
        field = QWidget()
        row = QHBoxLayout(field)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addWidget(self.folder, 1)
        row.addWidget(choose)
        self.folder_line = FormLine(theme, "Folder", field)
        self.folder.setAccessibleName("Folder")
        self.column.addWidget(self.folder_line)
        self.column.addWidget(Text("As", "label"))
        self.boxes: dict[Format, QCheckBox] = {}
        for one in ALL_FORMATS:
            box = QCheckBox(SAYS[one])
            box.setChecked(one in formats)
            self.boxes[one] = box
            self.column.addWidget(box)
        self.wrong = Text("", "label", tone="danger", wrap=True)
        self.wrong.hide()
        self.column.addWidget(self.wrong)
        self.column.addStretch(1)
        self.resize(theme.px(520), theme.px(340))

    def save(self) -> None:
        """Tell what was chosen, or say what is missing."""
        formats = [one for one, box in self.boxes.items() if box.isChecked()]
        folder = self.folder.text().strip()
        self.folder_line.show_problem("" if folder else "Choose a folder.")
        self.wrong.setText("" if formats else "Choose at least one format.")
        self.wrong.setVisible(not formats)
        if folder and formats:
            self.wanted.emit(Path(folder).expanduser().absolute(), tuple(str(one) for one in formats))
            self.accept()

    @Slot()
    def _on_choose(self) -> None:
        chooser = QFileDialog(self, "Choose a folder", self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._on_chosen)
        chooser.open()

    @Slot(str)
    def _on_chosen(self, folder: str) -> None:
        self.folder.setText(folder)
        self.folder.setCursorPosition(0)


class WrittenLine(QFrame):
    """Says where the report is, and opens it or its folder."""

    file_wanted = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._files: tuple[Path, ...] = ()
        self.setObjectName("banner")
        self.setProperty("tone", "good")
        self._mark = Text()
        self.says = Text("", wrap=True)
        self.open = Button(theme, "Open it", "link")
        self.open.clicked.connect(self._on_open)
        self.show_folder = Button(theme, "Open the folder", "link")
        self.show_folder.clicked.connect(self._on_folder)
        away = Button(theme, "", "flat", icon="x", size="small", name="Close")
        away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(12), theme.px(6), theme.px(6), theme.px(6))
        row.setSpacing(theme.px(12))
        row.addWidget(self._mark)
        row.addWidget(self.says, 1)
        for widget in (self.open, self.show_folder, away):
            row.addWidget(widget)
        theme.changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    def show_files(self, month: date, files: Sequence[Path]) -> None:
        """Say that the report of a month was written."""
        self._files = tuple(files)
        count = count_words(len(files), "file", "files")
        self.says.setText(f"The report of {month_words(month)} is in {files[0].parent} ({count}).")
        self.open.setText(f"Open the {_NAMES.get(files[0].suffix, 'file')}")
        self.setAccessibleName(self.says.text())
        self.show()

    @Slot()
    def _on_open(self) -> None:
        self.file_wanted.emit(self._files[0])

    @Slot()
    def _on_folder(self) -> None:
        self.folder_wanted.emit(self._files[0].parent)

    @Slot()
    def _on_theme(self) -> None:
        restyle(self)
        self._mark.setPixmap(self._theme.pixmap("check-circle", "good", 17))


_NAMES = {".pdf": "PDF", ".html": "web page", ".xlsx": "spreadsheet", ".csv": "CSV file"}
