"""What is put into files of a family: pieces of its own syntax that lead readers astray, and pairs that nest."""

from __future__ import annotations

import re


def _of(listed: str) -> tuple[bytes, ...]:
    """Return pieces that are listed two spaces, or a line end, apart, with escapes as in Python."""
    words = re.split("  |\n", listed.strip("\n"))
    return tuple(word.encode().decode("unicode_escape").encode("latin-1") for word in words)


NUMBERS: tuple[str, ...] = (
    "0",
    "-1",
    "1",
    "255",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "9223372036854775807",
)
NUMBERS += ("9223372036854775808", "1000000000000000000", "1e400", "-1e-400", "NaN", "Infinity", "1" * 400, "0.1", "٣")
INTEGERS = (0, 1, 2**7, 2**8 - 1, 2**15, 2**16 - 1, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1, 10**18)
ANY = _of(r"""
\xef\xb7\x90\xef\xb7\xa0\xef\xb7\x91  \xef\xb7\x90  \xef\xbf\xbe  \xed\xa0\x80  \xed\xbf\xbf\xed\xa0\x80  \x1b[31m
\xe2\x80\xae  \xef\xbb\xbf  \xf0\x90\x8f\xbf  \xff  \xc0\xaf  \xf5\x80\x80\x80  \x00\xd8  \xd8\x00  \xff\xfe
\xfe\xff  \xef\xbb\xbf  \x1b$B  \r  \n\n  \f  \x85  \xe2\x80\xa8  %s%n  ../../../../../../../../../  C:\\
Source: the Gazette.\n  \x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20\x20
""")
DATES = _of(r"""
0000-00-00  9999-12-31T23:59:59+23:59  -0044-03-15  0001-01-01T00:00:00+14:00  2021-02-30  20210503T081500Z
""")
XML = _of(r"""
<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>  <!DOCTYPE  <![CDATA[  ]]>  <!--  -->  <?xml  ?>  &#xD800;  &#0;
&#x110000;  &#xFDD0;  &#99999999999;  &nosuch;  &amp  &thorn;  &  <  >  />  \x20xmlns="x"  \x20xml:lang="e"
\x20a="1" a="2"  </  <a:b:c>  <?xml version="1.0" encoding="utf-7"?>  <\xc3\xa9/>
""")
TAGS = b"html body table tr td p div b a svg math template select frameset noscript title style script pre br".split()
HTML = (
    *XML,
    *(b"<%s>" % name for name in TAGS),
    *(b"</%s>" % name for name in TAGS),
    *_of(r"""
<plaintext>  <meta charset=utf-16>  <meta charset=x>  <base href='//['>  <a href='http://[x'>  <p hidden>
<p style='display:none;position:absolute;left:-9999px'>  <style>*{color:#fff;x:calc(1px*-1e9)}</style>
<time datetime=x>  <script type="application/ld+json">{"@graph":[[[  "datePublished":"9999-99-99"  <!--[if IE]>
<font size=0 color=white>  <style>  {color:  url(  :not(  @media{  rgba(1e9,-1,%,  transform:matrix(  &nbsp
"""),
)
NAMES = (
    b"rend hand wit n facs corresp notBefore notAfter when xml:id ID IDREF HPOS VPOS WIDTH HEIGHT CONTENT index".split()
)
TREES = (
    *XML,
    *DATES,
    *(b' %s="%s"' % (name, value) for name in NAMES for value in (b"", b"-1", b"x y")),
    *_of(r"""
<choice><choice/></choice>  <app><rdgGrp><lem/></rdgGrp></app>  <lb break="no"/>  <pb/>  <gap/>  <TEI>  <note>
<item><description/></item>  <entry>  <page><revision>  <redirect/>  <String/>  <HYP/>  <TextLine>  <Page>  <w:p>
<w:del>  <w:r><w:t>x</w:t></w:r>  <w:fldChar w:fldCharType="begin"/>  <w:sym w:char="D800"/>  <w:vanish/>
<text:s text:c="1000000"/>  <text:note>  <draw:text-box>  <table:table-cell>  <itemref idref="a"/>  <office:body/>
"""),
)
JSON = (
    *(b'"' + date + b'"' for date in DATES),
    *_of(r"""
{"text":"x"}  {  }  [  ]  ,  :  "  \\  null  true  1e999  -  "\\ud800"  "\\u0000"  "\\udc00\\ud800"  "text":
"text":null,  "text":["x"],  "text":1,  "doc":{},  "locators":[[9,"a"],[-1,"b"]],  "locators":[[99999,"x"],[1,"y"]],
"hidden":[{"offset":1e18,"what":"a","text":"b"}],  "published":"9999-12-31T23:59:59-14:00",  "lineage":"a b",
"language":"xx-YY",  "sha256":"0",  "ours":"yes",  \n  \n\n  {}\n  NaN  "id":1e999,
"""),
)
CELLS = (*DATES, *_of(r'"  ""  ,  ;  |  \t  \n  \r  "\n"  text  doc  text,  id  locators  =1+1  "a"b'))
MARKDOWN = _of(r"""
[  ](  ![  [^1]  [a]: <b> 'c'\n  `  ```\n  ~~~\n  *  **  _  ~~  >\x20  -\x20  1.\x20  \n\n  #\x20  |-|-|\n  |  ---\n
===\n  \x20\x20\x20\x20  \t  <!--  <div>\n  </td>  &amp;  &#0;  \\  <a@b.c>  {}
""")
MAIL = (
    *DATES,
    *_of(r"""
From\x20  \nFrom a@b Mon May 3 10:15:00 2021\nFrom: x\nTo: y\n\n  \n>From\x20  =?utf-8?B?/w==?=  =?x?Q?=ZZ?=
=?utf-7?q?+?=  Content-Type: multipart/mixed; boundary=b1\n  Content-Type: text/html; charset=utf-16\n  --b1\n
--b1--\n  boundary=  "  Content-Transfer-Encoding: x-uuencode\n  Content-Transfer-Encoding: base64\n  charset=*'
name*0*=  Date:\x20  begin 644 a\n  @,;:  \n\x20  Content-Type: message/rfc822\n\n  Content-Type: ;;;=\n  =3D=\n
=ZZ  \n\n  (((((((((((((((((((((  <<<<<<<<<<<<<<<<<<<  List-Id: <a  Message-ID: <a@b> <c@d>\n
"""),
)
WIKI = _of(r"""
{{  }}  {{{  [[  ]]  {|\n  |}\n  |-\n  &lt;ref&gt;  &lt;nowiki&gt;  ==  [http://  &lt;!--  __TOC__  '''''  ||  !!  -{
""")
PDF = _of(r"""
0 0 0 rg\x20  BT\x20  \x20ET  /F 9 Tf\x20  1e9 0 0 1e9 0 0 cm\x20  3 Tr\x20  (x) Tj\x20  [(x) 1e9 (y)] TJ\x20
q q q q q q q q q q q q q q q q q q q q  Q Q Q Q Q Q Q Q Q Q Q Q\x20  \x201 0 R\x20  \x202 0 R\x20  /Length -1
\x2099999 0 R\x20  /Kids [2 0 R]  /Parent 2 0 R  /Prev 9\x20  /XRefStm 9\x20  /Count -1  /Length 1 0 R
/Filter /FlateDecode  /Filter [/ASCIIHexDecode /LZWDecode]  /Type /ObjStm /N 9 /First 9  /Encrypt 1 0 R  /Rotate 45
stream\n  \nendstream  endobj\n  xref\n0 1\n  trailer\n  startxref\n0\n%%EOF  /MediaBox [0 0 1e9 -1e9]  nan nan Td\x20
/ToUnicode 1 0 R  /W [1 8 8]  /Index [0 99999999]  << /Type /Page >>  <D800>  (\\377\\376\\330\\000)  /Scan Do\x20
BI /W 1 /H 1 ID x EI\x20  %  /Contents [7 0 R 7 0 R]  /Resources 6 0 R  /Subtype /Type3  /FontMatrix [0 0 0 0 0 0]
/Encoding /Identity-H  /DecodeParms << /Predictor 15 /Columns 99999999 >>  /UserUnit 1e9  1e-9 0 0 1e-9 0 0 Tm\x20
""")
HTTP = _of(r"""
WARC/1.0\r\n  WARC/9.9\r\n  Content-Length: 99999999999999999\r\n  Content-Length: 0\r\n  Content-Length: -1\r\n
\r\n\r\n  WARC-Type: response\r\n  WARC-Type: revisit\r\n  HTTP/1.1 200 OK\r\n  Content-Encoding: gzip, br\r\n
Content-Encoding: zstd\r\n  Transfer-Encoding: chunked\r\n  ffffffffffff\r\n  0\r\n\r\n
Content-Type: text/html; charset=utf-16\r\n  WARC-Date: x\r\n  WARC-Target-URI: http://[x\r\n
http://a/ 1.2.3.4 20010704120501 text/html 999\n  filedesc://a  \r\n \r\n  WARC-Truncated: x\r\n
""")
BINARY = _of(r"""
PK\x01\x02  PK\x03\x04  PK\x05\x06\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00
PK\x06\x06  PK\x06\x07  PAR1  ARROW1\x00\x00  \xff\xff\xff\xff  ustar\x0000  \x1f\x8b\x08\x00  BZh9  \xfd7zXZ\x00
(\xb5/\xfd  13 path=a/../b\n  9 size=-1\n  22 GNU.sparse.major=1\n
""")

Pairs = tuple[tuple[bytes, bytes], ...]
FAMILIES: tuple[tuple[bytes, tuple[bytes, ...], Pairs], ...] = (  # by how bytes of each look
    (rb"(?s)\A(?:PK\x03|PAR1|ARROW1|\xff{4}|.{257}ustar)", BINARY, ((b"\0", b"\0"), (b"\xff", b"\xff"))),
    (rb"%PDF-|BT /F|endobj", PDF, ((b"<<", b">>"), (b"[", b"]"), (b"q ", b"Q "), (b"(", b")"), (b"BT ", b"ET "))),
    (rb"WARC/1|HTTP/1|filedesc:", HTTP, ((b"1\r\n", b"\r\n"), (b"<b>", b"</b>"))),
    (rb"<mediawiki", (*TREES, *WIKI), ((b"{{", b"}}"), (b"[[", b"]]"), (b"{|\n|", b"\n|}"), (b"<a>", b"</a>"))),
    (
        rb"(?i)<!doctype html|<html|<body|<p>",
        HTML,
        ((b"<b>", b"</b>"), (b"<div>", b"</div>"), (b"<table><tr><td>", b"</td>"), (b"<!--", b"")),
    ),
    (
        rb"<\?xml|<[A-Za-z:]{1,40}[ >]",
        TREES,
        ((b"<a>", b"</a>"), (b"<choice><sic>", b"</sic></choice>"), (b"<w:tbl><w:tr><w:tc>", b"")),
    ),
    (rb"\A\s*[\[{]", JSON, ((b"[", b"]"), (b'{"a":', b"}"), (b'{"text":', b"}"), (b"[[", b""))),
    (rb"(?m)^(?:From|Received|Return-Path)[: ]", MAIL, ((b"--b1\n", b"--b1--\n"), (b"(", b")"), (b"<", b">"))),
    (
        rb"(?m)^(?:# |> |---|- )",
        MARKDOWN,
        ((b"[", b"]"), (b"> ", b"\n"), (b"*", b"*"), (b"- ", b"\n"), (b"![", b"](a)"), (b"_", b""), (b"`", b"``")),
    ),
    (rb"[^\n]{0,200}\btext\b", CELLS, ((b'"', b'"'), (b",", b"\n"))),
    (rb"", MARKDOWN, ((b"(", b")"), (b"[", b"]"))),
)


def of(data: bytes) -> tuple[tuple[bytes, ...], Pairs]:
    """Return what is put into such bytes, and the pairs that nest in them."""
    head = data[:4096]
    return next((words, pairs) for looks, words, pairs in FAMILIES if re.search(looks, head))
