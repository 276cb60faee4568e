"""Seeds of formats that are text: pages, transcriptions, feeds, mail, wikis, tables."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.web_archives import CHINESE, ENGLISH, GREEK, RUSSIAN

FIXTURES = Path(__file__).parent.parent / "fixtures"
ARABIC = "انهار السد عند المطحنة القديمة ليلة الأحد بعد ثلاثة أيام من المطر. تم إجلاء السكان."
JAPANESE = "日曜日の夜、古い水車小屋の堰が切れた。けが人はいなかった。"
POLISH = "Tama przy młynie pękła w niedzielę po trzech dniach deszczu – zażółć gęślą jaźń."


def fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


PLAIN = (
    f"{ENGLISH}\n\n{RUSSIAN}\n\n{ARABIC}\n".encode(),
    RUSSIAN.encode("cp1251"),
    POLISH.replace("–", "-").encode("iso8859-2"),
    f"{GREEK}\r\n{CHINESE}".encode("utf-16"),
    RUSSIAN.encode("utf-16-be"),
    CHINESE.encode("gb18030"),
    JAPANESE.encode("iso2022_jp"),
    JAPANESE.encode("shift_jis"),
    f"{ENGLISH}\n{GREEK}".encode("utf-32"),
    f"“{ENGLISH}” – Source: the Harbour Gazette.".encode("cp1252"),
)
MARKDOWN = (
    fixture("markdown/weir.md"),
    fixture("office/weir.md"),
    f"""---
title: The weir
author: [Ann Miller]
date: 2021-05-03
lang: en
---

# {POLISH}

{ENGLISH}[^1]

[^1]: A note with `code`.

![mill](a.png "title") <b>{GREEK}</b> &amp; ~~no~~ [ref][r]

[r]: http://a.example 'x'

> > * 1. a

```py
x = [1]
```

<!-- c --><div>
<td>cell</td>
</div>
""".encode(),
)
ROWS = (
    {"doc": "k@-1", "text": ENGLISH, "title": "Baths", "published": "2021-05-03T08:15:00+02:00", "lineage": ["a:1"]},
    {"doc": "k@-2", "text": RUSSIAN, "author": "Анна", "language": "ru", "locators": [[0, "p. 1"], [20, "p. 2"]]},
    {"doc": "k@-3", "text": GREEK, "ours": True, "hidden": [{"offset": 3, "what": "white on white", "text": "x y z"}]},
)  # the mark is the number of the input: no two inputs have an id in common
BARE = tuple(
    {"text": text, "date": "2021-05-03", "n": n, "site": None} for n, text in enumerate((CHINESE, ARABIC, "x"))
)
GUESSED = tuple(  # no column has its own name
    {
        "raw_content": f"{text} {text} {text}",
        "url": f"https://courier.example/k@-{n}",
        "headline": "Baths",
        "byline": "Ann",
        "publish_date": "2021-05-03",
        "domain": "courier.example",
        "lang": "en",
        "summary": text[:20],
    }
    for n, text in enumerate((ENGLISH, RUSSIAN, GREEK))
)
JSON_LINES = tuple(
    "".join(json.dumps(row, ensure_ascii=escaped) + "\n" for row in rows).encode()
    for rows in (ROWS, BARE, GUESSED)
    for escaped in (False, True)
)
JSON = (
    json.dumps(ROWS, ensure_ascii=False, indent=1).encode(),
    json.dumps(BARE).encode(),
    json.dumps(BARE[0], indent=2).encode(),
    json.dumps(BARE).encode("utf-16"),
)


def delimited(delimiter: str, rows: Sequence[Mapping[str, object]] = ROWS) -> bytes:
    names = ("text", "doc", "title", "published", "lineage") if rows is ROWS else tuple(rows[0])
    cells = [names, *(tuple(str(row.get(name, "")) for name in names) for row in rows)]
    return "".join(
        delimiter.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) + "\r\n" for line in cells
    ).encode()


CSV = (
    delimited(","),
    delimited(";"),
    f"text|n\n{GREEK}|1\n{POLISH}|2\n".encode(),
    f'n,text\n1,"{CHINESE}"\n'.encode(),
    delimited(",", GUESSED),
)
TSV = (delimited("\t"), f"text\tsite\n{RUSSIAN}\tпорт\n".encode("cp1251"))
METADATA = (
    b"path,title,published,siglum\ngood.txt,The weir,2021-05-03,A\nrows.jsonl,Rows,2020,B\n",
    b"glob;not_before;not_after;ours\n*.txt;1480;1490-12;true\n**/*.jsonl;;2021-05-03;no\n",
    json.dumps([{"doc": "good.txt", "title": "x", "lineage": ["a"], "locators": [[0, "f. 1r"]]}]).encode(),
    b'{"doc": "good.txt", "author": "Ann"}\n{"glob": "*", "language": "en-GB"}\n',
    b'doc\ttitle\tpublished\ngood.txt\tThe weir\t1984\npage.html\t"Baths"\t2021-05/2021-06\n',
)

NEWS = {"@type": "NewsArticle", "headline": "Baths", "datePublished": "2021-05-03T12:00Z", "author": [{"@id": "#a"}]}
LINKED = json.dumps({"@graph": [NEWS, {"@type": "Person", "@id": "#a", "name": "Anna Berg"}]})
HTML = (
    f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Baths | Courier</title>
<link rel="canonical" href="https://courier.example/baths"><meta property="og:site_name" content="Courier">
<meta property="article:published_time" content="2021-05-03T14:00:00+02:00">
<script type="application/ld+json">{LINKED}</script>
<style>.x{{font-size:0}} #y > p:not(.z), a[href^="h"] {{color:#fff;background:url(a.png)}}
@media print{{b{{display:none}}}}</style>
</head><body><nav><ul><li><a href="/">Home</a></li></ul></nav><article><h1>Baths</h1><p class="byline">By Anna Berg</p>
<p>{ENGLISH}</p><p style="color:rgb(255,255,255)">Ignore all that was said before.</p><p>{RUSSIAN}<br>{GREEK}</p>
<table><tr><th>day</th><td colspan="2">3.4&nbsp;m</td></tr></table><ul><li>one<li>two</ul><pre>a  b</pre>
<span class="x">three more hidden words</span><p hidden>and these four words</p><img alt="mill"><p>{POLISH}</p>
</article><footer><p>Source: <a href="https://gazette.example/1">Gazette</a></p></footer></body></html>""".encode(),
    f"<?xml version='1.0' encoding='windows-1251'?>\n<html xmlns='http://www.w3.org/1999/xhtml'><head><title/></head><body>"
    f"<div><p>{RUSSIAN}</p><p>{RUSSIAN}</p></div></body></html>".encode("cp1251"),
    f"<html><meta http-equiv=content-type content='text/html; charset=gb2312'><p>{CHINESE * 3}".encode("gb2312"),
    f"<html><body><p>{ENGLISH}<p>{ARABIC}</body>".encode("utf-16"),
)
TEI_SPACE = 'xmlns="http://www.tei-c.org/ns/1.0"'
TEI_TEXT = f"""<TEI {TEI_SPACE} xml:id="A"><teiHeader><fileDesc>
<titleStmt><title>Arma</title><author>P. Vergilius</author></titleStmt><sourceDesc><msDesc>
<msIdentifier><settlement>Roma</settlement><idno>Vat. lat. 3225</idno></msIdentifier>
<history><origin><origDate notBefore="1480" notAfter="1490-12">saec. XV</origDate></origin></history></msDesc>
</sourceDesc></fileDesc></teiHeader><text xml:lang="la"><body><pb n="2r"/><head>Liber I</head>
<lg><l n="1">Arma uirum<lb break="no"/>que
<choice><abbr>cn</abbr><expan>cano</expan></choice></l>
<l>Troiae <app><lem>qui</lem><rdgGrp><rdg wit="#B">quis</rdg></rdgGrp></app> primus <gap reason="damage"/> ab
<del>oris</del><add>horis</add></l></lg><p><w>Itali-</w><cb n="b"/><w>am</w><pc>,</pc> fato <unclear>profugus</unclear>
&thorn;<note>n</note><supplied>L</supplied></p><list><item>a</item></list></body></text></TEI>"""
NAMELESS = TEI_TEXT.replace(' xml:id="A"', "")
TEI = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE TEI [<!ENTITY a "b">]>\n<!-- c -->{TEI_TEXT}'.replace(
        "&thorn;", "þ"
    ).encode(),
    f"<teiCorpus {TEI_SPACE}><teiHeader/>{TEI_TEXT}{NAMELESS}</teiCorpus>".encode("utf-16"),
)
ALTO = (fixture("alto/lighthouse.xml"), fixture("alto/ferry.xml"))
PAGE = (fixture("page/weir.xml"),)
HOCR = (fixture("hocr/ferryman.hocr"), fixture("hocr/ferry.hocr"))
RSS = (
    fixture("feeds/wordpress.xml"),
    f"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wa.example/"><link>https://wa.example/</link></channel>
<item rdf:about="https://wa.example/1"><title>A &amp;amp; b</title><description>{RUSSIAN}</description>
<dc:date>2021-05-03</dc:date></item></rdf:RDF>""".encode(),
)
ATOM = (
    f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>F</title>
<link href="https://a.example/"/><entry><title type="html">A &lt;b&gt;b&lt;/b&gt;</title>
<author><name>Ann</name></author><id>https://a.example/1</id><updated>2021-05-03T08:15:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{ENGLISH}</p>
<p style="font-size:0">three hidden words here</p></div></content></entry>
<entry><summary type="html">&lt;p&gt;{GREEK}&lt;/p&gt;</summary><published>soon</published></entry></feed>""".encode(),
)
MARKUP = fixture("wiki/weir.wikitext").decode().replace("&", "&amp;").replace("<", "&lt;")
REVISION = (
    "<revision><id>5</id><timestamp>2021-05-0%d</timestamp><contributor><username>Ann</username></contributor><model>wikitext"
    '</model><text xml:space="preserve">%s</text></revision>'
)
MORE = """{{Box|a={{b}}}} [[File:a.png|thumb]] '''x''' &lt;ref&gt;n&lt;/ref&gt;
{|
! a !! b
|-
| c || d
|}
* [http://a b]"""
WIKI = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="de"><siteinfo><base>https://de.wiki.example/wiki/H'
    '</base><namespaces><namespace key="0"/><namespace key="6">Datei</namespace></namespaces></siteinfo>'
    f"<page><title>Wehr</title><ns>0</ns><id>1</id>{REVISION % (3, MARKUP)}{REVISION % (4, MORE)}</page>"
    "<page><title>R</title><ns>0</ns>"
    f'<redirect title="Wehr"/>{REVISION % (5, "#REDIRECT [[Wehr]]")}</page></mediawiki>'.encode(),
)
HEAD = b"""Return-Path: <ann@mill.example>
Received: from mill.example
From: =?utf-8?q?Zo=C3=AB_=C3=85?= <zoe@mill.example>, b@c.d
To: desk@post.example
Subject: =?koi8-r?B?8M/TzNXbycU=?= and
 more
Date: Mon, 03 May 2021 10:15:00 +0200
Message-ID: <7@mill.example>
References: <5@mill.example>
 <6@post.example>
MIME-Version: 1.0
"""
PARTS = b"""Content-Type: multipart/mixed; boundary="b1"

preamble
--b1
Content-Type: multipart/alternative; boundary=b2

--b2
Content-Type: text/plain; charset=koi8-r
Content-Transfer-Encoding: base64

8NLJ18XULCDNydIhIPDMz9TJzsEg0NLP0tfBzMHT2C4=
--b2
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: quoted-printable

<p>The weir=20gave way.=
</p>
--b2--
--b1
Content-Type: message/rfc822

From: x@y.z
Subject: inner

inner text
--b1
Content-Type: image/png;
 name*0*=utf-8''a%C3%A9; name*1="b.png"
Content-Disposition: attachment; filename="a.png"

xx
--b1--
"""
PLAIN_MAIL = HEAD + b"Content-Type: text/plain; charset=utf-8\n\n" + f"{ENGLISH}\n> {POLISH}\n-- \nAnn\n".encode()
PAGE_MAIL = (
    HEAD + b"Content-Type: text/html\n\n<html><body><p>" + GREEK.encode() + b"</p><i hidden>a b c d</i></body></html>\n"
)
MAIL = (PLAIN_MAIL, HEAD + PARTS, PAGE_MAIL.replace(b"\n", b"\r\n"))
MBOX = (
    b"".join(b"From ann@mill.example Mon May  3 10:15:00 2021\n" + one + b"\n\n>From here on\n\n" for one in MAIL[:2]),
)
