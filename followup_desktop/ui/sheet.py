"""The one style sheet: standard controls in the colours and measures of the tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping


def style_sheet(
    colour: Callable[[str], str],
    px: Callable[[float], int],
    sizes: Mapping[str, int],
    weight: Mapping[str, int],
    glyphs: Mapping[str, str],
) -> str:
    """Return the style sheet for one set of colours and one scale; `glyphs` are files for check and caret."""
    values = {name: colour(name) for name in _COLOURS}
    values |= {f"s{number}": f"{px(number)}px" for number in _SIZES}
    values |= {f"t-{role}": f"{px(size)}px" for role, size in sizes.items()}
    values |= {f"w-{role}": str(value) for role, value in weight.items()}
    values |= {f"g-{name}": path for name, path in glyphs.items()}
    sheet = _SHEET
    for name, value in values.items():
        sheet = sheet.replace("{" + name + "}", value)
    return sheet


_COLOURS = (
    *("window", "panel", "rail", "line", "text", "muted", "accent", "accent-soft", "selection"),
    *("danger", "danger-soft", "warning", "warning-soft", "good", "good-soft", "neutral", "neutral-soft"),
    *("on-accent", "on-danger", "hover", "accent-hover", "control-line"),
)
_SIZES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 23, 24, 25, 27, 29, 31, 33)

_SHEET = """
QWidget { color: {text}; }
QMainWindow, QDialog { background: {window}; }
QLabel { background: transparent; }
QLabel[role="muted"] { color: {muted}; }
QLabel[role="small"] { color: {muted}; font-size: {t-small}; }
QLabel[role="label"] { color: {muted}; font-size: {t-label}; }
QLabel[role="strong"] { font-weight: {w-strong}; }
QLabel[role="heading"] { font-size: {t-heading}; font-weight: {w-heading}; }
QLabel[role="title"] { font-size: {t-title}; font-weight: {w-title}; }
QLabel[role="big"] { font-size: {t-figure}; font-weight: {w-title}; }
QLabel[role="figure"] { font-size: {t-figure}; font-weight: {w-title}; }
QLabel[tone="good"] { color: {good}; }
QLabel[tone="warning"] { color: {warning}; }
QLabel[tone="danger"] { color: {danger}; }
QLabel[tone="accent"] { color: {accent}; }
QLabel[tone="muted"] { color: {muted}; }

QFrame#panel, QWidget#panel { background: {panel}; }
QFrame#window { background: {window}; }
QFrame#line { background: {line}; border: none; }
QFrame#card { background: {panel}; border: 1px solid {line}; border-radius: {s8}; }
QFrame#card[chosen="true"] { border-color: {accent}; }
QFrame#card:focus { border: 2px solid {accent}; }
QFrame#row { border: 2px solid transparent; border-radius: {s6}; }
QFrame#row:hover { background: {hover}; }
QFrame#row:focus { border: 2px solid {accent}; }
QFrame#banner { border-radius: {s8}; background: {accent-soft}; border: none; }
QFrame#banner[tone="good"] { background: {good-soft}; }
QFrame#banner[tone="warning"] { background: {warning-soft}; }
QFrame#banner[tone="danger"] { background: {danger-soft}; }
QFrame#strip { background: {warning-soft}; border: none; border-bottom: 1px solid {line}; }
QFrame#bar { background: {panel}; border: none; border-bottom: 1px solid {line}; }
QFrame#foot { background: {panel}; border: none; border-top: 1px solid {line}; }

QPushButton { background: {panel}; border: 1px solid {control-line}; border-radius: {s6}; padding: 0 {s12};
  min-height: {s31}; font-weight: {w-button}; }
QPushButton:hover { background: {hover}; }
QPushButton:pressed { background: {rail}; }
QPushButton:focus { border: 2px solid {accent}; padding: 0 {s11}; min-height: {s29}; }
QPushButton:disabled { color: {muted}; background: {window}; }
QPushButton[dense="true"] { min-height: {s25}; padding: 0 {s10}; }
QPushButton[dense="true"]:focus { min-height: {s23}; padding: 0 {s9}; }
QPushButton[kind="primary"] { background: {accent}; border-color: {accent}; color: {on-accent}; }
QPushButton[kind="primary"]:hover { background: {accent-hover}; border-color: {accent-hover}; }
QPushButton[kind="primary"]:focus { border: 2px solid {text}; }
QPushButton[kind="primary"]:disabled { background: {neutral-soft}; border-color: {line}; color: {muted}; }
QPushButton[kind="danger"] { color: {danger}; border-color: {danger}; }
QPushButton[kind="flat"] { background: transparent; border-color: transparent; color: {muted}; }
QPushButton[kind="flat"]:hover { background: {hover}; color: {text}; }
QPushButton[kind="flat"]:focus { border: 2px solid {accent}; }
QPushButton[kind="link"] { background: transparent; border: 1px solid transparent; min-height: {s18}; padding: 0; }
QPushButton[kind="link"]:focus { border: 1px solid {accent}; border-radius: {s4}; }
QPushButton[kind="segment"]:checked { background: {accent}; border-color: {accent}; }
QPushButton[kind="segment"]:checked:focus { border: 2px solid {text}; }
QPushButton[kind="tab"] { background: transparent; border: 1px solid transparent; }
QPushButton[kind="tab"]:focus { border: 1px solid {accent}; border-radius: {s4}; }
QPushButton::menu-indicator { image: none; width: 0; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QTimeEdit, QDateEdit, QComboBox { background: {panel};
  border: 1px solid {control-line}; border-radius: {s6}; padding: 0 {s10};
  selection-background-color: {accent}; selection-color: {on-accent}; }
QLineEdit, QSpinBox, QTimeEdit, QDateEdit, QComboBox { min-height: {s31}; }
QPlainTextEdit, QTextEdit { padding: {s10} {s12}; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QTimeEdit:focus, QDateEdit:focus,
QComboBox:focus { border: 1px solid {accent}; }
QLineEdit[wrong="true"], QSpinBox[wrong="true"], QTimeEdit[wrong="true"], QPlainTextEdit[wrong="true"] {
  border: 1px solid {danger}; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: {muted}; background: {window}; }
QLineEdit#search { background: {window}; padding: 0 {s4}; }
QLineEdit#bare, QPlainTextEdit#bare { border: none; background: transparent; padding: 0; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit { border: none; background: transparent; padding: 0 0 0 {s9};
  min-height: 0; }
QComboBox::drop-down, QDateEdit::drop-down { border: none; background: transparent; width: {s24}; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: url("{g-caret-down}"); width: {s12}; height: {s12}; }
QAbstractSpinBox { padding: 0; min-height: {s29}; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: {s20};
  border: none; background: transparent; padding-top: {s4}; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: {s20};
  border: none; background: transparent; padding-bottom: {s4}; }
QAbstractSpinBox::up-arrow { image: url("{g-caret-up}"); width: {s10}; height: {s10}; }
QAbstractSpinBox::down-arrow { image: url("{g-caret-down}"); width: {s10}; height: {s10}; }
QComboBox[flat="true"] { border-color: transparent; background: transparent; font-weight: {w-strong}; }
QComboBox[flat="true"]:hover { border-color: {control-line}; }
QComboBox[flat="true"]:focus { border-color: {accent}; }
QComboBox QAbstractItemView { background: {panel}; border: 1px solid {line}; padding: {s4};
  selection-background-color: {selection}; selection-color: {text}; outline: none; }

QCheckBox, QRadioButton { spacing: {s8}; min-height: {s24}; }
QCheckBox::indicator { width: {s14}; height: {s14}; border: 1px solid {muted}; border-radius: {s3};
  background: {panel}; }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent}; image: url("{g-check}"); }
QCheckBox::indicator:focus { border-color: {text}; }
QCheckBox:focus, QRadioButton:focus { color: {accent}; }

QListView, QTableView, QTreeView { background: {panel}; border: none; outline: none;
  selection-background-color: {selection}; selection-color: {text}; }
QHeaderView { background: {panel}; border: none; }
QHeaderView::section { background: {panel}; color: {muted}; border: none; border-bottom: 1px solid {line};
  padding: 0 {s10}; font-size: {t-small}; font-weight: {w-strong}; }
QHeaderView::section:hover { color: {text}; }
QTableCornerButton::section { background: {panel}; border: none; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#page { background: transparent; }
QScrollBar:vertical { background: transparent; width: {s10}; margin: 0; }
QScrollBar:horizontal { background: transparent; height: {s10}; margin: 0; }
QScrollBar::handle { background: {line}; border-radius: {s3}; margin: {s2}; }
QScrollBar::handle:vertical { min-height: {s24}; }
QScrollBar::handle:horizontal { min-width: {s24}; }
QScrollBar::handle:hover { background: {muted}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QSplitter::handle { background: {line}; }
QSplitter::handle:hover { background: {accent}; }

QMenu { background: {panel}; border: 1px solid {line}; border-radius: {s3}; padding: {s4}; }
QMenu::item { padding: {s6} {s16} {s6} {s8}; border-radius: {s4}; }
QMenu::item:selected { background: {selection}; color: {text}; }
QMenu::item:disabled { color: {muted}; }
QMenu::separator { height: 1px; background: {line}; margin: {s4} {s4}; }
QMenu::icon { padding-left: {s6}; }

QToolTip { background: {panel}; color: {text}; border: 1px solid {line}; padding: {s4} {s6}; }
QProgressBar { background: {line}; border: none; border-radius: {s2}; min-height: {s4}; max-height: {s4}; }
QProgressBar::chunk { background: {accent}; border-radius: {s2}; }
QTabBar::tab { color: {muted}; padding: {s6} {s2}; margin-right: {s12}; border: none; }
QTabBar::tab:selected { color: {accent}; font-weight: {w-strong}; }
"""
