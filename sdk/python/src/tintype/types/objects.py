# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""What the server answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from .._core.errors import FieldError
from .._core.models import APIObject
from .enums import (
    AccountStatus,
    AgeQuestion,
    BatchStatus,
    CapPeriod,
    ChargePolicy,
    Credits,
    DataAction,
    DataRequestStatus,
    DataRight,
    DeliveryStatus,
    ErrorCode,
    EventType,
    FileFault,
    FilePurpose,
    GenerationEventType,
    GenerationKind,
    GenerationStatus,
    GrantSource,
    LedgerBook,
    LedgerEntryKind,
    MessageRole,
    PriceUnit,
    PurchaseStatus,
    Scope,
    SignUpRequirement,
    TokenType,
    VerificationMethod,
)


class Account(APIObject):
    """An account."""

    id: str
    status: AccountStatus
    email: str | None
    """As it was typed."""
    email_verified_at: datetime | None
    display_name: str | None
    """What its owner wants to be called, if this service keeps names."""
    language: str | None
    """Of its mails; null: the service's own."""
    age_confirmed: int | None
    """Its owner said to be at least so old. Nothing else of the age is kept."""
    policy_accepted: str | None
    """The version of the policy that its owner accepted last."""
    policy_accepted_at: datetime | None
    pending: list[SignUpRequirement]
    """What its owner still has to answer, by `account.agree`, before the account may do
    anything. Mostly empty.
    """
    created_at: datetime
    closed_at: datetime | None
    reopen_until: datetime | None
    """Until when a closed account can be opened again with `account.reactivate`."""


class ActionTaken(APIObject):
    """One thing that was done for a request."""

    action: DataAction
    """`exported`, `missing` (it should have been exported and we could not), `deleted`,
    `cleared` (kept without personal content), `kept`, `canceled` (it was under way) or `ended`
    (it could be used until then).
    """
    table: str
    """Which rows: what a table holds and what for stands in the archive of an access request."""
    count: int
    """How many."""
    why: str | None
    """Why they are kept, where they are."""


class AgeRequirement(APIObject):
    """The age from which people may sign up."""

    minimum_age: int
    """In years, for people in the country that you named."""
    ask: AgeQuestion


class ApiKey(APIObject):
    """An API key, without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    livemode: bool
    last_four: str
    """The last four characters of the secret, to tell keys apart by."""
    old_secret: OldSecret | None
    """The secret before, if it was rotated and is still good."""
    models: list[str] | None
    """The ids of the only models that it may ask for; null: any."""
    ip_allow: list[str] | None
    """The only addresses and networks that it may be used from; null: any."""
    caps: list[KeyCap]
    """What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
    directly or not, hold for it too.
    """
    rate: KeyRate
    spent: Credits
    """What its generations cost in all, and those of the keys that it made."""
    in_flight: int
    """Its generations that have not ended, but for those of batches that wait for their turn."""
    created_at: datetime
    created_by: str | None
    """The key that made it; null when a signed-in person or the operator did, or when that was
    not written down yet.
    """
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    """Exact to a minute or so."""


class AppliedMultiplier(APIObject):
    """A multiplier that the input picked."""

    field: str
    """A field of the input."""
    value: str
    factor: Credits


class Balance(APIObject):
    """The balances of your account in the key's mode. `granted` = `available` + `held` + `spent`
    + `expired`.
    """

    available: Credits
    """What can be spent now."""
    held: Credits
    """Set aside for generations under way."""
    granted: Credits
    """All that was ever granted or bought, less refunds."""
    spent: Credits
    expired: Credits
    unit: str
    """Always `credit`."""
    livemode: bool
    """Whether these are live credits or test credits."""


class Batch(APIObject):
    """Many generations that were asked for at once: how far they are and what they cost."""

    id: str
    status: BatchStatus
    counts: BatchCounts
    progress: int
    """Hundredths of its generations that have ended."""
    cost: BatchCost
    metadata: dict[str, str]
    """Your own data, as you sent it; empty for a key without the scope `generations:read`."""
    key_id: str | None
    """The key that asked for it; null when a signed-in person did."""
    livemode: bool
    created_at: datetime
    cancel_requested_at: datetime | None
    ended_at: datetime | None
    """When the last of its generations ended."""


class BatchCost(APIObject):
    """What a batch costs. `captured` is what was charged so far."""

    held: Credits
    """Set aside when it was accepted, with one entry in the ledger: the most that it can cost."""
    captured: Credits
    """Charged for what has ended."""
    released: Credits
    """Given back by what has ended."""


class BatchCounts(APIObject):
    """How many of a batch's generations are in which state."""

    total: int
    queued: int
    running: int
    succeeded_: int = Field(alias="succeeded")
    failed: int
    canceled: int
    expired: int


class BatchResult(APIObject):
    """What became of one generation of a batch."""

    position: int
    """Its place in the request, from 0."""
    reference: str | None
    """Your own name for it."""
    generation: Generation


class BatchSnapshot(APIObject):
    """How a batch ended, without what its generations made: ask for its results."""

    id: str
    status: str
    """`ended`."""
    counts: BatchSnapshotCounts
    cost: BatchSnapshotCost
    metadata: dict[str, str] | None
    """Your own data; null where it is too long to be sent."""
    created_at: datetime
    ended_at: datetime | None
    truncated: bool | None = None
    """Present where something was left out: ask for the batch."""


class BatchSnapshotCost(APIObject):
    """What a batch cost."""

    held: Credits
    """What was set aside for it."""
    captured: Credits
    """What was charged."""
    released: Credits
    """What was given back."""


class BatchSnapshotCounts(APIObject):
    """How many of a batch's generations ended how."""

    total: int
    succeeded_: int = Field(alias="succeeded")
    failed: int
    canceled: int
    expired: int


class BatchWebhook(APIObject):
    """What is told of a batch."""

    type: EventType
    timestamp: datetime
    data: BatchSnapshot


class Blocker(APIObject):
    """Why a generation would be refused, as the error of the request would say it."""

    code: ErrorCode
    detail: str
    """What to do about it."""
    errors: list[FieldError] | None = None
    """What is wrong with the generation, one by one; pointers begin at its own body."""
    context: dict[str, object] | None = None
    """What else the error would say: `required`, `available`, `replaced_by`…"""


class Consent(APIObject):
    """Something that an owner may agree to, and need not."""

    purpose: str
    """`marketing`, for news by mail, or another that the operator names."""
    text: str
    """The words to show."""
    version: str
    """Of these words."""
    granted: bool
    changed_at: datetime | None
    """When it was given or withdrawn last; null: never asked."""
    history: list[ConsentChange]
    """What was said before, newest first; 100 at most."""


class ConsentChange(APIObject):
    """A time that the owner agreed, or took it back."""

    granted: bool
    version: str
    """Of the words at that time."""
    given_by: str
    """The id of the key or session, or `link` for the one in a mail."""
    created_at: datetime


class Consents(APIObject):
    """All that an owner may agree to."""

    data: list[Consent]


class Cost(APIObject):
    """What a generation costs. `captured` is what was charged."""

    estimated: Credits
    """The most that it can cost."""
    held: Credits
    """Set aside when it was admitted."""
    captured: Credits
    """Charged when it ended."""
    released: Credits
    """Given back when it ended."""
    price_version: str
    """The price list that it was admitted under."""


class CreatedKey(APIObject):
    """An API key with its secret. This is the only time that the secret is shown."""

    id: str
    name: str
    scopes: list[Scope]
    livemode: bool
    secret: str
    """What to send as `Authorization: Bearer`. Keep it where only your programs can read it."""
    last_four: str
    """The last four characters of the secret, to tell keys apart by."""
    old_secret: OldSecret | None
    """The secret before, if it was rotated and is still good."""
    models: list[str] | None
    """The ids of the only models that it may ask for; null: any."""
    ip_allow: list[str] | None
    """The only addresses and networks that it may be used from; null: any."""
    caps: list[KeyCap]
    """What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
    directly or not, hold for it too.
    """
    rate: KeyRate
    spent: Credits
    """What its generations cost in all, and those of the keys that it made."""
    in_flight: int
    """Its generations that have not ended, but for those of batches that wait for their turn."""
    created_at: datetime
    created_by: str | None
    """The key that made it; null when a signed-in person or the operator did, or when that was
    not written down yet.
    """
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None
    """Exact to a minute or so."""


class CreatedWebhookEndpoint(APIObject):
    """An endpoint with its secret. This is the only time that the secret is shown."""

    id: str
    url: str
    description: str
    events: list[EventType]
    """The types that are sent; empty: all."""
    secret: str
    """Verifies what you receive. Keep it where only your programs can read it."""
    old_secret_until: datetime | None
    """Until when the secret before this one signs too."""
    livemode: bool
    created_at: datetime


class DataArchive(APIObject):
    """The archive of an access request."""

    file_id: str
    content_type: str
    bytes: int
    """Size in bytes."""
    sha256: str
    """SHA-256 of the archive, in hex."""
    url: str
    """Where to download it, with credentials."""
    expires_at: datetime
    """When it is removed."""


class DataReceipt(APIObject):
    """What was done for a request about personal data, and when. It names no person."""

    id: str
    """The request's id."""
    type: DataRight
    account_id: str
    """The account that it was about."""
    controller: str
    """Who answers for the data."""
    contact: str
    """Where they are reached."""
    received_at: datetime
    verified_at: datetime
    due_at: datetime
    """Until when it had to be fulfilled."""
    fulfilled_at: datetime
    """When it was, or as far as it could be."""
    status: DataRequestStatus
    """`fulfilled` or `partially_fulfilled`."""
    actions: list[ActionTaken]
    """What was done, table by table."""
    missing: list[MissingFile]
    """What an access request's copy lacks by a fault of ours: the first 100 files."""
    jws: str
    """The fields above once more, signed: a JWS in compact form, with `alg` `EdDSA`. To verify
    it, take the key that `kid` names from `/.well-known/jwks.json` of this server; any JOSE
    library does it.
    """


class DataRequest(APIObject):
    """A request about the personal data of your account."""

    id: str
    type: DataRight
    """`access`: a copy of everything. `erasure`: the account and all its data go, for good."""
    status: DataRequestStatus
    """`awaiting_verification` until the mailed code is entered; `in_progress` until the work is
    done; then `fulfilled`, or `partially_fulfilled` if our storage has lost files that the copy
    should hold. It is `withdrawn` or `expired` if it was never confirmed. More statuses may
    come.
    """
    statement: str | None
    """What you wrote about it."""
    reason: str | None
    """Why it was not fulfilled, where that needs words."""
    received_at: datetime
    due_at: datetime
    """Until when it has to be fulfilled."""
    ended_at: datetime | None
    """When it was fulfilled, withdrawn or expired."""
    verification: DataVerification
    actions: list[ActionTaken]
    """What was done so far."""
    missing: list[MissingFile]
    """The files that the archive should hold and does not, by a fault of ours: the first 100 of
    them. The archive's `about.json` names all, and `actions` says how many. Ask for another copy
    later: some may have been found.
    """
    result: DataArchive | None
    """The archive, once an access request is fulfilled, wholly or partially, and until the
    archive expires.
    """
    receipt: str | None
    """Opens the receipt once the request is fulfilled. The link needs no credentials and does
    not expire: keep it before you confirm an erasure, which ends all keys and sessions. Null for
    a request that ended unfulfilled.
    """
    livemode: bool
    """The mode of the credentials that made it, which are needed to see it. The request itself
    is about both modes.
    """


class DataVerification(APIObject):
    """Whether and how a request was confirmed."""

    method: VerificationMethod
    expires_at: datetime | None
    """Until when the code can be entered; null once the request waits for none."""
    verified_at: datetime | None


class EmailChange(APIObject):
    """What happens next. It is the same for every address."""

    email: str
    """The address that a mail is on its way to."""
    code_expires_at: datetime
    """Until when the code in it can be used."""


class EndpointSnapshot(APIObject):
    """Which endpoint it is."""

    id: str
    url: str
    reason: str | None = None
    """Why it was disabled: `failing` or `gone`."""
    since: datetime | None = None
    """Since when it failed."""


class EndpointWebhook(APIObject):
    """What is told of an endpoint."""

    type: EventType
    timestamp: datetime
    data: EndpointSnapshot


class Estimate(APIObject):
    """What generations would cost, at prices that hold until `expires_at` for requests with this
    `estimate_id`.
    """

    id: str
    admissible: bool
    """Whether all of them, asked for in this order, would be accepted now."""
    min: Credits | None
    """The least that they cost together if all succeed; null beyond the largest amount of
    credits.
    """
    max: Credits | None
    """The most that they can cost together; null beyond the largest amount of credits."""
    available: Credits
    """What could be spent when this was estimated."""
    generations: list[EstimatedGeneration]
    """In the order of the request."""
    livemode: bool
    created_at: datetime
    expires_at: datetime
    """Until then a generation with this `estimate_id` is priced as it is here."""


class EstimateLine(APIObject):
    """A line of the price: `quantity` units at `credits`, times the multipliers."""

    unit: PriceUnit
    quantity: int
    """How many images, seconds, characters or tokens at most."""
    credits: Credits
    """For one unit: one image or second, 1,000 characters or tokens."""
    multipliers: list[AppliedMultiplier]
    subtotal: Credits


class EstimatedGeneration(APIObject):
    """What a generation would cost, and what stands against it."""

    model: str
    """As you asked for it: an id or an alias."""
    model_resolved_: str | None = Field(alias="model_resolved")
    """The id of the model that would run; null if none would."""
    price_version: str | None
    """The price list that it is estimated by."""
    min: Credits | None
    """The least that it costs if it succeeds; whatever fails costs nothing. Null without a
    price.
    """
    max: Credits | None
    """The most that it can cost: so much is held. Null without a price."""
    lines: list[EstimateLine]
    """How `max` comes about."""
    blockers: list[Blocker]
    """Why it would be refused; empty if it would be accepted."""


class Event(APIObject):
    """Something that happened."""

    id: str
    """Also the `webhook-id` of everything that is sent about it."""
    type: EventType
    subject: str
    """The id of what it happened to."""
    data: dict[str, object]
    """How the subject stood then, as in the webhook of this type, with fresh links; without your
    own words once it was erased. Without the scope that reads such a subject, its `id` and
    `status` alone.
    """
    livemode: bool
    created_at: datetime


class FileObject(APIObject):
    """A file: what a generation made."""

    id: str
    purpose: FilePurpose
    generation_id: str | None
    content_type: str
    bytes: int
    """Size in bytes."""
    sha256: str
    """SHA-256 of the file, in hex."""
    width: int | None
    """In pixels."""
    height: int | None
    """In pixels."""
    seconds: float | None
    """How long it plays."""
    url: str
    """Opens the file without a key until `expires_at`."""
    expires_at: datetime
    livemode: bool
    created_at: datetime


class Generation(APIObject):
    """A generation: what was asked, where it stands, what it made and what it cost. A key
    without the scope `generations:read` is not shown what was asked and made: `input`,
    `outputs`, `text`, `metadata` and `end_user` are empty or null in its answers.
    """

    id: str
    kind: GenerationKind
    status: GenerationStatus
    model: ModelNames
    input: GenerationInput
    """The input with the model's defaults filled in; empty once erased."""
    outputs: list[Output]
    """What it made; empty unless it succeeded."""
    text: str | None
    """What a text model answered."""
    progress: int
    """Hundredths of the way, as far as the provider tells."""
    error: GenerationError | None
    """Why it failed or expired. A generation with an error is never charged."""
    cost: Cost
    provenance: Provenance
    metadata: dict[str, str]
    """Your own data, as you sent it."""
    end_user: str | None
    """Your own name for the person on whose behalf you asked."""
    saved: bool
    """Whether its files are kept beyond the operator's usual time."""
    key_id: str | None
    """The key that asked for it; null when a signed-in person did."""
    batch_id: str | None
    """The batch that it is one of."""
    livemode: bool
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    deadline_at: datetime
    """It expires, uncharged, unless it ends before."""
    cancel_requested_at: datetime | None
    erased_at: datetime | None
    """When its content was erased; what remains is kept for the books."""

    @property
    def ended(self) -> bool:
        """Whether it has ended, in whichever way."""
        return self.ended_at is not None

    @property
    def succeeded(self) -> bool:
        """Whether it ended well."""
        return self.status == "succeeded"


class GenerationError(APIObject):
    """Why a generation came to nothing."""

    code: str
    """Stable: `content_refused`, `provider_failed`, `provider_unavailable`,
    `provider_outcome_unknown`, `deadline_exceeded`, `model_gone` or `internal_error`.
    """
    message: str


class GenerationEvent(APIObject):
    """Something that happened to a generation."""

    type: GenerationEventType
    """What happened; also the name of the event in the stream."""
    at: datetime
    """When it happened."""
    generation: Generation
    """The generation as it stands now."""


class GenerationInput(APIObject):
    """What the model is given: one flat object. `GET /v1/models/{id}` says which of these fields
    a model takes, and their bounds.
    """

    prompt: str | None = None
    """What to make, in words."""
    negative_prompt: str | None = None
    """What to avoid, in words."""
    n: int | None = None
    """How many."""
    size: str | None = None
    """Width and height in pixels, as in `1024x1024`."""
    aspect_ratio: str | None = None
    """As in `16:9`."""
    quality: str | None = None
    format: str | None = None
    """File format, as in `png`."""
    seed: int | None = None
    """The same seed and input make the same output, where the model can. One is chosen if you
    send none.
    """
    seconds: int | None = None
    """Length of a video."""
    resolution: str | None = None
    """As in `720p`."""
    audio: bool | None = None
    """Whether a video has sound."""
    voice: str | None = None
    speed: float | None = None
    """Of speech; 1 is natural."""
    messages: list[Message] | None = None
    """The conversation so far, instead of a prompt."""
    max_tokens: int | None = None
    """Longest answer, in tokens."""
    temperature: float | None = None
    extra: dict[str, object] | None = None
    """What only one model takes."""


class GenerationSnapshot(APIObject):
    """How a generation stood when it happened, without what it was asked."""

    id: str
    kind: GenerationKind
    status: GenerationStatus
    model: str
    """The model that ran."""
    batch_id: str | None
    error: SnapshotError | None
    captured: Credits
    """What was charged."""
    metadata: dict[str, str] | None
    """Your own data; null where it is too long to be sent."""
    end_user: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    outputs: list[SnapshotOutput] | None = None
    """What it made, once it succeeded, with fresh links. Null where it is too long to be sent."""
    truncated: bool | None = None
    """Present where something was left out: ask for the generation."""


class GenerationWebhook(APIObject):
    """What is told of a generation."""

    type: EventType
    timestamp: datetime
    """When it happened."""
    data: GenerationSnapshot


class Grant(APIObject):
    """A lot of credits. Lots are spent by priority, then by expiry, then by age."""

    id: str
    source: GrantSource
    reason: str
    priority: int
    """Smaller is spent first."""
    granted: Credits
    remaining: Credits
    """What can be spent now."""
    held: Credits
    spent: Credits
    expired: Credits
    refunded: Credits
    purchase_id: str | None
    created_at: datetime
    expires_at: datetime | None
    """Null: never."""


class Identities(APIObject):
    """All that are linked to the account, one a provider at most."""

    data: list[Identity]


class Identity(APIObject):
    """Who you are at a provider that you sign in with."""

    id: str
    provider: str
    """The provider's name."""
    email: str | None
    """The address that the provider vouched for at the last sign-in."""
    name: str | None
    """Null unless this service keeps names."""
    avatar_url: str | None
    """Null unless this service keeps pictures."""
    created_at: datetime
    last_used_at: datetime


class KeyCap(APIObject):
    """A cap and how it stands. A request that could exceed `limit`, on top of `used` and
    `reserved`, is refused with `spend_cap_reached`.
    """

    period: CapPeriod
    limit: Credits
    used: Credits
    """What generations cost that were admitted in this period."""
    reserved: Credits
    """Set aside for those of them that have not ended."""
    resets_at: datetime | None
    """When the next period begins; null: never."""


class KeyCapSnapshot(APIObject):
    """How much of a cap is used."""

    key_id: str
    period: CapPeriod
    percent: int
    """50, 80 or 100."""
    limit: Credits
    used: Credits
    """What was charged."""
    reserved: Credits
    """What is set aside."""
    resets_at: datetime | None


class KeyCapWebhook(APIObject):
    """What is told of a key's cap."""

    type: EventType
    timestamp: datetime
    data: KeyCapSnapshot


class KeyLeakedSnapshot(APIObject):
    """Which key was revoked, and why."""

    key_id: str
    last_four: str
    """The last four characters of the secret that was found."""
    url: str | None
    """Where it was found, if that was told."""
    descendants_revoked: int
    """How many keys were revoked with it, since it made them, directly or not."""


class KeyLeakedWebhook(APIObject):
    """What is told of a leaked key."""

    type: EventType
    timestamp: datetime
    data: KeyLeakedSnapshot


class KeyRate(APIObject):
    """Limits of a key's own, below the server's."""

    requests_per_minute: int | None
    """Requests a minute; null: the server's limit."""
    concurrent_generations: int | None
    """Generations that have not ended; null: the server's limit."""


class KeyRevocation(APIObject):
    """What became of a revoked key and of the keys that it made, directly or not."""

    id: str
    revoked_at: datetime
    descendants_revoked: int
    """How many of the keys that it made were revoked just now."""
    descendants_active: int
    """How many of the keys that it made are still good."""


class LedgerEntry(APIObject):
    """A line of the ledger: an amount moved from one balance to another. Lines are never changed
    or removed.
    """

    id: str
    kind: LedgerEntryKind
    source: LedgerBook
    """The balance that the amount left."""
    destination: LedgerBook
    """The balance that it entered."""
    amount: Credits
    available_after: Credits
    """What could be spent afterwards."""
    held_after: Credits
    """What was set aside afterwards."""
    generation_id: str | None
    batch_id: str | None
    """Of the one hold for all generations of a batch."""
    purchase_id: str | None
    grant_id: str | None
    created_at: datetime


class LinkBegun(APIObject):
    """Where linking begins."""

    url: str
    """Send the browser here."""
    expires_at: datetime
    """Until when it can be opened."""


class Message(APIObject):
    """A turn of a conversation."""

    role: MessageRole
    content: str


class MissingFile(APIObject):
    """A file that the copy should hold and that our storage lost."""

    file_id: str
    generation_id: str | None
    fault: FileFault


class Model(APIObject):
    """A model that you can generate with."""

    id: str
    """What to send as `model`."""
    kind: GenerationKind
    display_name: str
    description: str
    provider: str
    """Who runs it."""
    processing: Processing
    input_schema: dict[str, object]
    """JSON Schema 2020-12 of `input`: the very document that requests are checked against."""
    pricing: list[Price]
    price_version: str
    """The price list; a generation keeps the one that it was admitted under."""
    charge_policy: ChargePolicy
    cancelable: bool
    """Whether it can be stopped once it runs."""
    streams: bool
    """Whether what it makes can be followed while it is made."""
    p50_seconds: float | None
    """Half of the last runs here took no longer, in seconds; null before the first one."""
    p95_seconds: float | None
    """Of twenty runs here, nineteen took no longer, in seconds; null before the first one."""
    aliases: list[str]
    """Other names for it."""
    deprecated_at: datetime | None
    """When its end was announced. Calls to it carry `Deprecation` and `Sunset` headers."""
    shutdown_at: datetime | None
    """When it ends. A call after that is run by `replaced_by` if the operator decided so, else
    answered with 410 `model_gone`.
    """
    replaced_by: str | None
    """The id of the model that takes its place."""
    timeout_seconds: int
    """After so many seconds a generation expires, uncharged."""


class ModelNames(APIObject):
    """The model by the name that was asked for, and the one that ran."""

    asked: str
    """An id or alias."""
    resolved: str


class Models(APIObject):
    """All models on offer."""

    data: list[Model]


class Money(APIObject):
    """An amount of money in the minor unit of its currency: `{"amount": 900, "currency": "EUR"}`
    is nine euros.
    """

    amount: int
    """Whole minor units: cents of EUR, yen of JPY."""
    currency: str
    """ISO 4217 code in capitals."""


class OauthProvider(APIObject):
    """A provider that people can sign in with."""

    name: str
    """What to call it in requests."""
    display_name: str
    """What to write on the button."""
    start_url: str
    """Send the browser here, with `redirect_uri`, `code_challenge` and, if you like, `state` in
    the query.
    """


class OauthProviders(APIObject):
    """All providers that people can sign in with."""

    data: list[OauthProvider]


class Offer(APIObject):
    """A pack of credits for sale."""

    id: str
    """What `POST /v1/purchases` takes as `offer`."""
    display_name: str
    credits: Credits
    """How many credits it brings."""
    prices: list[Money]
    """One price a currency. The first is taken where a purchase names no currency."""
    lasts: str | None
    """How long the credits last from payment on, as an ISO 8601 period. Null: they don't expire."""


class OldSecret(APIObject):
    """The secret before a rotation, while it is still good."""

    last_four: str
    expires_at: datetime


class OpenSession(APIObject):
    """A session as its owner sees it, without tokens."""

    id: str
    device: str
    """As far as it tells what it is: `Firefox on Linux`. Empty when unknown."""
    current: bool
    """Whether it is the one that asks."""
    created_at: datetime
    """When somebody signed in."""
    last_used_at: datetime
    """When its tokens were last exchanged for new ones."""
    expires_at: datetime
    """When it ends, unless it is refreshed before."""


class Outbox(APIObject):
    """Mails, newest first."""

    data: list[OutboxMail]


class OutboxMail(APIObject):
    """A mail that a real server would have sent."""

    id: str
    template: str
    """Which text it is: `verify_email`."""
    to: str
    subject: str
    text: str
    html: str
    """The same as a page."""
    created_at: datetime
    sent_at: datetime | None
    """Null while it waits to be sent."""
    failed_at: datetime | None
    """When it was given up; null otherwise."""
    failure: str | None
    """Why it was given up: what the mail server answered, `suppressed` or `too old`."""


class Output(APIObject):
    """A file that a generation made."""

    file_id: str
    content_type: str
    bytes: int
    """Size in bytes."""
    sha256: str
    """SHA-256 of the file, in hex."""
    width: int | None
    """In pixels."""
    height: int | None
    """In pixels."""
    seconds: float | None
    """How long it plays."""
    url: str
    """Opens the file without a key until `expires_at`. Ask for the generation again to get a new
    link.
    """
    expires_at: datetime


class PasswordForgotten(APIObject):
    """What happens next. It is the same for every address."""

    email: str
    """The address that a mail is on its way to, if it has an account."""
    code_expires_at: datetime
    """Until when the code in it can be used."""


class PolicyRequirement(APIObject):
    """The policy and terms that people accept."""

    version: str
    """Send it as `accepted_policy` once the person accepted it."""
    url: str
    """Where people read it."""
    effective_at: datetime | None
    """When it takes effect; null: at once."""


class Price(APIObject):
    """A line of a price: so many credits a unit, times the factors that the input picks."""

    unit: PriceUnit
    credits: Credits
    """For one unit."""
    multipliers: dict[str, dict[str, Credits]]
    """Input field, value, factor."""


class Processing(APIObject):
    """Where a model's input is processed."""

    countries: list[str]
    """ISO 3166 codes; `ZZ` is this server itself."""
    fallback_countries: list[str]
    """Where else it may be processed when that is out of order. `regions` on a generation rules
    out what it does not name.
    """
    mechanism: str
    """What makes the transfer there lawful."""


class Provenance(APIObject):
    """Where the outputs come from."""

    ai_generated: bool
    """Always true: what this API returns was made by a machine."""
    provider: str | None
    """Who ran the model; null once the model is no longer offered."""
    countries: list[str]
    """Where it was processed: ISO 3166 codes; `ZZ` is this server itself."""


class Purchase(APIObject):
    """A purchase of credits, from its checkout to its payment or refund."""

    id: str
    offer: str
    """The offer that was bought. It may have been withdrawn since."""
    processor: str
    """Who takes the money."""
    status: PurchaseStatus
    """`pending` until the processor tells of a payment; credits come with `paid`. A `failed`
    payment may be tried again at the same checkout. `refunding` until the processor has returned
    the money. While a payment is `disputed`, what is left of its credits is taken back: it is
    `paid` again, credits included, when the dispute is won, and `charged_back` for good when it
    is lost. `expired` when nobody began to pay within a day, or the money did not come within
    thirty; money that comes all the same still counts.
    """
    price: Money
    credits: Credits
    checkout_url: str | None
    """Where the buyer pays: send them there. Null if the processor has opened no checkout."""
    success_url: str
    """Where the processor sends the buyer afterwards. That someone arrives there proves no
    payment: ask for the purchase.
    """
    cancel_url: str
    """Where the processor sends a buyer who turned back."""
    livemode: bool
    """Whether it brings live or test credits: as the credentials that made it."""
    created_at: datetime
    paid_at: datetime | None
    refunded_at: datetime | None
    """When the money went back to the buyer, by a refund or a lost dispute."""
    refund: Money | None
    """How much of the price goes back to the buyer, or went; null while all of it stays."""


class PurchaseReceipt(APIObject):
    """What was bought, from whom and for how much."""

    number: str
    """The receipt's number: unique, and the same whenever you ask."""
    purchase: str
    seller: str
    """Who sold it."""
    description: str
    """What was sold."""
    credits: Credits
    price: Money
    """What was paid."""
    processor: str
    """Who took the money."""
    livemode: bool
    """Nothing was really sold where this is false."""
    paid_at: datetime
    """When it was paid."""
    refunded_at: datetime | None
    """When the money went back, by a refund or a lost dispute; null if it did not."""
    refund: Money | None
    """How much of the price went back by then."""


class PurchaseSnapshot(APIObject):
    """How a purchase stood when it happened."""

    id: str
    status: PurchaseStatus
    offer: str
    price: Money
    credits: Credits
    created_at: datetime


class PurchaseWebhook(APIObject):
    """What is told of a purchase."""

    type: EventType
    timestamp: datetime
    data: PurchaseSnapshot


class RecoveryCodes(APIObject):
    """Codes for whoever lost their authenticator app. They are shown once: print them, or keep
    them in a safe place.
    """

    recovery_codes: list[str]
    """Ten codes, each for one use."""


class Registration(APIObject):
    """What happens next. It is the same for every address."""

    email: str
    """The address that a mail is on its way to."""
    registration: str
    """This attempt, sealed. Keep it where the person signs up, and send it to
    `auth.verify_email` with the mailed code: it says whose password and agreement the code
    confirms.
    """
    code_expires_at: datetime
    """Until when the attempt and the code in the mail can be used."""


class Requirements(APIObject):
    """What to ask whoever signs up."""

    age: AgeRequirement | None
    """Null: nobody is asked for their age."""
    policy: PolicyRequirement | None
    """Null: there is nothing to accept."""


class SandboxClock(APIObject):
    """What time it is in the sandbox."""

    now: datetime


class Session(APIObject):
    """An open session."""

    access_token: str
    """Send it as `Authorization: Bearer`. It has every scope and acts on live data, in a sandbox
    on test data.
    """
    token_type: TokenType
    expires_in: int
    """Seconds until the access token ends."""
    refresh_token: str
    """For new tokens, by `auth.refresh`: once, before the session ends. Keep it as you would a
    password.
    """
    session_expires_at: datetime
    """When the session ends, unless it is refreshed before."""
    session_id: str
    account_id: str
    pending: list[SignUpRequirement]
    """What the person still has to answer, by `account.agree`, before the account may do
    anything. Mostly empty.
    """


class SnapshotError(APIObject):
    """Why a generation came to nothing."""

    code: str
    message: str | None


class SnapshotOutput(APIObject):
    """A file that a generation made."""

    file_id: str
    content_type: str
    bytes: int
    """Size in bytes."""
    width: int | None
    height: int | None
    seconds: float | None
    url: str
    """Opens the file without a key until `expires_at`."""
    expires_at: datetime


class SteppedUp(APIObject):
    """What a session may do now."""

    fresh_until: datetime
    """Until when the session may change the ways into the account."""


class Totp(APIObject):
    """Whether sign-ins ask for a code besides."""

    enabled: bool
    """Whether every sign-in asks for a code of the authenticator app."""
    enabled_at: datetime | None
    """Since when."""
    recovery_codes_left: int
    """How many recovery codes can still be used: ten at first."""


class TotpBegun(APIObject):
    """What an authenticator app is to be told. Nobody can show it again."""

    secret: str
    """For typing: base32, 160 bits. Codes are those of RFC 6238 with SHA-1, six digits and 30
    seconds.
    """
    otpauth_uri: str
    """The same for a QR code."""
    expires_at: datetime
    """Until when the first code must be confirmed."""


class Usage(APIObject):
    """What was made, and what it cost: of all generations that ended in the days asked for, or
    of one group of them.
    """

    day: str | None
    """The day in UTC, as in `2026-11-21`; null unless you group by `day`."""
    key_id: str | None
    """Null unless you group by `key`, and for what a signed-in person asked for."""
    model: str | None
    """The model that ran; null unless you group by `model`."""
    end_user: str | None
    """Null unless you group by `end_user`, and for generations that named none or were deleted."""
    generations: int
    """Generations that ended: the sum of the four that follow."""
    succeeded_: int = Field(alias="succeeded")
    failed: int
    canceled: int
    expired: int
    images: int
    seconds: int
    """Of video."""
    characters: int
    """That were spoken."""
    tokens: int
    """That text models read and wrote."""
    credits: Credits
    """What was charged."""


class WebhookDelivery(APIObject):
    """One event on its way to one address, and what became of it."""

    id: str
    endpoint_id: str | None
    """The endpoint that it goes to; null when it goes to the `webhook_url` of a request."""
    url: str | None
    """The `webhook_url` that it goes to; null when it goes to an endpoint, and once its subject
    was erased.
    """
    event_id: str
    """Also the `webhook-id` that was sent."""
    type: EventType
    subject: str
    """The id of what the event happened to: a generation, batch, key, purchase or endpoint."""
    status: DeliveryStatus
    attempts: int
    """How often it was sent."""
    next_attempt_at: datetime | None
    """Null once it was delivered or given up."""
    last_attempt_at: datetime | None
    status_code: int | None
    """What your server answered last."""
    error: str | None
    """Why there was no answer, or why it was not sent."""
    response_excerpt: str | None
    """The beginning of what your server answered last; null without the scope that reads what
    the event is about.
    """
    milliseconds: int | None
    """How long the last attempt took."""
    created_at: datetime
    ended_at: datetime | None


class WebhookEndpoint(APIObject):
    """An address of yours to which events are sent."""

    id: str
    url: str
    description: str
    events: list[EventType]
    """The types that are sent; empty: all."""
    enabled: bool
    """Whether it is sent anything."""
    disabled_reason: str | None
    """Why we disabled it: `failing`, after five days of nothing but failures, or `gone`, after
    it answered 410.
    """
    failing_since: datetime | None
    """Since when every attempt failed; null when the last one arrived."""
    old_secret_until: datetime | None
    """Until when the secret before the present one signs too."""
    livemode: bool
    created_at: datetime


class WebhookReplay(APIObject):
    """What was asked to be sent again."""

    endpoint_id: str
    event_id: str | None
    """The one event, if it is one."""
    after: datetime | None
    before: datetime | None


class WebhookSecret(APIObject):
    """The secret that signs what is sent to the `webhook_url` of a request."""

    secret: str
    """Verifies what you receive. Keep it where only your programs can read it."""
    old_secret_until: datetime | None
    """Until when the secret before this one signs too; null if there was none."""
