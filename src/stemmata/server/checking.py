"""A text is handed over, in a form or by a program, and its sources and copies are found; nothing of it is kept."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field
from python_multipart.multipart import parse_options_header
from starlette.datastructures import UploadFile

from stemmata import schemas
from stemmata.asking import Asked, Given
from stemmata.errors import OptionError, SourceError, StemmataError
from stemmata.finding import Found
from stemmata.room import check
from stemmata.room.site import Site, render
from stemmata.server import models
from stemmata.server.routes import At
from stemmata.server.turns import Turns

FIELDS = 10  # of a form, at most
UTF_8 = (b"utf-8", b"utf8")
Match, Coverage = models.row(schemas.MATCHES), models.row(schemas.COVERAGE)
router = APIRouter()
Most = Annotated[int, Field(ge=1, le=100, description="Matches that are wanted, at most.")]


class TextGiven(BaseModel):
    """A text that is to be found."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=check.LONGEST)
    title: str = Field("", max_length=1_000, description="What it is called in the answer.")
    most: Most = check.MOST


class Answer(BaseModel):
    """Where a text comes from, and who copied it."""

    doc: str = Field(description="What the text is called in the rows.")
    headline: str
    remarks: list[str]
    words: int = Field(description="Of the text.")
    documents: int = Field(description="Among which it was looked for.")
    candidates: int = Field(description="Documents that share enough to be looked at; those that share most were.")
    held: bool = Field(description="Whether it is one of them itself, under this id.")
    held_as: list[str] = Field(description="Other ids under which its very text is among them.")
    matches: list[Match]  # type: ignore[valid-type]
    coverage: list[Coverage]  # type: ignore[valid-type]
    relations: list[models.Relation]  # type: ignore[valid-type]
    directions: list[models.Direction]  # type: ignore[valid-type]
    alignments: list[models.Alignment]  # type: ignore[valid-type]
    changes: list[models.Change]  # type: ignore[valid-type]
    notes: list[models.Note]  # type: ignore[valid-type]


class _Sent(NamedTuple):
    """What a form brought; of a file that is too large no more than shows that it is."""

    text: str = ""
    title: str = ""
    name: str = ""
    data: bytes = b""


_NOTHING = _Sent()


@router.get("/check", response_class=HTMLResponse, tags=["pages"])
def check_form(at: At) -> HTMLResponse:
    """Show the form into which a text is put."""
    if not at.site().checks:
        at.asked()  # says why nothing can be checked here
    return _form(at.site())


_FORM: dict[str, Any] = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "maxLength": check.LONGEST},
        "title": {"type": "string"},
        "file": {"type": "string", "format": "binary", "description": "In place of a text; both are refused."},
    },
}


@router.post(
    "/check",
    response_class=HTMLResponse,
    tags=["pages"],
    openapi_extra={"requestBody": {"content": {"multipart/form-data": {"schema": _FORM}}}},
)
async def check_page(at: At, request: Request) -> HTMLResponse:
    """Show where a text comes from, and who copied it."""
    asked, site = await run_in_threadpool(at.asked), at.site()
    sent = await _sent(request)

    def answered() -> HTMLResponse:
        try:
            told, links = check.tell(_found(request, asked, _given(sent), check.MOST))
        except (OptionError, SourceError) as error:
            return _form(site, sent, error)
        return HTMLResponse(render("room_answer.html.jinja", site, "check", leading=links, **told))

    return await run_in_threadpool(answered)


@router.post("/check.json", tags=["data"])
def check_twin(at: At, given: TextGiven, request: Request) -> Answer:
    """Find where a text comes from, and who copied it."""
    return Answer(**check.twin(_found(request, at.asked(), Given(given.title, given.text), given.most)))


def _found(request: Request, asked: Asked, given: Given, most: int) -> Found:
    turns: Turns = request.app.state.turns
    with turns.taken():
        return asked.find(given, most)


def _form(site: Site, sent: _Sent = _NOTHING, error: StemmataError | None = None) -> HTMLResponse:
    """Return the form, also as it was sent, with what is wrong with that."""
    told: dict[str, Any] = {"sent": sent, "error": error, "longest": check.LONGEST}
    return HTMLResponse(render("room_check.html.jinja", site, "check", **told), 422 if error else 200)


def _given(sent: _Sent) -> Given:
    """Return the text of a form, or its file."""
    if check.choose(sent.text, sent.name):
        return Given(sent.title, sent.text)
    if len(sent.data) > check.LARGEST:
        raise OptionError(f"a file of more than {check.LARGEST:,} bytes is not taken.", mend="give a smaller one.")
    return Given(sent.title or sent.name, sent.data)


async def _sent(request: Request) -> _Sent:
    """Read a form."""
    _, told = parse_options_header(request.headers.get("content-type", ""))
    if told.get(b"charset", b"utf-8").lower() not in UTF_8:  # others may take the square of a text's length to be read
        raise OptionError("the form is in another encoding than UTF-8.", mend="send it in UTF-8.")
    async with request.form(max_files=1, max_fields=FIELDS, max_part_size=4 * check.LONGEST) as form:
        file = form.get("file")
        text, title = (one if isinstance(one := form.get(name), str) else "" for name in ("text", "title"))
        if isinstance(file, UploadFile) and file.filename:
            return _Sent(text, title.strip(), file.filename, await file.read(check.LARGEST + 1))
        return _Sent(text, title.strip())
