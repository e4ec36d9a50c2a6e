"""Tables of financing and costs, and their sums."""

from __future__ import annotations

from tests.extract.lists import codes, decided, facts, paid

_HEAD = """
Tjänsteskrivelse
Region Sydkusten
2020-03-02

Förslag till beslut
Regionala utvecklingsnämnden beslutar att bevilja 2 000 tkr till projektet Hållbar hamn.

"""


def test_cash_and_in_kind_in_columns_and_the_unit_below() -> None:
    paper = facts(
        _HEAD
        + """
Projektets finansiering

Finansiär                        Kontant        Eget arbete      Summa
Region Sydkusten                 2 000                           2 000
Ystads kommun                    800            300              1 100
Näringslivet                                    400              400
Totalt                           2 800          700              3 500
Belopp i tusental kronor
"""
    )
    assert paid(paper) == [
        ("Hållbar hamn", "Region Sydkusten", 2_000_000),
        ("Hållbar hamn", "Ystads kommun", 800_000),
        ("Hållbar hamn", "Ystads kommun", 300_000),
        ("Hållbar hamn", "Näringslivet", 400_000),
    ]
    assert decided(paper, "total_budget_sek") == [("Hållbar hamn", 3_500_000)]
    assert codes(paper) == []


def test_columns_of_years_count_by_their_total() -> None:
    paper = facts(
        _HEAD
        + """
Finansiering (tkr)            2021     2022     Totalt
Region Sydkusten              1 000    1 000    2 000
Ystads kommun                 200      200      400
Summa                         1 200    1 200    2 400
"""
    )
    assert ("Hållbar hamn", "Ystads kommun", 400_000) in paid(paper)
    assert decided(paper, "total_budget_sek") == [("Hållbar hamn", 2_400_000)]


def test_a_sum_that_the_rows_do_not_reach_is_an_issue() -> None:
    paper = facts(
        _HEAD
        + """
Finansiering (tkr)

Finansiär                        Belopp
Region Sydkusten                 2 000
Ystads kommun                    900
Summa                            3 000
"""
    )
    assert codes(paper)[0] == "sum_mismatch"
    issue = next(i for i in paper["issues"] if i["code"] == "sum_mismatch")
    assert "3000000" in issue["message"] and "2900000" in issue["message"]
    assert issue["quote"].startswith("3 000")


def test_a_missing_amount_is_a_row_and_no_mismatch() -> None:
    paper = facts(
        _HEAD
        + """
Finansiering (tkr)

Finansiär                        Belopp
Region Sydkusten                 2 000
Ystads kommun                    –
Summa                            3 000
"""
    )
    assert ("Hållbar hamn", "Ystads kommun", None) in paid(paper)
    assert codes(paper) == []


def test_a_line_outside_the_table_completes_the_total_cost() -> None:
    paper = facts(
        """
        PM
        Region Västerlandet
        Projektnamn: Kloka verkstäder
        Projektägare: Luleå tekniska universitet
        Sökt belopp: 200 000 kr
        Sökt projektkostnad: 900 000 kr

        Förslag till beslut
        Region Västerlandet avslår ansökan om stöd till projektet Kloka verkstäder.

        Finansieringsbudget

        Finansiär                      Totalt
        Tillväxtverket                 500 000
        Region Norrbotten              200 000
        Total finansiering             700 000

        Finansiering                   Totalt
        Region Västerbotten            200 000
        """
    )
    assert codes(paper) == ["sum_reconciled"]
    issue = next(i for i in paper["issues"] if i["code"] == "sum_reconciled")
    assert "700000" in issue["message"] and "900000" in issue["message"]
    assert len(paid(paper)) == 3


def test_costs_give_the_total_but_no_financing() -> None:
    paper = facts(
        _HEAD
        + """
Kostnader (tkr)

Personal                         2 500
Resor                            500
Summa kostnader                  3 000
"""
    )
    assert decided(paper, "total_budget_sek") == [("Hållbar hamn", 3_000_000)]
    assert paid(paper) == [("Hållbar hamn", "Region Sydkusten", 2_000_000)]


def test_budget_counts_where_the_outcome_stands_beside_it_and_parts_share_a_table() -> None:
    paper = facts(
        _HEAD
        + """
Ekonomi (tkr)

                                 Budget         Utfall
Kostnader
Personal                         2 500          2 100
Summa                            2 500          2 100
Finansiering
Region Sydkusten                 2 000          1 700
Ystads kommun                    500            400
Summa                            2 500          2 100
"""
    )
    assert ("Hållbar hamn", "Ystads kommun", 500_000) in paid(paper)
    assert not any(amount in (1_700_000, 400_000) for _, _, amount in paid(paper))
    assert decided(paper, "total_budget_sek") == [("Hållbar hamn", 2_500_000)]
