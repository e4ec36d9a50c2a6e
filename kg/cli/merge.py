"""``kg merge`` and ``kg split``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import Store, counted, note, open_store, settings
from kg.cli.judging import Who, Why, find_one, judge_name, today
from kg.errors import UsageError

Thing = Annotated[str, typer.Argument(metavar="THING", help="A name, or an IRI such as project/NAME.")]


def merge(left: Thing, right: Thing, why: Why = "", who: Who = "", store: Store = None) -> None:
    """Judge that two things of the graph are one.

    The judgement goes into the file of judgements ('identity' in kg.toml, else identity.csv) and takes effect with the
    next build. It outlives builds and outweighs the machine; the IRI that goes is kept as replaced.

    \b
    Example:
      kg merge 'Norrsken' 'Projekt Norrsken (NS)' --why 'the same diary number'
    """
    from kg.resolve.judgefile import add_ruling
    from kg.resolve.rulings import SAME, Ruling

    if not why.strip():
        raise UsageError("--why is missing", hint="say why they are one, for the next who looks")
    config = settings(store)
    with open_store(store) as graph:
        (a, name_a), (b, name_b) = find_one(graph.store, left), find_one(graph.store, right)
    if a == b:
        raise UsageError(f"'{left}' and '{right}' are one thing already", hint=f"it is {a}")
    if a.partition("/")[0] != b.partition("/")[0]:
        raise UsageError(f"{a} and {b} are of two kinds", hint="merge two projects, organisations, boards or decisions")
    ruling = Ruling(SAME, a, b, judge_name(who), today(), why.strip(), (name_a, name_b))
    add_ruling(config.identity, ruling, config.base)
    note(f"{a} and {b} are judged the same in {config.identity}; build the graph again for it to take effect")


def split(
    thing: Thing,
    paper: Annotated[str, typer.Option("--paper", metavar="FILE", help="Split off what this paper says of it.")] = "",
    why: Why = "",
    who: Who = "",
    store: Store = None,
) -> None:
    """Judge that what the graph holds for one thing is two.

    THING is one of the names or IRIs that came to be one thing: it is kept apart from all the others. Where all bear
    one name, --paper tells which paper speaks of another thing. The judgement goes into the file of judgements and
    takes effect with the next build.

    \b
    Example:
      kg split project/norrsken --why 'the second phase'
      kg split Norrsken --paper minutes-2021.txt --why 'another Norrsken'
    """
    from kg.query.doubts import names_in, own_names, papers_of, replacements
    from kg.resolve.judgefile import add_ruling
    from kg.resolve.names import make_slug, name_key, short_hash
    from kg.resolve.owning import told_by_paper
    from kg.resolve.rulings import DIFFERENT, Ruling

    if not why.strip():
        raise UsageError("--why is missing", hint="say why they are two, for the next who looks")
    config = settings(store)
    with open_store(store) as graph:
        iri, label = find_one(graph.store, thing)
        whole = next(iter(replacements(graph.store, iri)), iri)
        names = sorted({whole, *own_names(graph.store, whole)})
        papers = papers_of(graph.store, whole)
        borne = {d: names_in(graph.store, whole, d) for d in papers}
    plain = [n for n in names if not any(n != m and n.startswith(f"{m}-") and _is_tail(n[len(m) + 1 :]) for m in names)]
    if paper and not whole.startswith("project/"):
        raise UsageError(f"{whole} cannot be told apart by paper, only projects can", hint=_name_one(whole, names))
    if paper:
        chosen = [d for d, path in papers.items() if paper in (path, path.rpartition("/")[2], d)]
        if len(papers) < 2:
            raise UsageError(f"only one paper tells of {whole}", hint="a split needs two papers, or two names")
        if len(chosen) != 1:
            raise UsageError(f"'{paper}' is not one paper on {whole}", hint=f"one of {', '.join(papers.values())}")
        sides = {d: [f"project/{make_slug(name_key(n))}" for n in names] for d, names in borne.items()}
        told = {d: sorted({f"{n}-{short_hash(told_by_paper(n, d))}" for n in of}) for d, of in sides.items()}
        left, right = told[chosen[0]], sorted({n for d, of in told.items() if d != chosen[0] for n in of})
    else:
        left, right = [iri], [n for n in plain if n != iri]
        if not right:
            by_paper = whole.startswith("project/") and len(papers) > 1
            hint = f"--paper FILE, one of {', '.join(papers.values())}" if by_paper else _name_one(whole, names)
            raise UsageError(f"all papers call {whole} by one name", hint=hint)
    count = 0
    for a in left:
        for b in right:
            ruling = Ruling(DIFFERENT, a, b, judge_name(who), today(), why.strip(), (label, label))
            add_ruling(config.identity, ruling, config.base)
            count += 1
    note(f"{counted(count, 'judgement', 'judgements')} in {config.identity}; build the graph again to take effect")


def _name_one(whole: str, names: list[str]) -> str:
    """What to try where a thing cannot be told apart by paper."""
    others = [name for name in names if name != whole]
    if others:
        return f"kg split with one of {', '.join(others[:6])}"
    return f"nothing came to be one with {whole}; kg explain {whole} shows its papers"


def _is_tail(text: str) -> bool:
    return len(text) == 8 and all(c in "0123456789abcdef" for c in text)
