// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

/** An account. */
export interface Account {
  id: AccountId;
  status: AccountStatus;
  /** As it was typed. */
  email: string | null;
  email_verified_at: string | null;
  created_at: string;
}

/** Begins with `acc_`. */
export type AccountId = string;

/** Where an account stands. */
export type AccountStatus =
  | "active"
  | "erased"
  | (string & {});

/** One thing that was done for a request. */
export interface ActionTaken {
  /**
   * `exported`, `deleted`, `cleared` (kept without personal content), `kept`, `canceled` (it was
   * under way) or `ended` (it could be used until then).
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

/** What to announce of a purchase. */
export interface AnnounceCheckout {
  outcome: CheckoutOutcome;
  /**
   * The id of the processor's event. Absent: a new one. The id of an earlier event delivers that
   * event again, which changes nothing.
   */
  event?: string;
}

/** An API key, without its secret. */
export interface ApiKey {
  id: KeyId;
  name: string;
  scopes: Scope[];
  livemode: boolean;
  /** The last four characters of the secret, to tell keys apart by. */
  last_four: string;
  created_at: string;
  expires_at: string | null;
  revoked_at: string | null;
  /** Exact to a minute or so. */
  last_used_at: string | null;
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

/** When a model is charged. */
export type ChargePolicy =
  | "on_success"
  | (string & {});

/** What the payment processor says of a purchase. */
export type CheckoutOutcome =
  | "paid"
  | "failed"
  | "pending"
  | "refunded"
  | "disputed"
  | (string & {});

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

/** What you ask for. */
export interface CreateDataRequest {
  /** `access`: a copy of everything. `erasure`: the account and all its data go, for good. */
  type: DataRight;
  /** Anything that you want to say about it. */
  statement?: string;
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
   * Your own data: up to 50 keys with texts of up to 500 characters. You get it back and can
   * filter by it.
   */
  metadata?: Record<string, string>;
  /** Your own stable name for the person on whose behalf you ask; a pseudonym will do. */
  end_user?: string;
  /** Keep the outputs beyond the operator's usual time. */
  saved?: boolean;
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
  /** When the key ends by itself. By default it ends with the key that makes it, or never. */
  expires_at?: string | Date;
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
  created_at: string;
  expires_at: string | null;
}

/**
 * An exact amount of credits as a decimal string with at most six decimals. Never parse it into a
 * float.
 */
export type Credits = string;

/** What was done with rows of a table. */
export type DataAction =
  | "exported"
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
  fulfilled_at: string;
  /** What was done, table by table. */
  actions: ActionTaken[];
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
   * done; then `fulfilled`. It is `withdrawn` or `expired` if it was never confirmed. More
   * statuses may come.
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
  /** The archive, once an access request is fulfilled and until the archive expires. */
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

/** The stable reason of an error. Decide by it, not by the words of `detail`. */
export type ErrorCode =
  | "invalid_request"
  | "malformed_json"
  | "invalid_cursor"
  | "unauthenticated"
  | "insufficient_credits"
  | "spend_cap_reached"
  | "insufficient_scope"
  | "not_found"
  | "method_not_allowed"
  | "request_timeout"
  | "conflict"
  | "not_cancelable"
  | "nothing_to_refund"
  | "idempotency_in_progress"
  | "model_gone"
  | "erased"
  | "payload_too_large"
  | "unsupported_media_type"
  | "range_not_satisfiable"
  | "invalid_input"
  | "unknown_model"
  | "unknown_offer"
  | "region_not_allowed"
  | "max_cost_exceeded"
  | "idempotency_key_reused"
  | "code_invalid"
  | "rate_limited"
  | "concurrency_limit_reached"
  | "internal_error"
  | "unavailable"
  | "outcome_unknown"
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

/** A generation: what was asked, where it stands, what it made and what it cost. */
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

/** Begins with `key_`. */
export type KeyId = string;

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

/** Who wants to sign in. */
export interface Login {
  email: string;
  password: string;
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
  /** Other names for it. */
  aliases: string[];
  /** After so many seconds a generation expires, uncharged. */
  timeout_seconds: number;
}

/** The model by the name that was asked for, and the one that ran. */
export interface ModelNames {
  /** An id or alias. */
  asked: string;
  resolved: string;
}

/** All models. */
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
  created_at: string;
  /** Null while it waits to be sent. */
  sent_at: string | null;
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
  /** What makes the transfer there lawful. */
  mechanism: string;
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
   * the money. While a payment is `disputed`, what is left of its credits is taken back.
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
  refunded_at: string | null;
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
  /** When the money was returned; null if it was not. */
  refunded_at: string | null;
}

/** Where a purchase stands. */
export type PurchaseStatus =
  | "pending"
  | "paid"
  | "failed"
  | "refunding"
  | "refunded"
  | "disputed"
  | (string & {});

/** Who wants to sign up. */
export interface Register {
  /** A mail address that you can read. */
  email: string;
  /** 8 to 128 characters, of any kind. */
  password: string;
}

/** What happens next. It is the same for every address. */
export interface Registration {
  /** The address that a mail is on its way to. */
  email: string;
  /** Until when the code in it can be used. */
  code_expires_at: string;
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
  /** Seconds until the session ends. */
  expires_in: number;
  account_id: AccountId;
}

/** How an access token is sent. */
export type TokenType =
  | "Bearer"
  | (string & {});

/** How a request is confirmed. */
export type VerificationMethod =
  | "mailed_code"
  | (string & {});

/** The mailed code. */
export interface VerifyDataRequest {
  /** The eight digits of the mail. */
  code: string;
}

/** The mailed code. */
export interface VerifyEmail {
  email: string;
  /** The eight digits of the mail. */
  code: string;
}
