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
    "paragraph_number_with_year": (
        """Region Dalarna
Utvecklingsnämnden
PROTOKOLL 2022-04-27

UN § 41/22
Ansökan om medfinansiering: Testarena Fjäll
UN 2022/0123

Nämndens beslut
1. Projektet Testarena Fjäll beviljas medfinansiering om 2 000 000 kr ur 1:1-medel.
2. Projektägare är Sälens Utveckling AB.

UN § 42/22
Ansökan om medfinansiering: Kulturhotellet
UN 2022/0131

Nämndens beslut
1. Projektet beviljas ej medfinansiering.
""",
        [
            ("Testarena Fjäll", "granted"),
            ("Kulturhotellet", "rejected"),
        ],
    ),
    "board_and_committee": (
        """Region Skåne
Regionala utvecklingsnämnden
Protokoll 2021-11-12

§ 112 Medfinansiering av Hållbar hamn 2030
Diarienummer 2021-RU000455

Regionala utvecklingsnämndens beslut
Regionala utvecklingsnämnden beviljar medel till Trelleborgs kommun med 1 800 000 kronor för Hållbar hamn 2030.

Regionala utvecklingsnämndens arbetsutskotts förslag
Regionala utvecklingsnämnden beviljar medel till Trelleborgs kommun med 1 800 000 kronor för Hållbar hamn 2030.

§ 113 Medfinansiering av ”Fler i farten”
Diarienummer 2021-RU000460

Regionala utvecklingsnämndens beslut
Ärendet utgår.
""",
        [
            ("Hållbar hamn 2030", "granted"),
        ],
    ),
    "committee_proposes": (
        """Region Stockholm
Regionrådsberedningen
Tjänsteutlåtande 2020-09-09

Finansiering av projekt Skärgårdslabbet

Ärendebeskrivning
Ärendet avser finansiering av projekt Skärgårdslabbet under 2021–2023.

Förslag till beslut
Regionstyrelsens arbetsutskott föreslår att regionstyrelsen beslutar följande.
1. Regionstyrelsen beviljar KTH 3 000 000 kronor för projekt Skärgårdslabbet.
""",
        [
            ("Skärgårdslabbet", "proposed_grant"),
        ],
    ),
    "committee_of_municipality": (
        """Sollefteå kommun
Kommunstyrelsens arbetsutskott
2017-10-03

§ 155 Begäran om medfinansiering, projekt ”Älvdans”
Dnr 2017/345

KSAU beslutar
att avslå begäran om medfinansiering till projektet Älvdans med hänvisning till det ekonomiska läget

§ 156 Bidrag till Ådalen Bluegrass
Dnr 2017/350

KSAU beslutar
att bevilja 20 000 kronor i bidrag till Ådalen Bluegrass.
""",
        [
            ("Älvdans", "rejected"),
            ("Ådalen Bluegrass", "granted"),
        ],
    ),
    "newspaper_inverted": (
        """Klartecken för cykelled
Publicerad 4 april 2022

Det blir en cykelled runt Åsnen. I tisdags beviljade Region Kronoberg projektet Runt Åsnen 2,1 miljoner kronor. Tingsryds kommun äger projektet.

Tidigare har Länsstyrelsen i Kronobergs län beviljat 400 000 kronor till förstudien Åsnens stränder.

Nej till zipline
Samma kväll avslogs ansökan om 900 000 kronor till Zipline Ryd.
""",
        [
            ("Runt Åsnen", "granted"),
            ("Åsnens stränder", "granted"),
            ("Zipline Ryd", "rejected"),
        ],
    ),
    "adopt_and_grant": (
        """Region Blekinge
Regionala utvecklingsnämnden
Protokoll 2020-12-02

§ 99 Projektansökan Marint kluster
Dnr 2020/1001

Beslut
Regionala utvecklingsnämnden beslutar
att anta projektet Marint kluster samt
att bevilja projektet 4 500 tkr för perioden 2021–2023.

Paragrafen direktjusteras.
""",
        [
            ("Marint kluster", "granted"),
        ],
    ),
    "partly_granted": (
        """Jordbruksverket
Beslut 2019-03-04
Journalnummer 2018-4455

Ni får stöd för projektet Humlebyn
Vi har beslutat att delvis bevilja er ansökan. Ni får stöd med högst 350 000 kronor.
Vi avslår er ansökan om stöd för traktorn.
""",
        [
            ("Humlebyn", "granted"),
        ],
    ),
    "open_call": (
        """Tillväxtverket öppnar ny utlysning

Tillväxtverket avsätter 60 miljoner kronor till projekt inom besöksnäring. Ansökan kan göras till och med den 30 april 2020. Beviljade projekt får högst 2 miljoner kronor.
""",
        [
        ],
    ),
    "research_council": (
        """Formas beviljade projekt 2018

Formas har beviljat 8 miljoner kronor till projektet Jordens salt, som leds av Lunds universitet.
Projektet Himlens blå vid Umeå universitet beviljas 3,9 miljoner kronor.
Däremot beviljades inte projektet Havets hunger.
""",
        [
            ("Jordens salt", "granted"),
            ("Himlens blå", "granted"),
            ("Havets hunger", "rejected"),
        ],
    ),
    "labels_of_delegated_decision": (
        """Delegationsbeslut
Regiondirektören, Region Norrbotten
2021-05-05

Projekt: Isvägen
Sökande: Luleå kommun
Beslut: Avslag
Motivering: Medlen är slut.
""",
        [
            ("Isvägen", "rejected"),
        ],
    ),
    "no_action": (
        """Regionförbundet Sörmland
Styrelsen 2013-09-19

§ 77 Ansökan från Nyköpings kommun om medel till projektet ”Rätt båt”

Styrelsen beslutar
att tilldela Nyköpings kommun 250 000 kr ur 1:1-anslaget.

§ 78 Ansökan från Föreningen Fågel, Fisk om medel till projektet Mitt emellan

Styrelsen beslutar
att ansökan inte föranleder någon åtgärd.
""",
        [
            ("Rätt båt", "granted"),
            ("Mitt emellan", "rejected"),
        ],
    ),
    "approval_of_longer_time": (
        """Region Västerbotten
Beslut 2022-08-15
Dnr RUN 2019/88

Ändringsbeslut – Malmens minne

Region Västerbotten godkänner att projektet Malmens minne förlängs med sex månader, till den 30 juni 2023.
Beviljat belopp är oförändrat 900 000 kronor.
""",
        [
            ("Malmens minne", "other"),
        ],
    ),
    "take_part_and_pay": (
        """Kommunförbundet Ostkusten
Utdrag ur protokoll fört vid direktionens möte 2016-05-27

§ 9 Projekt Kustens koder

Direktionen beslutade
att medverka i projekt Kustens koder, samt
att medfinansiera projektet med 300 000 kronor per år 2016–2018.
""",
        [
            ("Kustens koder", "granted"),
        ],
    ),
    "prioritised": (
        """Leader Slättlandet
Sammanfattning av LAG-möte 2023-02-02

Projektet Ostens dag prioriterades och får 210 000 kronor i stöd.
Projektet Senapens natt prioriterades inte.
Beslut om projektet Kummin för alla sköts upp.
Bygdens radio tog tillbaka sin ansökan.
""",
        [
            ("Ostens dag", "granted"),
            ("Senapens natt", "rejected"),
            ("Kummin för alla", "other"),
        ],
    ),
    "title_as_field": (
        """Region Dalarna
Utvecklingsnämnden
PROTOKOLL 2022-04-27

UN § 42/22
Ansökan om medfinansiering: Kulturhotellet
UN 2022/0131

Nämndens beslut
1. Projektet beviljas ej medfinansiering.
""",
        [
            ("Kulturhotellet", "rejected"),
        ],
    ),
    "english_items": (
        """Region Fjordland – Regional Development Board
Minutes, 3 October 2018

Item 4. Hydrogen Harbour
Applicant: University of Gävle. Amount applied for: SEK 2,000,000.
Decision: The board grants SEK 1,500,000.

Item 5. Wool Works
Applicant: Sandviken Municipality. Amount applied for: SEK 400,000.
Decision: The board rejects the application.
""",
        [
            ("Hydrogen Harbour", "granted"),
            ("Wool Works", "rejected"),
        ],
    ),
    "english_project_page": (
        """About the project Silent Sawmill

Silent Sawmill is a three-year project led by Linnaeus University. In June 2020 it was awarded SEK 3.2 million by Region Kronoberg. The municipality of Växjö co-finances the project with SEK 500,000.

Silent Sawmill builds on the pilot study Sawdust, which received SEK 200,000 from Region Kronoberg in 2018.
""",
        [
            ("Silent Sawmill", "granted"),
            ("Sawdust", "granted"),
        ],
    ),
    "how_to_apply": (
        """Så söker du projektstöd
Innan du söker
Ta kontakt med oss. Projektet Exempelvis fick 2019 stöd med 300 000 kronor och är ett bra exempel.
Efter beslut
Om projektet beviljas stöd får ni ett beslut. Avslås ansökan kan ni söka på nytt.
""",
        [
        ],
    ),
    "how_to_appeal": (
        """Hur man överklagar
Kommunalbesvär
Beslut som nämnden fattat kan överklagas hos förvaltningsrätten. Om förvaltningsrätten bifaller överklagandet upphävs beslutet. Bidrag som har beviljats får användas.
""",
        [
        ],
    ),
    "box_of_facts": (
        """Ny satsning på fiber i fjällen
2015-03-10

Projektet Fiber till fäboden har beviljats 6 miljoner kronor av Länsstyrelsen i Jämtlands län.

Fakta: regionala medel
Region Jämtland Härjedalen fördelar varje år 30 miljoner kronor. Under 2014 beviljades 45 projekt. Högst 50 procent kan beviljas.
""",
        [
            ("Fiber till fäboden", "granted"),
        ],
    ),
    "one_verb_two_sums": (
        """Region Väst
Regionutvecklingsnämnden 2019-02-14

Nämnden har beslutat att bevilja dels 400 000 kronor till projektet Vind i seglen, dels 600 000 kronor till projektet Lä om öarna.
""",
        [
            ("Vind i seglen", "granted"),
            ("Lä om öarna", "granted"),
        ],
    ),
    "news_headed_by_project": (
        """Tre nya projekt får stöd
Nyhet 2022-06-17

Regionala utvecklingsnämnden i Region Västernorrland beslutade den 16 juni 2022 att ge stöd till tre projekt.

Skogen i skolan
Härnösands kommun får 900 000 kronor. Projektet Skogen i skolan pågår till 2024.

Digital dörr
Projektet Digital dörr, som drivs av Mittuniversitetet, får 1,4 miljoner kronor.

Kustens kvinnor
Företagarnätverket tilldelas 350 000 kronor för Kustens kvinnor.
""",
        [
            ("Skogen i skolan", "granted"),
            ("Digital dörr", "granted"),
            ("Kustens kvinnor", "granted"),
        ],
    ),
    "conditions": (
        """Länsstyrelsen i Örebro län
Beslut 2018-09-03
Dnr 302-555-2018

Beslut
Länsstyrelsen beviljar Askersunds kommun bidrag med 400 000 kronor till projektet Våtmarkernas väg.

Villkor
Bidraget betalas ut i efterskott. Om villkoren inte följs kan bidraget återkallas. Ändringar ska godkännas av Länsstyrelsen. Länsstyrelsen kan besluta att sätta ned stödet.
""",
        [
            ("Våtmarkernas väg", "granted"),
        ],
    ),
    "proposed_change_of_decision": (
        """Region Örebro län
Tjänsteskrivelse 2020-11-11

Ändrad sluttid för projektet Matbron

Förslag till beslut
Regionala tillväxtnämnden beslutar
att förlänga projektet Matbron till den 31 december 2021.

Sammanfattning
Regionala tillväxtnämnden beslutade den 5 juni 2018 att bevilja projektet Matbron 1 500 000 kronor (dnr 18RS1234).
""",
        [
            ("Matbron", "other"),
            ("Matbron", "granted"),
        ],
    ),
    "run_on_paragraphs": (
        """Region Gävleborg
Hållbarhetsnämnden
Protokoll 2021-03-18

§ 30 Projektstöd: Bollnäs bagare
Hållbarhetsnämnden beslutar att bevilja 300 tkr.
§ 31 Projektstöd: Hudik i höjden
Hållbarhetsnämnden beslutar att avslå ansökan.
§ 32 Projektstöd: Ljusdal lyssnar
Ärendet bordläggs.
""",
        [
            ("Bollnäs bagare", "granted"),
            ("Hudik i höjden", "rejected"),
            ("Ljusdal lyssnar", "other"),
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
