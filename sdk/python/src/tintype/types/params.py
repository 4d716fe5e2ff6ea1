# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What callers send, as dictionaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Required, TypedDict

from .enums import CapPeriod, CheckoutOutcome, Credits, DataRight, EventType, MessageRole, Scope


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


class BatchGenerationParam(TypedDict, total=False):
    """One of a batch."""

    reference: str
    """Your own name for it, which comes back with its result. No two of a batch may have the
    same.
    """
    model: Required[str]
    """Id or alias of a model; `GET /v1/models` lists them."""
    input: Required[GenerationInputParam]
    max_cost: Credits
    """Refuse the request if it could cost more than this."""
    deadline: datetime | str
    """Expire, uncharged, what has not ended by then."""
    regions: Sequence[str]
    """ISO 3166 codes of the countries in which it may be processed; others are refused."""
    webhook_url: str
    """An `https` address to which this generation's events are sent, besides your endpoints;
    signed with the secret of `GET /v1/webhook-endpoints/default-secret`.
    """
    webhook_events: Sequence[EventType]
    """The types that `webhook_url` is sent; how it ended, if absent."""
    metadata: Mapping[str, str]
    """Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
    filter by it.
    """
    end_user: str
    """Your own stable name for the person on whose behalf you ask; a pseudonym will do."""
    saved: bool
    """Keep the outputs beyond the operator's usual time."""
    estimate_id: str
    """An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    are by now.
    """


class BeginLinkParam(TypedDict, total=False):
    """A provider to link to your account."""

    provider: Required[str]
    """The provider's name."""
    redirect_uri: Required[str]
    """Where the browser comes back to; one that the operator allows."""
    code_challenge: Required[str]
    """The SHA-256 of a random `code_verifier`, in URL-safe base64 without padding (RFC 7636,
    S256).
    """
    state: str
    """Comes back to your app as it is."""


class CapLimitParam(TypedDict, total=False):
    """The most that a key may spend in a period."""

    period: Required[CapPeriod]
    limit: Required[Credits]


class ChangePasswordParam(TypedDict, total=False):
    """The password up to now, and the one from now on."""

    current_password: Required[str]
    new_password: Required[str]
    """8 to 128 characters, of any kind. What everyone would guess is refused."""


class CreateBatchParam(TypedDict, total=False):
    """What to make together."""

    generations: Required[Sequence[BatchGenerationParam]]
    """What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if
    you like.
    """
    max_cost: Credits
    """Refuse the batch if all of it together could cost more than this."""
    metadata: Mapping[str, str]
    """Your own data about the batch: up to 50 keys with texts of up to 500 characters."""


class CreateDataRequestParam(TypedDict, total=False):
    """What you ask for."""

    type: Required[DataRight]
    """`access`: a copy of everything. `erasure`: the account and all its data go, for good."""
    statement: str
    """Anything that you want to say about it."""


class CreateEstimateParam(TypedDict, total=False):
    """What is to be estimated."""

    generations: Required[Sequence[CreateGenerationParam]]
    """Bodies as for `POST /v1/generations`."""


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
    webhook_url: str
    """An `https` address to which this generation's events are sent, besides your endpoints;
    signed with the secret of `GET /v1/webhook-endpoints/default-secret`.
    """
    webhook_events: Sequence[EventType]
    """The types that `webhook_url` is sent; how it ended, if absent."""
    metadata: Mapping[str, str]
    """Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
    filter by it.
    """
    end_user: str
    """Your own stable name for the person on whose behalf you ask; a pseudonym will do."""
    saved: bool
    """Keep the outputs beyond the operator's usual time."""
    estimate_id: str
    """An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices
    are by now.
    """


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
    caps: Sequence[CapLimitParam]
    """The most that the key may spend, one cap a period. A key with caps gives them to the keys
    that it makes, unless they get lower ones, and what those spend counts for it too.
    """


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


class CreateWebhookEndpointParam(TypedDict, total=False):
    """An endpoint to make."""

    url: Required[str]
    """An `https` address on the public internet."""
    description: str
    """What it is for, in your own words."""
    events: Sequence[EventType]
    """The types of events to send; all, if absent."""


class ForgotPasswordParam(TypedDict, total=False):
    """Whose password is forgotten."""

    email: Required[str]


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


class RedeemCodeParam(TypedDict, total=False):
    """The code that came back to your app, and the secret behind the challenge."""

    code: Required[str]
    """The `code` in the address that the browser came back to."""
    code_verifier: Required[str]
    """What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636)."""


class RefreshParam(TypedDict, total=False):
    """What is exchanged."""

    refresh_token: Required[str]
    """The `refresh_token` of the last answer."""


class RegisterParam(TypedDict, total=False):
    """Who wants to sign up."""

    email: Required[str]
    """A mail address that you can read."""
    password: Required[str]
    """8 to 128 characters, of any kind. What everyone would guess is refused."""


class ReplayWebhooksParam(TypedDict, total=False):
    """What to send again: one event, or all of a range."""

    event_id: str
    """One event, whether the endpoint wanted it or not."""
    after: datetime | str
    """Or all events that the endpoint wants from this time on,"""
    before: datetime | str
    """until before this time; until now, if absent."""


class ResetPasswordParam(TypedDict, total=False):
    """The mailed code, and the password from now on."""

    email: Required[str]
    code: Required[str]
    """The eight digits of the mail."""
    password: Required[str]
    """8 to 128 characters, of any kind. What everyone would guess is refused."""


class RotateWebhookSecretParam(TypedDict, total=False):
    """How a secret is replaced."""

    grace_seconds: int
    """For how long the old secret signs too: up to 7 days."""


class UpdateWebhookEndpointParam(TypedDict, total=False):
    """What to change; what is absent stays."""

    url: str
    """An `https` address on the public internet."""
    description: str
    events: Sequence[EventType]
    """The types of events to send; none: all."""
    enabled: bool
    """`false` stops sending; `true` begins again, with what still waits."""


class VerifyDataRequestParam(TypedDict, total=False):
    """The mailed code."""

    code: Required[str]
    """The eight digits of the mail."""


class VerifyEmailParam(TypedDict, total=False):
    """The mailed code."""

    email: Required[str]
    code: Required[str]
    """The eight digits of the mail."""
