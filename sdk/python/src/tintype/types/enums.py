# Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

"""Values of one word. All are open: a newer server may answer with words not listed here."""

from __future__ import annotations

from typing import Literal, TypeAlias

AccountStatus: TypeAlias = Literal["active", "closed", "erased"] | str
"""Where an account stands."""

AgeQuestion: TypeAlias = Literal["confirmation", "birth_date"] | str
"""How people are asked for their age."""

BatchStatus: TypeAlias = Literal["running", "canceling", "ended"] | str
"""Where a batch stands."""

CapPeriod: TypeAlias = Literal["day", "week", "month", "lifetime"] | str
"""How long a cap holds before it begins anew. Days, weeks (from Monday) and months are those of
UTC.
"""

ChargePolicy: TypeAlias = Literal["on_success"] | str
"""When a model is charged."""

CheckoutOutcome: TypeAlias = (
    Literal[
        "paid",
        "failed",
        "pending",
        "expired",
        "refunded",
        "disputed",
        "dispute_won",
        "dispute_lost",
    ]
    | str
)
"""What the payment processor says of a purchase."""

Credits: TypeAlias = str
"""An exact amount of credits, from 0 to 1000000000, as a decimal string with at most six
decimals. Never parse it into a float.
"""

DataAction: TypeAlias = (
    Literal[
        "exported",
        "missing",
        "deleted",
        "cleared",
        "kept",
        "canceled",
        "ended",
    ]
    | str
)
"""What was done with rows of a table."""

DataRequestStatus: TypeAlias = (
    Literal[
        "awaiting_verification",
        "in_progress",
        "fulfilled",
        "partially_fulfilled",
        "withdrawn",
        "expired",
    ]
    | str
)
"""Where a data-rights request stands."""

DataRight: TypeAlias = Literal["access", "erasure"] | str
"""The right that is exercised."""

DeliveryStatus: TypeAlias = Literal["pending", "delivered", "failed", "canceled"] | str
"""Where a delivery stands."""

ErrorCode: TypeAlias = (
    Literal[
        "invalid_request",
        "malformed_json",
        "malformed_request",
        "invalid_cursor",
        "redirect_not_allowed",
        "oauth_state_invalid",
        "unauthenticated",
        "totp_required",
        "totp_invalid",
        "insufficient_credits",
        "spend_cap_reached",
        "insufficient_scope",
        "step_up_required",
        "account_suspended",
        "fresh_sign_in_required",
        "sign_up_incomplete",
        "account_closed",
        "address_not_allowed",
        "model_not_allowed",
        "not_found",
        "method_not_allowed",
        "request_timeout",
        "conflict",
        "not_cancelable",
        "nothing_to_refund",
        "use_other_method",
        "identity_in_use",
        "last_sign_in_method",
        "idempotency_in_progress",
        "model_gone",
        "erased",
        "payload_too_large",
        "unsupported_media_type",
        "range_not_satisfiable",
        "invalid_input",
        "age_not_confirmed",
        "below_minimum_age",
        "policy_not_accepted",
        "unknown_model",
        "unknown_offer",
        "region_not_allowed",
        "content_refused",
        "max_cost_exceeded",
        "estimate_expired",
        "idempotency_key_reused",
        "code_invalid",
        "oauth_code_invalid",
        "email_unverified",
        "rate_limited",
        "concurrency_limit_reached",
        "headers_too_large",
        "internal_error",
        "file_lost",
        "unavailable",
        "outcome_unknown",
    ]
    | str
)
"""The stable reason of an error. Decide by it, not by the words of `detail`."""

EventType: TypeAlias = (
    Literal[
        "generation.started",
        "generation.succeeded",
        "generation.failed",
        "generation.canceled",
        "generation.expired",
        "batch.ended",
        "key.cap_reached",
        "key.leaked",
        "purchase.paid",
        "purchase.refunded",
        "purchase.disputed",
        "purchase.dispute_won",
        "purchase.dispute_lost",
        "webhook_endpoint.disabled",
        "webhook_endpoint.test",
    ]
    | str
)
"""What happened."""

FileFault: TypeAlias = Literal["missing", "damaged"] | str
"""What is wrong with a file."""

FilePurpose: TypeAlias = Literal["output", "export"] | str
"""Why a file is kept."""

GenerationEventType: TypeAlias = (
    Literal[
        "generation.queued",
        "generation.running",
        "generation.progress",
        "generation.succeeded",
        "generation.failed",
        "generation.canceled",
        "generation.expired",
    ]
    | str
)
"""What can happen to a generation."""

GenerationKind: TypeAlias = Literal["image", "video", "speech", "text"] | str
"""What a model makes."""

GenerationStatus: TypeAlias = (
    Literal[
        "queued",
        "running",
        "succeeded",
        "failed",
        "canceled",
        "expired",
    ]
    | str
)
"""Where a generation stands. `queued` and `running` move on; the others are ends.

- `queued`: It waits for its turn.
- `running`: The provider is at work.
- `succeeded`: Its outputs are there, and it is paid for.
- `failed`: It could not be made; it costs nothing.
- `canceled`: It was called off.
- `expired`: It was not ready by its deadline; it costs nothing.
"""

GrantSource: TypeAlias = Literal["grant", "purchase"] | str
"""Where a lot of credits came from."""

LedgerBook: TypeAlias = Literal["issued", "available", "held", "spent", "expired"] | str
"""The balance that an amount leaves or enters."""

LedgerEntryKind: TypeAlias = (
    Literal[
        "grant",
        "purchase",
        "hold",
        "capture",
        "release",
        "refund",
        "expire",
        "adjust",
    ]
    | str
)
"""What moved the credits."""

MessageRole: TypeAlias = Literal["system", "user", "assistant"] | str
"""Who speaks."""

PriceUnit: TypeAlias = Literal["image", "second", "1000_characters", "1000_tokens"] | str
"""What a price counts."""

PurchaseStatus: TypeAlias = (
    Literal[
        "pending",
        "paid",
        "failed",
        "expired",
        "refunding",
        "refunded",
        "disputed",
        "charged_back",
    ]
    | str
)
"""Where a purchase stands."""

Scope: TypeAlias = (
    Literal[
        "generations:read",
        "generations:write",
        "files:read",
        "files:write",
        "credits:read",
        "credits:write",
        "usage:read",
        "usage:write",
        "keys:read",
        "keys:write",
        "webhooks:read",
        "webhooks:write",
        "purchases:read",
        "purchases:write",
        "data_rights:read",
        "data_rights:write",
    ]
    | str
)
"""One thing that a key may do."""

SignUpRequirement: TypeAlias = Literal["age", "policy"] | str
"""What is missing to complete a sign-up."""

TokenType: TypeAlias = Literal["Bearer"] | str
"""How an access token is sent."""

VerificationMethod: TypeAlias = Literal["mailed_code"] | str
"""How a request is confirmed."""
