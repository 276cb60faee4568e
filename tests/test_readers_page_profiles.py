"""What of a page is its text: the main text, that found fast, or all that its readers see."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import stemmata as st
from stemmata import schemas
from stemmata.cli.library import open_library
from stemmata.documents import DocumentOptions, read_documents
from stemmata.engines import LocalEngine
from stemmata.errors import OptionError, SourceError
from stemmata.readers import page_profiles
from stemmata.readers.html import read_html
from stemmata.readers.limits import PROFILES
from tests import web_archives as made
from tests.web_archives import CHINESE, ENGLISH, GREEK, RUSSIAN

BRIDGE = (
    "The old bridge over the Mornach was closed on Tuesday, after the flood had washed out two of its piers and left a "
    "crack in the third that a hand fits into."
)
FERRY = (
    "The mayor said that it would stay shut until the spring, and that those who live on the far bank would be brought "
    "across by boat, twice in the morning and once at night."
)
MENU = "<nav><ul>" + "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(9)) + "</ul></nav>"
COMMENTS = (
    '<section class="comments"><p>I have crossed this bridge every day for forty years and never saw a crack in it, '
    "nor did my father before me.</p></section>"
)
FOOTER = "<footer><p>Imprint and privacy of the Valley Courier, which appears on every weekday but Monday.</p></footer>"


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def read(body: str, profile: str, head: str = "") -> dict[str, Any]:
    (row,) = read_html(page(body, head), profile=profile).to_pylist()
    return dict(row)


def fast(body: str) -> str:
    return str(read(body, "fast")["text"])


def article(*paragraphs: str) -> str:
    return f"<article>{''.join(f'<p>{one}</p>' for one in paragraphs or (BRIDGE, FERRY))}</article>"


# fast


def test_menus_comments_and_the_foot_of_the_page_are_left_out_fast() -> None:
    assert fast(f"{MENU}<main>{article()}</main>{COMMENTS}{FOOTER}") == f"{BRIDGE}\n\n{FERRY}"


def test_the_main_text_is_told_from_boxes_that_no_name_tells_by_how_dense_it_is() -> None:
    links = "".join(
        f'<div><a href="/{n}">Another story that is told at some length elsewhere, {n}</a></div>' for n in range(9)
    )
    body = f"<div><div>{links}</div><div><div>{BRIDGE}</div><div>{FERRY}</div></div><div>Valley Courier</div></div>"
    assert fast(body) == f"{BRIDGE}\n\n{FERRY}"


@pytest.mark.parametrize("paragraph", [ENGLISH, RUSSIAN, CHINESE, GREEK])
def test_every_script_is_read_fast(paragraph: str) -> None:
    assert fast(MENU + article(paragraph, paragraph[::-1]) + FOOTER) == f"{paragraph}\n\n{paragraph[::-1]}"


def test_what_holds_half_of_the_prose_is_not_beside_it_whatever_its_name() -> None:
    """Pages are built of boxes that are called after what lies next to them."""
    assert fast(f'<div class="has sidebar">{MENU}{article()}</div>{FOOTER}') == f"{BRIDGE}\n\n{FERRY}"
    assert fast(f'{article()}<div class="sidebar"><p>{BRIDGE[:60]}</p></div>') == f"{BRIDGE}\n\n{FERRY}"


def test_headings_and_short_lines_between_paragraphs_stay_and_lists_of_links_go() -> None:
    links = "".join(f'<li><a href="/{n}">Ferry {n}</a></li>' for n in range(5))
    body = f"<article><h2>Closed</h2><p>{BRIDGE}</p><ul>{links}</ul><p>Why?</p><p>{FERRY}</p></article>"
    assert fast(body) == f"Closed\n\n{BRIDGE}\n\nWhy?\n\n{FERRY}"


def test_items_and_broken_lines_are_lines_cells_are_parted_by_a_tab_and_listings_keep_their_spaces() -> None:
    rows = "<table><tr><td>first</td><td>gone</td></tr><tr><td>third</td><td>cracked</td></tr></table>"
    body = f"<article><p>{BRIDGE}<br>No <b>car</b>\n may pass.</p><ul><li>two gone<li>a third cracked</ul>{rows}"
    text = fast(f"{body}<pre>a  b\n  c</pre><p>{FERRY}</p></article>")
    lines = "No car may pass.\n\ntwo gone\na third cracked\n\nfirst\tgone\nthird\tcracked\n\na  b\n  c"
    assert text == f"{BRIDGE}\n{lines}\n\n{FERRY}"


def test_pictures_have_their_captions_to_themselves() -> None:
    figure = "<figure><img src=a.png><figcaption>The bridge as it stood before the flood came.</figcaption></figure>"
    assert fast(f"<article><p>{BRIDGE}</p>{figure}<p>{FERRY}</p></article>") == f"{BRIDGE}\n\n{FERRY}"


def test_where_nothing_is_dense_the_page_is_read_without_its_menus_and_that_is_noted() -> None:
    data = page("<nav>Home Sport</nav><div><div>Closed.</div><div>Use the ferry.</div></div>")
    table = read_html(data, profile="fast")
    assert table["text"].to_pylist() == ["Closed.\n\nUse the ferry."]
    notes = {note["what"]: note["count"] for note in schemas.remarks([table], "notes").to_pylist()}
    assert notes == {"pages whose main text was not found, read whole": 1}


def test_what_its_own_attributes_do_not_display_is_hidden_fast_and_no_style_sheet_is_read() -> None:
    hidden = "<span style='display:none'> copied from the gazette word for word</span>"
    row = read(article(BRIDGE.replace(" was ", f"{hidden} was "), FERRY), "fast")
    assert row["text"] == f"{BRIDGE}\n\n{FERRY}"
    assert [one["what"] for one in row["hidden"]] == ["not displayed"]
    white = article(BRIDGE, f'Some <span class="w">words in white on white</span> here. {FERRY}')
    head = "<style>.w { color: white; background: white }</style>"
    assert "words in white" in read(white, "fast", head)["text"]
    assert "words in white" not in read(white, "main", head)["text"]


def test_dates_and_authors_are_those_that_the_page_states_for_machines() -> None:
    shown = f"<div class='byline'>By Ann Weir</div><div>March 3, 2021</div>{article()}"
    row = read(shown, "fast")
    assert (row["published"], row["author"]) == (None, None)
    head = '<meta name="author" content="Ann Weir"><meta property="article:published_time" content="2021-03-03">'
    row = read(shown, "fast", head)
    assert (str(row["published"])[:10], row["author"]) == ("2021-03-03", "Ann Weir")


def test_a_credit_in_the_foot_of_the_page_is_found_fast() -> None:
    credit = "<footer><p>This article first appeared in the Harbour Gazette.</p></footer>"
    assert read(article() + credit, "fast")["attribution"] == "This article first appeared in the Harbour Gazette."


def test_fast_loads_no_other_reader_of_pages() -> None:
    said = (
        "import sys; from stemmata.readers.html import read_html; "
        f"text = read_html({page(MENU + article())!r}, profile='fast')['text'][0].as_py(); "
        f"assert text == {BRIDGE + chr(10) * 2 + FERRY!r}; "
        "assert not {'trafilatura', 'htmldate'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", said], check=True)


# whole


def test_whole_is_what_a_reader_sees_from_the_menu_to_the_foot() -> None:
    row = read(f"{MENU}<h1>Bridge shut</h1>{article()}{COMMENTS}<p hidden>Buy bridges.</p>{FOOTER}", "whole")
    lines = str(row["text"]).splitlines()
    assert lines[0] == "Section 0"
    assert {"Bridge shut", BRIDGE, FERRY} <= set(lines)
    assert any("for forty years" in line for line in lines)
    assert lines[-1].startswith("Imprint")
    assert "Buy bridges." not in lines


def test_a_credit_of_an_agency_elsewhere_on_the_page_is_not_that_of_the_text() -> None:
    teaser = "<aside><p>LONDON (AP) - A ship has run aground.</p></aside>"
    assert read(article() + teaser, "whole")["attribution"] is None


# all of them


@pytest.mark.parametrize("profile", PROFILES)
def test_a_page_without_text_or_nested_too_deep_is_refused(profile: str) -> None:
    with pytest.raises(SourceError, match="without text"):
        read_html(page("<script>write()</script>"), profile=profile)
    with pytest.raises(SourceError, match="nested more than 20"):
        read_html(page("<div>" * 30 + BRIDGE), depth=20, profile=profile)


@pytest.mark.parametrize("profile", PROFILES)
def test_pages_of_many_blocks_deep_within_one_another_take_work_by_their_size_alone(profile: str) -> None:
    """Of each block the elements around it are never gone through."""
    body = "<div>" * 900 + f"<p>{BRIDGE}" * 3_000
    assert read(body, profile)["text"].count(BRIDGE) == 3_000


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize(
    "body", ["<p>", "</p></body>Words.", "<a>Words.", "<pre>Words.</a>", "<td>Words.<li>", "&#0;&#xfdd0;Words."]
)
def test_what_is_left_open_or_never_opened_is_read(profile: str, body: str) -> None:
    assert "Words." in read(f"{body}<p>{BRIDGE}</p>Words.", profile)["text"]


def test_it_reaches_pages_in_folders_archives_and_records_and_leaves_mail_and_feeds_alone(tmp_path: Path) -> None:
    """Of mails and feeds all is read anyway, for they have no menus."""
    held = page(MENU + article() + FOOTER)
    (tmp_path / "a.html").write_bytes(held)
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("c.html", held)
    (tmp_path / "d.warc").write_bytes(made.record(made.answer(held), "https://courier.example/d"))
    mail = b"From: a@b.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + held
    (tmp_path / "e.eml").write_bytes(mail)
    texts: dict[str, dict[str, str]] = {}
    for profile in PROFILES:
        options = DocumentOptions(pages=profile)
        rows = read_documents(tmp_path, options=options, engine=LocalEngine(workers=2)).to_pylist()
        texts[profile] = {row["doc"]: row["text"] for row in rows}
    pages = {"a.html", "b.zip/c.html", "https://courier.example/d"} & texts["main"].keys()
    assert len(pages) == 3
    for doc in pages:
        assert texts["main"][doc] == texts["fast"][doc] == f"{BRIDGE}\n\n{FERRY}"
        assert texts["whole"][doc].startswith("Section 0\n")
    assert len({texts[profile]["e.eml"] for profile in PROFILES}) == 1


def test_another_word_is_refused_with_those_that_are_known() -> None:
    for wrong in ("all", "", None, 1):
        with pytest.raises(OptionError, match="pages must be one of main, fast, whole") as caught:
            DocumentOptions(pages=wrong)  # type: ignore[arg-type]
        assert caught.value.where == "option pages"


def test_a_library_reads_pages_for_good_as_it_was_made_to(tmp_path: Path) -> None:
    """Read otherwise, a page would be another text: a later version of itself."""
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_bytes(page(f"{MENU}{article(BRIDGE + name, FERRY)}"))
    first = st.Library(tmp_path / "held", reading=DocumentOptions(pages="whole"))
    first.add(tmp_path / "a.html")
    again = st.Library(tmp_path / "held")
    assert again.options.documents.pages == again.reading.pages == "whole"
    assert again.add([tmp_path / "a.html", tmp_path / "b.html"]).versions == 0
    assert all(text.startswith("Section 0") for text in again.documents["text"].to_pylist())
    assert json.loads(json.dumps(again.options.to_dict()))["documents"]["pages"] == "whole"


def test_other_options_of_a_command_leave_a_library_its_pages(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(MENU + article()))
    open_library(str(tmp_path / "held"), pages="whole", made=False).add(tmp_path / "a.html")
    held = open_library(str(tmp_path / "held"), limit_bytes=1_000_000)
    assert (held.reading.pages, held.reading.limit_bytes) == ("whole", 1_000_000)
    assert open_library(str(tmp_path / "held"), pages="fast").reading.pages == "fast"
    assert open_library(str(tmp_path / "held")).reading == DocumentOptions(pages="whole")


def test_the_command_that_a_report_names_has_it(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_bytes(page(MENU + article()))
    options = st.Options(documents=DocumentOptions(pages="fast"))
    found = st.compare(tmp_path / "a.html", tmp_path / "b.html", options=options)
    assert str(found.about["command"]).endswith(" --pages fast")


# whole, beside a main text that lacks much of the page

LACKING = "pages whose main text lacks much of their prose: see the column whole"
PROSE = [
    f"The {what} of the crossing is {FERRY.lower()[:-1]}, says the {what}, who has seen it all before and more."
    for what in ("ferryman", "warden", "pilot", "clerk")
]
ASIDE = "".join(f"<div><div><span>{one}</span></div></div>" for one in PROSE)


def lacking(text: str, monkeypatch: pytest.MonkeyPatch) -> pa.Table:
    """Read a page of which only a text is found."""
    monkeypatch.setattr(page_profiles, "_main_text", lambda _: text)
    return read_html(page(f"{MENU}<h1>Bridge shut</h1>{article()}{ASIDE}<p hidden>Buy bridges.</p>{FOOTER}"))


def test_where_much_prose_is_left_out_the_whole_page_stands_beside_the_main_text(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = lacking(f"{BRIDGE}\n\n{FERRY}", monkeypatch)
    (row,) = table.to_pylist()
    assert row["text"] == f"{BRIDGE}\n\n{FERRY}"
    assert row["whole"] == read(f"{MENU}<h1>Bridge shut</h1>{article()}{ASIDE}{FOOTER}", "whole")["text"]
    assert schemas.remarks([table], "notes").to_pylist() == [{"stage": "documents", "what": LACKING, "count": 1}]


def test_of_a_page_that_is_read_well_nothing_stands_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A third of the main text, and 500 characters, must lie in lines of prose that it does not hold."""
    for profile in PROFILES:
        assert read(f"{MENU}{article()}{COMMENTS}{FOOTER}", profile)["whole"] is None
    assert lacking(f"{BRIDGE}\n\n{FERRY}\n\n" + RUSSIAN * 30, monkeypatch)["whole"].null_count
    assert lacking("\n\n".join([BRIDGE, FERRY, *PROSE[:3]]), monkeypatch)["whole"].null_count  # under 500 are lacking


def test_a_line_of_which_the_main_text_has_one_end_is_not_lacking(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers of pages drop marks of notes and links from lines."""
    for cut in ([one[:-9] for one in PROSE], [one[9:] for one in PROSE]):
        assert lacking("\n\n".join([BRIDGE, FERRY, *cut]), monkeypatch)["whole"].null_count


def test_nothing_is_compared_with_the_whole_page() -> None:
    """It is for looking things up: tables are those that they were without it."""
    rows = [{"doc": "a", "text": f"{BRIDGE} {FERRY}"}, {"doc": "b", "text": f"{BRIDGE} {FERRY} It is so."}]
    bare = st.trace(pa.Table.from_pylist(rows))
    more = st.trace(pa.Table.from_pylist([row | {"whole": f"{RUSSIAN} {n}"} for n, row in enumerate(rows)]))
    assert more.documents["whole"].to_pylist() == [f"{RUSSIAN} 0", f"{RUSSIAN} 1"]
    for schema in schemas.TABLES[1:]:
        assert getattr(more, schema.name).equals(getattr(bare, schema.name)), schema.name


def test_a_library_from_before_that_column_is_read_and_added_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files stay as they are until they are written anew."""
    older = replace(
        schemas.HELD_DOCUMENTS, columns=tuple(one for one in schemas.HELD_DOCUMENTS.columns if one.name != "whole")
    )
    with monkeypatch.context() as before:
        before.setattr(schemas, "HELD_DOCUMENTS", older)
        st.Library(tmp_path / "held").add(st.Text(f"{BRIDGE} {FERRY}", doc="a"))
    held = st.Library(tmp_path / "held")
    assert "whole" not in pq.read_schema(next((tmp_path / "held").rglob("documents/**/*.parquet"))).names
    assert held.documents["whole"].to_pylist() == [None]
    table = pa.table({"doc": ["b"], "text": [f"{BRIDGE} {FERRY} It is so."], "whole": ["all of it"]})
    held.add(table)
    assert held.find("a").matches.num_rows == 1
    held.check()
    held.compact()
    held.check()
    assert st.Library(tmp_path / "held").documents["whole"].to_pylist() == [None, "all of it"]
    files = [pq.read_schema(file).names for file in (tmp_path / "held").rglob("documents/**/*.parquet")]
    assert all("whole" in names for names in files)
