"""The kinds of issue, with what each means in plain words.

An issue is never an exception: it is data about a paper, kept in its shard, listed by ``kg issues`` and counted
at the end of a build.
"""

from __future__ import annotations

CODES: dict[str, str] = {
    # reading
    "unreadable": "the file could not be read",
    "empty": "the file holds no text",
    "not_text": "the file is not a paper that can be read as text",
    "too_large": "the file is larger than the limit",
    "needs_ocr": "a picture or a scanned page, which only OCR can read, and OCR is not installed",
    "read_by_ocr": "a picture or a scanned page was read by OCR; letters may be wrong",
    "page_unread": "a page that could not be read",
    "encoding_repaired": "broken characters were repaired",
    "failed": "the paper could not be processed",
    "time_limit": "the file took longer than the limit",
    "memory_limit": "the file needed more memory than the limit",
    "crashed": "the process that read the file ended",
    # extraction
    "no_facts": "a paper that states nothing of what is looked for, or a text that is no paper",
    "amount_unassigned": "an amount whose role could not be decided",
    "date_unassigned": "a date whose role could not be decided",
    "number_unassigned": "a diary, case or organisation number that belongs to no case",
    "sum_mismatch": "the rows of a table do not add up to its sum",
    "sum_reconciled": "the sum of a table covers only some of the lines; the whole is reached with the others",
    "budget_mismatch": "the financing does not reach the total cost",
    "foreign_currency": "an amount in another currency, kept apart",
    "project_unnamed": "a decision on a project whose name was not found",
    "outcome_unclear": "a case whose outcome could not be decided",
    "conflict": "two places state different values",
    "unknown_form": "a paper of a form not seen before",
    # the language model, where one is asked
    "model_unanswered": "the language model was not asked, or gave no whole answer",
    "model_refused": "what the language model says is not borne out by the words that it quotes, and was left out",
    "model_disagrees": "the language model says otherwise than the rules, which stand",
    # resolution
    "sources_disagree": "papers on one decision state different values",
    "judgements_contradict": "judgements of persons on what is the same contradict each other",
    "identity_undecided": "two names that may be the same thing",
    "nearly_same_text": "two papers with nearly the same text: one paper twice, or perhaps",
    "same_file": "the same file under another name, which is read once",
}

KINDS: dict[str, tuple[str, ...]] = {
    "not-read": (
        "unreadable",
        "empty",
        "not_text",
        "too_large",
        "needs_ocr",
        "page_unread",
        "failed",
        "time_limit",
        "memory_limit",
        "crashed",
    ),
    "not-used": (
        "no_facts",
        "amount_unassigned",
        "date_unassigned",
        "number_unassigned",
        "project_unnamed",
        "unknown_form",
        "model_unanswered",
        "model_refused",
    ),
    "contradictory": (
        "sum_mismatch",
        "budget_mismatch",
        "conflict",
        "sources_disagree",
        "judgements_contradict",
        "model_disagrees",
    ),
    "unsure": ("outcome_unclear", "identity_undecided", "read_by_ocr", "encoding_repaired"),
    "noted": ("sum_reconciled", "foreign_currency", "nearly_same_text", "same_file"),
}
"""What a reader should make of them: kind -> codes, each code in one kind."""


def kind_of(code: str) -> str:
    """The kind of a code; raises KeyError for one that is not in ``CODES``."""
    return _KIND_OF[code]


_KIND_OF = {code: kind for kind, codes in KINDS.items() for code in codes}
