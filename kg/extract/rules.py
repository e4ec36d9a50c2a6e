"""The rules that make claims: each has a name, a version and a measured precision.

``data/rules/precision.json`` holds, for each rule, how many of its claims were right and wrong on the labelled
papers (written by ``kg evaluate --measure-rules``).  A claim's confidence is its rule's precision, smoothed by
the uniform prior, (right + 1) / (right + wrong + 2), so that a rule seen twice does not claim certainty.
"""

from __future__ import annotations

import json
from functools import cache

from kg.errors import ResourceError
from kg.model import Claim, Evidence, Value
from kg.resources import data_path

# name -> (version, what it does)
RULES: dict[str, tuple[int, str]] = {
    "act.sentence": (1, "a decision verb in a sentence or list item"),
    "act.table": (1, "a row of a table of projects"),
    "act.record": (1, "a list entry of labelled values"),
    "act.recalled": (1, "the grant, by its day, that a change says it changes"),
    "act.heading": (1, "a heading that names the outcome"),
    "project.label": (1, "the value of a label for the project's name"),
    "project.heading": (1, "the heading of a matter"),
    "project.cue": (1, "a name after a word such as 'projektet'"),
    "project.object": (1, "the object of a decision verb"),
    "project.cell": (1, "a cell in a column of projects"),
    "project.lineage": (1, "a name after a phrase of lineage or likeness"),
    "authority.letterhead": (1, "the organisation that signs the paper"),
    "authority.subject": (1, "the organisation that decides, by its sentence"),
    "body.heading": (1, "the board in the heading above the decision"),
    "body.sentence": (1, "the board that decides, by its sentence"),
    "body.letterhead": (1, "the board whose paper it is"),
    "body.label": (1, "the value of a label for the deciding body"),
    "date.label": (1, "the value of a label for the date of the meeting or decision"),
    "date.sentence": (1, "a date in the sentence of the decision"),
    "date.letterhead": (1, "the date in the head of the paper"),
    "date.section": (1, "the date that heads a section"),
    "diary.label": (1, "a diary number with its label"),
    "diary.letterhead": (1, "the diary number in the head of the paper"),
    "case.label": (1, "a case number with its label"),
    "beneficiary.label": (1, "the value of a label for the applicant or owner"),
    "beneficiary.sentence": (1, "the organisation that receives, by the decision's sentence"),
    "beneficiary.phrase": (1, "a phrase that says who applies, owns or runs the project"),
    "beneficiary.page": (1, "the organisation that tells of its own project on its page"),
    "beneficiary.addressee": (1, "the organisation that a decision letter is addressed to"),
    "amount.sentence": (1, "the sum in the sentence of the decision"),
    "amount.changed": (1, "the sum to which a support is raised or cut"),
    "amount.revoked": (1, "nothing, where a support is revoked as a whole"),
    "amount.cell": (1, "the sum in the column of granted or proposed sums"),
    "amount.label": (1, "the value of a label for the sum granted"),
    "amount.sum": (1, "the sum of yearly amounts, as printed"),
    "amount.matter": (1, "the sum that the matter states for the support"),
    "share.sentence": (1, "the share of costs in the decision"),
    "share.label": (1, "the value of a label for the share"),
    "fund.sentence": (1, "the fund in the decision or its sibling items"),
    "fund.matter": (1, "the fund that the matter names"),
    "fund.phrase": (1, "the appropriation that a sentence says the money is taken from"),
    "fund.paper": (1, "the fund that stands for all of the paper"),
    "period.label": (1, "the value of a label for the period"),
    "period.phrase": (1, "a period or date with its phrase"),
    "period.name": (1, "the years in the project's name"),
    "total.phrase": (1, "the total cost, by phrase"),
    "total.label": (1, "the total cost, by label or sum row"),
    "applied.phrase": (1, "the sum sought, by phrase"),
    "applied.label": (1, "the sum sought, by label"),
    "place.label": (1, "the value of a label for counties or municipalities"),
    "place.phrase": (1, "places where the project is carried out, by phrase"),
    "place.partner": (1, "a municipality that takes part"),
    "partner.label": (1, "the value of a label for partners"),
    "partner.phrase": (1, "organisations that take part, by phrase"),
    "financing.row": (1, "a row of a financing table"),
    "financing.act": (1, "the sum of a decision, paid by who decides"),
    "financing.phrase": (1, "who pays, by phrase"),
    "lineage.phrase": (1, "a phrase of continuation between two projects"),
    "lineage.phase": (1, "a project that is said to be a phase of another"),
    "related.phrase": (1, "a phrase of likeness or simultaneity"),
    "organisation.number": (1, "an organisation number right after the organisation's name"),
    "condition.item": (1, "a condition of the decision"),
    "ground.item": (1, "a ground for the rejection"),
    "priority.label": (1, "the value of a label for the priority of a strategy or programme"),
    "priority.phrase": (1, "a sentence that names the priority of a strategy or programme"),
    "law.statute": (1, "the statute that the decision rests on"),
    "language_model": (1, "what a language model says and the words that it quotes bear out"),
}


@cache
def load_precisions() -> dict[str, tuple[int, int]]:
    """Right and wrong claims by rule.  Raises ``ResourceError`` where the file is malformed."""
    path = data_path("data", "rules", "precision.json")
    if not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return {name: (int(row["right"]), int(row["wrong"])) for name, row in table["rules"].items()}
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError(
            f"not a table of rule precisions: {error}",
            where=str(path),
            hint="run kg evaluate --measure-rules, or restore the file",
        ) from error


@cache
def confidence_of(rule: str) -> float:
    right, wrong = load_precisions().get(rule, (0, 0))
    return round((right + 1) / (right + wrong + 2), 3)


class ClaimBook:
    """Collects the claims of one paper, each with its evidence; a claim said twice is kept once."""

    def __init__(self, document: str, text: str, persons: list[tuple[int, int]]) -> None:
        self._document = document
        self._text = text
        self._persons = persons
        self._claims: dict[tuple[str, str, str, str, str | None], Claim] = {}
        self.used: list[tuple[int, int, str]] = []

    def add(
        self,
        subject: str,
        prop: str,
        value: Value,
        start: int,
        end: int,
        rule: str,
        used: tuple[int, int] | None = None,
    ) -> None:
        """Add a claim resting on ``text[start:end]``; ``used`` is the narrower span of the value itself."""
        if rule not in RULES:
            raise KeyError(rule)
        self.used.append((*(used or (start, end)), rule))
        if used is not None:
            start, end = min(start, used[0]), max(end, used[1])
        quote = self._without_persons(start, end, used or (start, end))
        if quote is None and prop != "name":
            return
        # other claims lean on a project's name, which is no person's even where it looks like one
        start, end = quote or used or (start, end)
        key = (subject, prop, value.kind, value.lexical, value.key)
        if key in self._claims:
            return
        evidence = Evidence(
            self._document, start, end, self._text[start:end], rule, RULES[rule][0], confidence_of(rule)
        )
        self._claims[key] = Claim(subject, prop, value, evidence)

    def _without_persons(self, start: int, end: int, core: tuple[int, int]) -> tuple[int, int] | None:
        """The part of the quote around the value in which no person's name stands; None where the value is one."""
        for low, high in self._persons:
            if low >= end or high <= start:
                continue
            if low >= core[1]:
                end = low
            elif high <= core[0]:
                start = high
            else:
                return None
        while start < end and self._text[start].isspace():
            start += 1
        while start < end and self._text[end - 1].isspace():
            end -= 1
        return (start, end) if start < end else None

    def claims(self) -> tuple[Claim, ...]:
        return tuple(self._claims.values())
