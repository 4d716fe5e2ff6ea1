# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What callers send, as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Required, TypedDict

from .enums import CheckoutOutcome, Credits, DataRight, MessageRole, Scope


class AdvanceClockParam(TypedDict, total=False):
    """How far to move the clock."""

    advance: Required[str]
    """An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the calendar from the
    sandbox's present. `PT0S` moves nothing and runs what is due.
    """


class AnnounceCheckoutParam(TypedDict, total=False):
    """What to announce of a purchase."""

    outcome: Required[CheckoutOutcome]
    event: str
    """The id of the processor's event. Absent: a new one. The id of an earlier event delivers
    that event again, which changes nothing.
    """


class CreateDataRequestParam(TypedDict, total=False):
    """What you ask for."""

    type: Required[DataRight]
    """`access`: a copy of everything. `erasure`: the account and all its data go, for good."""
    statement: str
    """Anything that you want to say about it."""


class CreateGenerationParam(TypedDict, total=False):
    """What to make, and under which conditions."""

    model: Required[str]
    """Id or alias of a model; `GET /v1/models` lists them."""
    input: Required[GenerationInputParam]
    max_cost: Credits
    """Refuse the request if it could cost more than this."""
    deadline: datetime | str
    """Expire, uncharged, what has not ended by then."""
    regions: Sequence[str]
    """ISO 3166 codes of the countries in which it may be processed; others are refused."""
    metadata: Mapping[str, str]
    """Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
    filter by it.
    """
    end_user: str
    """Your own stable name for the person on whose behalf you ask; a pseudonym will do."""
    saved: bool
    """Keep the outputs beyond the operator's usual time."""


class CreateKeyParam(TypedDict, total=False):
    """An API key to make."""

    name: Required[str]
    """What the key is for, in your own words."""
    scopes: Required[Sequence[Scope]]
    """What the key may do. With an API key you can give only scopes that it has itself."""
    livemode: bool
    """Whether the key reaches paid providers and spends live credits. By default it is like the
    key that makes it; a session makes live keys, in a sandbox test keys.
    """
    expires_at: datetime | str
    """When the key ends by itself. By default it ends with the key that makes it, or never."""


class CreatePurchaseParam(TypedDict, total=False):
    """What to buy, and where the buyer goes afterwards."""

    offer: Required[str]
    """The id of an offer: see `GET /v1/offers`."""
    processor: str
    """Who takes the money. Absent: the operator's first choice."""
    currency: str
    """One of the currencies in which the offer is priced. Absent: that of its first price."""
    success_url: Required[str]
    """Where the processor sends the buyer after paying: an `http` or `https` URL of yours. That
    someone arrives there proves no payment: ask for the purchase.
    """
    cancel_url: Required[str]
    """Where the processor sends a buyer who turned back: an `http` or `https` URL of yours."""


class GenerationInputParam(TypedDict, total=False):
    """What the model is given: one flat object. `GET /v1/models/{id}` says which of these fields
    a model takes, and their bounds.
    """

    prompt: str
    """What to make, in words."""
    negative_prompt: str
    """What to avoid, in words."""
    n: int
    """How many."""
    size: str
    """Width and height in pixels, as in `1024x1024`."""
    aspect_ratio: str
    """As in `16:9`."""
    quality: str
    format: str
    """File format, as in `png`."""
    seed: int
    """The same seed and input make the same output, where the model can. One is chosen if you
    send none.
    """
    seconds: int
    """Length of a video."""
    resolution: str
    """As in `720p`."""
    audio: bool
    """Whether a video has sound."""
    voice: str
    speed: float
    """Of speech; 1 is natural."""
    messages: Sequence[MessageParam]
    """The conversation so far, instead of a prompt."""
    max_tokens: int
    """Longest answer, in tokens."""
    temperature: float
    extra: Mapping[str, object]
    """What only one model takes."""


class LoginParam(TypedDict, total=False):
    """Who wants to sign in."""

    email: Required[str]
    password: Required[str]


class MessageParam(TypedDict, total=False):
    """A turn of a conversation."""

    role: Required[MessageRole]
    content: Required[str]


class RegisterParam(TypedDict, total=False):
    """Who wants to sign up."""

    email: Required[str]
    """A mail address that you can read."""
    password: Required[str]
    """8 to 128 characters, of any kind."""


class VerifyDataRequestParam(TypedDict, total=False):
    """The mailed code."""

    code: Required[str]
    """The eight digits of the mail."""


class VerifyEmailParam(TypedDict, total=False):
    """The mailed code."""

    email: Required[str]
    code: Required[str]
    """The eight digits of the mail."""
