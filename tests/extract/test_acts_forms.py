"""What is decided on which project, in papers of many forms, each written for its test."""

# ruff: noqa: E501 - the papers are printed as they are

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.annotator import Annotator
from kg.clean import clean
from kg.extract import extract, record
from kg.lexicon import load_lexicon
from kg.read import read
from kg.registers import load_registers

PAPERS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "adopted_by_board": (
        """§ 31 Ansökan om bidrag till projektet Ljus över raukar

SAMMANTRÄDESPROTOKOLL
Kultur- och fritidsnämnden
2012-03-27

Au § 29
Dnr KFN 2012/016

Raukarnas Vänner ansöker om 80 000 kronor till projektet Ljus över raukar.

Arbetsutskottets förslag till kultur- och fritidsnämnden

Raukarnas Vänner beviljas 60 000 kronor till projektet Ljus över raukar.

Kultur- och fritidsnämndens beslut

Kultur- och fritidsnämnden beslutar i enlighet med arbetsutskottets förslag.
""",
        [
            ("Ljus över raukar", "granted"),
        ],
    ),
    "sections_of_minutes": (
        """Västra Götalandsregionen
Regionutvecklingsnämnden
Protokoll från sammanträde den 12 maj 2020

§ 77
Finansiering av Framtidens flytbro
Diarienummer RUN 2020-00211

Beslut
1. Regionutvecklingsnämnden avsätter 3 400 000 kronor till Framtidens flytbro för perioden 2020-07-01–2023-06-30.
2. Beslutet gäller under förutsättning att projektet får övrig finansiering.

Sammanfattning av ärendet
Chalmers tekniska högskola har ansökt om 3 400 000 kronor.

§ 78
Finansiering av Matens resa
Diarienummer RUN 2020-00215

Beslut
Regionutvecklingsnämnden återremitterar ärendet till förvaltningen.

Sammanfattning av ärendet
Föreningen Skafferi har ansökt om 900 000 kronor till Matens resa.
""",
        [
            ("Framtidens flytbro", "granted"),
            ("Matens resa", "other"),
        ],
    ),
    "outcome_after_label": (
        """LEADER SILVERBYGDEN
Protokoll LAG-möte 4, 2022-10-18

§ 44 Beslut om projekt

a. Lupinfritt
Sökande: Sala kommun, sökt belopp 310 000 kr
LAG:s beslut: Bifall.

b. Slussvakten
Sökande: Slussens vänner, sökt belopp 95 000 kr
LAG:s beslut: Avslag. Projektet når inte tillräckliga poäng.

c. Torgskräck
Sökande: Möklinta byalag, sökt belopp 150 000 kr
LAG:s beslut: Bordläggs till nästa möte.

§ 45 Nästa möte
Nästa möte hålls den 6 december 2022.
""",
        [
            ("Lupinfritt", "granted"),
            ("Slussvakten", "rejected"),
            ("Torgskräck", "other"),
        ],
    ),
    "letter_of_rejection": (
        """Tillväxtverket
BESLUT
2019-11-04
Dnr Ä 2019-1234

Högskolan Väst

Avslag på er ansökan om stöd till projektet ”Vågor av vatten”

Beslut
Tillväxtverket beslutar att avslå er ansökan om stöd ur Europeiska regionala utvecklingsfonden.

Skälen för beslutet
Projektet bedöms inte bidra till målen. En ansökan kan beviljas endast om minst tre företag deltar.

Hur man överklagar
Beslutet kan inte överklagas.
""",
        [
            ("Vågor av vatten", "rejected"),
        ],
    ),
    "press_release": (
        """Region Sörmland satsar på havre
Pressmeddelande 2021-05-20

Regionstyrelsen i Region Sörmland har i dag beslutat att stötta projektet Havrehubben med 1,5 miljoner kronor. Projektet ägs av Vreta Kluster.

– Vi tror på havre, säger ordföranden.

Däremot sa styrelsen nej till projektet Rågrallyt. Även förstudien Korn i kubik fick avslag.

Ärendet om Vetevägen bordlades.
""",
        [
            ("Havrehubben", "granted"),
            ("Rågrallyt", "rejected"),
            ("Korn i kubik", "rejected"),
            ("Vetevägen", "other"),
        ],
    ),
    "board_in_brief": (
        """Kommunstyrelsen i korthet, 3 mars 2021
Almby kommun

Kommunen går in i Smart båthamn
Kommunstyrelsen ger klartecken till att kommunen medfinansierar projektet Smart båthamn med 200 000 kronor om året i tre år.

Inget stöd till skidskytte
Biathlonfesten får inget bidrag. Föreningen Skytt och Skida hade begärt 75 000 kronor till projektet Biathlonfesten.
""",
        [
            ("Smart båthamn", "granted"),
            ("Biathlonfesten", "rejected"),
        ],
    ),
    "memo_with_history": (
        """Region Halland
Tjänsteskrivelse 2022-02-01
Diarienummer RS220044

Ansökan om medfinansiering till projektet Sandlöparna 2.0

Förslag till beslut
Regionstyrelsens tillväxtutskott beslutar
att bevilja Halmstads kommun 700 000 kronor till projektet Sandlöparna 2.0, samt
att medlen tas ur anslag 1:1.

Bakgrund
Sandlöparna 2.0 bygger vidare på Sandlöparna. För det beviljade tillväxtutskottet 250 000 kronor den 3 februari 2019.
""",
        [
            ("Sandlöparna 2.0", "proposed_grant"),
            ("Sandlöparna", "granted"),
        ],
    ),
    "proposal_not_to_grant": (
        """Förbundet Mitt
Tjänsteskrivelse till direktionen 2020-10-12

Yttrande över ansökan från Sågverksakademin, projektet Spånskivan
Förslag till beslut
Direktionen föreslås besluta att inte bevilja Sågverksakademin medel till projektet Spånskivan.

Bedömning
Projektet saknar medfinansiering.
""",
        [
            ("Spånskivan", "proposed_rejection"),
        ],
    ),
    "english_minutes": (
        """Region Northcoast
Decision of the Regional Development Committee, 14 May 2019

The committee decided to grant SEK 1,200,000 to the project Tidal Classroom.
The project Seaweed Street was rejected, since the co-financing was not in place.
The application for Kelp Kitchen was postponed to the next meeting.
""",
        [
            ("Tidal Classroom", "granted"),
            ("Seaweed Street", "rejected"),
            ("Kelp Kitchen", "other"),
        ],
    ),
    "call_to_meeting": (
        """Kallelse till regionala utvecklingsnämnden
Tid: 2023-03-08 kl. 09.00

1. Upprop
2. Val av justerare
3. Ansökan om medfinansiering till projektet Ängens röst
4. Ansökan om stöd till projektet Mossans minne, 400 000 kr
5. Övriga frågor
""",
        [
        ],
    ),
    "aforesaid_project": (
        """Region Örebro län
Regionala tillväxtnämnden
Protokoll 2020-02-20

§ 12 Cirkulära möbler – ansökan om medfinansiering
Dnr 19RS8871

Örebro kommun har lämnat in en ansökan om 1 900 000 kronor.

Beslut
Regionala tillväxtnämnden beslutar
att bifalla ansökan med högst 1 500 000 kronor för ovan nämnda projekt.

§ 13 Ansökan om medfinansiering – Bergslagens bitar
Dnr 19RS9001

Beslut
Regionala tillväxtnämnden beslutar
att avslå ansökan.
""",
        [
            ("Cirkulära möbler", "granted"),
            ("Bergslagens bitar", "rejected"),
        ],
    ),
    "longer_time": (
        """Länsstyrelsen i Dalarnas län
Beslut 2021-06-01
Dnr 602-1234-2019

Ändring av beslut för projektet Fäbodar i samverkan

Länsstyrelsen beslutar att medge förlängd projekttid för projektet Fäbodar i samverkan till och med den 31 december 2021.
Projektet beviljades 800 000 kronor den 4 april 2019.
""",
        [
            ("Fäbodar i samverkan", "other"),
            ("Fäbodar i samverkan", "granted"),
        ],
    ),
    "motions_and_discharge": (
        """Region Väst
Regionfullmäktige 2019-04-09

§ 55 Svar på motion om gratis bussar
Regionfullmäktige beslutar att avslå motionen.

§ 56 Revisionsberättelse
Regionfullmäktige beslutar att bevilja styrelsen ansvarsfrihet.

§ 57 Ansökan om förlustbidrag
Ordföranden informerar om att flera ansökningar har beviljats under året.
""",
        [
        ],
    ),
    "inverted_order": (
        """Region Kalmar län
Protokoll, regionala utvecklingsnämnden 2022-09-14

§ 90 Projektansökningar

Till projektet Ölands ullspår beviljas Mörbylånga kommun 480 000 kronor.
För projektet Kopparkustens kök avslås ansökan.
Projektet Dalarö dyk, som nämnden beviljade 300 000 kronor den 3 juni 2020, förlängs till den 31 mars 2023.
""",
        [
            ("Ölands ullspår", "granted"),
            ("Kopparkustens kök", "rejected"),
            ("Dalarö dyk", "other"),
            ("Dalarö dyk", "granted"),
        ],
    ),
    "labelled_decision": (
        """Svenska ESF-rådet
Beslut om stöd 2017-03-01
Ärende-id 2017/00123

Projekt: Vägen vidare in
Stödmottagare: Eskilstuna kommun

Beslut
Svenska ESF-rådet beviljar Eskilstuna kommun stöd med högst 9 450 000 kronor för genomförande av projektet Vägen vidare in.

Motivering
Projektet har beviljats högsta poäng i urvalet.
""",
        [
            ("Vägen vidare in", "granted"),
        ],
    ),
    "letter_to_owner": (
        """Region Uppsala
2018-10-05
Dnr TRU2018-0099

Uppsala Konstnärsklubb

Beslut om projektmedel

Vi har beslutat att ge er 120 000 kronor till projektet Penslar på tåget.

Så här betalas pengarna ut
Ni får halva beloppet när projektet startar. Om projektet inte genomförs ska pengarna betalas tillbaka.
""",
        [
            ("Penslar på tåget", "granted"),
        ],
    ),
    "several_clauses": (
        """Region Jönköpings län
Nämnden för trafik, infrastruktur och miljö
Sammanträde 2019-06-11

§ 88 Projektmedel

Nämnden beslutar
att bevilja Nässjö Näringsliv 600 000 kronor till projektet Rälsresan,
att bevilja Tekniska högskolan i Jönköping 1,1 miljoner kronor till projektet Gjutglöd,
att avslå ansökan från Habo Hyvelbänk om 90 000 kronor till Spån i skolan, samt
att återremittera ansökan från Tranås kommun avseende Sjöliv.
""",
        [
            ("Rälsresan", "granted"),
            ("Gjutglöd", "granted"),
            ("Spån i skolan", "rejected"),
            ("Sjöliv", "other"),
        ],
    ),
    "several_acts_in_a_sentence": (
        """Leader Södra Viken
Nyhet 2020-11-03

LAG beviljade projekten Fiskrök 300 000 kronor och Musslor i massor 450 000 kronor medan projektet Tångbadet avslogs.
""",
        [
            ("Fiskrök", "granted"),
            ("Musslor i massor", "granted"),
            ("Tångbadet", "rejected"),
        ],
    ),
    "vote": (
        """Ljunga kommun
Kommunstyrelsen
Sammanträdesprotokoll 2018-04-10

§ 61 Medfinansiering av Leaderprojektet Bygdens bio
Dnr KS 2018/45

Kommunstyrelsens beslut
Kommunstyrelsen beslutar att medfinansiera Bygdens bio med 85 000 kronor.

Yrkanden
En ledamot yrkar avslag på ansökan.
Ordföranden yrkar bifall till arbetsutskottets förslag.

Beslutsgång
Ordföranden ställer proposition på yrkandena och finner att kommunstyrelsen avslår ledamotens yrkande.

Arbetsutskottets förslag
Arbetsutskottet föreslår att kommunstyrelsen beviljar 85 000 kronor till Bygdens bio.
""",
        [
            ("Bygdens bio", "granted"),
        ],
    ),
    "proposal_by_endorsement": (
        """Region Gotland
Tjänsteskrivelse 2021-09-01

Ansökan om regionala tillväxtmedel – Ullriket

Förslag till beslut
Regionala utvecklingsnämnden tillstyrker ansökan och beviljar 240 000 kronor.

Bedömning
Förvaltningen anser att projektet Ullriket bör beviljas stöd.
""",
        [
            ("Ullriket", "proposed_grant"),
        ],
    ),
    "proposal_to_refuse": (
        """Region Västmanland
Tjänsteskrivelse 2022-05-10

Begäran om medfinansiering av projektet Mälarens mitt

Förvaltningens förslag till beslut
Regionala utvecklingsnämnden avslår begäran om medfinansiering.

Sammanfattning
Mälarens mitt har tidigare beviljats 300 000 kronor av Tillväxtverket.
""",
        [
            ("Mälarens mitt", "proposed_rejection"),
            ("Mälarens mitt", "granted"),
        ],
    ),
    "programme_in_english": (
        """Interreg Sweden-Norway: Monitoring Committee decisions, 5 December 2018

The following projects were approved:
The project Border Bees has been granted EUR 410,000. Lead partner is Karlstad University.
The project Fjord to Forest was not approved.
""",
        [
            ("Border Bees", "granted"),
            ("Fjord to Forest", "rejected"),
        ],
    ),
    "questions_and_rules": (
        """Regionala projektmedel

Vilka kan söka?
Kommuner, föreningar och högskolor kan beviljas stöd. Ett projekt får högst 50 procent.

Vad händer om ansökan avslås?
Avslås ansökan får du ett brev. Du kan söka igen.

Hur mycket kan man få?
Under 2021 beviljades 34 projekt sammanlagt 41 miljoner kronor. Stöd beviljas med högst 2 000 000 kronor.
""",
        [
        ],
    ),
    "revocation": (
        """Länsstyrelsen i Kalmar län
Beslut 2020-02-12
Dnr 545-100-2018

Återkallelse av stöd till projektet Bärnstensbyn

Länsstyrelsen återkallar beslutet den 14 juni 2018 om stöd till Bärnstensbyn. Stiftelsen Bärnsten ska betala tillbaka 115 000 kronor.
""",
        [
            ("Bärnstensbyn", "other"),
        ],
    ),
    "phases": (
        """Region Värmland
Regionala utvecklingsnämnden
Protokollsutdrag 2021-12-14

§ 140 Projektansökan: Klarälvens klang, etapp 2
Beslut
Nämnden bifaller ansökan om 1 250 tkr ur anslag 1:1.

Ärendet
Klarälvens klang, etapp 2 är en fortsättning på Klarälvens klang, etapp 1. Etapp 1 beviljades 800 tkr den 6 december 2018.
""",
        [
            ("Klarälvens klang, etapp 2", "granted"),
            ("Klarälvens klang, etapp 1", "granted"),
        ],
    ),
    "names_in_quotes": (
        """Norrtulls kommun
Kulturnämnden 2022-03-15

§ 20 Fördelning av projektbidrag

Kulturnämnden beslutar att bevilja projektbidrag enligt följande: Teater Trappan får 40 000 kronor till projektet ”under bron” och Dansföreningen Steg får 25 000 kronor till projektet ”#dansaihop”.
Ansökan från Filmklubben om 30 000 kronor till projektet ”mörkt rum” avslås.
""",
        [
            ("under bron", "granted"),
            ("#dansaihop", "granted"),
            ("mörkt rum", "rejected"),
        ],
    ),
    "decision_as_proposed": (
        """Region Västerbotten
Regionala utvecklingsnämnden 2020-05-06

§ 60 Projekt AI för 5G i gruvan
Dnr RUN 2020/77

Förslag till beslut
Umeå universitet beviljas 2 000 000 kronor till projektet AI för 5G i gruvan.

Beslut
Enligt förslaget.
""",
        [
            ("AI för 5G i gruvan", "granted"),
        ],
    ),
    "final_report": (
        """Slutrapport för projektet Myrstigen

Projektägare: Åre kommun

Bakgrund
Projektet beviljades 700 000 kronor av Region Jämtland Härjedalen den 3 mars 2016. Åre kommun bidrog med 200 000 kronor.

Resultat
Tre företag har fått stöd att utveckla sina produkter. Stigen har beviljats utmärkelsen Årets led.
""",
        [
            ("Myrstigen", "granted"),
        ],
    ),
    "plan_of_activities": (
        """Verksamhetsplan 2022 för Region Exempelland

Nämnden ska under året besluta om projektmedel på 40 miljoner kronor. Prioriterade områden är skog och digitalisering. Medel kan beviljas till kommuner. Projektet Grön led fortsätter under 2022.
""",
        [
        ],
    ),
}


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator(load_registers())


def read_acts(annotator: Annotator, text: str, folder: Path) -> list[tuple[str, str]]:
    """Project and outcome of every decision of a paper with this text, sorted."""
    path = folder / "paper.txt"
    path.write_text(text, encoding="utf-8")
    extraction = extract(annotator.annotate(clean(read(path))), load_lexicon(), load_registers())
    return sorted((row["project"], row["outcome"]) for row in record(extraction)["decisions"])


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_acts_of_form(name: str, annotator: Annotator, tmp_path: Path) -> None:
    text, expected = PAPERS[name]
    assert read_acts(annotator, text, tmp_path) == sorted(expected)
