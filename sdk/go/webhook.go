package tintype

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// webhookTolerance is how far the sender's clock and ours may be apart, and how long a webhook may
// be on its way.
const webhookTolerance = 5 * time.Minute

// Webhook is what was sent to one of your endpoints.
type Webhook struct {
	// ID is the same each time that an event is delivered: remember it to act on it once.
	ID string `json:"-"`
	// Type says what happened: "generation.succeeded".
	Type string `json:"type"`
	// Timestamp is when it happened.
	Timestamp time.Time `json:"timestamp,omitzero"`
	// Data is what it is about, as JSON.
	Data json.RawMessage `json:"data"`
	// Payload is the whole body by its type; an [UnknownWebhook] where this version of the package
	// does not know it.
	Payload WebhookPayload `json:"-"`
}

// WebhookPayload is the body of a webhook: one of the types that the API documents, or
// [UnknownWebhook]. Tell them apart with a type switch.
type WebhookPayload interface {
	webhookPayload()
}

// UnknownWebhook is the body of a webhook that this version of the package does not know.
type UnknownWebhook struct {
	json.RawMessage
}

func (*UnknownWebhook) webhookPayload() {}

// WebhookVerifier checks that webhooks come from Tintype (Standard Webhooks 1.0.0).
type WebhookVerifier struct {
	keys [][]byte
	now  func() time.Time
}

// NewWebhookVerifier makes a verifier with the secret of an endpoint, which begins with whsec_.
// While you change it give both, the old and the new one.
func NewWebhookVerifier(secrets ...string) (*WebhookVerifier, error) {
	if len(secrets) == 0 {
		return nil, &RequestError{errors.New("there is no webhook secret")}
	}
	verifier := &WebhookVerifier{now: time.Now}
	for _, secret := range secrets {
		encoded := strings.TrimPrefix(strings.TrimSpace(secret), "whsec_")
		key, err := base64.StdEncoding.DecodeString(encoded)
		if err != nil || len(key) == 0 {
			return nil, &RequestError{errors.New("a webhook secret is whsec_ and base64")}
		}
		verifier.keys = append(verifier.keys, key)
	}
	return verifier, nil
}

// Verify checks the signature of a webhook and reads it. The body must be the bytes as they came:
//
//	body, err := io.ReadAll(request.Body)
//	…
//	webhook, err := verifier.Verify(body, request.Header)
//	if errors.Is(err, tintype.ErrWebhook) {
//		http.Error(writer, "not from Tintype", http.StatusBadRequest)
//		return
//	}
func (v *WebhookVerifier) Verify(body []byte, header http.Header) (*Webhook, error) {
	id, sent := headerValue(header, "Webhook-Id"), headerValue(header, "Webhook-Timestamp")
	signatures := headerValue(header, "Webhook-Signature")
	if id == "" || sent == "" || signatures == "" {
		return nil, &WebhookError{"a header is missing"}
	}
	seconds, err := strconv.ParseInt(sent, 10, 64)
	if err != nil {
		return nil, &WebhookError{"the timestamp is no number"}
	}
	if !v.signed(id+"."+sent+"."+string(body), signatures) {
		return nil, &WebhookError{"no signature fits"}
	}
	if age := v.now().Sub(time.Unix(seconds, 0)); age.Abs() > webhookTolerance {
		return nil, &WebhookError{"it is too old, or from the future"}
	}
	webhook := &Webhook{ID: id}
	if err := json.Unmarshal(body, webhook); err != nil {
		return nil, &WebhookError{"it is signed but unreadable: " + err.Error()}
	}
	webhook.Payload, err = webhookPayload(webhook.Type, body)
	if err != nil {
		return nil, &WebhookError{"it is signed but unreadable: " + err.Error()}
	}
	return webhook, nil
}

// headerValue finds a header however it is spelt: what hands requests over as JSON keeps the
// spelling of the wire, where net/http has its own.
func headerValue(header http.Header, name string) string {
	if value := header.Get(name); value != "" {
		return value
	}
	for key, values := range header {
		if strings.EqualFold(key, name) && len(values) > 0 {
			return values[0]
		}
	}
	return ""
}

func (v *WebhookVerifier) signed(text, signatures string) bool {
	for _, signature := range strings.Fields(signatures) {
		version, encoded, _ := strings.Cut(signature, ",")
		given, err := base64.StdEncoding.DecodeString(encoded)
		if version != "v1" || err != nil {
			continue
		}
		for _, key := range v.keys {
			hash := hmac.New(sha256.New, key)
			hash.Write([]byte(text))
			if hmac.Equal(hash.Sum(nil), given) {
				return true
			}
		}
	}
	return false
}
