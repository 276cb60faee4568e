"""Pages: the main text and nothing else, and what a page says of itself."""

from datetime import UTC, datetime
from typing import Any

import pytest

from stemmata import schemas
from stemmata.errors import SourceError
from stemmata.readers.html import looks_like_html, read_html

FIRST = (
    "The old bridge over the Mornach was closed on Tuesday, after the flood had washed out two of its piers "
    "and left a crack in the third that a hand fits into."
)
SECOND = (
    "The mayor said that it would stay shut until the spring, and that those who live on the far bank would be "
    "brought across by boat, twice in the morning and once at night."
)
RUSSIAN = (
    "Старый мост через Морнах закрыли во вторник: паводок подмыл две опоры и оставил в третьей трещину, "
    "в которую входит рука, и жители едут в объезд."
)
ARABIC = (
    "أغلق الجسر القديم على نهر المرناخ يوم الثلاثاء بعد أن جرف الفيضان اثنتين من دعائمه وترك في الثالثة شقا "
    "تدخل فيه اليد، ولن يفتح قبل الربيع."
)
CHINESE = (
    "穆尔纳赫河上的老桥星期二关闭了,因为洪水冲坏了两个桥墩,"
    "第三个桥墩上留下了一道手能伸进去的裂缝,镇长说春天以前不会开放。"
)


def page(body: str, head: str = "", lang: str = "") -> bytes:
    return f"<!DOCTYPE html><html{lang}><head>{head}</head><body>{body}</body></html>".encode()


def article(*paragraphs: str) -> str:
    return "<article>" + "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (FIRST, SECOND)) + "</article>"


def read(data: bytes) -> dict[str, Any]:
    rows: list[dict[str, Any]] = read_html(data).to_pylist()
    assert len(rows) == 1
    return rows[0]


def notes(data: bytes) -> dict[str, int]:
    return {note["what"]: note["count"] for note in schemas.remarks([read_html(data)], "notes").to_pylist()}


def test_paragraphs_are_parted_by_a_blank_line_and_links_and_entities_are_plain_text() -> None:
    body = article(FIRST, 'The <b>mayor</b> &amp; her <a href="/x">deputy</a> said\n  so: ' + SECOND)
    assert read(page(body))["text"] == f"{FIRST}\n\nThe mayor & her deputy said so: {SECOND}"


@pytest.mark.parametrize(
    "mark",
    [
        '<a href="#fn1" class="footnote-ref" role="doc-noteref"><sup>1</sup></a>',
        '<sup class="reference"><a href="#cite_note-3">[3]</a></sup>',
        '<a href="#note">*</a>',
        '<a href="#fnref1">↩︎</a>',
    ],
)
def test_the_numbers_of_notes_are_no_text(mark: str) -> None:
    """One who copies a text leaves them out, or counts anew; links to other places of the page stay."""
    with_mark = SECOND[:40] + mark + SECOND[40:] + ' See <a href="#tables">the tables</a>, page 12.'
    assert read(page(article(FIRST, with_mark)))["text"] == f"{FIRST}\n\n{SECOND} See the tables, page 12."


def test_items_rows_and_broken_lines_are_lines_and_cells_are_parted_by_a_tab() -> None:
    body = (
        f"<article><p>{FIRST}</p><ul><li>two piers gone</li><li>a third cracked</li></ul>"
        "<table><tr><th>Pier</th><th>State</th></tr><tr><td>first</td><td>gone</td></tr></table>"
        f"<p>{SECOND}<br>No car may pass.</p></article>"
    )
    text = read(page(body))["text"]
    assert "\n\ntwo piers gone\na third cracked\n\nPier\tState\nfirst\tgone\n\n" in text
    assert text.endswith("once at night.\nNo car may pass.")


@pytest.mark.parametrize("paragraph", [FIRST, RUSSIAN, ARABIC, CHINESE])
def test_every_script_is_read(paragraph: str) -> None:
    assert read(page(article(paragraph, paragraph[::-1])))["text"].startswith(paragraph)


def test_menus_teasers_comments_and_the_foot_of_the_page_are_left_out() -> None:
    body = (
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<main>{article()}</main>"
        '<aside class="related"><h3>Read also</h3><a href="/b">Ferry service doubled at the lower crossing</a></aside>'
        '<section id="comments" class="comments"><h3>2 comments</h3><ol class="comment-list"><li class="comment">'
        "<p>I have crossed this bridge every day for forty years and never saw a crack in it.</p></li></ol></section>"
        "<footer><p>Imprint and privacy of the Valley Courier</p></footer>"
    )
    text = read(page(body))["text"]
    assert text == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "hiding", ['style="display: none"', 'style="visibility:hidden"', 'aria-hidden="true"', "hidden"]
)
def test_what_a_page_hides_is_no_text(hiding: str) -> None:
    hidden = f"<p {hiding}>Buy cheap bridges here, buy cheap bridges now, cheap bridges.</p>"
    assert read(page(f"<article><p>{FIRST}</p>{hidden}<p>{SECOND}</p></article>"))["text"] == f"{FIRST}\n\n{SECOND}"


def test_a_page_that_waits_for_a_script_to_show_it_is_read() -> None:
    assert read(page(f'<div style="display:none">{article()}</div>'))["text"] == f"{FIRST}\n\n{SECOND}"


def test_a_page_without_a_main_text_is_read_without_its_menus_and_that_is_noted() -> None:
    body = (
        "<nav>Home Sport</nav><div><div>Closed.</div><div>Use the ferry.</div></div><form><label>Search</label></form>"
    )
    assert read(page(body))["text"] == "Closed.\n\nUse the ferry."
    assert notes(page(body)) == {"pages whose main text was not found, read whole": 1}
    assert notes(page(article())) == {}


def test_a_report_of_stemmata_is_no_document() -> None:
    """It quotes the documents that it reports on, and would seem a copy of each."""
    with pytest.raises(SourceError, match=r"it is a report of stemmata\.") as caught:
        read(page(article(), '<meta name="generator" content="stemmata 1.0">'))
    assert caught.value.mend == "give the documents that it reports on."
    assert read(page(article(), '<meta name="generator" content="stemmatic press">'))["text"]


@pytest.mark.parametrize("value", ['[{"@id": %s}]', '{"@id": "x", "author": %s}'])
def test_json_for_machines_that_is_nested_deep_does_not_cost_the_page(value: str) -> None:
    nested = "[" * 900 + "]" * 900
    linked = value % nested
    head = f'<script type="application/ld+json">[{{"@type": "Article", "author": {linked}, "@id": {nested}}}]</script>'
    assert read(page(article(), head))["text"].startswith(FIRST)


def test_memory_that_is_spent_is_no_odd_tree(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that reads the page ends then; a page without its text would be a lie."""

    def swell(*_: object, **__: object) -> None:
        raise MemoryError

    for spent in ("trafilatura.bare_extraction", "trafilatura.metadata.extract_author", "htmldate.find_date"):
        with monkeypatch.context() as patched:
            patched.setattr(spent, swell)
            with pytest.raises(MemoryError):
                read(page(article()))


def test_entities_that_a_page_declares_are_no_text() -> None:
    data = page(article(FIRST, SECOND)).replace(b"<!DOCTYPE html>", b'<!-- saved --> <!DOCTYPE html [<!ENTITY a "b">]>')
    assert read(data)["text"] == f"{FIRST}\n\n{SECOND}"


def test_a_page_that_is_nothing_but_a_menu_is_read_as_it_is() -> None:
    assert read(page("<nav><p>Home</p><p>Sport</p></nav>"))["text"].split() == ["Home", "Sport"]


def test_a_page_may_be_a_fragment() -> None:
    assert read(f"<p>{FIRST}</p><p>{SECOND}".encode())["text"] == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="og:title" content="The Bridge"><title>Other</title>',
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The Bridge"}</script>',
        '<meta property="og:site_name" content="Courier"><title>The Bridge | Courier</title>',
        '<meta property="og:site_name" content="Courier"><meta property="og:title" content="The Bridge - Courier">',
        "<title>The Bridge</title>",
    ],
)
def test_the_title_is_the_headline_without_the_name_of_the_site(head: str) -> None:
    assert read(page(article(), head))["title"] == "The Bridge"


def test_the_heading_is_the_title_where_the_page_names_none_better() -> None:
    assert (
        read(page(f"<h1>The <i>Bridge</i></h1>{article()}", "<title>Courier – news</title>"))["title"] == "The Bridge"
    )


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="By Anna Berg">',
        '<script type="application/ld+json">{"@type": "Article", "author": {"name": "Anna Berg"}}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": ["Article"], "author": [{"@id": "#a"}]},'
        ' {"@type": "Person", "@id": "#a", "name": "Anna Berg"}]}</script>',
    ],
)
def test_the_author_is_whom_the_page_names(head: str) -> None:
    assert read(page(article(), head))["author"] == "Anna Berg"


def test_several_authors_are_joined_and_the_byline_is_read_where_nothing_is_stated() -> None:
    linked = '{"@type": "Article", "author": [{"name": "Anna Berg"}, {"name": "Ivo Dahl"}]}'
    assert (
        read(page(article(), f'<script type="application/ld+json">{linked}</script>'))["author"]
        == "Anna Berg, Ivo Dahl"
    )
    assert read(page(f'<p class="byline author">By Anna Berg</p>{article()}'))["author"] == "Anna Berg"


@pytest.mark.parametrize(
    ("head", "site"),
    [
        ('<meta property="og:site_name" content="Valley Courier">', "Valley Courier"),
        (
            '<script type="application/ld+json">{"@type":"Article","publisher":{"name":"Valley Courier"}}</script>',
            "Valley Courier",
        ),
        ('<link rel="canonical" href="https://www.courier.example/bridge">', None),
    ],
)
def test_the_site_is_its_name_else_its_publisher(head: str, site: str | None) -> None:
    """Not the host of its canonical address: a reprint may give that of the original."""
    assert read(page(article(), head))["site"] == site


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="https://a.example/x?id=1">', "https://a.example/x?id=1"),
        ('<meta property="og:url" content="https://a.example/y">', "https://a.example/y"),
        ('<base href="https://a.example/"><link rel="canonical" href="/z">', "https://a.example/z"),
        ('<link rel="canonical" href="/z">', None),
        ('<link rel="canonical" href="javascript:alert(1)">', None),
        ('<link rel="canonical" href="http://[broken">', None),
    ],
)
def test_the_canonical_address_is_whole_or_unknown(head: str, canonical: str | None) -> None:
    assert read(page(article(), head))["canonical"] == canonical


NOON = datetime(2021, 5, 3, 12, tzinfo=UTC)
DAY = datetime(2021, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "published", "dated_by"),
    [
        (
            '<meta property="article:published_time" content="2021-05-03T14:00:00+02:00">',
            NOON,
            "page: article:published_time",
        ),
        ('<meta name="dcterms.issued" content="2021/5/3">', DAY, "page: dcterms.issued"),
        ('<meta name="date" content="Mon, 03 May 2021 12:00:00 GMT">', NOON, "page: date"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-05-03T12:00Z"}</script>',
            NOON,
            "page: JSON-LD datePublished",
        ),
        (
            '<p><span itemprop="datePublished" content="2021-05-03">yesterday</span></p>',
            DAY,
            "page: itemprop datePublished",
        ),
        ('<p><time datetime="2021-05-03T12:00:00Z">on Monday</time></p>', NOON, "page: time"),
        ('<div class="date">May 3, 2021</div>', DAY, "page: a date shown on it"),
    ],
)
def test_a_date_is_in_utc_and_it_is_said_where_it_stands(given: str, published: datetime, dated_by: str) -> None:
    row = read(page(given + article()))
    assert (row["published"], row["dated_by"]) == (published, dated_by)


def test_no_date_is_guessed_from_the_address_the_text_or_the_rights() -> None:
    head = '<link rel="canonical" href="https://courier.example/2021/05/03/bridge">'
    body = article(FIRST + " It was built on May 3, 1921, and last mended on 2020-04-01.", SECOND)
    row = read(page(f"{body}<footer>© 2019 Courier</footer>", head))
    assert (row["published"], row["modified"], row["dated_by"]) == (None, None, None)


def test_what_is_no_date_is_passed_over() -> None:
    head = '<meta property="article:published_time" content="soon"><meta name="pubdate" content="2021-05-03">'
    assert read(page(article(), head))["published"] == DAY


def test_when_a_page_was_changed_is_told_from_when_it_was_published() -> None:
    head = '<meta property="article:modified_time" content="2021-05-04"><meta name="pubdate" content="2021-05-03">'
    row = read(page(article(), head))
    assert (row["published"], row["modified"]) == (DAY, datetime(2021, 5, 4, tzinfo=UTC))
    assert row["dated_by"] == "page: pubdate"


def test_the_attribution_is_found_in_the_text_and_at_the_foot_of_the_page() -> None:
    line = "This article first appeared in the Harbour Gazette."
    assert read(page(article(FIRST, SECOND, line)))["attribution"] == line
    assert read(page(f"{article()}<footer><p>{line}</p></footer>"))["attribution"] == line


GAZETTE = '<a href="https://gazette.example/bridge"> Harbour  <b>Gazette</b></a>'
OWN = '<link rel="canonical" href="https://courier.example/bridge">'


@pytest.mark.parametrize(
    ("line", "attribution"),
    [
        (f"First published in the {GAZETTE}", "First published in the Harbour Gazette (https://gazette.example/bridge)"),
        (
            'The post <a href="https://gazette.example/1">Old bridge</a> appeared first on '
            '<a href="https://gazette.example">Gazette</a>.',
            "The post Old bridge appeared first on Gazette. (https://gazette.example/1, https://gazette.example)",
        ),
        ('Source: <a href="/about">Courier</a>', "Source: Courier"),  # a link within the site
        ('Source: <a href="https://www.courier.example/about">Courier</a>', "Source: Courier"),
        ('Source: <a href="http://[broken">A</a> <a href="mailto:a@b.example">B</a> <a>C</a>', "Source: A B C"),
        ('Source: <a href="https://gazette.example/1">https://gazette.example/1</a>', "Source: https://gazette.example/1"),
        (
            "Source: " + " ".join(f'<a href="https://{name}.example/">{name}</a>' for name in "abcd"),
            "Source: a b c d (https://a.example/, https://b.example/, https://c.example/)",
        ),
    ],
)  # fmt: skip
def test_behind_a_credit_stand_the_addresses_of_its_links(line: str, attribution: str | None) -> None:
    """In the text and at the foot of the page, as far as they lead to other sites; no links of other lines."""
    other = '<p><a href="https://elsewhere.example/">Gazette</a></p>'
    bodies = article(FIRST, SECOND, line), f"{article()}<footer>{other}<p>{line}</p></footer>"
    for body in bodies:
        found = read(page(body, OWN))
        assert found["attribution"] == attribution
        assert "\ue000" not in found["text"]


def test_of_a_long_line_only_the_links_in_the_credit_count() -> None:
    line = f'See <a href="https://b.example/">B</a>. {FIRST} {SECOND} This article first appeared in the {GAZETTE}.'
    expected = "This article first appeared in the Harbour Gazette. (https://gazette.example/bridge)"
    assert read(page(article(FIRST, line), OWN))["attribution"] == expected


def test_what_commenters_and_teasers_credit_is_no_attribution() -> None:
    others = '<div class="comments"><p>Source: my uncle</p></div><aside><p>Source: weather service</p></aside>'
    assert read(page(article() + others))["attribution"] is None


def test_the_language_that_a_page_declares_is_kept_for_where_letters_tell_none() -> None:
    """Whoever reads many pages looks at their letters all at once."""
    for body, declared in ((article(RUSSIAN, RUSSIAN), "en"), ("<p>42 : 17</p>", "el")):
        row = read(page(body, lang=f' lang="{declared}-XX"'))
        assert (row["language"], row["declared"]) == (None, declared)
    assert read(page("<p>42 : 17</p>", '<meta property="og:locale" content="fr_FR">'))["declared"] == "fr"
    assert read(page("<p>42 : 17</p>"))["declared"] is None


@pytest.mark.parametrize(
    ("label", "encoding", "word"),
    [("windows-1251", "cp1251", "Мост"), ("gb2312", "gb18030", "老桥"), ("iso-8859-1", "cp1252", "“Brücke”")],
)
def test_the_encoding_that_a_page_declares_is_believed(label: str, encoding: str, word: str) -> None:
    data = f'<html><head><meta charset="{label}"></head><body><p>{word}</p></body></html>'.encode(encoding)
    assert read(data)["text"] == word


def test_utf8_is_read_as_such_whatever_the_page_declares() -> None:
    data = page(article(RUSSIAN, RUSSIAN), '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">')
    assert read(data)["text"].startswith(RUSSIAN)


@pytest.mark.parametrize("label", ["unicode_escape", "utf-7", "no-such-thing", "rot13"])
def test_an_encoding_that_pages_do_not_have_is_not_believed(label: str) -> None:
    data = f'<html><meta charset="{label}"><p>+AGE- \\x41 na\u00efve caf\u00e9</p>'.encode("cp1252")
    assert read(data)["text"] == "+AGE- \\x41 naïve café"


def test_bytes_that_fit_no_encoding_are_replaced_and_noted() -> None:
    row = page(article(RUSSIAN, RUSSIAN)).replace("мост".encode(), b"\xff\xfe", 1)
    assert "\ufffd" in read(row)["text"]
    assert notes(row) == {"bytes that are not valid utf-8, replaced": 2}


@pytest.mark.parametrize("tags", ["<div>", "<b><div></b>", "<table><tr><td>", "<i>x</div>", "<ul><li>"])
def test_a_page_nested_without_end_is_refused_with_the_figure(tags: str) -> None:
    with pytest.raises(SourceError, match="nested more than 1,000 elements deep") as refused:
        read_html(page(tags * 100_000 + FIRST))
    assert refused.value.mend


def test_the_limit_of_depth_may_be_lowered_and_elements_that_end_unsaid_do_not_count() -> None:
    with pytest.raises(SourceError, match="more than 20 "):
        read_html(page("<div>" * 30 + FIRST + "</div>" * 30), depth=20)
    assert read_html(page("".join(f"<p>{FIRST}" for _ in range(40))), depth=20).num_rows == 1


def test_deep_but_allowed_nesting_is_read() -> None:
    assert FIRST in read(page("<div>" * 900 + f"<p>{FIRST}</p><p>{SECOND}</p>" + "</div>" * 900))["text"]


@pytest.mark.parametrize(
    "body",
    ["", "   ", "<script>document.write('hello')</script>", "<style>p {color: red}</style><nav></nav>", "<img src=a>"],
)
def test_a_page_without_text_is_refused(body: str) -> None:
    with pytest.raises(SourceError, match="without text"):
        read_html(page(body))


@pytest.mark.parametrize("data", [b"<html>" + bytes(range(256)) * 20, b"<html>\0\0\0\0\0\0\0\0"])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary"):
        read_html(data)


def test_a_stray_nul_and_control_characters_are_left_out() -> None:
    data = page(article(FIRST.replace("bridge", "br\x00i\x01d&#x1;g&#xFFFF;e").replace(" over", "\fover&#xC;"), SECOND))
    assert read(data)["text"] == f"{FIRST}\n\n{SECOND}"


def test_entities_that_a_page_declares_are_not_read() -> None:
    declared = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hosts">]>'
    )
    row = read(f"{declared}<html><body>{article(FIRST, SECOND, '&b; &f; end')}</body></html>".encode())
    assert row["text"] == f"{FIRST}\n\n{SECOND}\n\n&b; &f; end"


def test_huge_attributes_and_broken_statements_do_no_harm() -> None:
    long = "x" * 3_000_000
    head = (
        f'<meta name="author" content="{long}"><meta property="article:published_time" content="{long}">'
        f'<script type="application/ld+json">{"[" * 100_000}</script>'
        '<script type="application/ld+json">{"@type": 5, "author": 7, "headline": {}}</script>'
        '<script type="application/ld+json">{"@type": "Article", "author": [[1]], "headline": [2]}</script>'
    )
    row = read(page(f'<p title="{long}">{FIRST}</p><p>{SECOND}</p>', head))
    assert row["text"] == f"{FIRST}\n\n{SECOND}"
    assert [row[name] for name in ("title", "author", "site", "published", "canonical", "attribution")] == [None] * 6


def test_the_same_page_is_always_read_the_same() -> None:
    data = page(f"<h1>Bridge</h1>{article()}", "<title>Bridge</title>")
    assert read_html(data).equals(read_html(data))


@pytest.mark.parametrize(
    "beginning",
    [
        "<!DOCTYPE html>",
        '<!doctype HTML PUBLIC "-//W3C//DTD HTML 4.01//EN">',
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>',
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">',
        "\ufeff\n <!-- saved --> <!-- twice --><HTML>",
        '<meta charset="utf-8">',
        "<title>Bridge</title>",
        "<head>",
        "<body class=x>",
    ],
)
def test_a_page_is_known_by_its_beginning(beginning: str) -> None:
    assert looks_like_html(beginning.encode())
    assert looks_like_html(beginning.encode("utf-16"))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"The bridge",
        b"<p>maybe",
        b"<div>",
        b'<?xml version="1.0"?><rss>',
        b"<headline>",
        b"<metal>",
        b"<!-- only",
        b"a<html>",
    ],
)
def test_what_may_be_something_else_is_left_to_its_name(data: bytes) -> None:
    assert not looks_like_html(data)


def test_a_document_type_alone_is_no_page() -> None:
    with pytest.raises(SourceError, match="without elements"):
        read_html(b"<!DOCTYPE html [<!ENTITY a 'b'>]>")
