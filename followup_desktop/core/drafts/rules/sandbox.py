"""Which templates are safe, and what is wrong with the others, in words.

A template may print fields, leave sentences out and use a few filters. It cannot call anything, reach into Python,
count, or grow without end: its syntax tree is compared with a list of what is allowed before it is ever compiled.
"""

from __future__ import annotations

import difflib
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_currency
from jinja2 import StrictUndefined, TemplateSyntaxError, UndefinedError, meta, nodes
from jinja2 import Template as Compiled
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from followup_desktop.base.errors import Problem
from followup_desktop.core.drafts.model import FIELDS, NUMBERS, Fact, TemplateProblem

MOST_CHARACTERS = 20_000
MOST_OUTPUT = 200_000
"""Characters of a template, and of what it may become."""

MARK_OPENS, MARK_CLOSES, PARAGRAPH = "\ue000", "\ue001", "\ue002"
_FIRST_FIELD_MARK = 0xE100
_PRIVATE_USE = re.compile("[\ue000-\uf8ff]")

_FIELD_NUMBER = {key: number for number, key in enumerate(FIELDS)}
_FIELD_KEYS = tuple(FIELDS)
_EMPTY: Mapping[str, Mapping[str, None]] = MappingProxyType(
    {group: {key.split(".")[1]: None for key in FIELDS if key.startswith(group + ".")} for group in
     dict.fromkeys(key.split(".")[0] for key in FIELDS)}
)  # fmt: skip


class BadTemplate(Problem):
    """A template that may not be used, with everything that is wrong with it."""

    def __init__(self, problems: list[TemplateProblem]) -> None:
        first = problems[0]
        super().__init__(f"The template cannot be used: {first.text} (line {first.line}).", "", "Correct the template.")
        self.problems = problems


class FactText(str):
    """The words of a fact, which remember their field through every filter."""

    __slots__ = ("field",)
    field: str

    @classmethod
    def of(cls, field: str, text: str) -> FactText:
        """Make the words of a field; characters kept for marking are taken out, so that no fact can forge a mark."""
        made = cls(" ".join(_PRIVATE_USE.sub("", text).split()))
        made.field = field
        return made


class FactNumber(int):
    """A fact that templates compare, such as a rating."""

    field: str

    @classmethod
    def of(cls, field: str, number: int) -> FactNumber:
        """Make the number of a field."""
        made = cls(number)
        made.field = field
        return made


def field_of_mark(mark: str) -> str:
    """Return the field a mark in rendered text stands for."""
    return _FIELD_KEYS[ord(mark) - _FIRST_FIELD_MARK]


def _finalize(value: object) -> str:
    """Print nothing for what is missing, and a fact between its marks."""
    if value is None or value is True or value is False:
        return ""
    if isinstance(value, FactText | FactNumber):
        text = str(value)
        return f"{MARK_OPENS}{chr(_FIRST_FIELD_MARK + _FIELD_NUMBER[value.field])}{text}{MARK_CLOSES}" if text else ""
    return str(value)


# --- filters: few, and none can make a text longer than what goes in -------------------------------------------------


def _keeping(change: Callable[[str], str]) -> Callable[[Any], Any]:
    """Make a filter of a change to a text; a fact stays a fact, what is missing stays missing."""

    def keep(value: Any) -> Any:
        if value is None:
            return None
        if isinstance(value, FactText):
            return FactText.of(value.field, change(value))
        return change(str(value))

    return keep


def _default(value: Any, instead: Any = "") -> Any:
    return instead if value is None or value == "" else value


def _truncate(value: Any, most: int = 60) -> Any:
    def shorten(text: str) -> str:
        return text if len(text) <= most else text[: max(most - 1, 0)].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"

    return _keeping(shorten)(value)


def _round(value: Any, places: int = 0) -> Any:
    """Round a number; what is not one stays as it is."""
    if not isinstance(value, int | float):
        return value
    return round(value, min(max(places, 0), 6)) if places > 0 else round(value)


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list) else 0


def _end(which: int) -> Callable[[Any], Any]:
    def end(value: Any) -> Any:
        if isinstance(value, str):
            words = value.split()
            return _keeping(lambda _: words[which])(value) if words else value
        return value[which] if isinstance(value, list) and value else None

    return end


_DATE = {"en": "d MMMM", "es": "d 'de' MMMM"}


def _date_in(language: str) -> Callable[[Any], Any]:
    def word(text: str) -> str:
        try:
            return format_date(date.fromisoformat(text), _DATE.get(language, "d MMMM"), locale=_locale(language))
        except ValueError:
            return text

    return _keeping(word)


def _money_in(language: str) -> Callable[..., Any]:
    def money(value: Any, currency: str = "USD") -> Any:
        def word(text: str) -> str:
            amount = re.fullmatch(r"-?\d{1,15}(\.\d{1,2})?", text)
            return format_currency(text, currency, locale=_locale(language)) if amount else text

        return _keeping(word)(value)

    return money


def _locale(language: str) -> Locale:
    return Locale.parse(language if language in _DATE else "en")


def _filters(language: str) -> dict[str, Callable[..., Any]]:
    return {
        "upper": _keeping(str.upper),
        "lower": _keeping(str.lower),
        "title": _keeping(str.title),
        "capitalize": _keeping(lambda text: text[:1].upper() + text[1:]),
        "trim": _keeping(str.strip),
        "default": _default,
        "d": _default,
        "first": _end(0),
        "last": _end(-1),
        "length": _length,
        "round": _round,
        "date": _date_in(language),
        "money": _money_in(language),
        "truncate": _truncate,
    }


_TESTS = frozenset({"defined", "none", "eq", "ne", "gt", "lt", "ge", "le", "in"})


# --- the environment -------------------------------------------------------------------------------------------------


class StrictSandbox(ImmutableSandboxedEnvironment):
    """Jinja with nothing in it but fields, conditions and a few filters."""

    def __init__(self, language: str = "en") -> None:
        super().__init__(
            undefined=StrictUndefined, autoescape=False, loader=None, cache_size=0, finalize=_finalize,
            trim_blocks=False, keep_trailing_newline=False,
        )  # fmt: skip
        self.globals.clear()
        self.filters = _filters(language)
        self.tests = {name: test for name, test in self.tests.items() if name in _TESTS}

    intercepted_binops = frozenset(["*", "**", "+", "-", "/", "//", "%"])

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing may be called."""
        return False

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """No attribute of a Python object may be read."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Refuse arithmetic."""
        raise SecurityError("arithmetic is not available in templates")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Read a field: the key of a plain dict, never an attribute."""
        if type(obj) is dict and not attribute.startswith("_") and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Square brackets read nothing."""
        return self.undefined(obj=obj, name=str(argument))


@lru_cache(maxsize=8)
def _sandbox(language: str) -> StrictSandbox:
    return StrictSandbox(language)


# --- checking --------------------------------------------------------------------------------------------------------

_ALLOWED: frozenset[type[nodes.Node]] = frozenset(
    {
        nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Const, nodes.Filter,
        nodes.If, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Test, nodes.For,
        nodes.Keyword,
    }
)  # fmt: skip

_IN_WORDS: Mapping[type[nodes.Node], str] = MappingProxyType(
    {
        nodes.Call: "nothing can be called in a template: brackets after a name are not allowed",
        nodes.Getitem: "square brackets are not allowed; write customer.name",
        nodes.Add: "sums are not available in templates",
        nodes.Sub: "sums are not available in templates",
        nodes.Mul: "sums are not available in templates",
        nodes.Div: "sums are not available in templates",
        nodes.FloorDiv: "sums are not available in templates",
        nodes.Mod: "sums are not available in templates",
        nodes.Pow: "sums are not available in templates",
        nodes.Concat: "joining with ~ is not available; write the two after each other",
        nodes.List: "lists are not available in templates",
        nodes.Tuple: "lists are not available in templates",
        nodes.Dict: "lists are not available in templates",
        nodes.Assign: "“set” is not available in templates",
        nodes.AssignBlock: "“set” is not available in templates",
        nodes.Macro: "“macro” is not available in templates",
        nodes.Include: "“include” is not available: a template stands alone",
        nodes.Import: "“import” is not available: a template stands alone",
        nodes.FromImport: "“import” is not available: a template stands alone",
        nodes.Extends: "“extends” is not available: a template stands alone",
        nodes.Block: "“block” is not available: a template stands alone",
    }
)


def check(source: str, fields: Iterable[str] = FIELDS) -> list[TemplateProblem]:
    """Say what is wrong with a template, line by line; an empty list means it can be used."""
    known = frozenset(fields)
    if len(source) > MOST_CHARACTERS:
        return [TemplateProblem(1, f"the template is longer than {MOST_CHARACTERS:,} characters")]
    if private := _PRIVATE_USE.search(source):
        line = source.count("\n", 0, private.start()) + 1
        return [TemplateProblem(line, "it holds a character that no keyboard writes; delete it and type it anew")]
    sandbox = _sandbox("en")
    try:
        tree = sandbox.parse(source)
        problems = list(_problems_in(tree, known))
        return problems or _trial(sandbox.from_string(source), known)
    except TemplateSyntaxError as error:
        return [TemplateProblem(error.lineno, _syntax_in_words(error.message or ""))]
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError):
        return [TemplateProblem(1, "it is too deeply nested, or a number in it is too long")]


def _problems_in(tree: nodes.Template, known: frozenset[str]) -> Iterator[TemplateProblem]:
    """Compare the syntax tree with what is allowed."""
    refused = [node for node in tree.find_all(nodes.Node) if type(node) not in _ALLOWED]
    if refused:
        yield from _once(TemplateProblem(node.lineno or 1, _refusal(node)) for node in refused)
    elif unavailable := list(_filters_and_tests(tree)):
        yield from unavailable
    else:
        yield from _loops(tree, known)
        yield from _once(_fields(tree, known))


def _refusal(node: nodes.Node) -> str:
    return _IN_WORDS.get(type(node), "something here is not available; there are fields, filters, “if” and “for”")


def _once(problems: Iterable[TemplateProblem]) -> Iterator[TemplateProblem]:
    yield from dict.fromkeys(problems)


def _loops(tree: nodes.Template, known: frozenset[str]) -> Iterator[TemplateProblem]:
    groups = _groups(known)
    for loop in tree.find_all(nodes.For):
        if any(True for part in loop.body + loop.else_ for _ in _with_itself(part, nodes.For)):
            yield TemplateProblem(loop.lineno, "a loop inside a loop is not allowed")
        if not isinstance(loop.target, nodes.Name) or loop.target.name in groups or loop.target.name.startswith("_"):
            yield TemplateProblem(loop.lineno, "choose another name for what the loop goes through")


def _with_itself(node: nodes.Node, kind: type[nodes.For]) -> Iterator[nodes.Node]:
    if isinstance(node, kind):
        yield node
    yield from node.find_all(kind)


def _filters_and_tests(tree: nodes.Template) -> Iterator[TemplateProblem]:
    names = ", ".join(sorted(_filters("en")))
    for used in tree.find_all(nodes.Filter):
        if used.name not in _filters("en"):
            yield TemplateProblem(used.lineno, f"“{used.name}” is not available as a filter; there are {names}")
    for test in tree.find_all(nodes.Test):
        if test.name not in _TESTS:
            yield TemplateProblem(test.lineno, f"“is {test.name}” is not available; there are “is defined”, “is none”")


def _fields(tree: nodes.Template, known: frozenset[str]) -> Iterator[TemplateProblem]:
    groups = _groups(known)
    whole: set[int] = set()
    for read in tree.find_all(nodes.Getattr):
        if isinstance(read.node, nodes.Name):
            whole.add(id(read.node))
            field = f"{read.node.name}.{read.attr}"
            if field not in known:
                yield _unknown(field, read.lineno, known)
        else:
            yield TemplateProblem(
                read.lineno, f"“.{read.attr}” cannot stand here: a field has two words, customer.name"
            )
    undeclared = meta.find_undeclared_variables(tree)
    of_loops = {loop.target.name for loop in tree.find_all(nodes.For) if isinstance(loop.target, nodes.Name)}
    for name in tree.find_all(nodes.Name):
        if id(name) in whole or name.ctx != "load" or name.name in of_loops - undeclared:
            continue
        if name.name in groups:
            fields = ", ".join(sorted(field for field in known if field.startswith(f"{name.name}.")))
            yield TemplateProblem(name.lineno, f"“{name.name}” alone is not a field; there are {fields}")
        else:
            yield _unknown(name.name, name.lineno, known)


def _groups(known: frozenset[str]) -> frozenset[str]:
    return frozenset(field.split(".")[0] for field in known)


def _unknown(field: str, line: int, known: frozenset[str]) -> TemplateProblem:
    near = difflib.get_close_matches(field, sorted(known), n=1, cutoff=0.6)
    hint = f": did you mean {near[0]}?" if near else ""
    return TemplateProblem(line, f"unknown field {field} on line {line}{hint}")


def _syntax_in_words(message: str) -> str:
    if unknown := re.match(r"Encountered unknown tag '(\w+)'", message):
        return f"“{unknown[1]}” is not known here; there are if, elif, else, endif, for and endfor"
    if "unexpected end of template" in message.lower() or "end of template" in message:
        return "something is not closed: each {{ needs its }}, each {% if %} its {% endif %}"
    if "end of print statement" in message:
        return "the field is not closed properly: it ends with }}"
    return f"this cannot be read as a template ({message.rstrip('.')})"


_NOT_THAT_VALUE = "something here is used with a value it cannot work with"
_NOT_WHEN_MISSING = "this does not work where the fact is missing; put {% if … %} around it"


def _trial(template: Compiled, known: frozenset[str]) -> list[TemplateProblem]:
    """Try the template with nothing known, and with everything known, so that no customer's draft can fail on it."""
    empty: dict[str, dict[str, Any]] = {}
    full: dict[str, dict[str, Any]] = {}
    for field in known:
        group, name = field.split(".")
        empty.setdefault(group, {})[name] = None
        mark = field if field in _FIELD_NUMBER else _FIELD_KEYS[0]
        full.setdefault(group, {})[name] = 3 if field in NUMBERS else FactText.of(mark, "something")
    for values, mishap in ((full, _NOT_THAT_VALUE), (empty, _NOT_WHEN_MISSING)):
        try:
            render(template, values)
        except UndefinedError as error:
            return [TemplateProblem(_line_of(error), f"{error.message}")]
        except TemplateError as error:
            return [TemplateProblem(_line_of(error), f"{error}")]
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            return [TemplateProblem(_line_of(error), mishap)]
    return []


def _line_of(error: BaseException) -> int:
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    return lines[-1] or 1 if lines else 1


# --- compiling and rendering -----------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def compiled(source: str, language: str) -> Compiled:
    """Compile a template once; raises `BadTemplate` where it may not be used."""
    if problems := check(source):
        raise BadTemplate(problems)
    return _sandbox(language).from_string(_with_paragraphs(source))


_TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")


def _with_paragraphs(source: str) -> str:
    """Mark the blank lines the author wrote, to tell them from lines that are empty because a sentence was left out."""
    pieces = _TAG.split(source.replace("\r\n", "\n"))
    pieces[::2] = [_BLANK_LINE.sub("\n" + PARAGRAPH, words) for words in pieces[::2]]
    return "".join(pieces)


def render(template: Compiled, values: Mapping[str, Mapping[str, Any]]) -> str:
    """Fill a template; facts stand between marks. Stops at the largest output allowed."""
    pieces: list[str] = []
    length = 0
    for piece in template.generate(values):
        pieces.append(piece)
        length += len(piece)
        if length > MOST_OUTPUT:
            raise SecurityError(f"the text grew beyond {MOST_OUTPUT:,} characters")
    return "".join(pieces)


def values_of(facts: Iterable[Fact]) -> dict[str, dict[str, Any]]:
    """Lay facts out as templates read them: every field is there, missing ones as nothing."""
    values: dict[str, dict[str, Any]] = {group: dict(fields) for group, fields in _EMPTY.items()}
    for fact in facts:
        group, name = fact.key.split(".")
        if fact.key not in NUMBERS:
            values[group][name] = FactText.of(fact.key, fact.text)
        elif fact.number is not None:
            values[group][name] = FactNumber.of(fact.key, fact.number)
    return values
