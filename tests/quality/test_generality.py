"""No rule is made for one paper: neither the rules nor their vocabulary name a labelled project."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# names that are common words or funds and stand in a lexicon with good reason
ORDINARY = {"matens hus", "leader", "code", "stream", "monaco", "cinema", "ung scen"}


def _projects(folder: Path) -> set[str]:
    names = set()
    for path in folder.glob("*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        names |= {d["project"] for d in gold["decisions"]}
        names |= {r[k] for r in gold["lineage"] for k in ("project", "predecessor")}
    return names


def test_rules_and_lexicon_name_no_labelled_project(shared: Path) -> None:
    corpus = ROOT / "data" / "corpus"
    folders = (shared / "gold", shared / "devset" / "gold", ROOT / "data" / "gold", corpus / "dev" / "gold")
    names = set().union(*(_projects(f) for f in folders))
    sources = [*(ROOT / "kg").rglob("*.py"), *(ROOT / "data" / "lexicon").glob("*.toml")]
    # docstrings and comments may give examples; what runs may not
    code = {p: re.sub(r'""".*?"""|#[^\n]*', "", p.read_text(encoding="utf-8"), flags=re.S).casefold() for p in sources}
    found = [
        (name, str(path.relative_to(ROOT)))
        for name in sorted(names)
        if len(name) > 5 and name.casefold() not in ORDINARY
        for path, text in code.items()
        if re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", text)
    ]
    assert not found
