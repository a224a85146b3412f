"""What comes up again: themes, the words that mean them, what might become one, and whether one grows. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from math import comb

from followup_desktop.core.feedback.model import Movement, Said, Theme, ThemeCount, ThemeProposal, Themes

SHIPPED: tuple[Theme, ...] = (
    Theme("access", "Gate or access", (
        "fence", "couldn't get in", "could not get in", "code did not work", "code didn't work", "wrong code",
        "verja", "reja", "cancela", "no pudo entrar", "no pudieron entrar", "código", "gate", "lock", "unlocked",
        "latch", "key", "door", "access", "portón", "puerta", "llave", "cerrojo", "candado",
    )),
    Theme("late", "Late or missed", (
        "late", "missed", "no show", "did not show", "didn't show", "never came", "did not come", "waited", "delay",
        "on time", "nobody came", "no one came", "nobody showed", "no one showed", "nobody turned up",
        "no one turned up", "hasn't been here", "hasn't come", "skipped", "forgot us", "forgot about us",
        "forgot our", "stood me up", "stood us up", "days after", "still waiting", "waiting all", "nadie vino",
        "no ha venido", "no han venido", "olvidaron de nosotros", "se olvidó de nosotros", "no apareció",
        "no aparecieron", "no se presentó", "no se presentaron", "faltaron", "saltaron", "tarde", "no vino",
        "no vinieron", "esperé", "retraso", "puntual", "a tiempo",
    )),
    Theme("noise", "Noise", (
        "noise", "noisy", "loud", "hum", "humming", "rattle", "squeal", "squeak", "squeaks", "squeaky", "grinding",
        "whine", "whining", "screech", "buzzing", "vibrates", "vibration", "suena", "chirría", "vibra", "ruido",
        "ruidoso", "zumbido", "traquetea",
    )),
    Theme("price", "Price or bill", (
        "price", "pricey", "expensive", "cost", "bill", "invoice", "charge", "overcharged", "fee", "charged twice",
        "too much money", "increase", "not worth", "rates", "went up", "demasiado dinero", "cuota", "ha subido",
        "han subido", "cobran", "precio", "caro", "cara", "coste", "costo", "factura", "cobro", "cobraron", "tarifa",
    )),
    Theme("water", "Water quality", (
        "cloudy", "green water", "algae", "chlorine", "ph", "murky", "stain", "green pool", "pool green",
        "pool turned green", "went green", "green again", "still green", "eyes burn", "burning eyes", "slime",
        "slimy", "dirty water", "water dirty", "piscina verde", "sigue verde", "agua sucia", "ojos pican",
        "pican los ojos", "turbia", "turbio", "agua verde", "algas", "cloro", "mancha",
    )),
    Theme("leak", "Leak", (
        "leak", "leaking", "drip", "drips", "dripping", "losing water", "loses water", "lost water",
        "water all over", "pierde agua", "perdiendo agua", "fuga", "gotea", "goteo", "escape de agua",
    )),
    Theme("mess", "Left untidy", (
        "mess", "messy", "dirty", "debris", "leaves behind", "left behind", "mud", "footprints", "clean up",
        "left leaves", "lying around", "trash", "rubbish", "litter", "left on the deck", "left on the grass",
        "basura", "no limpió", "no limpiaron", "sucio", "sucia", "desorden", "barro", "hojas", "no recogió",
        "no recogieron",
    )),
    Theme("reach", "Hard to reach us", (
        "no answer", "never answered", "call back", "called back", "voicemail", "no reply", "hard to reach",
        "unreachable", "rang back", "ring back", "phoned back", "returned call", "return calls", "pick up phone",
        "answer phone", "get hold of", "got hold of", "get through", "unanswered", "no response", "waiting for call",
        "hear back", "heard back", "trying to reach", "tried to reach", "left messages", "left message",
        "devolvió llamada", "devolvieron llamada", "devuelven llamadas", "coge teléfono", "cogen teléfono",
        "contesta nadie", "nadie contesta", "de vuelta", "hablar con ustedes", "atiende teléfono",
        "atienden teléfono", "días llamando", "ha respondido", "han respondido", "sin respuesta", "no contestan",
        "no contestó", "no responden", "buzón de voz", "devolver la llamada", "no llamó", "no llamaron",
    )),
    Theme("told", "Not told", (
        "no notice", "without notice", "nobody told", "not told", "didn't know", "did not know", "no warning",
        "nobody let us know", "nobody let me know", "didn't let us know", "did not let us know", "didn't tell",
        "did not tell", "never told", "without telling", "no heads up", "should have told", "unannounced",
        "nobody said", "no one told", "no one said", "no dijeron", "no dijo nada", "sin decirme", "sin decirnos",
        "nadie informó", "nadie dijo", "no informaron", "sin avisar", "nadie avisó", "nadie me avisó", "no avisaron",
        "no avisó", "sin aviso",
    )),
    Theme("people", "Friendly people", (
        "friendly", "polite", "kind", "courteous", "helpful", "professional", "respectful", "nice guy", "nice man",
        "nice young man", "lovely guy", "lovely man", "a gem", "pleasant", "rude", "amable", "educado", "simpático",
        "atento", "profesional", "grosero", "maleducado",
    )),
    Theme("animals", "Pets", (
        "dog", "cat", "pet", "puppy", "perro", "perra", "gato", "mascota",
    )),
)  # fmt: skip
"""Themes to begin with; the owner changes them."""

SMALL = 10
"""Below so many sayings nothing is called a change (K6)."""
CERTAIN = 0.05
LATELY = 3
"""Months that are compared with as many before."""
LEAST_TIMES = 3
"""In so many texts something has to come up before it is proposed."""
MOST_PROPOSALS = 8
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SMALL_WORDS = """
    a about after again all also always am an and any anything are as at back be because been before being but
    by came can come could day did do does doing done down each even ever every for from get gets getting give
    given go going good got great had has have having he her here hers him his how i if in into is it its just
    know like little lot made make makes many me more most much my need needs never new next no not nothing now
    of off often on once one only or other our out over own really right said same say says see she should since
    so some something still such than thank thanks that the their them then there these they thing things think
    this those time times to today too two under until up us use used very want wanted was we week well went
    were what when where which while who why will with work would yes yet you your yours service company
    customer everything everyone everybody job better best bad nice fine okay ok año años ahora al algo algún
    alguna alguno antes aquí así aunque bien bueno buena cada casi como con cosa cuando cual de del desde
    después día días donde dos el ella ellas ellos en entre era eran es esa ese eso esta está están estar este
    esto estos fue fueron gracias ha haber había han hasta hay hemos he hace hacer la las le les lo los más me
    mi mis mucho mucha muy nada ni no nos nosotros nuestro nuestra o otra otro para pero poco por porque pues
    que qué quien se sea según ser si sí siempre sin sobre solo son su sus también tan tanto te tener tiene
    tienen toda todas todo todos trabajo tras tu tuvo un una uno unos usted ustedes va van vez y ya yo servicio
    empresa semana vino vinieron don't didn't doesn't isn't wasn't weren't won't can't couldn't i'm i've i'd
    it's that's they're we're you're
"""


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: small letters, without accents, without their endings."""
    return tuple(stem(word) for word in _plain_words(text))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Take the commonest endings of English and Spanish off a word that is long enough to bear it."""
    for ending, least in () if word == "lately" else _ENDINGS:  # which has nothing to do with being late
        if word.endswith(ending) and len(word) - len(ending) >= least:
            return _undoubled(word[: -len(ending)], ending)
    return word


_ENDINGS = (
    ("iness", 3), ("ingly", 3), ("ations", 3), ("ation", 3), ("aciones", 3), ("acion", 3), ("amente", 4), ("mente", 4),
    ("ings", 3), ("ing", 3), ("ied", 3), ("ies", 3), ("ness", 3), ("ers", 4), ("er", 4), ("ed", 3), ("es", 4),
    ("as", 4), ("os", 4), ("ly", 4), ("an", 4), ("s", 3), ("a", 4), ("o", 4), ("e", 4), ("y", 3),
)  # fmt: skip


def _undoubled(word: str, ending: str) -> str:
    doubled = len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz"
    bare = word[:-1] if doubled and ending in ("ing", "ings", "ed", "er", "ers") else word
    return stem(bare) if ending == "s" else bare


def _plain_words(text: str) -> list[str]:
    return [_folded(word) for word in _WORD.findall(text)]


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).removesuffix("'s")


_SMALL_FOLDED = frozenset(_folded(word) for word in re.findall(r"\S+", _SMALL_WORDS))


def phrases_of(theme: Theme) -> frozenset[tuple[str, ...]]:
    """Return the words of a theme as they are looked for."""
    return frozenset(phrase for words in theme.words if (phrase := words_of(words)))


_SMALL_BETWEEN = """
    me us you him her them my our your the a an ever even just was is were are been be
    nos le les lo la el los las un una mi su esta estaba
"""
_BETWEEN = frozenset(re.findall(r"\S+", _SMALL_BETWEEN))
"""Small words that may stand between those of a phrase: “rang me back”, “the pool was green”."""


def is_about(words: Sequence[str], phrases: Collection[tuple[str, ...]]) -> bool:
    """Whether a text, as words, names one of the phrases, small words between them or not."""
    bare = [word for word in words if word not in _BETWEEN]
    return _stands_in(words, phrases) or _stands_in(bare, [phrase for phrase in phrases if len(phrase) > 1])


def _stands_in(words: Sequence[str], phrases: Collection[tuple[str, ...]]) -> bool:
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in phrases
        for at in range(len(words) - len(phrase) + 1)
    )


def themes_in(text: str, themes: Iterable[Theme]) -> list[Theme]:
    """Return the themes a text is about."""
    words = words_of(text)
    return [theme for theme in themes if is_about(words, phrases_of(theme))]


def counted(said: Sequence[Said], themes: Sequence[Theme], months: Sequence[date]) -> Themes:
    """Count each theme over `months` (their first days, oldest first), and propose what might become one."""
    looked_for = {theme.key: phrases_of(theme) for theme in themes}
    found: Mapping[str, list[Said]] = defaultdict(list)
    without: list[Said] = []
    for one in said:
        words = words_of(one.text)
        about = [key for key, phrases in looked_for.items() if is_about(words, phrases)]
        for key in about:
            found[key].append(one)
        if not about:
            without.append(one)
    texts = _per_month(said, months)
    counts = [_count(theme, found.get(theme.key, []), months, texts) for theme in themes]
    counts.sort(key=lambda one: (-one.total, one.theme.name.casefold()))
    return Themes(tuple(months), tuple(counts), tuple(proposed(without)), len(said), len(without))


def _count(theme: Theme, said: Sequence[Said], months: Sequence[date], texts: Sequence[int]) -> ThemeCount:
    per_month = _per_month(said, months)
    answered = sum(one.answered for one in said)
    newest = tuple(sorted(said, key=lambda one: (one.on, one.key), reverse=True))
    return ThemeCount(theme, per_month, len(said), answered, movement(per_month, texts), newest)


def _per_month(said: Iterable[Said], months: Sequence[date]) -> tuple[int, ...]:
    times = Counter(one.on.replace(day=1) for one in said)
    return tuple(times.get(month, 0) for month in months)


def movement(times: Sequence[int], texts: Sequence[int]) -> Movement:
    """Say whether a theme comes up more often in the last three months than in the three before.

    An exact binomial test, two-sided at 5 %: of all sayings of the theme, how many fall into the later months, against
    the share of all texts that fall there. Fewer than ten sayings say nothing.
    """
    later, earlier = sum(times[-LATELY:]), sum(times[-2 * LATELY : -LATELY])
    texts_later, texts_earlier = sum(texts[-LATELY:]), sum(texts[-2 * LATELY : -LATELY])
    every = later + earlier
    if every < SMALL or not texts_later or not texts_earlier:
        return Movement.FEW
    share = texts_later / (texts_later + texts_earlier)
    tail = sum(_chance(every, k, share) for k in range(later, every + 1))
    other = sum(_chance(every, k, share) for k in range(later + 1))
    if 2 * min(tail, other) > CERTAIN:
        return Movement.NO_CHANGE
    return Movement.GROWING if tail < other else Movement.SHRINKING


def _chance(of: int, hits: int, share: float) -> float:
    return float(comb(of, hits) * share**hits * (1 - share) ** (of - hits))


def proposed(said: Sequence[Said], refused: Collection[str] = ()) -> list[ThemeProposal]:
    """Return words and pairs of words that several texts without a theme have in common, the most frequent first."""
    in_texts: dict[tuple[str, ...], dict[str, Said]] = defaultdict(dict)
    shown: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for one in said:
        for phrase, words in _telling(one.text):
            # A customer who says it twice says it once.
            in_texts[phrase].setdefault(str(one.customer or one.key), one)
            shown[phrase][words] += 1
    often = {phrase: texts for phrase, texts in in_texts.items() if len(texts) >= LEAST_TIMES}
    pairs = [phrase for phrase in often if len(phrase) == 2]
    kept = [
        phrase
        for phrase in often
        if len(phrase) == 2
        or not any(phrase[0] in pair and len(often[pair]) * 3 >= len(often[phrase]) * 2 for pair in pairs)
    ]
    found = [
        ThemeProposal(shown[phrase].most_common(1)[0][0], len(often[phrase]), next(iter(often[phrase].values())).text)
        for phrase in kept
    ]
    found.sort(key=lambda one: (-one.times, one.words))
    return [one for one in found if one.words not in refused][:MOST_PROPOSALS]


def _telling(text: str) -> list[tuple[tuple[str, ...], str]]:
    words = [None if word in _SMALL_FOLDED or len(word) < 3 else word for word in _plain_words(text)]
    found: list[tuple[tuple[str, ...], str]] = [((stem(word),), word) for word in words if word]
    found += [
        ((stem(one), stem(two)), f"{one} {two}")
        for one, two in pairwise(words)
        if one and two and stem(one) != stem(two)
    ]
    return found
