// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

/** An account. */
export interface Account {
  id: AccountId;
  status: AccountStatus;
  /** As it was typed. */
  email: string | null;
  email_verified_at: string | null;
  /** What its owner wants to be called, if this service keeps names. */
  display_name: string | null;
  /** Of its mails; null: the service's own. */
  language: string | null;
  /** Its owner said to be at least so old. Nothing else of the age is kept. */
  age_confirmed: number | null;
  /** The version of the policy that its owner accepted last. */
  policy_accepted: string | null;
  policy_accepted_at: string | null;
  /**
   * What its owner still has to answer, by `account.agree`, before the account may do anything.
   * Mostly empty.
   */
  pending: SignUpRequirement[];
  created_at: string;
  closed_at: string | null;
  /** Until when a closed account can be opened again with `account.reactivate`. */
  reopen_until: string | null;
}

/** Begins with `acc_`. */
export type AccountId = string;

/** Where an account stands. */
export type AccountStatus =
  | "active"
  | "closed"
  | "erased"
  | (string & {});

/** One thing that was done for a request. */
export interface ActionTaken {
  /**
   * `exported`, `missing` (it should have been exported and we could not), `deleted`, `cleared`
   * (kept without personal content), `kept`, `canceled` (it was under way) or `ended` (it could
   * be used until then).
   */
  action: DataAction;
  /** Which rows: what a table holds and what for stands in the archive of an access request. */
  table: string;
  /** How many. */
  count: number;
  /** Why they are kept, where they are. */
  why: string | null;
}

/** How far to move the clock. */
export interface AdvanceClock {
  /**
   * An ISO 8601 period such as `P30D`, `P1M` or `PT90S`, counted by the calendar from the
   * sandbox's present. `PT0S` moves nothing and runs what is due.
   */
  advance: string;
}

/** How people are asked for their age. */
export type AgeQuestion =
  | "confirmation"
  | "birth_date"
  | (string & {});

/** The age from which people may sign up. */
export interface AgeRequirement {
  /** In years, for people in the country that you named. */
  minimum_age: number;
  ask: AgeQuestion;
}

/** What the person answered; what is not asked need not be sent. */
export interface Agreement {
  /** The day of birth. Looked at, and not kept. */
  birth_date?: string;
  /** "I am at least so old." */
  confirmed_age?: number;
  /** Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept. */
  country?: string;
  /** The version of the policy that the person accepts. */
  accepted_policy?: string;
}

/** What to announce of a purchase. */
export interface AnnounceCheckout {
  outcome: CheckoutOutcome;
  /**
   * The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
   * event again, which changes nothing.
   */
  event?: string;
  /**
   * Which dispute it is about, by an id of the processor's. Absent: the purchase's only one. A
   * dispute that is settled stays so; another id opens another.
   */
  dispute?: string;
}

/** An API key, without its secret. */
export interface ApiKey {
  id: KeyId;
  name: string;
  scopes: Scope[];
  livemode: boolean;
  /** The last four characters of the secret, to tell keys apart by. */
  last_four: string;
  /** The secret before, if it was rotated and is still good. */
  old_secret: OldSecret | null;
  /** The ids of the only models that it may ask for; null: any. */
  models: string[] | null;
  /** The only addresses and networks that it may be used from; null: any. */
  ip_allow: string[] | null;
  /**
   * What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
   * directly or not, hold for it too.
   */
  caps: KeyCap[];
  rate: KeyRate;
  /** What its generations cost in all, and those of the keys that it made. */
  spent: Credits;
  /** Its generations that have not ended, but for those of batches that wait for their turn. */
  in_flight: number;
  created_at: string;
  /**
   * The key that made it; null when a signed-in person or the operator did, or when that was not
   * written down yet.
   */
  created_by: KeyId | null;
  expires_at: string | null;
  revoked_at: string | null;
  /** Exact to a minute or so. */
  last_used_at: string | null;
}

/** A multiplier that the input picked. */
export interface AppliedMultiplier {
  /** A field of the input. */
  field: string;
  value: string;
  factor: Credits;
}

/**
 * The balances of your account in the key's mode. `granted` = `available` + `held` + `spent` +
 * `expired`.
 */
export interface Balance {
  /** What can be spent now. */
  available: Credits;
  /** Set aside for generations under way. */
  held: Credits;
  /** All that was ever granted or bought, less refunds. */
  granted: Credits;
  spent: Credits;
  expired: Credits;
  /** Always `credit`. */
  unit: string;
  /** Whether these are live credits or test credits. */
  livemode: boolean;
}

/** Many generations that were asked for at once: how far they are and what they cost. */
export interface Batch {
  id: BatchId;
  status: BatchStatus;
  counts: BatchCounts;
  /** Hundredths of its generations that have ended. */
  progress: number;
  cost: BatchCost;
  /** Your own data, as you sent it; empty for a key without the scope `generations:read`. */
  metadata: Record<string, string>;
  /** The key that asked for it; null when a signed-in person did. */
  key_id: KeyId | null;
  livemode: boolean;
  created_at: string;
  cancel_requested_at: string | null;
  /** When the last of its generations ended. */
  ended_at: string | null;
}

/** What a batch costs. `captured` is what was charged so far. */
export interface BatchCost {
  /** Set aside when it was accepted, with one entry in the ledger: the most that it can cost. */
  held: Credits;
  /** Charged for what has ended. */
  captured: Credits;
  /** Given back by what has ended. */
  released: Credits;
}

/** How many of a batch's generations are in which state. */
export interface BatchCounts {
  total: number;
  queued: number;
  running: number;
  succeeded: number;
  failed: number;
  canceled: number;
  expired: number;
}

/** One of a batch. */
export interface BatchGeneration {
  /** Your own name for it, which comes back with its result. No two of a batch may have the same. */
  reference?: string;
  /** Id or alias of a model; `GET /v1/models` lists them. */
  model: string;
  input: GenerationInput;
  /** Refuse the request if it could cost more than this. */
  max_cost?: Credits;
  /** Expire, uncharged, what has not ended by then. */
  deadline?: string | Date;
  /** ISO 3166 codes of the countries in which it may be processed; others are refused. */
  regions?: string[];
  /**
   * An `https` address to which this generation's events are sent, besides your endpoints; signed
   * with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
   * `generations:read`, too.
   */
  webhook_url?: string;
  /** The types that `webhook_url` is sent; how it ended, if absent. */
  webhook_events?: EventType[];
  /**
   * Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
   * filter by it.
   */
  metadata?: Record<string, string>;
  /** Your own stable name for the person on whose behalf you ask; a pseudonym will do. */
  end_user?: string;
  /** Keep the outputs beyond the operator's usual time. */
  saved?: boolean;
  /**
   * An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices are
   * by now.
   */
  estimate_id?: EstimateId;
}

/** Begins with `bat_`. */
export type BatchId = string;

/** What became of one generation of a batch. */
export interface BatchResult {
  /** Its place in the request, from 0. */
  position: number;
  /** Your own name for it. */
  reference: string | null;
  generation: Generation;
}

/** How a batch ended, without what its generations made: ask for its results. */
export interface BatchSnapshot {
  id: BatchId;
  /** `ended`. */
  status: string;
  counts: BatchSnapshotCounts;
  cost: BatchSnapshotCost;
  /** Your own data; null where it is too long to be sent. */
  metadata: Record<string, string> | null;
  created_at: string;
  ended_at: string | null;
  /** Present where something was left out: ask for the batch. */
  truncated?: boolean;
}

/** What a batch cost. */
export interface BatchSnapshotCost {
  /** What was set aside for it. */
  held: Credits;
  /** What was charged. */
  captured: Credits;
  /** What was given back. */
  released: Credits;
}

/** How many of a batch's generations ended how. */
export interface BatchSnapshotCounts {
  total: number;
  succeeded: number;
  failed: number;
  canceled: number;
  expired: number;
}

/** Where a batch stands. */
export type BatchStatus =
  | "running"
  | "canceling"
  | "ended"
  | (string & {});

/** What is told of a batch. */
export interface BatchWebhook {
  type: EventType;
  timestamp: string;
  data: BatchSnapshot;
}

/** A provider to link to your account. */
export interface BeginLink {
  /** The provider's name. */
  provider: string;
  /** Where the browser comes back to; one that the operator allows. */
  redirect_uri: string;
  /** The SHA-256 of a random `code_verifier`, in URL-safe base64 without padding (RFC 7636, S256). */
  code_challenge: string;
  /** Comes back to your app as it is. */
  state?: string;
}

/** Why a generation would be refused, as the error of the request would say it. */
export interface Blocker {
  code: ErrorCode;
  /** What to do about it. */
  detail: string;
  /** What is wrong with the generation, one by one; pointers begin at its own body. */
  errors?: FieldError[];
  /** What else the error would say: `required`, `available`, `replaced_by`… */
  context?: Record<string, unknown>;
}

/** The most that a key may spend in a period. */
export interface CapLimit {
  period: CapPeriod;
  limit: Credits;
}

/**
 * How long a cap holds before it begins anew. Days, weeks (from Monday) and months are those of
 * UTC.
 */
export type CapPeriod =
  | "day"
  | "week"
  | "month"
  | "lifetime"
  | (string & {});

/** Another mail address. */
export interface ChangeEmail {
  /** A mail address that you can read. */
  email: string;
}

/** The password up to now, and the one from now on. */
export interface ChangePassword {
  current_password: string;
  /** 8 to 128 characters, of any kind. What everyone would guess is refused. */
  new_password: string;
}

/** When a model is charged. */
export type ChargePolicy =
  | "on_success"
  | (string & {});

/** What the payment processor says of a purchase. */
export type CheckoutOutcome =
  | "paid"
  | "failed"
  | "pending"
  | "expired"
  | "refunded"
  | "disputed"
  | "dispute_won"
  | "dispute_lost"
  | (string & {});

/** The code that was mailed to the new address. */
export interface ConfirmEmail {
  /** The code in the mail. Dashes and capitals don't matter. */
  code: string;
}

/** The first code of an authenticator app. */
export interface ConfirmTotp {
  /** The six digits that the app shows. */
  totp_code: string;
}

/** Something that an owner may agree to, and need not. */
export interface Consent {
  /** `marketing`, for news by mail, or another that the operator names. */
  purpose: string;
  /** The words to show. */
  text: string;
  /** Of these words. */
  version: string;
  granted: boolean;
  /** When it was given or withdrawn last; null: never asked. */
  changed_at: string | null;
  /** What was said before, newest first; 100 at most. */
  history: ConsentChange[];
}

/** A time that the owner agreed, or took it back. */
export interface ConsentChange {
  granted: boolean;
  /** Of the words at that time. */
  version: string;
  /** The id of the key or session, or `link` for the one in a mail. */
  given_by: string;
  created_at: string;
}

/** All that an owner may agree to. */
export interface Consents {
  data: Consent[];
}

/** What a generation costs. `captured` is what was charged. */
export interface Cost {
  /** The most that it can cost. */
  estimated: Credits;
  /** Set aside when it was admitted. */
  held: Credits;
  /** Charged when it ended. */
  captured: Credits;
  /** Given back when it ended. */
  released: Credits;
  /** The price list that it was admitted under. */
  price_version: string;
}

/** What to make together. */
export interface CreateBatch {
  /**
   * What to make, one by one: the bodies of `POST /v1/generations`, each with a `reference` if
   * you like.
   */
  generations: BatchGeneration[];
  /** Refuse the batch if all of it together could cost more than this. */
  max_cost?: Credits;
  /**
   * An `https` address to which this batch's events are sent, besides your endpoints; signed with
   * the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
   * `generations:read`, too.
   */
  webhook_url?: string;
  /**
   * The types that `webhook_url` is sent; `batch.ended`, if absent. Types of generations are sent
   * of each that has no `webhook_url` of its own.
   */
  webhook_events?: EventType[];
  /** Your own data about the batch: up to 50 keys with texts of up to 500 characters. */
  metadata?: Record<string, string>;
}

/** What you ask for. */
export interface CreateDataRequest {
  /** `access`: a copy of everything. `erasure`: the account and all its data go, for good. */
  type: DataRight;
  /** Anything that you want to say about it. */
  statement?: string;
}

/** What is to be estimated. */
export interface CreateEstimate {
  /** Bodies as for `POST /v1/generations`. */
  generations: CreateGeneration[];
}

/** What to make, and under which conditions. */
export interface CreateGeneration {
  /** Id or alias of a model; `GET /v1/models` lists them. */
  model: string;
  input: GenerationInput;
  /** Refuse the request if it could cost more than this. */
  max_cost?: Credits;
  /** Expire, uncharged, what has not ended by then. */
  deadline?: string | Date;
  /** ISO 3166 codes of the countries in which it may be processed; others are refused. */
  regions?: string[];
  /**
   * An `https` address to which this generation's events are sent, besides your endpoints; signed
   * with the secret of `GET /v1/webhook-endpoints/default-secret`. It takes the scope
   * `generations:read`, too.
   */
  webhook_url?: string;
  /** The types that `webhook_url` is sent; how it ended, if absent. */
  webhook_events?: EventType[];
  /**
   * Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
   * filter by it.
   */
  metadata?: Record<string, string>;
  /** Your own stable name for the person on whose behalf you ask; a pseudonym will do. */
  end_user?: string;
  /** Keep the outputs beyond the operator's usual time. */
  saved?: boolean;
  /**
   * An estimate of the last 15 minutes: it is priced as it was estimated, whatever the prices are
   * by now.
   */
  estimate_id?: EstimateId;
}

/** An API key to make. */
export interface CreateKey {
  /** What the key is for, in your own words. */
  name: string;
  /** What the key may do. With an API key you can give only scopes that it has itself. */
  scopes: Scope[];
  /**
   * Whether the key reaches paid providers and spends live credits. By default it is like the key
   * that makes it; a session makes live keys, in a sandbox test keys.
   */
  livemode?: boolean;
  /**
   * The only models that the key may ask for, by id or alias. By default those of the key that
   * makes it, or any.
   */
  models?: string[];
  /**
   * The only addresses that the key may be used from: IPv4 or IPv6 addresses, or networks such as
   * `203.0.113.0/24`. By default those of the key that makes it, or any.
   */
  ip_allow?: string[];
  /** When the key ends by itself. By default it ends with the key that makes it, or never. */
  expires_at?: string | Date;
  /**
   * The most that the key may spend, one cap a period. A key with caps gives them to the keys
   * that it makes, unless they get lower ones. What keys spend counts for the key that made them,
   * too.
   */
  caps?: CapLimit[];
  /**
   * Limits of the key's own, below the server's. By default those of the key that makes it, or
   * the server's.
   */
  rate?: KeyRateLimits;
}

/** What to buy, and where the buyer goes afterwards. */
export interface CreatePurchase {
  /** The id of an offer: see `GET /v1/offers`. */
  offer: string;
  /** Who takes the money. Absent: the operator's first choice. */
  processor?: string;
  /** One of the currencies in which the offer is priced. Absent: that of its first price. */
  currency?: string;
  /**
   * Where the processor sends the buyer after paying: an `http` or `https` URL of yours. That
   * someone arrives there proves no payment: ask for the purchase.
   */
  success_url: string;
  /** Where the processor sends a buyer who turned back: an `http` or `https` URL of yours. */
  cancel_url: string;
}

/** An endpoint to make. */
export interface CreateWebhookEndpoint {
  /** An `https` address on the public internet. */
  url: string;
  /** What it is for, in your own words. */
  description?: string;
  /** The types of events to send; all, if absent. */
  events?: EventType[];
}

/** An API key with its secret. This is the only time that the secret is shown. */
export interface CreatedKey {
  id: KeyId;
  name: string;
  scopes: Scope[];
  livemode: boolean;
  /** What to send as `Authorization: Bearer`. Keep it where only your programs can read it. */
  secret: string;
  /** The last four characters of the secret, to tell keys apart by. */
  last_four: string;
  /** The secret before, if it was rotated and is still good. */
  old_secret: OldSecret | null;
  /** The ids of the only models that it may ask for; null: any. */
  models: string[] | null;
  /** The only addresses and networks that it may be used from; null: any. */
  ip_allow: string[] | null;
  /**
   * What limits its spending; empty: nothing but your credits. Caps of the keys that made it,
   * directly or not, hold for it too.
   */
  caps: KeyCap[];
  rate: KeyRate;
  /** What its generations cost in all, and those of the keys that it made. */
  spent: Credits;
  /** Its generations that have not ended, but for those of batches that wait for their turn. */
  in_flight: number;
  created_at: string;
  /**
   * The key that made it; null when a signed-in person or the operator did, or when that was not
   * written down yet.
   */
  created_by: KeyId | null;
  expires_at: string | null;
  revoked_at: string | null;
  /** Exact to a minute or so. */
  last_used_at: string | null;
}

/** An endpoint with its secret. This is the only time that the secret is shown. */
export interface CreatedWebhookEndpoint {
  id: WebhookEndpointId;
  url: string;
  description: string;
  /** The types that are sent; empty: all. */
  events: EventType[];
  /** Verifies what you receive. Keep it where only your programs can read it. */
  secret: string;
  /** Until when the secret before this one signs too. */
  old_secret_until: string | null;
  livemode: boolean;
  created_at: string;
}

/**
 * An exact amount of credits, from 0 to 1000000000, as a decimal string with at most six
 * decimals. Never parse it into a float.
 */
export type Credits = string;

/** What was done with rows of a table. */
export type DataAction =
  | "exported"
  | "missing"
  | "deleted"
  | "cleared"
  | "kept"
  | "canceled"
  | "ended"
  | (string & {});

/** The archive of an access request. */
export interface DataArchive {
  file_id: FileId;
  content_type: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256 of the archive, in hex. */
  sha256: string;
  /** Where to download it, with credentials. */
  url: string;
  /** When it is removed. */
  expires_at: string;
}

/** What was done for a request about personal data, and when. It names no person. */
export interface DataReceipt {
  /** The request's id. */
  id: DataRequestId;
  type: DataRight;
  /** The account that it was about. */
  account_id: AccountId;
  /** Who answers for the data. */
  controller: string;
  /** Where they are reached. */
  contact: string;
  received_at: string;
  verified_at: string;
  /** Until when it had to be fulfilled. */
  due_at: string;
  /** When it was, or as far as it could be. */
  fulfilled_at: string;
  /** `fulfilled` or `partially_fulfilled`. */
  status: DataRequestStatus;
  /** What was done, table by table. */
  actions: ActionTaken[];
  /** What an access request's copy lacks by a fault of ours: the first 100 files. */
  missing: MissingFile[];
  /**
   * The fields above once more, signed: a JWS in compact form, with `alg` `EdDSA`. To verify it,
   * take the key that `kid` names from `/.well-known/jwks.json` of this server; any JOSE library
   * does it.
   */
  jws: string;
}

/** A request about the personal data of your account. */
export interface DataRequest {
  id: DataRequestId;
  /** `access`: a copy of everything. `erasure`: the account and all its data go, for good. */
  type: DataRight;
  /**
   * `awaiting_verification` until the mailed code is entered; `in_progress` until the work is
   * done; then `fulfilled`, or `partially_fulfilled` if our storage has lost files that the copy
   * should hold. It is `withdrawn` or `expired` if it was never confirmed. More statuses may
   * come.
   */
  status: DataRequestStatus;
  /** What you wrote about it. */
  statement: string | null;
  /** Why it was not fulfilled, where that needs words. */
  reason: string | null;
  received_at: string;
  /** Until when it has to be fulfilled. */
  due_at: string;
  /** When it was fulfilled, withdrawn or expired. */
  ended_at: string | null;
  verification: DataVerification;
  /** What was done so far. */
  actions: ActionTaken[];
  /**
   * The files that the archive should hold and does not, by a fault of ours: the first 100 of
   * them. The archive's `about.json` names all, and `actions` says how many. Ask for another copy
   * later: some may have been found.
   */
  missing: MissingFile[];
  /**
   * The archive, once an access request is fulfilled, wholly or partially, and until the archive
   * expires.
   */
  result: DataArchive | null;
  /**
   * Opens the receipt once the request is fulfilled. The link needs no credentials and does not
   * expire: keep it before you confirm an erasure, which ends all keys and sessions. Null for a
   * request that ended unfulfilled.
   */
  receipt: string | null;
  /**
   * The mode of the credentials that made it, which are needed to see it. The request itself is
   * about both modes.
   */
  livemode: boolean;
}

/** Begins with `drr_`. */
export type DataRequestId = string;

/** Where a data-rights request stands. */
export type DataRequestStatus =
  | "awaiting_verification"
  | "in_progress"
  | "fulfilled"
  | "partially_fulfilled"
  | "withdrawn"
  | "expired"
  | (string & {});

/** The right that is exercised. */
export type DataRight =
  | "access"
  | "erasure"
  | (string & {});

/** Whether and how a request was confirmed. */
export interface DataVerification {
  method: VerificationMethod;
  /** Until when the code can be entered; null once the request waits for none. */
  expires_at: string | null;
  verified_at: string | null;
}

/** Begins with `dlv_`. */
export type DeliveryId = string;

/** Where a delivery stands. */
export type DeliveryStatus =
  | "pending"
  | "delivered"
  | "failed"
  | "canceled"
  | (string & {});

/** What happens next. It is the same for every address. */
export interface EmailChange {
  /** The address that a mail is on its way to. */
  email: string;
  /** Until when the code in it can be used. */
  code_expires_at: string;
}

/** Which endpoint it is. */
export interface EndpointSnapshot {
  id: WebhookEndpointId;
  url: string;
  /** Why it was disabled: `failing` or `gone`. */
  reason?: string;
  /** Since when it failed. */
  since?: string;
}

/** What is told of an endpoint. */
export interface EndpointWebhook {
  type: EventType;
  timestamp: string;
  data: EndpointSnapshot;
}

/** The stable reason of an error. Decide by it, not by the words of `detail`. */
export type ErrorCode =
  | "invalid_request"
  | "malformed_json"
  | "malformed_request"
  | "invalid_cursor"
  | "redirect_not_allowed"
  | "oauth_state_invalid"
  | "unauthenticated"
  | "totp_required"
  | "totp_invalid"
  | "insufficient_credits"
  | "spend_cap_reached"
  | "insufficient_scope"
  | "step_up_required"
  | "account_suspended"
  | "fresh_sign_in_required"
  | "sign_up_incomplete"
  | "account_closed"
  | "address_not_allowed"
  | "model_not_allowed"
  | "not_found"
  | "method_not_allowed"
  | "request_timeout"
  | "conflict"
  | "not_cancelable"
  | "nothing_to_refund"
  | "use_other_method"
  | "identity_in_use"
  | "last_sign_in_method"
  | "idempotency_in_progress"
  | "model_gone"
  | "erased"
  | "payload_too_large"
  | "unsupported_media_type"
  | "range_not_satisfiable"
  | "invalid_input"
  | "age_not_confirmed"
  | "below_minimum_age"
  | "policy_not_accepted"
  | "unknown_model"
  | "unknown_offer"
  | "region_not_allowed"
  | "content_refused"
  | "max_cost_exceeded"
  | "estimate_expired"
  | "idempotency_key_reused"
  | "code_invalid"
  | "oauth_code_invalid"
  | "email_unverified"
  | "rate_limited"
  | "concurrency_limit_reached"
  | "headers_too_large"
  | "internal_error"
  | "file_lost"
  | "unavailable"
  | "outcome_unknown"
  | (string & {});

/**
 * What generations would cost, at prices that hold until `expires_at` for requests with this
 * `estimate_id`.
 */
export interface Estimate {
  id: EstimateId;
  /** Whether all of them, asked for in this order, would be accepted now. */
  admissible: boolean;
  /** The least that they cost together if all succeed; null beyond the largest amount of credits. */
  min: Credits | null;
  /** The most that they can cost together; null beyond the largest amount of credits. */
  max: Credits | null;
  /** What could be spent when this was estimated. */
  available: Credits;
  /** In the order of the request. */
  generations: EstimatedGeneration[];
  livemode: boolean;
  created_at: string;
  /** Until then a generation with this `estimate_id` is priced as it is here. */
  expires_at: string;
}

/** Begins with `est_`. */
export type EstimateId = string;

/** A line of the price: `quantity` units at `credits`, times the multipliers. */
export interface EstimateLine {
  unit: PriceUnit;
  /** How many images, seconds, characters or tokens at most. */
  quantity: number;
  /** For one unit: one image or second, 1,000 characters or tokens. */
  credits: Credits;
  multipliers: AppliedMultiplier[];
  subtotal: Credits;
}

/** What a generation would cost, and what stands against it. */
export interface EstimatedGeneration {
  /** As you asked for it: an id or an alias. */
  model: string;
  /** The id of the model that would run; null if none would. */
  model_resolved: string | null;
  /** The price list that it is estimated by. */
  price_version: string | null;
  /** The least that it costs if it succeeds; whatever fails costs nothing. Null without a price. */
  min: Credits | null;
  /** The most that it can cost: so much is held. Null without a price. */
  max: Credits | null;
  /** How `max` comes about. */
  lines: EstimateLine[];
  /** Why it would be refused; empty if it would be accepted. */
  blockers: Blocker[];
}

/** Something that happened. */
export interface Event {
  /** Also the `webhook-id` of everything that is sent about it. */
  id: EventId;
  type: EventType;
  /** The id of what it happened to. */
  subject: string;
  /**
   * How the subject stood then, as in the webhook of this type, with fresh links; without your
   * own words once it was erased. Without the scope that reads such a subject, its `id` and
   * `status` alone.
   */
  data: Record<string, unknown>;
  livemode: boolean;
  created_at: string;
}

/** Begins with `evt_`. */
export type EventId = string;

/** What happened. */
export type EventType =
  | "generation.started"
  | "generation.succeeded"
  | "generation.failed"
  | "generation.canceled"
  | "generation.expired"
  | "batch.ended"
  | "key.cap_reached"
  | "key.leaked"
  | "purchase.paid"
  | "purchase.refunded"
  | "purchase.disputed"
  | "purchase.dispute_won"
  | "purchase.dispute_lost"
  | "webhook_endpoint.disabled"
  | "webhook_endpoint.test"
  | (string & {});

/** One thing that is wrong with the request. */
export interface FieldError {
  /** Where in the body: a JSON pointer (RFC 6901). The empty pointer is the whole body. */
  pointer?: string;
  /** Which parameter or header, when it is not in the body. */
  parameter?: string;
  /** What is wrong, in one stable word. */
  code: string;
  /** What is wrong, in a sentence. */
  detail: string;
}

/** What is wrong with a file. */
export type FileFault =
  | "missing"
  | "damaged"
  | (string & {});

/** Begins with `file_`. */
export type FileId = string;

/** A file: what a generation made. */
export interface FileObject {
  id: FileId;
  purpose: FilePurpose;
  generation_id: GenerationId | null;
  content_type: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256 of the file, in hex. */
  sha256: string;
  /** In pixels. */
  width: number | null;
  /** In pixels. */
  height: number | null;
  /** How long it plays. */
  seconds: number | null;
  /** Opens the file without a key until `expires_at`. */
  url: string;
  expires_at: string;
  livemode: boolean;
  created_at: string;
}

/** Why a file is kept. */
export type FilePurpose =
  | "output"
  | "export"
  | (string & {});

/** Whose password is forgotten. */
export interface ForgotPassword {
  email: string;
}

/**
 * A generation: what was asked, where it stands, what it made and what it cost. A key without the
 * scope `generations:read` is not shown what was asked and made: `input`, `outputs`, `text`,
 * `metadata` and `end_user` are empty or null in its answers.
 */
export interface Generation {
  id: GenerationId;
  kind: GenerationKind;
  status: GenerationStatus;
  model: ModelNames;
  /** The input with the model's defaults filled in; empty once erased. */
  input: GenerationInput;
  /** What it made; empty unless it succeeded. */
  outputs: Output[];
  /** What a text model answered. */
  text: string | null;
  /** Hundredths of the way, as far as the provider tells. */
  progress: number;
  /** Why it failed or expired. A generation with an error is never charged. */
  error: GenerationError | null;
  cost: Cost;
  provenance: Provenance;
  /** Your own data, as you sent it. */
  metadata: Record<string, string>;
  /** Your own name for the person on whose behalf you asked. */
  end_user: string | null;
  /** Whether its files are kept beyond the operator's usual time. */
  saved: boolean;
  /** The key that asked for it; null when a signed-in person did. */
  key_id: KeyId | null;
  /** The batch that it is one of. */
  batch_id: BatchId | null;
  livemode: boolean;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** It expires, uncharged, unless it ends before. */
  deadline_at: string;
  cancel_requested_at: string | null;
  /** When its content was erased; what remains is kept for the books. */
  erased_at: string | null;
}

/** Why a generation came to nothing. */
export interface GenerationError {
  /**
   * Stable: `content_refused`, `provider_failed`, `provider_unavailable`,
   * `provider_outcome_unknown`, `deadline_exceeded`, `model_gone` or `internal_error`.
   */
  code: string;
  message: string;
}

/** Something that happened to a generation. */
export interface GenerationEvent {
  /** What happened; also the name of the event in the stream. */
  type: GenerationEventType;
  /** When it happened. */
  at: string;
  /** The generation as it stands now. */
  generation: Generation;
}

/** What can happen to a generation. */
export type GenerationEventType =
  | "generation.queued"
  | "generation.running"
  | "generation.progress"
  | "generation.succeeded"
  | "generation.failed"
  | "generation.canceled"
  | "generation.expired"
  | (string & {});

/** Begins with `gen_`. */
export type GenerationId = string;

/**
 * What the model is given: one flat object. `GET /v1/models/{id}` says which of these fields a
 * model takes, and their bounds.
 */
export interface GenerationInput {
  /** What to make, in words. */
  prompt?: string;
  /** What to avoid, in words. */
  negative_prompt?: string;
  /** How many. */
  n?: number;
  /** Width and height in pixels, as in `1024x1024`. */
  size?: string;
  /** As in `16:9`. */
  aspect_ratio?: string;
  quality?: string;
  /** File format, as in `png`. */
  format?: string;
  /**
   * The same seed and input make the same output, where the model can. One is chosen if you send
   * none.
   */
  seed?: number;
  /** Length of a video. */
  seconds?: number;
  /** As in `720p`. */
  resolution?: string;
  /** Whether a video has sound. */
  audio?: boolean;
  voice?: string;
  /** Of speech; 1 is natural. */
  speed?: number;
  /** The conversation so far, instead of a prompt. */
  messages?: Message[];
  /** Longest answer, in tokens. */
  max_tokens?: number;
  temperature?: number;
  /** What only one model takes. */
  extra?: Record<string, unknown>;
}

/** What a model makes. */
export type GenerationKind =
  | "image"
  | "video"
  | "speech"
  | "text"
  | (string & {});

/** How a generation stood when it happened, without what it was asked. */
export interface GenerationSnapshot {
  id: GenerationId;
  kind: GenerationKind;
  status: GenerationStatus;
  /** The model that ran. */
  model: string;
  batch_id: BatchId | null;
  error: SnapshotError | null;
  /** What was charged. */
  captured: Credits;
  /** Your own data; null where it is too long to be sent. */
  metadata: Record<string, string> | null;
  end_user: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
  /** What it made, once it succeeded, with fresh links. Null where it is too long to be sent. */
  outputs?: SnapshotOutput[];
  /** Present where something was left out: ask for the generation. */
  truncated?: boolean;
}

/**
 * Where a generation stands. `queued` and `running` move on; the others are ends.
 *
 * - `queued`: It waits for its turn.
 * - `running`: The provider is at work.
 * - `succeeded`: Its outputs are there, and it is paid for.
 * - `failed`: It could not be made; it costs nothing.
 * - `canceled`: It was called off.
 * - `expired`: It was not ready by its deadline; it costs nothing.
 */
export type GenerationStatus =
  | "queued"
  | "running"
  | "succeeded"
  | "failed"
  | "canceled"
  | "expired"
  | (string & {});

/** What is told of a generation. */
export interface GenerationWebhook {
  type: EventType;
  /** When it happened. */
  timestamp: string;
  data: GenerationSnapshot;
}

/** A lot of credits. Lots are spent by priority, then by expiry, then by age. */
export interface Grant {
  id: LotId;
  source: GrantSource;
  reason: string;
  /** Smaller is spent first. */
  priority: number;
  granted: Credits;
  /** What can be spent now. */
  remaining: Credits;
  held: Credits;
  spent: Credits;
  expired: Credits;
  refunded: Credits;
  purchase_id: PurchaseId | null;
  created_at: string;
  /** Null: never. */
  expires_at: string | null;
}

/** Where a lot of credits came from. */
export type GrantSource =
  | "grant"
  | "purchase"
  | (string & {});

/** All that are linked to the account, one a provider at most. */
export interface Identities {
  data: Identity[];
}

/** Who you are at a provider that you sign in with. */
export interface Identity {
  id: IdentityId;
  /** The provider's name. */
  provider: string;
  /** The address that the provider vouched for at the last sign-in. */
  email: string | null;
  /** Null unless this service keeps names. */
  name: string | null;
  /** Null unless this service keeps pictures. */
  avatar_url: string | null;
  created_at: string;
  last_used_at: string;
}

/** Begins with `idn_`. */
export type IdentityId = string;

/**
 * A cap and how it stands. A request that could exceed `limit`, on top of `used` and `reserved`,
 * is refused with `spend_cap_reached`.
 */
export interface KeyCap {
  period: CapPeriod;
  limit: Credits;
  /** What generations cost that were admitted in this period. */
  used: Credits;
  /** Set aside for those of them that have not ended. */
  reserved: Credits;
  /** When the next period begins; null: never. */
  resets_at: string | null;
}

/** How much of a cap is used. */
export interface KeyCapSnapshot {
  key_id: KeyId;
  period: CapPeriod;
  /** 50, 80 or 100. */
  percent: number;
  limit: Credits;
  /** What was charged. */
  used: Credits;
  /** What is set aside. */
  reserved: Credits;
  resets_at: string | null;
}

/** What is told of a key's cap. */
export interface KeyCapWebhook {
  type: EventType;
  timestamp: string;
  data: KeyCapSnapshot;
}

/** Begins with `key_`. */
export type KeyId = string;

/** Which key was revoked, and why. */
export interface KeyLeakedSnapshot {
  key_id: KeyId;
  /** The last four characters of the secret that was found. */
  last_four: string;
  /** Where it was found, if that was told. */
  url: string | null;
  /** How many keys were revoked with it, since it made them, directly or not. */
  descendants_revoked: number;
}

/** What is told of a leaked key. */
export interface KeyLeakedWebhook {
  type: EventType;
  timestamp: string;
  data: KeyLeakedSnapshot;
}

/** Limits of a key's own, below the server's. */
export interface KeyRate {
  /** Requests a minute; null: the server's limit. */
  requests_per_minute: number | null;
  /** Generations that have not ended; null: the server's limit. */
  concurrent_generations: number | null;
}

/** Limits of a key's own; absent: the server's. */
export interface KeyRateLimits {
  /** Requests a minute, counted in each process of the server. */
  requests_per_minute?: number;
  /** Generations that have not ended. Those of a batch wait until there is room. */
  concurrent_generations?: number;
}

/** What became of a revoked key and of the keys that it made, directly or not. */
export interface KeyRevocation {
  id: KeyId;
  revoked_at: string;
  /** How many of the keys that it made were revoked just now. */
  descendants_revoked: number;
  /** How many of the keys that it made are still good. */
  descendants_active: number;
}

/** A secret that was found. */
export interface LeakedSecret {
  /** The whole secret, as it was found: `tt_live_…` or `tt_test_…`. */
  secret: string;
  /** Where it was found. The key's owner is told. */
  url?: string;
}

/** The balance that an amount leaves or enters. */
export type LedgerBook =
  | "issued"
  | "available"
  | "held"
  | "spent"
  | "expired"
  | (string & {});

/**
 * A line of the ledger: an amount moved from one balance to another. Lines are never changed or
 * removed.
 */
export interface LedgerEntry {
  id: LedgerEntryId;
  kind: LedgerEntryKind;
  /** The balance that the amount left. */
  source: LedgerBook;
  /** The balance that it entered. */
  destination: LedgerBook;
  amount: Credits;
  /** What could be spent afterwards. */
  available_after: Credits;
  /** What was set aside afterwards. */
  held_after: Credits;
  generation_id: GenerationId | null;
  /** Of the one hold for all generations of a batch. */
  batch_id: BatchId | null;
  purchase_id: PurchaseId | null;
  grant_id: LotId | null;
  created_at: string;
}

/** Begins with `led_`. */
export type LedgerEntryId = string;

/** What moved the credits. */
export type LedgerEntryKind =
  | "grant"
  | "purchase"
  | "hold"
  | "capture"
  | "release"
  | "refund"
  | "expire"
  | "adjust"
  | (string & {});

/** Where linking begins. */
export interface LinkBegun {
  /** Send the browser here. */
  url: string;
  /** Until when it can be opened. */
  expires_at: string;
}

/** Who wants to sign in. */
export interface Login {
  email: string;
  password: string;
  /** The six digits of the authenticator app, where the account has one. */
  totp_code?: string;
  /** Instead of `totp_code`, for whoever lost the app: each counts once. */
  recovery_code?: string;
}

/** Begins with `lot_`. */
export type LotId = string;

/** Begins with `mail_`. */
export type MailId = string;

/** A turn of a conversation. */
export interface Message {
  role: MessageRole;
  content: string;
}

/** Who speaks. */
export type MessageRole =
  | "system"
  | "user"
  | "assistant"
  | (string & {});

/** A file that the copy should hold and that our storage lost. */
export interface MissingFile {
  file_id: FileId;
  generation_id: GenerationId | null;
  fault: FileFault;
}

/** A model that you can generate with. */
export interface Model {
  /** What to send as `model`. */
  id: string;
  kind: GenerationKind;
  display_name: string;
  description: string;
  /** Who runs it. */
  provider: string;
  processing: Processing;
  /** JSON Schema 2020-12 of `input`: the very document that requests are checked against. */
  input_schema: Record<string, unknown>;
  pricing: Price[];
  /** The price list; a generation keeps the one that it was admitted under. */
  price_version: string;
  charge_policy: ChargePolicy;
  /** Whether it can be stopped once it runs. */
  cancelable: boolean;
  /** Whether what it makes can be followed while it is made. */
  streams: boolean;
  /** Half of the last runs here took no longer, in seconds; null before the first one. */
  p50_seconds: number | null;
  /** Of twenty runs here, nineteen took no longer, in seconds; null before the first one. */
  p95_seconds: number | null;
  /** Other names for it. */
  aliases: string[];
  /** When its end was announced. Calls to it carry `Deprecation` and `Sunset` headers. */
  deprecated_at: string | null;
  /**
   * When it ends. A call after that is run by `replaced_by` if the operator decided so, else
   * answered with 410 `model_gone`.
   */
  shutdown_at: string | null;
  /** The id of the model that takes its place. */
  replaced_by: string | null;
  /** After so many seconds a generation expires, uncharged. */
  timeout_seconds: number;
}

/** The model by the name that was asked for, and the one that ran. */
export interface ModelNames {
  /** An id or alias. */
  asked: string;
  resolved: string;
}

/** All models on offer. */
export interface Models {
  data: Model[];
}

/**
 * An amount of money in the minor unit of its currency: `{"amount": 900, "currency": "EUR"}` is
 * nine euros.
 */
export interface Money {
  /** Whole minor units: cents of EUR, yen of JPY. */
  amount: number;
  /** ISO 4217 code in capitals. */
  currency: string;
}

/** A provider that people can sign in with. */
export interface OauthProvider {
  /** What to call it in requests. */
  name: string;
  /** What to write on the button. */
  display_name: string;
  /**
   * Send the browser here, with `redirect_uri`, `code_challenge` and, if you like, `state` in the
   * query.
   */
  start_url: string;
}

/** All providers that people can sign in with. */
export interface OauthProviders {
  data: OauthProvider[];
}

/** A pack of credits for sale. */
export interface Offer {
  /** What `POST /v1/purchases` takes as `offer`. */
  id: string;
  display_name: string;
  /** How many credits it brings. */
  credits: Credits;
  /** One price a currency. The first is taken where a purchase names no currency. */
  prices: Money[];
  /** How long the credits last from payment on, as an ISO 8601 period. Null: they don't expire. */
  lasts: string | null;
}

/** The secret before a rotation, while it is still good. */
export interface OldSecret {
  last_four: string;
  expires_at: string;
}

/** A session as its owner sees it, without tokens. */
export interface OpenSession {
  id: SessionId;
  /** As far as it tells what it is: `Firefox on Linux`. Empty when unknown. */
  device: string;
  /** Whether it is the one that asks. */
  current: boolean;
  /** When somebody signed in. */
  created_at: string;
  /** When its tokens were last exchanged for new ones. */
  last_used_at: string;
  /** When it ends, unless it is refreshed before. */
  expires_at: string;
}

/** Mails, newest first. */
export interface Outbox {
  data: OutboxMail[];
}

/** A mail that a real server would have sent. */
export interface OutboxMail {
  id: MailId;
  /** Which text it is: `verify_email`. */
  template: string;
  to: string;
  subject: string;
  text: string;
  /** The same as a page. */
  html: string;
  created_at: string;
  /** Null while it waits to be sent. */
  sent_at: string | null;
  /** When it was given up; null otherwise. */
  failed_at: string | null;
  /** Why it was given up: what the mail server answered, `suppressed` or `too old`. */
  failure: string | null;
}

/** A file that a generation made. */
export interface Output {
  file_id: FileId;
  content_type: string;
  /** Size in bytes. */
  bytes: number;
  /** SHA-256 of the file, in hex. */
  sha256: string;
  /** In pixels. */
  width: number | null;
  /** In pixels. */
  height: number | null;
  /** How long it plays. */
  seconds: number | null;
  /**
   * Opens the file without a key until `expires_at`. Ask for the generation again to get a new
   * link.
   */
  url: string;
  expires_at: string;
}

/** What happens next. It is the same for every address. */
export interface PasswordForgotten {
  /** The address that a mail is on its way to, if it has an account. */
  email: string;
  /** Until when the code in it can be used. */
  code_expires_at: string;
}

/** The policy and terms that people accept. */
export interface PolicyRequirement {
  /** Send it as `accepted_policy` once the person accepted it. */
  version: string;
  /** Where people read it. */
  url: string;
  /** When it takes effect; null: at once. */
  effective_at: string | null;
}

/** A line of a price: so many credits a unit, times the factors that the input picks. */
export interface Price {
  unit: PriceUnit;
  /** For one unit. */
  credits: Credits;
  /** Input field, value, factor. */
  multipliers: Record<string, Record<string, Credits>>;
}

/** What a price counts. */
export type PriceUnit =
  | "image"
  | "second"
  | "1000_characters"
  | "1000_tokens"
  | (string & {});

/**
 * An error, as RFC 9457 wants it. More members may follow, by the code: `required`, `available`,
 * `replaced_by`…
 */
export interface Problem {
  /** A page that explains this kind of error. */
  type: string;
  /** What happened, in words that never change. */
  title: string;
  /** The HTTP status, again. */
  status: number;
  /** What happened this time. */
  detail: string;
  /** The path that was asked for. */
  instance: string;
  code: ErrorCode;
  /** Tell us this when you ask for help. */
  request_id: string;
  /** What is wrong with the request, one by one. */
  errors?: FieldError[];
  [member: string]: unknown;
}

/** Where a model's input is processed. */
export interface Processing {
  /** ISO 3166 codes; `ZZ` is this server itself. */
  countries: string[];
  /**
   * Where else it may be processed when that is out of order. `regions` on a generation rules out
   * what it does not name.
   */
  fallback_countries: string[];
  /** What makes the transfer there lawful. */
  mechanism: string;
}

/** A proof that it is you: one of the three. */
export interface Proof {
  password?: string;
  /** The six digits that your authenticator app shows. */
  totp_code?: string;
  /** One of your recovery codes, which is used up by it. */
  recovery_code?: string;
}

/** Where the outputs come from. */
export interface Provenance {
  /** Always true: what this API returns was made by a machine. */
  ai_generated: boolean;
  /** Who ran the model; null once the model is no longer offered. */
  provider: string | null;
  /** Where it was processed: ISO 3166 codes; `ZZ` is this server itself. */
  countries: string[];
}

/** A purchase of credits, from its checkout to its payment or refund. */
export interface Purchase {
  id: PurchaseId;
  /** The offer that was bought. It may have been withdrawn since. */
  offer: string;
  /** Who takes the money. */
  processor: string;
  /**
   * `pending` until the processor tells of a payment; credits come with `paid`. A `failed`
   * payment may be tried again at the same checkout. `refunding` until the processor has returned
   * the money. While a payment is `disputed`, what is left of its credits is taken back: it is
   * `paid` again, credits included, when the dispute is won, and `charged_back` for good when it
   * is lost. `expired` when nobody began to pay within a day, or the money did not come within
   * thirty; money that comes all the same still counts.
   */
  status: PurchaseStatus;
  price: Money;
  credits: Credits;
  /** Where the buyer pays: send them there. Null if the processor has opened no checkout. */
  checkout_url: string | null;
  /**
   * Where the processor sends the buyer afterwards. That someone arrives there proves no payment:
   * ask for the purchase.
   */
  success_url: string;
  /** Where the processor sends a buyer who turned back. */
  cancel_url: string;
  /** Whether it brings live or test credits: as the credentials that made it. */
  livemode: boolean;
  created_at: string;
  paid_at: string | null;
  /** When the money went back to the buyer, by a refund or a lost dispute. */
  refunded_at: string | null;
  /** How much of the price goes back to the buyer, or went; null while all of it stays. */
  refund: Money | null;
}

/** Begins with `pur_`. */
export type PurchaseId = string;

/** What was bought, from whom and for how much. */
export interface PurchaseReceipt {
  /** The receipt's number: unique, and the same whenever you ask. */
  number: string;
  purchase: PurchaseId;
  /** Who sold it. */
  seller: string;
  /** What was sold. */
  description: string;
  credits: Credits;
  /** What was paid. */
  price: Money;
  /** Who took the money. */
  processor: string;
  /** Nothing was really sold where this is false. */
  livemode: boolean;
  /** When it was paid. */
  paid_at: string;
  /** When the money went back, by a refund or a lost dispute; null if it did not. */
  refunded_at: string | null;
  /** How much of the price went back by then. */
  refund: Money | null;
}

/** How a purchase stood when it happened. */
export interface PurchaseSnapshot {
  id: PurchaseId;
  status: PurchaseStatus;
  offer: string;
  price: Money;
  credits: Credits;
  created_at: string;
}

/** Where a purchase stands. */
export type PurchaseStatus =
  | "pending"
  | "paid"
  | "failed"
  | "expired"
  | "refunding"
  | "refunded"
  | "disputed"
  | "charged_back"
  | (string & {});

/** What is told of a purchase. */
export interface PurchaseWebhook {
  type: EventType;
  timestamp: string;
  data: PurchaseSnapshot;
}

/** Whose account is to be opened again. */
export interface Reactivate {
  email: string;
  password: string;
  /** The six digits of the authenticator app, where the account has one. */
  totp_code?: string;
  /** Instead of `totp_code`, for whoever lost the app: each counts once. */
  recovery_code?: string;
}

/**
 * Codes for whoever lost their authenticator app. They are shown once: print them, or keep them
 * in a safe place.
 */
export interface RecoveryCodes {
  /** Ten codes, each for one use. */
  recovery_codes: string[];
}

/** The code that came back to your app, and the secret behind the challenge. */
export interface RedeemCode {
  /** The `code` in the address that the browser came back to. */
  code: string;
  /** What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636). */
  code_verifier: string;
}

/** What is exchanged. */
export interface Refresh {
  /** The `refresh_token` of the last answer. */
  refresh_token: string;
}

/** Who wants to sign up. */
export interface Register {
  /** A mail address that you can read. */
  email: string;
  /** 8 to 128 characters, of any kind. What everyone would guess is refused. */
  password: string;
  /** The day of birth, if `auth.requirements` asks for it. Looked at, and not kept. */
  birth_date?: string;
  /** "I am at least so old", if `auth.requirements` asks for that. */
  confirmed_age?: number;
  /** Where the person lives (ISO 3166-1, two letters), if the age depends on it. Not kept. */
  country?: string;
  /** The version of the policy that the person accepts, if `auth.requirements` names one. */
  accepted_policy?: string;
}

/** What happens next. It is the same for every address. */
export interface Registration {
  /** The address that a mail is on its way to. */
  email: string;
  /**
   * This attempt, sealed. Keep it where the person signs up, and send it to `auth.verify_email`
   * with the mailed code: it says whose password and agreement the code confirms.
   */
  registration: string;
  /** Until when the attempt and the code in the mail can be used. */
  code_expires_at: string;
}

/** What to send again: one event, or all of a range. */
export interface ReplayWebhooks {
  /** One event, whether the endpoint wanted it or not. */
  event_id?: EventId;
  /** Or all events that the endpoint wants from this time on, */
  after?: string | Date;
  /** until before this time; until now, if absent. */
  before?: string | Date;
}

/** Secrets that were found where others can read them. */
export interface ReportLeaks {
  leaks: LeakedSecret[];
}

/** What to ask whoever signs up. */
export interface Requirements {
  /** Null: nobody is asked for their age. */
  age: AgeRequirement | null;
  /** Null: there is nothing to accept. */
  policy: PolicyRequirement | null;
}

/** The mailed code, and the password from now on. */
export interface ResetPassword {
  email: string;
  /** The code in the mail. Dashes and capitals don't matter. */
  code: string;
  /** 8 to 128 characters, of any kind. What everyone would guess is refused. */
  password: string;
}

/** How a secret is replaced. */
export interface RotateKey {
  /**
   * For how long the old secret is good besides the new one: up to 7 days. 0 ends it at once. If
   * it leaked and the key has the scope `keys:write`, report it instead: whoever found it may
   * have made keys of their own.
   */
  grace_seconds?: number;
}

/** How a secret is replaced. */
export interface RotateWebhookSecret {
  /** For how long the old secret signs too: up to 7 days. */
  grace_seconds?: number;
}

/** What time it is in the sandbox. */
export interface SandboxClock {
  now: string;
}

/** One thing that a key may do. */
export type Scope =
  | "generations:read"
  | "generations:write"
  | "files:read"
  | "files:write"
  | "credits:read"
  | "credits:write"
  | "usage:read"
  | "usage:write"
  | "keys:read"
  | "keys:write"
  | "webhooks:read"
  | "webhooks:write"
  | "purchases:read"
  | "purchases:write"
  | "data_rights:read"
  | "data_rights:write"
  | (string & {});

/** An open session. */
export interface Session {
  /**
   * Send it as `Authorization: Bearer`. It has every scope and acts on live data, in a sandbox on
   * test data.
   */
  access_token: string;
  token_type: TokenType;
  /** Seconds until the access token ends. */
  expires_in: number;
  /**
   * For new tokens, by `auth.refresh`: once, before the session ends. Keep it as you would a
   * password.
   */
  refresh_token: string;
  /** When the session ends, unless it is refreshed before. */
  session_expires_at: string;
  session_id: SessionId;
  account_id: AccountId;
  /**
   * What the person still has to answer, by `account.agree`, before the account may do anything.
   * Mostly empty.
   */
  pending: SignUpRequirement[];
}

/** Begins with `ses_`. */
export type SessionId = string;

/** Yes or no. */
export interface SetConsent {
  granted: boolean;
}

/** The code of a sign-in, with the second factor where the account has one. */
export interface SignIn {
  /** The `code` in the address that the browser came back to. */
  code: string;
  /** What `code_challenge` is the SHA-256 of: 43 to 128 letters, digits and `-._~` (RFC 7636). */
  code_verifier: string;
  /** The six digits of the authenticator app, where the account has one. */
  totp_code?: string;
  /** Instead of `totp_code`, for whoever lost the app: each counts once. */
  recovery_code?: string;
}

/** What is missing to complete a sign-up. */
export type SignUpRequirement =
  | "age"
  | "policy"
  | (string & {});

/** Why a generation came to nothing. */
export interface SnapshotError {
  code: string;
  message: string | null;
}

/** A file that a generation made. */
export interface SnapshotOutput {
  file_id: FileId;
  content_type: string;
  /** Size in bytes. */
  bytes: number;
  width: number | null;
  height: number | null;
  seconds: number | null;
  /** Opens the file without a key until `expires_at`. */
  url: string;
  expires_at: string;
}

/** What a session may do now. */
export interface SteppedUp {
  /** Until when the session may change the ways into the account. */
  fresh_until: string;
}

/** How an access token is sent. */
export type TokenType =
  | "Bearer"
  | (string & {});

/** Whether sign-ins ask for a code besides. */
export interface Totp {
  /** Whether every sign-in asks for a code of the authenticator app. */
  enabled: boolean;
  /** Since when. */
  enabled_at: string | null;
  /** How many recovery codes can still be used: ten at first. */
  recovery_codes_left: number;
}

/** What an authenticator app is to be told. Nobody can show it again. */
export interface TotpBegun {
  /**
   * For typing: base32, 160 bits. Codes are those of RFC 6238 with SHA-1, six digits and 30
   * seconds.
   */
  secret: string;
  /** The same for a QR code. */
  otpauth_uri: string;
  /** Until when the first code must be confirmed. */
  expires_at: string;
}

/** What to change; what is absent stays. */
export interface UpdateAccount {
  /** An empty text takes it away. Refused where the service keeps no names. */
  display_name?: string;
  /** Of mails: `en`, `de`, or another that the service writes. An empty text: the service's own. */
  language?: string;
}

/** What to change; what is absent stays. */
export interface UpdateKey {
  name?: string;
  /** All scopes that the key shall have. */
  scopes?: Scope[];
  /** The only models that the key may ask for; null: any. */
  models?: string[] | null;
  /** The only addresses and networks that the key may be used from; null: any. */
  ip_allow?: string[] | null;
  /** When the key ends by itself; null: never. */
  expires_at?: string | Date | null;
  /**
   * All caps that the key shall have; an empty list takes them away. What it and the keys that it
   * made spent before counts.
   */
  caps?: CapLimit[];
  /** Limits of the key's own, both anew; null: the server's. */
  rate?: KeyRateLimits | null;
}

/** What to change; what is absent stays. */
export interface UpdateWebhookEndpoint {
  /** An `https` address on the public internet. */
  url?: string;
  description?: string;
  /** The types of events to send; none: all. */
  events?: EventType[];
  /**
   * `false` stops sending; `true` begins again, with what still waits and what happens from then
   * on.
   */
  enabled?: boolean;
}

/**
 * What was made, and what it cost: of all generations that ended in the days asked for, or of one
 * group of them.
 */
export interface Usage {
  /** The day in UTC, as in `2026-11-21`; null unless you group by `day`. */
  day: string | null;
  /** Null unless you group by `key`, and for what a signed-in person asked for. */
  key_id: KeyId | null;
  /** The model that ran; null unless you group by `model`. */
  model: string | null;
  /** Null unless you group by `end_user`, and for generations that named none or were deleted. */
  end_user: string | null;
  /** Generations that ended: the sum of the four that follow. */
  generations: number;
  succeeded: number;
  failed: number;
  canceled: number;
  expired: number;
  images: number;
  /** Of video. */
  seconds: number;
  /** That were spoken. */
  characters: number;
  /** That text models read and wrote. */
  tokens: number;
  /** What was charged. */
  credits: Credits;
}

/** How a request is confirmed. */
export type VerificationMethod =
  | "mailed_code"
  | (string & {});

/** The mailed code. */
export interface VerifyDataRequest {
  /** The code in the mail. Dashes and capitals don't matter. */
  code: string;
}

/** The attempt, and the mailed code. */
export interface VerifyEmail {
  /** What `auth.register` answered. */
  registration: string;
  /** The code in the mail. Dashes and capitals don't matter. */
  code: string;
}

/** One event on its way to one address, and what became of it. */
export interface WebhookDelivery {
  id: DeliveryId;
  /** The endpoint that it goes to; null when it goes to the `webhook_url` of a request. */
  endpoint_id: WebhookEndpointId | null;
  /**
   * The `webhook_url` that it goes to; null when it goes to an endpoint, and once its subject was
   * erased.
   */
  url: string | null;
  /** Also the `webhook-id` that was sent. */
  event_id: EventId;
  type: EventType;
  /** The id of what the event happened to: a generation, batch, key, purchase or endpoint. */
  subject: string;
  status: DeliveryStatus;
  /** How often it was sent. */
  attempts: number;
  /** Null once it was delivered or given up. */
  next_attempt_at: string | null;
  last_attempt_at: string | null;
  /** What your server answered last. */
  status_code: number | null;
  /** Why there was no answer, or why it was not sent. */
  error: string | null;
  /**
   * The beginning of what your server answered last; null without the scope that reads what the
   * event is about.
   */
  response_excerpt: string | null;
  /** How long the last attempt took. */
  milliseconds: number | null;
  created_at: string;
  ended_at: string | null;
}

/** An address of yours to which events are sent. */
export interface WebhookEndpoint {
  id: WebhookEndpointId;
  url: string;
  description: string;
  /** The types that are sent; empty: all. */
  events: EventType[];
  /** Whether it is sent anything. */
  enabled: boolean;
  /**
   * Why we disabled it: `failing`, after five days of nothing but failures, or `gone`, after it
   * answered 410.
   */
  disabled_reason: string | null;
  /** Since when every attempt failed; null when the last one arrived. */
  failing_since: string | null;
  /** Until when the secret before the present one signs too. */
  old_secret_until: string | null;
  livemode: boolean;
  created_at: string;
}

/** Begins with `whe_`. */
export type WebhookEndpointId = string;

/** What was asked to be sent again. */
export interface WebhookReplay {
  endpoint_id: WebhookEndpointId;
  /** The one event, if it is one. */
  event_id: EventId | null;
  after: string | null;
  before: string | null;
}

/** The secret that signs what is sent to the `webhook_url` of a request. */
export interface WebhookSecret {
  /** Verifies what you receive. Keep it where only your programs can read it. */
  secret: string;
  /** Until when the secret before this one signs too; null if there was none. */
  old_secret_until: string | null;
}
