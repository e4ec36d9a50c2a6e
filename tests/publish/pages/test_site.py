"""The other pages, as a real server gives them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from kg.publish.interface import CONTENT_SECURITY_POLICY
from kg.publish.pages.names import fold, score_name
from tests.publish.web import Server


@pytest.mark.parametrize("path", ["/", "/search", "/browse", "/questions", "/sparql", "/about"])
@pytest.mark.parametrize("language", ["sv", "en"])
def test_pages_in_both_languages(server: Server, path: str, language: str) -> None:
    reply = server.get(f"{path}?lang={language}", "text/html")
    assert reply.status == 200 and f'<html lang="{language}">' in reply.text
    assert reply.text.count("<h1") == 1 and "script-src 'self'" in reply.headers["content-security-policy"]
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!w3id\.org|creativecommons\.org)', reply.text)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("orebro universitet", "Örebro universitet"),
        ("Örebro universtet", "Örebro universitet"),
        ("obrero univeristet", "Örebro universitet"),
        ("ai.all", "AI.ALL"),
        ("regac 83-2026", "REGAC-83-2026"),
    ],
)
def test_search_forgives(server: Server, asked: str, name: str) -> None:
    page = server.get(f"/search?q={quote(asked)}&lang=sv", "text/html").text
    hits = page.split('<ol class="hits">')[1].split("</ol>")[0]
    assert name in hits.split("</li>")[0] or name in hits.split("</li>")[1]


def test_search_of_nothing_and_of_anything(server: Server) -> None:
    assert "Inget i grafen" in server.get("/search?lang=sv&q=zzzzqqqq", "text/html").text
    for text in ("%00", "<script>", "'\"", "å" * 5000, "\U0001f600"):
        reply = server.get(f"/search?q={quote(text)}", "text/html")
        assert reply.status == 200 and "<script>" not in reply.text


def test_browse_by_each_facet(server: Server) -> None:
    page = server.get("/browse?lang=sv", "text/html").text
    for facet in ("year", "body", "region", "outcome"):
        links = re.findall(rf'href="(/browse/{facet}/[^"]+)">([^<]+)</a> <span class="soft">(\d+)<', page)
        assert links, facet
        for href, name, count in links:
            reply = server.get(href.replace("&amp;", "&"), "text/html")
            assert reply.status == 200 and name in reply.text
            assert reply.text.split("<tbody>")[1].split("</tbody>")[0].count("<tr>") == int(count)
    assert server.get("/browse/year/1066", "text/html").status == 404
    assert server.get("/browse?body=%3Cscript%3E&page=x", "text/html").status == 200
    both = server.get("/browse?year=2022&outcome=proposed_grant&lang=en", "text/html").text
    assert "AI.ALL*, 2022-12-14" in both


def test_question_with_a_form_a_table_and_a_chart(server: Server) -> None:
    empty = server.get("/questions/lineage?lang=sv", "text/html").text
    assert 'name="project"' in empty and "<tbody>" not in empty
    page = server.get("/questions/lineage?lang=sv&project=AI.ALL*", "text/html").text
    assert "AI.MEE" in page and 'class="drawing lineage"' in page and "format=csv" in page
    link = re.search(r'href="(/sparql\?[^"]*format=csv)"', page)
    assert link and "AI.MEE" in server.get(link[1].replace("&amp;", "&")).text


def test_what_is_asked_for_is_told_in_the_language_of_the_page(server: Server) -> None:
    for name in re.findall(r'href="/questions/([^"?]+)\?', server.get("/questions", "text/html").text):
        page = server.get(f"/questions/{name}?lang=sv", "text/html").text.partition("</header>")[2]
        assert 'lang="en"' not in page, name
        assert 'lang="sv"' not in server.get(f"/questions/{name}?lang=en", "text/html").text.partition("</header>")[2]
    page = server.get("/questions/granted-by-year?lang=sv", "text/html").text
    assert "myndighetens namn" in page and "beslutets år" in page


def test_codes_in_answers_are_words(server: Server) -> None:
    page = server.get("/questions/lineage?lang=sv&project=AI.ALL*", "text/html").text
    assert "projektet självt" in page and ">itself<" not in page
    page = server.get("/questions/funders?lang=sv&project=AI.ALL*", "text/html").text
    assert "föreslagen" in page or "beviljad" in page or "sökt" in page
    for code in ("proposed", "cash", "in_kind", "granted"):
        assert f"<td>{code}</td>" not in page
    page = server.get("/questions/financing-forms?lang=sv&project=AI.ALL*", "text/html").text
    assert ">cash" not in page and ">in_kind" not in page
    assert ">proposal<" not in server.get("/questions/papers?lang=sv", "text/html").text
    about = server.get("/about?lang=sv", "text/html").text
    assert "<td>förslag</td>" in about and "<td>proposal</td>" not in about
    assert "<td>proposal</td>" in server.get("/about?lang=en", "text/html").text


def test_question_wrongly_asked(server: Server) -> None:
    assert server.get("/questions/nothing", "text/html").status == 404
    wrong = server.get("/questions/decisions?lang=en&year=soon", "text/html")
    assert wrong.status in (200, 400) and "Traceback" not in wrong.text
    wrong = server.get("/questions/granted-by-year?authority=x&from=soon", "text/html")
    assert wrong.status == 400 and 'role="alert"' in wrong.text


def test_every_prepared_question_has_a_page(server: Server) -> None:
    names = re.findall(r'href="/questions/([^"?]+)\?', server.get("/questions", "text/html").text)
    assert len(names) > 35
    for name in names:
        assert server.get(f"/questions/{name}", "text/html").status == 200, name


def test_links_of_the_pages_lead_somewhere(server: Server) -> None:
    seen: set[str] = set()
    left = ["/?lang=sv", "/beslutsgraf/id/project/ai-all-star.html?lang=en"]
    while left and len(seen) < 250:
        path = left.pop(0)
        if path in seen:
            continue
        seen.add(path)
        reply = server.get(path, "text/html")
        assert reply.status == 200, path
        page = reply.text if "text/html" in reply.headers["content-type"] else ""
        for href in re.findall(r' (?:href|src)="([^"]+)"', page):
            plain = href.replace("&amp;", "&").replace("&#39;", "'").partition("#")[0]
            if plain.startswith("/") and plain not in seen and not plain.startswith("/sparql?query"):
                left.append(plain)
    assert len(seen) > 100


def test_folding_and_scores() -> None:
    assert fold("Örebro län, Åse-Älvdalen (1:1)") == "orebro lan ase alvdalen 1 1"
    assert fold("Norðurland") and fold("***") == ""
    assert score_name("orebro", "orebro") > score_name("orebro", "orebro universitet")
    assert score_name("orebro", "orebro universitet") > score_name("orebro", "region orebro lan")
    assert score_name("orebor", "orebro") > 62 > score_name("lulea", "orebro")


def test_question_on_a_name_that_the_graph_lacks(server: Server) -> None:
    page = server.get("/questions/lineage?lang=en&project=AI.AL", "text/html")
    assert page.status == 200 and "Nothing in the graph has that name: AI.AL." in page.text
    assert "The closest names are: AI.ALL" in page.text
    page = server.get("/questions/lineage?lang=sv&project=%3Cb%3Exyzzyx", "text/html")
    assert "Inget i grafen heter så: &lt;b&gt;xyzzyx." in page.text and "Närmast" not in page.text
