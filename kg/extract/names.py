"""Where the name of a project begins and ends in running text, and when two spellings are one name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate

from kg.extract.view import View
from kg.lexicon import ONE_PAPER, Lexicon, shape
from kg.phrases import is_within_word, places_of

_OPEN = "\"”“„»«'’‘"
_CLOSE = "\"”“»«'’‘"
_TOKEN = re.compile(r"[^\s]+")
_PHASE = shape("names", "phase")
_AMPERSAND = re.compile(r"[A-ZÅÄÖ][\w-]+\s+&\s+[A-ZÅÄÖ]")
_VERB_END = shape("names", "verb_end")
_BEFORE_GRANT = shape("names", "before_grant")
_IN_TITLES = shape("names", "in_titles")
_INNER_ABBREVIATION = shape("names", "inner_stop")
_BEFORE_YEARS = shape("names", "before_years")
_YEARS = re.compile(r"(?:19|20)\d\d(?:\s?[–-]\s?(?:19|20)\d\d)?")
_AND = shape("names", "and_")
_NEXT_AIM = shape("names", "next_aim")
_TAKES_ARTICLE = shape("names", "takes_article")
_ARTICLE = shape("names", "article")
_BEFORE_PARTY = shape("names", "before_party")
_DASH = frozenset("–-—")
_ACRONYM = re.compile(r"[A-ZÅÄÖ0-9][\w&+./*:-]{1,19}$")
_KEY_WORD = re.compile(r"[^\W_]+[*+]*")
_STOPS = re.compile(r"[.:]")
_INNER_STOP = re.compile(r"\w[.:]\w")
_ROMAN = re.compile(r"^[IVX]+$")

MAX_WORDS = 16


@lru_cache(maxsize=1024)
def name_key(name: str) -> str:
    """The form in which spellings of a project's name are compared: letters, digits, ``*`` and ``+`` count,
    case, quotes, hyphenation and other punctuation do not."""
    name = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(_KEY_WORD.findall(name))


_LAST_PHASE = shape("names", "last_phase")
_LABEL_WORD = shape("names", "label_word")
_KIND_ALONE = shape("names", "kind_alone")


_LAST_BRACKET = re.compile(r"\(([^()]+)\)\s*$")
_WITH_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_HEAD_END = re.compile(r"\s[-–—]\s|:\s")


def name_variants(name: str) -> list[str]:
    """Other names that a full name gives: without its bracket, the bracket, and the acronym before a dash."""
    found = [name]
    bracketed = "(" in name
    bracket = _LAST_BRACKET.search(name) if bracketed else None
    bare = (_WITH_BRACKET.sub("", name) if bracketed else name).strip()
    if bracket and bare:
        inner = bracket.group(1).strip()
        found.append(bare)
        if (len(inner.split()) == 1 or len(inner) > 12) and not _KIND_ALONE.fullmatch(inner):
            found.append(inner)
    head = _HEAD_END.split(bare, maxsplit=1)
    if len(head) == 2 and len(head[0]) >= 3:
        found.append(head[0].strip())
    phase = _LAST_PHASE.search(bare)
    if phase and phase.start() > 3:
        found.append(phase.group())
    return list(dict.fromkeys(v for v in found if len(name_key(v)) >= 2))


def scan_name(view: View, lexicon: Lexicon, start: int, end: int, *, verbal: bool = False) -> tuple[int, int] | None:
    """The span of the project name that begins at ``start`` and ends before ``end``; None where none begins.

    Quoted names end at their quote.  Others begin with a capital or digit and go on to the first word that
    cannot belong to a title: a finite verb, a preposition before a sum, date or organisation, a new clause.
    ``verbal``: the clause has its finite verb already, so that a verb that follows is the title's ("Torget lever").
    """
    text = view.text
    while start < end and text[start] in " \t":
        start += 1
    if start >= end:
        return None
    if text[start] in _OPEN:
        start += text.startswith(text[start] * 2, start)  # quotation marks made of two signs
        closing = [i for i in range(start + 2, min(end, start + 160)) if text[i] in _CLOSE]
        return (start + 1, closing[0]) if closing else None
    stops, links = _stops(lexicon, verbal), _words(lexicon, "links")
    soft, means = _soft_stops(lexicon), _words(lexicon, "heading_means")
    tokens = [m.span() for m in _TOKEN.finditer(text, start, end)]
    if not tokens or not _may_begin(text[tokens[0][0] : tokens[0][1]]):
        return None
    finish = tokens[0][0]
    previous = ""
    for index, (low, high) in enumerate(tokens[:MAX_WORDS]):
        word = text[low:high]
        bare = word.strip('()[]”"“»,;:.!?')
        folded = bare.casefold()
        following = tokens[index + 1] if index + 1 < len(tokens) else None
        if index:
            if previous.endswith((".", ";", "!", "?", ":")) and not _inner_stop(previous, bare):
                if (tail := _second_title(view, lexicon, low, end)) is not None and previous.endswith(":"):
                    return start, tail
                break
            if previous.endswith(",") and not _PHASE.match(text, low) and not _AMPERSAND.match(text, low):
                break
            if word.startswith("("):
                inner = re.match(r"\(([^()]{2,40})\)", text[low:end])
                if (
                    inner
                    and _is_acronym(inner.group(1))
                    and not view.spans_in(low, low + inner.end(), "money", "fund", "diary_number", "case_id")
                ):
                    finish = low + inner.end()
                break
            if _RELATIVE.fullmatch(folded) and _ends_title(view, text, low, end, previous):
                finish = _title_end(text, low, end)
                break
            if folded in stops or _VERB_END.search(folded) and bare.islower() or _LABEL_WORD.fullmatch(bare):
                break
            if folded in means and _begins_grant(view, following, previous, text):
                break
            if _PARTICLE.fullmatch(folded) and word[len(bare) :][:1] in (",", ".", ";") and previous[:1].islower():
                return start, low + len(bare)
            if folded in soft and (
                following is None
                or _ends_before(view, soft[folded], text[following[0] : following[1]], following[0], folded)
            ):
                break
            if view.starting(low, "money", "share", "date", "period") and not _title_number(view, low, previous):
                break
            if (folded in links or word in _DASH) and _link_ends(view, lexicon, following, folded, text):
                break
        finish = low + len(word.rstrip(',;.!?:)”"“»' if "(" not in word else ',;.!?:”"“»'))
        previous = word
    finish = _trim_tail(text, start, finish, links)
    if finish <= start:
        return None
    return start, _numbered_end(view, finish, end) or _recurring_end(text, start, finish, min(end, tokens[-1][1]))


_LAST_WORDS = shape("names", "last_words")
_SECOND_TITLE = shape("names", "second_title")


def _second_title(view: View, lexicon: Lexicon, low: int, end: int) -> int | None:
    """The end of words in small letters behind a colon that go on with a title and are no clause: 'Båtnavet: vägar till
    arbete.'"""
    m = _SECOND_TITLE.match(view.text, low, end)
    if m is None or not view.is_plain(low, m.end()):
        return None
    words = m.group().casefold().split()
    verbs = _words(lexicon, "finite_verbs") | _deciding_verbs(lexicon)
    return None if any(w in verbs or _VERB_END.search(w) for w in words) else m.end()


def _ends_title(view: View, text: str, low: int, end: int, previous: str) -> bool:
    """Whether 'som' and a word or two end the title and the sentence: 'Musslor som renar.', 'Båtar som export.'"""
    m = _LAST_WORDS.match(text, low, end)
    return m is not None and not previous.endswith(",") and view.is_plain(low, m.end())


def _title_end(text: str, low: int, end: int) -> int:
    m = _LAST_WORDS.match(text, low, end)
    return m.end() if m is not None else low


_NAME_ENDS = re.compile(r"[,.;:()\"”“»?!–—\n]|\s[-–]\s|\d{3}")
_MOST_LONGER = 6  # words by which a name may go on where the paper says it so again


_BEFORE_BRACKET = re.compile(r"(?: [^\W\d_]+){0,5}(?= \()")


def _numbered_end(view: View, finish: int, end: int) -> int | None:
    """The end of a name that words with no stop lead from to its number in a bracket: 'Trähus i tiden (21RGK1011)'."""
    m = _BEFORE_BRACKET.match(view.text, finish, end)
    number = view.starting(m.end() + 2, "diary_number", "case_id") if m is not None and m.group() else None
    if m is None or number is None or not view.text.startswith(")", number.end):
        return None
    return None if view.spans_in(finish, m.end(), "organisation", "board", "fund", "share") else m.end()


def _recurring_end(text: str, start: int, finish: int, end: int) -> int:
    """The end of the name with the words up to the next stop, where the paper prints those words a second time, or with
    as many of them as stand elsewhere as an item's title.

    'Laxen kommer till byn': a verb or a small word ends a name, unless all of it stands elsewhere too.
    """
    stop = _NAME_ENDS.search(text, finish, end)
    high = stop.start() if stop else end
    longer = text[start:high].rstrip()
    extra = longer[finish - start :].split()
    if not extra:
        return finish
    flat = _flat(text)
    short = " ".join(text[start:finish].split()).casefold()
    if flat.count(f"{short} {extra[0].casefold()}") < 2:
        return finish
    whole = " ".join(longer.split()).casefold()
    count = flat.count(whole)
    if len(extra) <= _MOST_LONGER and count > 1 and count * 2 >= flat.count(short):
        return start + len(longer)
    for last in reversed(list(_TOKEN.finditer(text, finish, high))[:_MOST_LONGER]):
        if _is_item_title(text, text[start : last.end()]):
            return last.end()
    return finish


def _is_item_title(text: str, words: str) -> bool:
    """Whether words open an item and end before a stop somewhere in the paper: '6. Unga bygger, Tranemo kommun'."""
    title = r"\s+".join(map(re.escape, words.split()))
    return re.search(rf"(?m)^[ \t]*(?:[•*–-]|\w{{1,2}}[.)])[ \t]+{title}(?=[,.;:]|$|\s[–-]\s)", text) is not None


@lru_cache(maxsize=2)
def _flat(text: str) -> str:
    return " ".join(text.split()).casefold()


def _begins_grant(view: View, following: tuple[int, int] | None, previous: str, text: str) -> bool:
    """Whether a word for money begins the grant and not the end of the title: 'X North "
    "| medfinansiering med 7,5 mkr'."""
    if following is None or not (previous[:1].isupper() or any(c.isdigit() for c in previous)):
        return False
    return _BEFORE_GRANT.fullmatch(text, *following) is not None


_CLAUSE_START = shape("names", "clause_start")


def clause_has_verb(view: View, lexicon: Lexicon, start: int, offset: int) -> bool:
    """Whether the clause that runs up to the offset has its finite verb, so far as its form tells."""
    before = view.text[start:offset]
    if _SUBORDINATE.match(before):
        return False
    clause = _CLAUSE_START.split(before)[-1]
    words = [w.casefold() for w in re.findall(r"\w+", clause)]
    verbs = _words(lexicon, "finite_verbs")
    return any(w in verbs or _VERB_END.search(w) for w in words)


_SUBORDINATE = shape("names", "subordinate")


@lru_cache(maxsize=8)
def _stops(lexicon: Lexicon, verbal: bool) -> frozenset[str]:
    """Words at which no title goes on; ``verbal``: but for verbs that titles hold too."""
    plain = _words(lexicon, "stops") - (_words(lexicon, "inner_verbs") if verbal else frozenset())
    return plain | _deciding_verbs(lexicon)


def _deciding_verbs(lexicon: Lexicon) -> frozenset[str]:
    """First words of the phrases that decide, at which no title goes on."""
    found = _SETS.get((lexicon.signature, ""))
    if found is None:
        first = {
            row[0].split()[0]
            for row in lexicon.get("decisions", "triggers")
            if row[1] and row[2] in ("active", "passive")
        }
        found = frozenset(w for w in first if len(w) > 4 and not _IN_TITLES.fullmatch(w)) - _words(
            lexicon, "inner_verbs"
        )
        _SETS[(lexicon.signature, "")] = found
    return found


def _words(lexicon: Lexicon, name: str) -> frozenset[str]:
    key = (lexicon.signature, name)
    found = _SETS.get(key)
    if found is None:
        found = _SETS[key] = frozenset(w.casefold() for w in lexicon.words("lineage", "projects", name))
    return found


_SETS: dict[tuple[str, str], frozenset[str]] = {}
_SOFT: dict[str, dict[str, re.Pattern[str]]] = {}


def _soft_stops(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    """Prepositions that a title may hold, each with the words before which they open a new phrase all the same."""
    found = _SOFT.get(lexicon.signature)
    if found is None:
        rows = lexicon.get("lineage", "projects", "soft_stops")
        found = _SOFT[lexicon.signature] = {w: re.compile(p, re.IGNORECASE) for w, p in rows.items()}
    return found


def _ends_before(view: View, pattern: re.Pattern[str], word: str, offset: int, before: str) -> bool:
    """Whether a new phrase opens with the word behind the preposition ``before``, rather than the name of a place."""
    bare = word.strip('.,;:()[]"”“»')
    if pattern.fullmatch(bare) and not (bare[:1].isupper() and _BEFORE_PLACE.fullmatch(before)):
        return True
    return (
        view.starting(
            offset, "money", "share", "date", "period", "organisation", "board", "fund", "municipality", "county"
        )
        is not None
    )


_IN_PART = shape("names", "in_part")
_BEFORE_PLACE = shape("names", "before_place")
_RELATIVE = shape("names", "relative")
_PARTICLE = shape("names", "particle")
_ORDINAL = shape("names", "ordinal")


def _may_begin(word: str) -> bool:
    word = word.lstrip("\"”“»'")
    if not word or word[0] in "([":
        return False
    if word[0].isdigit():
        return any(c.isalpha() for c in word) and not _ORDINAL.match(word)
    return word[0].isupper() or sum(c.isupper() for c in word[1:8]) >= (
        1 if len(word) < 4 or word[1].isupper() or word[2].isupper() else 2
    )


def _inner_stop(previous: str, following: str) -> bool:
    """Whether a stop or colon at the end of ``previous`` stands inside a title: 'St. Olof', 'Norrsken: ett ljus'."""
    return previous.endswith(":") and following[:1].isupper() or _INNER_ABBREVIATION.fullmatch(previous) is not None


def _is_acronym(inner: str) -> bool:
    return bool(_ACRONYM.match(inner)) and sum(c.isupper() for c in inner) >= 1 and not inner.isdigit()


def _title_number(view: View, offset: int, previous: str) -> bool:
    """Whether a year or number belongs to a title: 'Stålkompetens 2030', 'Samverkan för X 2020–2023'."""
    span = view.starting(offset, "date", "period")
    if span is None:
        return False
    words = view.text[span.start : span.end]
    return _YEARS.fullmatch(words) is not None and _BEFORE_YEARS.fullmatch(previous) is None


def _link_ends(view: View, lexicon: Lexicon, following: tuple[int, int] | None, word: str, text: str) -> bool:
    stops = _words(lexicon, "stops")
    if following is None:
        return True
    low, high = following
    nxt = text[low:high].strip(",.;:()").casefold()
    if word in _DASH:
        return nxt in _words(lexicon, "clause_openers")
    if _AND.fullmatch(word):
        ends = nxt in stops or bool(_VERB_END.search(nxt)) or _NEXT_AIM.fullmatch(nxt) is not None
        return ends or _gets_sum(view, low)
    if _IN_PART.match(text, low):
        return True
    if nxt in _words(lexicon, "after_links") and not (_TAKES_ARTICLE.fullmatch(word) and _ARTICLE.fullmatch(nxt)):
        return True
    if view.starting(low, "money", "share"):
        return True
    span = view.starting(low, "period", "date")
    if span is not None:
        return True
    return bool(_BEFORE_PARTY.fullmatch(word)) and view.starting(low, "organisation", "board") is not None


def _gets_sum(view: View, offset: int) -> bool:
    """Whether the next of several receives its own sum there: 'till X | och Kungälvs kommun 900 000 kronor till Y'."""
    party = view.starting(offset, "organisation")
    return party is not None and bool(view.spans_in(party.end, party.end + 24, "money"))


def _trim_tail(text: str, start: int, finish: int, links: frozenset[str]) -> int:
    """Take off link words and dashes that a title cannot end with."""
    while True:
        head, _, last = text[start:finish].rstrip().rpartition(" ")
        if last == "in" and not text[finish:].lstrip()[:1].isupper():
            return finish  # 'Vägen in', not 'Tools in Sweden'
        if head and (last.casefold() in links or last in _DASH) and not _ROMAN.match(last):
            finish = start + len(head.rstrip())
        else:
            return start + len(text[start:finish].rstrip())


class MentionPattern:
    """Finds any of the names of projects, white space and case-only variation allowed, longest first.

    ``finditer`` and ``match`` give ``re.Match``; a name is tried only where its first word stands.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._by_first: dict[str, list[str]] = {}
        self._wordless: re.Pattern[str] | None = None
        listed = sorted(set(names), key=lambda n: (-len(n), n))
        for name in listed:
            first = _FIRST_WORDS.match(name)
            if first is None:
                self._wordless = re.compile("|".join(map(_expression, listed)), re.IGNORECASE)
                return
            # 'AI.ALL' is also written 'AIALL'
            for word in dict.fromkeys(accumulate(_STOPS.split(first.group().casefold()))):
                self._by_first.setdefault(word, []).append(name)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        if self._wordless is not None:
            yield from self._wordless.finditer(text)
            return
        places = places_of(text)
        last = 0
        hits = sorted((start, word) for word in self._by_first.keys() & places.keys() for start in places[word])
        for start, word in hits:
            if start >= last and (m := self._try(word, text, start)) is not None:
                yield m
                last = m.end()

    def match(self, text: str, pos: int) -> re.Match[str] | None:
        if self._wordless is not None:
            return self._wordless.match(text, pos)
        word = _WORD.match(text, pos)
        return self._try(word.group().casefold(), text, pos) if word is not None else None

    def _try(self, word: str, text: str, pos: int) -> re.Match[str] | None:
        for name in self._by_first.get(word, ()):
            if (m := _stands_at(name, text, pos)) is not None:
                return m
        return None


_BEHIND_NAME = re.compile(r"(?![\w*+]|[.:]\w|-\w)")
_ALL = re.compile(r"(?s:.*)")


def _stands_at(name: str, text: str, pos: int) -> re.Match[str] | None:
    """The name where it stands at an offset: whole words, of any case and with any white space between them."""
    words = _plain_words(name)
    if words is None:
        return _compiled(name).match(text, pos)
    if pos and (text[pos - 1] == "*" or is_within_word(text, pos - 1)):
        return None
    stop = pos
    for number, word in enumerate(words):
        begin = stop
        while number and text[stop : stop + 1].isspace():
            stop += 1
        if number and begin == stop or text[stop : stop + len(word)].casefold() != word:
            return None
        stop += len(word)
    return _ALL.match(text, pos, stop) if _BEHIND_NAME.match(text, stop) is not None else None


@lru_cache(maxsize=ONE_PAPER)
def _plain_words(name: str) -> tuple[str, ...] | None:
    """The words of a name, folded; None where one of them is written in several ways."""
    words = tuple(word.casefold() for word in name.split())
    return None if any(word in _DASH or _INNER_STOP.search(word) for word in words) else words


def _expression(name: str) -> str:
    words = r"\s+".join(_loose(word) for word in name.split())
    return rf"(?<![\w*]){words}(?![\w*+]|[.:]\w|-\w)"


@lru_cache(maxsize=ONE_PAPER)
def _compiled(name: str) -> re.Pattern[str]:
    return re.compile(_expression(name), re.IGNORECASE)


_WORD = re.compile(r"\w+")
_FIRST_WORDS = re.compile(r"\w+(?:[.:]\w+)*")


@lru_cache(maxsize=1024)
def _loose(word: str) -> str:
    escaped = re.escape(word)
    if _INNER_STOP.search(word):
        escaped = re.sub(r"(?<=\w)(?:\\\.|:)(?=\w)", "[.:]?", escaped)
    return "[–—-]" if word in _DASH else escaped
