"""Finding phrases of a list in text, fast.

A list of phrases compiled into one alternation is tried at every character of a text; with three hundred phrases
that costs more than everything else that is done with a paper.  Here the words of the text are looked up in a
table of first words, and only the few phrases that begin with that word are held against what follows.  No
expression is compiled for them: a paper has few of the words that the lexicon lists.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

_WORD = re.compile(r"\w+")
_DIVIDED = re.compile(r"(\w+)")
_SECOND = re.compile(r"\W*(\w+)")
_ALL = re.compile(r"(?s:.*)")  # makes a match of a place that is known
_WORD_END = r"(?!\w)"
_WORD_START = r"(?<![\w])"
Try = Callable[[str, int, int], re.Match[str] | None]
_SEVERAL = 4  # places of a word from which on they are kept by what follows
_LONG = 400  # characters: the words of longer texts are kept with their places, by word


@lru_cache(maxsize=4096)
def phrase_pattern(phrase: str) -> str:
    """One phrase as a regular expression without groups, whole words only; a blank is any run of white space."""
    body = r"\s+".join(re.escape(word) for word in phrase.split())
    start = _WORD_START if phrase[:1].isalnum() else ""
    end = _WORD_END if phrase.strip()[-1:].isalnum() else ""
    return f"{start}{body}{end}"


def alternation(phrases: Iterable[str]) -> str:
    """The phrases as one alternation, longest first, so that the longest match wins."""
    return "|".join(phrase_pattern(p) for p in sorted(set(phrases), key=lambda p: (-len(p), p)))


def _list_words(text: str) -> list[str]:
    """The words of a text, folded."""
    folded = text.casefold()
    if len(folded) == len(text):
        return _WORD.findall(folded)
    return [word.casefold() for word in _WORD.findall(text)]  # a letter became several, such as ß


def _list_starts(text: str) -> list[int]:
    """Where the words of a text begin."""
    ends = list(accumulate(map(len, _DIVIDED.split(text))))  # of what stands between words, and of words, in turn
    return ends[:-1:2]


# Lines and cells are asked about by many patterns one after the other; where a word stands is seldom asked.
words_of = lru_cache(maxsize=256)(_list_words)
_starts_of = lru_cache(maxsize=256)(_list_starts)


def places_of(text: str) -> dict[str, list[int]]:
    """The words of a whole paper, folded, with the offsets at which each begins; kept for the few texts last used."""
    return _index_words(text).places


class _Index:
    """The words of a paper with their ``places``, and by the place of a word the next one."""

    __slots__ = ("_followers", "following", "places")

    def __init__(self, places: dict[str, list[int]], following: dict[int, str]) -> None:
        self.places = places
        self.following = following
        self._followers: dict[str, dict[str, list[int]]] = {}

    def starts_before(self, word: str, seconds: frozenset[str]) -> list[int]:
        """Where the word stands with one of ``seconds`` behind it."""
        starts = self.places[word]
        following = self.following
        if len(starts) < _SEVERAL:
            return [start for start in starts if following.get(start) in seconds]
        followers = self._followers.get(word)
        if followers is None:  # kept, since many lists have phrases that begin with 'i' and 'av'
            followers = self._followers[word] = {}
            for start in starts:
                followers.setdefault(following.get(start, ""), []).append(start)
        return [start for second in followers.keys() & seconds for start in followers[second]]


@lru_cache(maxsize=4)
def _index_words(text: str) -> _Index:
    """The places of each word, and by the place of a word the next one."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    following: dict[int, str] = {}
    before = -1
    folded = text.casefold()
    if len(folded) == len(text):
        parts = iter(_DIVIDED.split(folded))  # what stands between words, and words, in turn
        start = len(next(parts))
        for word, gap in zip(parts, parts, strict=True):
            places[word].append(start)
            following[before] = word
            before = start
            start += len(word) + len(gap)
    else:
        for start, word in zip(_list_starts(text), _list_words(text), strict=True):
            places[word].append(start)
            following[before] = word
            before = start
    return _Index(dict(places), following)


class _Beginning:
    """The phrases that begin with one word: ``find`` gives the longest of them that stands where that word does.

    ``seconds`` are the words of which one must come next, or None where the first may be all.
    """

    __slots__ = ("_alone", "_by_second", "_forms", "_size", "find", "seconds")

    def __init__(self, word: str, phrases: Iterable[str]) -> None:
        self._size = len(word)
        forms = {" ".join(phrase.split()).casefold(): phrase.strip()[-1:].isalnum() for phrase in phrases}
        listed = sorted(forms.items(), key=lambda form: -len(form[0]))
        self._forms = dict(listed)
        second = {form: next(iter(_WORD.findall(form)[1:]), "") for form in self._forms}
        self.seconds = None if "" in second.values() else frozenset(second.values())
        self._alone = tuple(form for form in listed if not second[form[0]])
        self._by_second = {
            word: tuple(form for form in listed if second[form[0]] in (word, "")) for word in second.values() if word
        }
        self.find: Try = self._find_word if list(self._forms) == [word] else self._find_longest

    def _find_word(self, text: str, start: int, end: int) -> re.Match[str] | None:
        stop = start + self._size
        return _ALL.match(text, start, stop) if stop <= end else None

    def _find_longest(self, text: str, start: int, end: int) -> re.Match[str] | None:
        after = _SECOND.match(text, start + self._size, end)
        forms = self._by_second.get(after.group(1).casefold(), self._alone) if after is not None else self._alone
        for form, closed in forms:
            stop = start + len(form)
            if text[start:stop].casefold() != form:
                stop = _end_of_words(text, start, end, form) if " " in form else 0
            if start < stop <= end and not (closed and stop < end and is_within_word(text, stop)):
                return _ALL.match(text, start, stop)
        return None

    def ends_at(self, text: str, start: int) -> Iterator[int]:
        """Where the phrases end that stand at ``start``, the longest first."""
        end = len(text)
        after = _SECOND.match(text, start + self._size, end)
        forms = self._by_second.get(after.group(1).casefold(), self._alone) if after is not None else self._alone
        for form, closed in forms:
            stop = _end_of_words(text, start, end, form)
            if stop and not (closed and stop < end and is_within_word(text, stop)):
                yield stop

    def fits(self, text: str) -> bool:
        """Whether the whole text is one of the phrases."""
        return " ".join(text.split()).casefold() in self._forms and text == text.strip()


def _end_of_words(text: str, start: int, end: int, form: str) -> int:
    """Where words end that stand in the text with other white space between them; 0 where they do not."""
    stop = start
    for word in form.split(" "):
        begin = stop
        while begin < end and text[begin].isspace():
            begin += 1
        stop = begin + len(word)
        if text[begin:stop].casefold() != word or (begin == end):
            return 0
    return stop


def is_within_word(text: str, offset: int) -> bool:
    """Whether a letter, a digit or an underscore stands at the offset."""
    return text[offset].isalnum() or text[offset] == "_"


def find_words(text: str, phrase: str, *, cased: bool = False) -> Iterator[tuple[int, int]]:
    """Where words stand in a text, with any white space between them, and be it within longer words."""
    folded = text if cased else text.lower()
    words = (phrase if cased else phrase.lower()).split()
    if len(folded) != len(text) or not words:
        flags = re.NOFLAG if cased else re.IGNORECASE
        yield from (m.span() for m in re.finditer(r"\s+".join(map(re.escape, words)), text, flags) if words)
        return
    start = folded.find(words[0])
    while start >= 0:
        stop = start + len(words[0])
        for word in words[1:]:
            begin = stop
            while folded[begin : begin + 1].isspace():
                begin += 1
            if begin == stop or not folded.startswith(word, begin):
                break
            stop = begin + len(word)
        else:
            yield start, stop
        start = folded.find(words[0], start + 1)


class PhrasePattern:
    """Phrases as a pattern: case-insensitive, whole words, the longest phrase first.

    ``search``, ``match``, ``fullmatch`` and ``finditer`` are those of ``re.Pattern`` and give ``re.Match``, which tells
    the place; ``pattern`` is the plain alternation, for use within another expression.  In a text longer than a line
    or a cell no word is cut by the end of what is searched.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._listed = [p for p in dict.fromkeys(phrases) if p.strip()]
        self._phrases: dict[str, list[str]] = {}
        loose: list[str] = []
        for phrase in self._listed:
            first = _WORD.match(phrase.strip())
            if first is None:
                loose.append(phrase)
            else:
                self._phrases.setdefault(first.group().casefold(), []).append(phrase)
        self._firsts = frozenset(self._phrases)
        self._beginnings: dict[str, _Beginning] = {}
        self._loose = re.compile(alternation(loose), re.IGNORECASE) if loose else None
        self._last: tuple[str, list[int], list[Try]] = ("", [], [])

    @property
    def pattern(self) -> str:
        return alternation(self._listed) if self._listed else r"(?!)"

    def finditer(self, text: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        end = len(text) if endpos is None else min(endpos, len(text))
        hits = self._hits(text, pos, end)
        if not hits and self._loose is None:
            return iter(())  # most often
        return self._matches(hits, text, pos, end)

    def _matches(self, hits: Sequence[tuple[int, Try]], text: str, pos: int, end: int) -> Iterator[re.Match[str]]:
        tried = (begin(text, start, end) for start, begin in hits)
        found: Iterable[re.Match[str]] = (m for m in tried if m is not None)
        if self._loose is not None:
            found = sorted([*found, *self._loose.finditer(text, pos, end)], key=lambda m: (m.start(), -m.end()))
        last = pos
        for m in found:
            if m.start() >= last:
                yield m
                last = max(m.end(), m.start() + 1)

    def _hits(self, text: str, pos: int, end: int) -> Sequence[tuple[int, Try]]:
        """Where words of the window stand with which a phrase begins, each with what tries these phrases."""
        if len(text) > _LONG:
            _, starts, tries = self._last if self._last[0] is text else self._look_up(text)
            if not starts:
                return ()
            low = bisect_left(starts, pos)
            high = bisect_left(starts, end, low)
            return list(zip(starts[low:high], tries[low:high], strict=True))
        if end < len(text):  # a window may cut a word
            return self._hits_of_window(text, pos, end)
        words = words_of(text)
        if self._firsts.isdisjoint(words):
            return ()
        if pos > 0:
            return self._hits_of_window(text, pos, end)
        found = zip(_starts_of(text), words, strict=True)
        return [(start, self._beginning(word).find) for start, word in found if word in self._phrases]

    def _hits_of_window(self, text: str, pos: int, end: int) -> list[tuple[int, Try]]:
        """The same of a part of a short text, at whose ends a word may be cut."""
        cut = ((m.start(), m.group().casefold()) for m in _WORD.finditer(text, pos, end))
        hits = [(start, self._beginning(word).find) for start, word in cut if word in self._phrases]
        return hits[1:] if hits and pos and hits[0][0] == pos and is_within_word(text, pos - 1) else hits

    def _look_up(self, text: str) -> tuple[str, list[int], list[Try]]:
        """The same of a whole paper; kept, since its sentences are asked about one after the other."""
        index = _index_words(text)
        tries: dict[int, Try] = {}  # no two begin at the same place
        for word in self._firsts & index.places.keys():
            beginning = self._beginnings.get(word) or self._beginning(word)
            seconds = beginning.seconds
            starts = index.places[word] if seconds is None else index.starts_before(word, seconds)
            if starts:
                tries.update(dict.fromkeys(starts, beginning.find))
        starts = sorted(tries)
        self._last = (text, starts, [tries[start] for start in starts])
        return self._last

    def _beginning(self, word: str) -> _Beginning:
        """The phrases that begin with a word of the table."""
        found = self._beginnings.get(word)
        if found is None:
            found = self._beginnings[word] = _Beginning(word, self._phrases[word])
        return found

    def search(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        if self._loose is not None:
            return next(self.finditer(text, pos, endpos), None)
        size = len(text)
        if size <= _LONG:
            if endpos is None and self._firsts.isdisjoint(words_of(text)):  # most often
                return None
            end = size if endpos is None or endpos > size else endpos
            for start, begin in self._hits(text, pos, end):
                if (m := begin(text, start, end)) is not None:
                    return m
            return None
        end = size if endpos is None or endpos > size else endpos
        _, starts, tries = self._last if self._last[0] is text else self._look_up(text)
        for index in range(bisect_left(starts, pos), len(starts)):
            start = starts[index]
            if start >= end:
                break
            m = tries[index](text, start, end)
            if m is not None:
                return m
        return None

    def match(self, text: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        end = len(text) if endpos is None else endpos
        word = _WORD.match(text, pos, end)
        if word is not None and (folded := word.group().casefold()) in self._phrases:
            if not (pos and is_within_word(text, pos - 1)):
                m = self._beginning(folded).find(text, pos, end)
                if m is not None:
                    return m
        return self._loose.match(text, pos, end) if self._loose is not None else None

    def spots(self, text: str) -> list[int] | None:
        """Where in a paper words stand with which a phrase may begin; None where that is not known."""
        if self._loose is not None:
            return None
        return self._last[1] if self._last[0] is text else self._look_up(text)[1]

    def ends_at(self, text: str, pos: int) -> Iterator[int]:
        """Where the phrases end that begin with a word at an offset, the longest first."""
        word = _WORD.match(text, pos)
        if word is None or (pos and is_within_word(text, pos - 1)):
            return iter(())
        folded = word.group().casefold()
        return self._beginning(folded).ends_at(text, pos) if folded in self._phrases else iter(())

    def fullmatch(self, text: str) -> re.Match[str] | None:
        word = _WORD.match(text)
        if word is None:
            return self._loose.fullmatch(text) if self._loose is not None else None
        folded = word.group().casefold()
        fits = folded in self._phrases and self._beginning(folded).fits(text)
        return _ALL.match(text) if fits else None


def compile_phrases(phrases: Iterable[str]) -> PhrasePattern:
    """A pattern that finds any of the phrases as whole words."""
    return _compile(tuple(phrases))


@lru_cache(maxsize=512)
def _compile(phrases: tuple[str, ...]) -> PhrasePattern:
    return PhrasePattern(phrases)
