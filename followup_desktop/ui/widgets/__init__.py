"""Widgets that know Qt and the theme only.

text (Text, Line) · buttons (Button, MenuButton, Segments, Tabs) · tag (Tag, KeyCap, Badge) · banner (Banner) ·
card (Card, Figure) · searchfield (SearchField) · rail (Rail) · titlebar (TitleBar) · undobar (UndoBar) ·
emptyplace (EmptyPlace) · rows (changes by id) · grouped (GroupedList) · table (RecordTable, Column) ·
facts (FactHighlighter) · flow (FlowLayout) · busy (BusyLine) · charts (BarChart, LineChart, SharesBar) ·
split (SplitPane).
"""
