"""Widgets that know Qt and the theme only.

text (Text, ShortText, Line) · buttons (Button, MenuButton, Segments, Tabs) · actions (ActionRow) ·
fields (LabelledLine, DraftEdit) · searchfield (SearchField) · tag (Tag, KeyCap) · banner (Banner) ·
card (Card, Panel, ToolRow, FactsCard, Figure, ChoiceCard) · emptyplace (EmptyPlace) · grouped (GroupedList) ·
table (RecordTable, Column) · rows (changes by id) · facts (FactHighlighter) · flow (FlowLayout) · busy (BusyLine) ·
charts (BarChart, LineChart, SharesBar) · split (SplitPane) ·
pane (what scrolls, and its foot) · rail (Rail) · titlebar (TitleBar) · undobar (UndoBar).
"""
