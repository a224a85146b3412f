"""Whether a customer who complained said already what would put it right: then nobody asks them again."""

from __future__ import annotations

import re

_ENGLISH = r"""
please\b(?!\s+(?:ignore|excuse|find)) | (?:can|could|would|will)\s+(?:you|someone|somebody|we\s+have)\b
| (?:i|we)\s*(?:['’]d|\s+would|\s+should)\s+(?:like|love|prefer|appreciate|expect|want)\b
| (?:i|we)\s+(?:just\s+|only\s+)?(?:want|need|expect|ask|demand|insist)\b
(?!\s+to\s+(?:say|tell|complain|know\s+why))
| (?:all|what)\s+(?:i|we)\s+(?:want|ask)\b | (?:give|send|get|bring|call|ring)\s+(?:me|us|someone|somebody)\b
| (?:money|deposit)\s+back | refund(?:ed)? | (?:come|coming|send\s+\w+)\s+back\s+(?:and|to)\b
| (?:has|have|needs?|ought)\s+to\s+be\s+(?:re)?(?:done|fixed|cleaned|replaced|paid|put|made|redone|repaired)\b
| (?:take|took)\s+(?:it|that|this)\s+off\s+(?:the|my|our)\s+bill | make\s+(?:it|this|that)\s+right
| (?:^|[.;!?]\s+)(?:fix|redo|replace|clean|refund|repair|credit|reschedule|finish)\s+(?:it|this|that|the|my|our)\b
"""
_SPANISH = r"""
por\s+favor | (?:pued|podr[ií])(?:e|en|a|an|ía|ían)\s+\w+ |
(?:quiero|queremos|quisiera|quisiéramos|necesito|necesitamos|exijo|pido|espero|esperamos|me\s+gustaría|nos\s+gustaría)\b(?!\s+(?:decir|quejar))
| que\s+(?:vuelva|vuelvan|venga|vengan|lo\s+arreglen|lo\s+limpien|me\s+devuelvan|nos\s+devuelvan|me\s+llamen)\b
| (?:devuélv|reembols|arrégl|repár|cámbi|límpi|mánden|envíen|llámen)\w* | devoluci[oó]n\s+del?\s+dinero
"""
_WISH = re.compile(rf"\b(?:{_ENGLISH}|{_SPANISH})", re.IGNORECASE | re.VERBOSE)
_SENTENCE = re.compile(r"[^.!?\n;]+[.!?;]?")


def wish_in(words: str) -> str:
    """Return the sentence in which somebody says what they would have done about it; nothing where none does."""
    found = (part[0].strip() for part in _SENTENCE.finditer(words) if _WISH.search(part[0]))
    return next(found, "")
