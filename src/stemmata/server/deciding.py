"""What people decide about documents: listed for everybody, and taken where the server was told to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from stemmata.library import Library
from stemmata.report.register import KINDS
from stemmata.room import decisions
from stemmata.room.site import render
from stemmata.rulings import LIMITS, VERBS, Ruling, read_rulings
from stemmata.server import models
from stemmata.server.routes import At, Here
from stemmata.server.shelves import Shelf

router = APIRouter()
REFUSED = "decisions are not taken here: the server was started without --allow-decisions"
Verb = Literal[*VERBS]  # type: ignore[valid-type]
Name = Annotated[str, Field(max_length=4_000)]


class Decision(BaseModel):
    """What somebody decides."""

    model_config = ConfigDict(extra="forbid")

    verb: Verb
    a: Name = Field(min_length=1, description="A document.")
    b: Name = Field("", description="Another, where the decision is about two.")
    value: Name = Field("", description="Of relabel the kind, of confirm the document that is the copy.")
    note: str = Field("", max_length=LIMITS["note"])
    who: str = Field(min_length=1, max_length=LIMITS["by"], pattern=r"\S", description="Who decides.")


class DecisionForm(BaseModel):
    """The same in a form, with the page on which that stands; what is still blank is asked for."""

    model_config = ConfigDict(extra="forbid")

    verb: Literal["", *VERBS] = ""  # type: ignore[valid-type]
    a: Name = Field(min_length=1, description="A document.")
    b: Name = Field("", description="Another, where the decision is about two.")
    copy_: Name = Field("", alias="copy", description="The document that is the copy; counts with confirm.")
    kind: Literal["", *KINDS] = Field("", description="Counts with relabel.")  # type: ignore[valid-type]
    note: str = Field("", max_length=LIMITS["note"])
    who: str = Field("", max_length=LIMITS["by"], description="Who decides.")
    back: Literal["decisions", "pair", "document", "family"] = "decisions"
    family: Name = Field("", description="Of the page, where it is that of a family.")


class DecisionMade(BaseModel):
    """A decision that was written down."""

    when: str = Field(description="ISO 8601, UTC.")
    by: str
    verb: Verb
    a: str
    b: str
    value: str
    note: str


class DecisionListed(DecisionMade):
    """A decision, and whether it holds."""

    end: Literal["", "withdrawn", "replaced"] = Field(description="How it came to hold no more; empty where it holds.")


@router.get("/decisions", response_class=HTMLResponse, tags=["pages"])
def decisions_page(at: At, here: Here, page: models.Page = 1) -> HTMLResponse:
    """Show what people decided."""
    path = at.library()
    told = decisions.tell(read_rulings(path), Library(path).ids, page)
    return HTMLResponse(render("room_decisions.html.jinja", here, "decisions", twin="decisions.json", **told))


@router.get("/decisions.json", tags=["data"])
def decisions_twin(at: At) -> list[DecisionListed]:
    """List what people decided, in the order in which they did."""
    return [DecisionListed(**row) for row in decisions.twin(read_rulings(at.library()))]


@router.post("/decisions", tags=["pages"], status_code=303, response_class=RedirectResponse)
def decide(at: At, sent: Annotated[DecisionForm, Form()]) -> Response:
    """Write a decision down, and lead back to the page on which it was made; where something is blank, ask for it."""
    given = decisions.Form(**sent.model_dump(by_alias=True), sent=True)
    _may_decide(at)
    if given.faults:
        return HTMLResponse(render("room_decide.html.jinja", at.site(), "decisions", given=given, kinds=KINDS), 422)
    made = _decided(at, given.verb, [given.a, given.b], given.value, given.who, given.note)
    return RedirectResponse(given.page(decisions.number(read_rulings(at.library()), made)), 303)


@router.post("/decisions.json", tags=["data"], status_code=201)
def make_decision(at: At, decision: Decision) -> DecisionMade:
    """Write a decision down; it counts once the tables are worked out anew."""
    _may_decide(at)
    docs = [decision.a, decision.b]
    return DecisionMade(**asdict(_decided(at, decision.verb, docs, decision.value, decision.who, decision.note)))


def _may_decide(at: Shelf) -> None:
    at.library()
    if not at.site().may_decide:
        raise HTTPException(403, REFUSED)


def _decided(at: Shelf, verb: str, docs: Sequence[str], value: str, who: str, note: str) -> Ruling:
    made = Library(at.library()).decide(verb, *filter(None, docs), value=value, by=who.strip(), note=note)
    at.look()
    return made
