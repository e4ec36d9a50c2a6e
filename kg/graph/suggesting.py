"""Names in the graph that are close to one that nothing bears."""

from __future__ import annotations

from difflib import get_close_matches

import pyoxigraph as ox

from kg.terms import PREFIXES


def suggest_names(
    store: ox.Store, term: str, count: int = 3, classes: tuple[str, ...] = (), most: int | None = None
) -> list[str]:
    """Names in the graph that are close to ``term``, closest first; of things of ``classes`` where they are given, and
    among ``most`` names where that is given.  Another name than the label, which was close, has the label in brackets
    behind it.  It asks in SPARQL, so that a server can be asked too."""
    wanted = term.strip().lower()
    text = f"SELECT ?key ?thing {{ ?thing bg:nameKey ?key . {match_classes(classes)} }}"
    found = store.query(text if most is None else f"{text} LIMIT {most}", prefixes=PREFIXES)
    keys: dict[str, str] = {}
    for key, thing in found:  # type: ignore[misc, union-attr]
        keys[key.value] = min(thing.value, keys.get(key.value, thing.value))
    near = get_close_matches(wanted, sorted(keys), n=count, cutoff=0.6)
    near += sorted(key for key in keys if wanted in key and key not in near)[: count - len(near)]
    if not near:
        # a slip in one word of a longer name
        by_word: dict[str, list[str]] = {}
        for key in sorted(keys):
            for word in key.split():
                by_word.setdefault(word, []).append(key)
        words = get_close_matches(wanted, sorted(by_word), n=count, cutoff=0.7)
        near = [key for word in words for key in by_word[word]]
    # of two names of one thing the closer
    named: dict[str, str] = {}
    for key in near:
        named.setdefault(keys[key], key)
    return list(dict.fromkeys(_name(store, thing, key) for thing, key in named.items()))[:count]


def match_classes(classes: tuple[str, ...]) -> str:
    """The pattern that ``?thing`` is of one of the classes (names without prefix); empty for any."""
    return f"VALUES ?class {{ {' '.join(f'bg:{name}' for name in classes)} }} ?thing a ?class ." if classes else ""


def _name(store: ox.Store, thing: str, key: str) -> str:
    """The label of the thing; where that is not what the key says, the name that does, with the label in brackets."""
    text = f"""SELECT ?label ?name {{ <{thing}> rdfs:label ?label
        OPTIONAL {{ <{thing}> skos:altLabel|skos:prefLabel|bg:diaryNumber|bg:caseNumber ?name }} }}"""
    found = [
        (label.value, name.value if name is not None else "")
        for label, name in store.query(text, prefixes=PREFIXES)  # type: ignore[misc, union-attr]
    ]
    label = min((label for label, _ in found), default=thing)
    if label.lower() == key:
        return label
    return f"{min((name for _, name in found if name.lower() == key), default=key)} ({label})"
