"""Whether two names of organisations or territories mean one thing: identifiers first, then the registers, then names.

Each step either decides or passes on; what none decides is undecided.
"""

from __future__ import annotations

from dataclasses import replace

from rapidfuzz import fuzz

from kg.lexicon import shape
from kg.resolve.directory import Directory, Found, find_org_number, label_of, read_org_number
from kg.resolve.mentions import Mention, Verdict
from kg.resolve.names import is_acronym
from kg.resolve.orgnames import OrgName, fold_letters, has_head, initials, is_vague, numbers_in, take_apart

# The least length of a bare name of one word that stands for the name with a legal form.
_BARE = 5
_ALIKE = 88.0
_COUNTY = shape("resolve", "county")


def judge_organisations(left: Mention, right: Mention, directory: Directory) -> Verdict:
    """The verdict on two mentions of organisations, counties or municipalities."""
    left, right = (_say_whose(m, directory) for m in (left, right))
    numbers = [read_org_number(m.org_number) or find_org_number(m.name) for m in (left, right)]
    if all(numbers):
        if numbers[0] == numbers[1]:
            return "same", 1.0, "the organisation number agrees"
        return "different", 0.0, "the organisation numbers differ"
    found = [directory.find(m.name, org_number=m.org_number, date=m.date) for m in (left, right)]
    if found[0].key and found[1].key:
        return _judge_known(found[0], found[1], directory)
    a, b = take_apart(left.name), take_apart(right.name)
    if found[0].keys and found[1].keys:
        return "undecided", 0.5, "a name that several bear"
    if found[0].key or found[1].key:
        return _judge_half_known(a, b)
    verdict = judge_names(a, b)
    if verdict[0] == "same" and _context_differs(left, right) and (is_acronym(a.outside) or len(a.stems) == 1):
        return "undecided", 0.4, "the same short name, but in two counties or of two authorities"
    return verdict


def _context_differs(left: Mention, right: Mention) -> bool:
    """Whether county or authority are stated of both and differ."""
    for a, b in ((left.county, right.county), (left.authority, right.authority)):
        if a and b and take_apart(_COUNTY.sub("", a)).bag != take_apart(_COUNTY.sub("", b)).bag:
            return True
    return False


def _say_whose(mention: Mention, directory: Directory) -> Mention:
    """A bare noun ("Länsstyrelsen", "Kommunen") with the county or authority that stands beside it."""
    parts = take_apart(mention.name)
    if is_acronym(mention.name) and mention.county:
        bearers = directory.find(mention.name).keys
        place = take_apart(_COUNTY.sub("", mention.county)).stems
        local = [k for k in bearers if set(place) <= set(take_apart(label_of(k, directory.registers)).stems)]
        return replace(mention, name=label_of(local[0], directory.registers)) if len(local) == 1 else mention
    if not is_vague(parts):
        return mention
    if mention.county:
        whole = f"{mention.name.removesuffix('s')} {mention.county}"
        whole = whole.replace("Regionen", "Region").replace("regionen", "Region")
        if directory.find(whole).key is not None:
            return replace(mention, name=whole)
    own = take_apart(mention.authority)
    head = parts.stems[0]
    if mention.authority and any(s == head or head.startswith(s) for s in own.stems):
        return replace(mention, name=mention.authority)
    return mention


def _judge_known(left: Found, right: Found, directory: Directory) -> Verdict:
    assert left.key is not None and right.key is not None
    if left.key == right.key:
        return "same", 0.99, f"{left.how} and {right.how} mean {label_of(left.key, directory.registers)}"
    names = [f"{key[0]} {label_of(key, directory.registers)}" for key in (left.key, right.key)]
    return "different", 0.0, f"the registers know them as two: {names[0]} and {names[1]}"


def _judge_half_known(left: OrgName, right: OrgName) -> Verdict:
    """One is in the registers under no name that the other bears."""
    if _alike(left, right):
        return "undecided", 0.4, "one is in the registers, and the other is written almost like it"
    return "different", 0.0, "one is in the registers, under no such name as the other"


def judge_names(left: OrgName, right: OrgName) -> Verdict:
    """The verdict on two names that no register knows."""
    if is_vague(left) or is_vague(right):
        return "undecided", 0.3, "a bare noun does not say whose"
    if numbers_in(left) != numbers_in(right):
        return "different", 0.0, "numbers or signs differ"
    if left.form and right.form and left.form != right.form:
        return "different", 0.05, f"the legal forms differ ({left.form} / {right.form})"
    if left.stems == right.stems or (left.bag == right.bag and has_head(left)):
        if left.form == right.form:
            return "same", 0.98, "the same name but for writing and inflection"
        if bears_form_alone(left):
            return "same", 0.92, "the same name, one with its legal form"
        return "undecided", 0.5, "a short name, one with a legal form"
    if _introduces(left, right) or _introduces(right, left):
        return "same", 0.9, "one introduces the acronym of the other"
    if left.bag == tuple(sorted(fold_letters(s) for s in right.bag)) or right.bag == tuple(
        sorted(fold_letters(s) for s in left.bag)
    ):
        return "same", 0.85, "the same name without the marks of its letters"
    if _abbreviates(left, right) or _abbreviates(right, left):
        return "undecided", 0.4, "one may be the acronym of the other"
    if _alike(left, right):
        return "undecided", 0.5, "written almost alike"
    return "different", 0.0, "a distinctive word differs"


def bears_form_alone(name: OrgName) -> bool:
    """Whether a name says enough without its legal form: several words, or one that is not short."""
    return len(name.stems) > 1 or len(name.stems[0]) >= _BARE


def _introduces(long: OrgName, short: OrgName) -> bool:
    return any(take_apart(part).stems == short.stems for part in long.inside if is_acronym(part))


def _abbreviates(short: OrgName, long: OrgName) -> bool:
    return is_acronym(short.outside) and len(long.stems) > 1 and initials(long) == short.outside.casefold()


def _alike(left: OrgName, right: OrgName) -> bool:
    """Whether the names differ by letters within words, never by a whole word: each word has its like in the other."""
    if len(left.stems) != len(right.stems) or numbers_in(left) != numbers_in(right):
        return False
    pairs = zip(left.bag, right.bag, strict=True)
    return all(a == b or (a[0] == b[0] and fuzz.ratio(a, b) >= _ALIKE) for a, b in pairs)
