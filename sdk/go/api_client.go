// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

// Client is the client for the API. Make one with [NewClient] and use it from everywhere: it is safe
// for concurrent use.
type Client struct {
	// What can be made, by whom, where and for how much. Models are configuration: ask for the
	// list instead of writing it down.
	Models *ModelsResource

	// Images, videos, speech and text. A generation is accepted at once, made in the background,
	// and costs nothing unless it succeeds.
	Generations *GenerationsResource

	// What generations would cost, line by line, before any is made; and a price that holds for a
	// quarter of an hour.
	Estimates *EstimatesResource

	// Many generations at once: accepted together, held for together, told of together.
	Batches *BatchesResource

	// What generations made. Links are ours and short-lived, and die when the file is erased.
	Files *FilesResource

	// The balance, the lots that it consists of, and every movement of it.
	Credits *CreditsResource

	// What was made and what it cost, by day, model, key and end user.
	Usage *UsageResource

	// Offers and purchases of credits.
	Offers *OffersResource

	// Offers and purchases of credits.
	Purchases *PurchasesResource

	// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
	// in both cases with the same id.
	Events *EventsResource

	// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
	// in both cases with the same id.
	WebhookEndpoints *WebhookEndpointsResource

	// What happened, pushed to your own addresses or pulled: each event at least once, signed, and
	// in both cases with the same id.
	WebhookDeliveries *WebhookDeliveriesResource

	// API keys: what your programs carry in `Authorization: Bearer`. A test key sees test data
	// only and spends test credits.
	Keys *KeysResource

	// Signing up, signing in, and the account itself.
	Auth *AuthResource

	// Signing up, signing in, and the account itself.
	Account *AccountResource

	// Signing up, signing in, and the account itself.
	OAuth *OAuthResource

	// Signing up, signing in, and the account itself.
	Identities *IdentitiesResource

	// Signing up, signing in, and the account itself.
	Sessions *SessionsResource

	// Signing up, signing in, and the account itself.
	TOTP *TOTPResource

	// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
	DataRights *DataRightsResource

	// Requests about personal data: a copy of all of it, or its erasure, with a receipt.
	Consents *ConsentsResource

	// Beside the API, and only where nothing is real: move the clock, read what was mailed, play
	// the buyer and the payment processor. None of it needs credentials. In production none of it
	// exists.
	Sandbox *SandboxResource

	transport *transport
}

// NewClient makes a client. Without options it reads the key from TINTYPE_API_KEY and the address
// from TINTYPE_BASE_URL. It never fails: what is missing or wrong is told by the first call that
// needs it.
func NewClient(options ...ClientOption) *Client {
	return newClient(newConfig().with(options))
}

// With returns a client like this one, with some options changed: another key, more retries.
func (c *Client) With(options ...ClientOption) *Client {
	return newClient(c.transport.config.with(options))
}

func newClient(config config) *Client {
	transport := newTransport(config, "http://127.0.0.1:8080")
	return &Client{
		Models:            &ModelsResource{transport},
		Generations:       &GenerationsResource{transport},
		Estimates:         &EstimatesResource{transport},
		Batches:           &BatchesResource{transport},
		Files:             &FilesResource{transport},
		Credits:           &CreditsResource{transport},
		Usage:             &UsageResource{transport},
		Offers:            &OffersResource{transport},
		Purchases:         &PurchasesResource{transport},
		Events:            &EventsResource{transport},
		WebhookEndpoints:  &WebhookEndpointsResource{transport},
		WebhookDeliveries: &WebhookDeliveriesResource{transport},
		Keys:              &KeysResource{transport},
		Auth:              &AuthResource{transport},
		Account:           &AccountResource{transport},
		OAuth:             &OAuthResource{transport},
		Identities:        &IdentitiesResource{transport},
		Sessions:          &SessionsResource{transport},
		TOTP:              &TOTPResource{transport},
		DataRights:        &DataRightsResource{transport},
		Consents:          &ConsentsResource{transport},
		Sandbox:           &SandboxResource{transport},
		transport:         transport,
	}
}
