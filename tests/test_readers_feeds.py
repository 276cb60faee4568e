"""Feeds: each entry with a text is a document.

``fixtures/feeds/wordpress.xml`` has the shape in which WordPress writes; the text is ours.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemmata import schemas
from stemmata.documents import read_documents
from stemmata.errors import SourceError
from stemmata.readers import find_format
from stemmata.readers.contents import read_as
from stemmata.readers.feeds import read_feed
from stemmata.readers.limits import Limits

WORDPRESS = (Path(__file__).parent / "fixtures" / "feeds" / "wordpress.xml").read_bytes()
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><link>https://post.example/</link>%b</channel></rss>'
ATOM = '<?xml version="1.0" encoding="%s"?><feed xmlns="http://www.w3.org/2005/Atom">%s</feed>'
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wa.example/">'
    "<link>https://wa.example/</link></channel>%s</rdf:RDF>"
)


def rows(data: bytes) -> list[dict[str, Any]]:
    return list(read_feed(data).to_pylist())


def remarks(data: bytes, side: Any) -> list[dict[str, Any]]:
    return list(schemas.remarks([read_feed(data)], side).to_pylist())


def item(inside: str) -> bytes:
    return RSS % f"<item>{inside}</item>".encode()


def atom(inside: str, encoding: str = "utf-8") -> bytes:
    return (ATOM % (encoding, inside)).encode(encoding)


def test_entries_are_rows_with_what_is_said_of_them() -> None:
    weir, plotina = rows(WORDPRESS)
    assert weir["text"] == (
        "The weir at Harrow Mill gave way on Sunday night after three days of rain.\n\n"
        "“It sounded like a train,” said Ms O’Neil.\n\nthe footbridge is closed\nthe towpath too"
    )
    assert (weir["title"], weir["author"]) == ("The weir & the mill – what gave way", "Ann Miller")
    assert (weir["site"], weir["canonical"]) == ("post.example", "https://post.example/2021/05/the-weir/")
    assert (weir["published"], weir["dated_by"]) == (datetime(2021, 5, 3, 8, 15, tzinfo=UTC), "feed: pubDate")
    assert (weir["row"], plotina["row"], plotina["author"]) == (1, 2, "Анна Мельник")
    assert plotina["text"] == "В воскресенье ночью не выдержала плотина у старой мельницы."


def test_an_entry_without_text_is_skipped_with_the_reason() -> None:
    (skipped,) = remarks(WORDPRESS, "skipped")
    assert (skipped["uri"], skipped["reason"]) == ("#3", "it is an entry without text.")


def test_atom_has_markup_in_it_or_escaped_or_none() -> None:
    xhtml = (
        '<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Das Wehr <x:b>brach</x:b>.</x:p>'
        "<x:p>Die Mühle steht.</x:p></x:div></content>"
    )
    html = '<content type="html">&lt;p&gt;Das Wehr &lt;b&gt;brach&lt;/b&gt;.&lt;/p&gt;</content>'
    plain = '<summary type="text">1 &lt; 2 &amp; 3</summary><content type="image/png">AAAA</content>'
    data = atom("".join(f"<entry>{one}</entry>" for one in (xhtml, html, plain)), "iso-8859-1")
    assert [row["text"] for row in rows(data)] == [
        "Das Wehr brach.\n\nDie Mühle steht.",
        "Das Wehr brach.",
        "1 < 2 & 3",
    ]


def test_atom_names_its_authors_dates_and_addresses() -> None:
    head = '<link rel="self" href="https://a.example/feed"/><link href="https://a.example/"/><author><name>Zoë</name></author>'
    own = (
        '<entry><title type="html">Die &lt;i&gt;Mühle&lt;/i&gt;</title><link rel="alternate" href="/muehle"/>'
        "<published>2021-05-03T10:00:00+02:00</published><updated>2021-05-04T08:00:00Z</updated>"
        "<author><name>Ann</name></author><author><name>Bo</name></author><content>Das Wehr.</content></entry>"
    )
    inherited = "<entry><id>https://a.example/2</id><updated>2021-05-04</updated><content>Das Wehr.</content></entry>"
    nameless = "<entry><id>tag:a.example,2021:3</id><content>Das Wehr.</content></entry>"
    first, second, third = rows(atom(head + own + inherited + nameless))
    assert (first["title"], first["author"], first["site"]) == ("Die Mühle", "Ann, Bo", "a.example")
    assert first["canonical"] == "https://a.example/muehle"
    assert (first["published"].hour, first["modified"].day) == (8, 4)
    assert (second["author"], second["canonical"], second["published"]) == ("Zoë", "https://a.example/2", None)
    assert (second["modified"], second["dated_by"]) == (datetime(2021, 5, 4, tzinfo=UTC), "feed: updated")
    assert third["canonical"] is None


def test_rss_1_is_read() -> None:
    inside = (
        '<item rdf:about="https://wa.example/1"><title>水車</title><description>古い水車小屋の堰が切れた。</description>'
        "<dc:creator>清</dc:creator><dc:date>2021-05-03</dc:date></item>"
    )
    (row,) = rows((RDF % inside).encode())
    assert (row["text"], row["author"], row["site"]) == ("古い水車小屋の堰が切れた。", "清", "wa.example")
    assert (row["canonical"], row["published"].day) == ("https://wa.example/1", 3)


def test_a_mailbox_as_author_is_the_name_in_it() -> None:
    assert rows(item("<description>x</description><author>ann@post.example (Ann M)</author>"))[0]["author"] == "Ann M"
    assert rows(item("<description>x</description><author>Ann M</author>"))[0]["author"] == "Ann M"


def test_a_permanent_id_is_an_address_and_others_are_none() -> None:
    said = "<description>x</description><guid%s>https://post.example/7</guid>"
    assert rows(item(said % ""))[0]["canonical"] == "https://post.example/7"
    assert rows(item(said % ' isPermaLink="false"'))[0]["canonical"] is None


def test_a_date_that_is_not_read_is_noted() -> None:
    assert {"stage": "documents", "what": "dates in feeds that are not read", "count": 1} in remarks(
        item("<description>x</description><pubDate>yesterday</pubDate>"), "notes"
    )


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (WORDPRESS, "application/rss+xml"),
        (b"<!-- a --><rss>", "application/rss+xml"),
        ((RDF % "").encode(), "application/rss+xml"),
        (atom(""), "application/atom+xml"),
        (b"<?xml version='1.0'?><rdf:RDF xmlns:rdf='x'/>", "application/xml"),
        (b"<?xml version='1.0'?><feed xmlns='x'/>", "application/xml"),
        (b"<?xml version='1.0'?><rssx>", "application/xml"),
    ],
)
def test_feeds_are_told_by_their_root(data: bytes, media_type: str) -> None:
    assert find_format(data, "feed.xml").media_type == media_type


def test_no_entity_is_expanded_and_nothing_fetched() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha ha ha">' + '<!ENTITY b "&a;&a;&a;">' * 9 + "]>"
    stranger = '<!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    said = item("<description>The weir &b;&nbsp;&amp;lt;</description>").removeprefix(b'<?xml version="1.0"?>')
    for prolog in (bomb, stranger):
        assert rows(prolog.encode() + said)[0]["text"] == "The weir \ufffd\xa0<"
    with pytest.raises(SourceError, match="no entry has a text"):
        read_feed(atom('<entry><content src="file:///etc/passwd" type="text/html"/></entry>'))


def test_entities_of_html_in_cdata_stay_until_the_html_is_read() -> None:
    data = item("<description><![CDATA[<p>a&nbsp;b &copy &unknown;</p>]]></description>")
    assert rows(data)[0]["text"] == "a\xa0b © &unknown;"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (WORDPRESS[:-20], "no well-formed XML"),
        (RSS % b"", "no entry has a text"),
        (RSS % (b"<x>" * 1_001 + b"</x>" * 1_001), "nested more than 1,000"),
        (b"<rss><channel><item><description>" + b"<![CDATA[" * 200_000, "no well-formed XML"),
        (RSS % b"\0\0\0\0\0\0\0", "binary"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(SourceError, match=what) as caught:
        read_feed(data)
    assert caught.value.mend


def test_an_entry_nested_too_deep_costs_that_entry_alone() -> None:
    deep = (
        f"<item><description>{'&lt;div>' * 3_000}x</description></item><item><description>The weir</description></item>"
    )
    assert [row["text"] for row in rows(RSS % deep.encode())] == ["The weir"]
    assert "nested more than" in remarks(RSS % deep.encode(), "skipped")[0]["reason"]


def test_feeds_are_read_in_a_process_of_their_own_and_become_documents(tmp_path: Path) -> None:
    kind = find_format(WORDPRESS, "feed")
    assert kind.isolated_from == 0
    assert read_as(kind, WORDPRESS, Limits()).num_rows == 2
    (tmp_path / "post.xml").write_bytes(WORDPRESS)
    assert read_documents(tmp_path)["doc"].to_pylist() == ["post.xml#1", "post.xml#2"]


@pytest.mark.parametrize("tenth", range(10))
def test_a_feed_that_is_cut_off_is_refused(tenth: int) -> None:
    with pytest.raises(SourceError):
        read_feed(WORDPRESS[: len(WORDPRESS) * tenth // 10])


@given(st.binary(max_size=60), st.integers(0, len(WORDPRESS)), st.integers(0, 60))
def test_a_garbled_feed_is_read_or_refused(noise: bytes, place: int, lost: int) -> None:
    with suppress(SourceError):
        for row in rows(WORDPRESS[:place] + noise + WORDPRESS[place + lost :]):
            assert "\0" not in row["text"]


@given(st.text(st.sampled_from("<>&;/!-[]\"'=ab #x0 \n"), max_size=80))
def test_whatever_markup_an_entry_holds_it_is_read_or_skipped(markup: str) -> None:
    escaped = markup.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert rows(item(f"<description>The weir {escaped}</description>"))[0]["text"].startswith("The weir")
