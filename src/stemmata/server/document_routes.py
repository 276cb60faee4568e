"""The pages on documents, one and all, and their twins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from stemmata.report.links import address
from stemmata.room import document, documents
from stemmata.server import models
from stemmata.server.models import listed, single
from stemmata.server.routes import At, Here, Id, show

router = APIRouter()


@router.get("/documents", response_class=HTMLResponse, tags=["pages"])
def documents_page(at: At, asked: Annotated[listed.DocumentsWanted, Query()]) -> HTMLResponse:
    """Show documents, searched and filtered."""
    twin = address("documents.json", **asked.model_dump(exclude_defaults=True))
    told = documents.tell(at.room(), documents.Wanted(**asked.model_dump()))
    return show(at.site(), "room_documents.html.jinja", "documents", twin, told)


@router.get("/documents.json", tags=["data"])
def documents_twin(at: At, asked: Annotated[listed.DocumentsWanted, Query()]) -> listed.Documents:
    """List documents, searched and filtered."""
    return listed.Documents(**documents.twin(at.room(), documents.Wanted(**asked.model_dump())))


@router.get("/document", response_class=HTMLResponse, tags=["pages"])
def document_page(at: At, here: Here, id: Id, page: models.Page = 1) -> HTMLResponse:  # noqa: A002
    """Show one document: where its parts come from, and what else is like it."""
    told = document.tell(at.room(), id, page)
    return show(here, "room_document.html.jinja", "documents", address("document.json", id=id), told)


@router.get("/document.json", tags=["data"])
def document_twin(at: At, id: Id, text: bool = False) -> single.DocumentPage:  # noqa: A002
    """Give what is known of a document; with its text if that is asked for."""
    return single.DocumentPage(**document.twin(at.room(), id, text))


@router.get("/skipped", response_class=HTMLResponse, tags=["pages"])
def skipped_page(at: At, page: models.Page = 1) -> HTMLResponse:
    """Show what was not read, and why."""
    twin = address("skipped.json", page=page)
    return show(at.site(), "room_skipped.html.jinja", "documents", twin, documents.tell_skipped(at.room(), page))


@router.get("/skipped.json", tags=["data"])
def skipped_twin(at: At, page: models.Page = 1) -> listed.Skipped:
    """List what was not read, and why."""
    return listed.Skipped(**documents.twin_skipped(at.room(), page))
