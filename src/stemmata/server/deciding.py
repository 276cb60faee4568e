"""What people decide about documents: listed for everybody, and taken where the server was told to."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Literal

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from stemmata.library import Library
from stemmata.report.links import address
from stemmata.room import decisions
from stemmata.room.site import render
from stemmata.rulings import LIMITS, VERBS, Ruling, read_rulings
from stemmata.server import models
from stemmata.server.routes import At
from stemmata.server.shelves import Shelf

router = APIRouter()
REFUSED = "decisions are not taken here: the server was started without --allow-decisions"
VALUED = ("confirm", "relabel")
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
    who: str = Field("", max_length=LIMITS["by"], description="Who decides; by default the user of the system.")


class DecisionForm(Decision):
    """The same in a form, with the page on which that stands."""

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
def decisions_page(at: At, page: models.Page = 1) -> HTMLResponse:
    """Show what people decided."""
    path = at.library()
    told = decisions.tell(read_rulings(path), Library(path).ids, page)
    return HTMLResponse(render("room_decisions.html.jinja", at.site(), "decisions", twin="decisions.json", **told))


@router.get("/decisions.json", tags=["data"])
def decisions_twin(at: At) -> list[DecisionListed]:
    """List what people decided, in the order in which they did."""
    return [DecisionListed(**row) for row in decisions.twin(read_rulings(at.library()))]


@router.post("/decisions", tags=["pages"], status_code=303, response_class=RedirectResponse)
def decide(at: At, decision: Annotated[DecisionForm, Form()]) -> RedirectResponse:
    """Write a decision down, and lead back to the page on which it was made."""
    if decision.verb not in VALUED:  # the form has one field for all
        decision = decision.model_copy(update={"value": ""})
    _decided(at, decision)
    return RedirectResponse(_page(decision), 303)


@router.post("/decisions.json", tags=["data"], status_code=201)
def make_decision(at: At, decision: Decision) -> DecisionMade:
    """Write a decision down; it counts once the tables are worked out anew."""
    return DecisionMade(**asdict(_decided(at, decision)))


def _decided(at: Shelf, decision: Decision) -> Ruling:
    path = at.library()
    if not at.site().may_decide:
        raise HTTPException(403, REFUSED)
    docs = [doc for doc in (decision.a, decision.b) if doc]
    made = Library(path).decide(decision.verb, *docs, value=decision.value, by=decision.who, note=decision.note)
    at.look()
    return made


def _page(decision: DecisionForm) -> str:
    """Return the address of a page of the room, made here of ids: none is taken from the request."""
    if decision.back == "pair" and decision.b:
        return address("pair", source=decision.a, copy=decision.b)
    if decision.back == "family" and decision.family:
        return address("family", id=decision.family)
    return address("document", id=decision.a) if decision.back == "document" else "decisions"
