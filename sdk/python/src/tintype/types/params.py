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


class AgreementParam(TypedDict, total=False):
    """What the person answered; what is not asked need not be sent."""

    birth_date: str
    """The day of birth. Looked at, and not kept."""
    confirmed_age: int
    """"I am at least so old." """
    country: str
    """Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept."""
    accepted_policy: str
    """The version of the policy that the person accepts."""


class AnnounceCheckoutParam(TypedDict, total=False):
    """What to announce of a purchase."""

    outcome: Required[CheckoutOutcome]
    event: str
    """The id of the processor's event. Absent: a new one. The id of an earlier event delivers
    that event again, which changes nothing.
    """
    dispute: str
    """Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A
    dispute that is settled stays so; another id opens another.
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
    signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    `generations:read`, too.
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


class ChangeEmailParam(TypedDict, total=False):
    """Another mail address."""

    email: Required[str]
    """A mail address that you can read."""


class ChangePasswordParam(TypedDict, total=False):
    """The password up to now, and the one from now on."""

    current_password: Required[str]
    new_password: Required[str]
    """8 to 128 characters, of any kind. What everyone would guess is refused."""


class ConfirmEmailParam(TypedDict, total=False):
    """The code that was mailed to the new address."""

    code: Required[str]
    """The code in the mail. Dashes and capitals don't matter."""


class ConfirmTotpParam(TypedDict, total=False):
    """The first code of an authenticator app."""

    totp_code: Required[str]
    """The six digits that the app shows."""


class CreateBatchParam(TypedDict, total=False):
    """What to make together."""

    generations: Required[Sequence[BatchGenerationParam]]
    """What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if
    you like.
    """
    max_cost: Credits
    """Refuse the batch if all of it together could cost more than this."""
    webhook_url: str
    """An `https` address to which this batch's events are sent, besides your endpoints; signed
    with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    `generations:read`, too.
    """
    webhook_events: Sequence[EventType]
    """The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are
    sent of each that has no `webhook_url` of its own.
    """
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
    signed with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
    `generations:read`, too.
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
    models: Sequence[str]
    """The only models that the key may ask for, by id or alias. By default those of the key that
    makes it, or any.
    """
    ip_allow: Sequence[str]
    """The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such
    as `203.0.113.0/24`. By default those of the key that makes it, or any.
    """
    expires_at: datetime | str
    """When the key ends by itself. By default it ends with the key that makes it, or never."""
    caps: Sequence[CapLimitParam]
    """The most that the key may spend, one cap a period. A key with caps gives them to the keys
    that it makes, unless they get lower ones. What keys spend counts for the key that made them,
    too.
    """
    rate: KeyRateLimitsParam
    """Limits of the key's own, below the server's. By default those of the key that makes it, or
    the server's.
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


class KeyRateLimitsParam(TypedDict, total=False):
    """Limits of a key's own; absent: the server's."""

    requests_per_minute: int
    """Requests a minute, counted in each process of the server."""
    concurrent_generations: int
    """Generations that have not ended. Those of a batch wait until there is room."""


class LeakedSecretParam(TypedDict, total=False):
    """A secret that was found."""

    secret: Required[str]
    """The whole secret, as it was found: `tt_live_…` or `tt_test_…`."""
    url: str
    """Where it was found. The key's owner is told."""


class LoginParam(TypedDict, total=False):
    """Who wants to sign in."""

    email: Required[str]
    password: Required[str]
    totp_code: str
    """The six digits of the authenticator app, where the account has one."""
    recovery_code: str
    """Instead of `totp_code`, for whoever lost the app: each counts once."""


class MessageParam(TypedDict, total=False):
    """A turn of a conversation."""

    role: Required[MessageRole]
    content: Required[str]


class ProofParam(TypedDict, total=False):
    """A proof that it is you: one of the three."""

    password: str
    totp_code: str
    """The six digits that your authenticator app shows."""
    recovery_code: str
    """One of your recovery codes, which is used up by it."""


class ReactivateParam(TypedDict, total=False):
    """Whose account is to be opened again."""

    email: Required[str]
    password: Required[str]
    totp_code: str
    """The six digits of the authenticator app, where the account has one."""
    recovery_code: str
    """Instead of `totp_code`, for whoever lost the app: each counts once."""


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
    birth_date: str
    """The day of birth, if `auth.requirements` asks for it. Looked at, and not kept."""
    confirmed_age: int
    """"I am at least so old", if `auth.requirements` asks for that."""
    country: str
    """Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept."""
    accepted_policy: str
    """The version of the policy that the person accepts, if `auth.requirements` names one."""


class ReplayWebhooksParam(TypedDict, total=False):
    """What to send again: one event, or all of a range."""

    event_id: str
    """One event, whether the endpoint wanted it or not."""
    after: datetime | str
    """Or all events that the endpoint wants from this time on,"""
    before: datetime | str
    """until before this time; until now, if absent."""


class ReportLeaksParam(TypedDict, total=False):
    """Secrets that were found where others can read them."""

    leaks: Required[Sequence[LeakedSecretParam]]


class ResetPasswordParam(TypedDict, total=False):
    """The mailed code, and the password from now on."""

    email: Required[str]
    code: Required[str]
    """The code in the mail. Dashes and capitals don't matter."""
    password: Required[str]
    """8 to 128 characters, of any kind. What everyone would guess is refused."""


class RotateKeyParam(TypedDict, total=False):
    """How a secret is replaced."""

    grace_seconds: int
    """For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once.
    If it leaked and the key has the scope `keys:write`, report it instead: whoever found it may
    have made keys of their own.
    """


class RotateWebhookSecretParam(TypedDict, total=False):
    """How a secret is replaced."""

    grace_seconds: int
    """For how long the old secret signs too: up to 7 days."""


class SetConsentParam(TypedDict, total=False):
    """Yes or no."""

    granted: Required[bool]


class SignInParam(TypedDict, total=False):
    """The code of a sign-in, with the second factor where the account has one."""

    code: Required[str]
    """The `code` in the address that the browser came back to."""
    code_verifier: Required[str]
    """What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636)."""
    totp_code: str
    """The six digits of the authenticator app, where the account has one."""
    recovery_code: str
    """Instead of `totp_code`, for whoever lost the app: each counts once."""


class UpdateAccountParam(TypedDict, total=False):
    """What to change; what is absent stays."""

    display_name: str
    """An empty text takes it away. Refused where the service keeps no names."""
    language: str
    """Of mails: `en`, `de`, or another that the service writes. An empty text: the service's
    own.
    """


class UpdateKeyParam(TypedDict, total=False):
    """What to change; what is absent stays."""

    name: str
    scopes: Sequence[Scope]
    """All scopes that the key shall have."""
    models: Sequence[str] | None
    """The only models that the key may ask for; null: any."""
    ip_allow: Sequence[str] | None
    """The only addresses and networks that the key may be used from; null: any."""
    expires_at: datetime | str | None
    """When the key ends by itself; null: never."""
    caps: Sequence[CapLimitParam]
    """All caps that the key shall have; an empty list takes them away. What it and the keys that
    it made spent before counts.
    """
    rate: KeyRateLimitsParam | None
    """Limits of the key's own, both anew; null: the server's."""


class UpdateWebhookEndpointParam(TypedDict, total=False):
    """What to change; what is absent stays."""

    url: str
    """An `https` address on the public internet."""
    description: str
    events: Sequence[EventType]
    """The types of events to send; none: all."""
    enabled: bool
    """`false` stops sending; `true` begins again, with what still waits and what happens from
    then on.
    """


class VerifyDataRequestParam(TypedDict, total=False):
    """The mailed code."""

    code: Required[str]
    """The code in the mail. Dashes and capitals don't matter."""


class VerifyEmailParam(TypedDict, total=False):
    """The attempt, and the mailed code."""

    registration: Required[str]
    """What `auth.register` answered."""
    code: Required[str]
    """The code in the mail. Dashes and capitals don't matter."""
