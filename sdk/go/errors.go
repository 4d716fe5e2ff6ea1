package tintype

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Error is implemented by every error that this package makes itself. The only other errors
// that calls return wrap [context.Canceled].
//
//	var failure tintype.Error
//	if errors.As(err, &failure) { … }
type Error interface {
	error
	tintype()
}

// What went wrong without an answer of the API, for [errors.Is].
var (
	// ErrConnection is a server that could not be reached, or a reply that broke off.
	ErrConnection = errors.New("tintype: connection failed")
	// ErrTimeout is an attempt that took longer than the timeout, or a deadline of the context
	// that passed. The latter matches [context.DeadlineExceeded] too.
	ErrTimeout = errors.New("tintype: timed out")
	// ErrWebhook is a webhook that must not be trusted.
	ErrWebhook = errors.New("tintype: webhook refused")
)

// APIError is an answer of the API that tells of a failure, a problem in the sense of RFC 9457.
//
// Ask for its family with [errors.Is], and decide finer by its Code:
//
//	var refusal *tintype.APIError
//	if errors.As(err, &refusal) && refusal.Code == tintype.ErrorCodeModelGone {
//		fmt.Println("use", refusal.Context["replaced_by"])
//	}
type APIError struct {
	// Status is the HTTP status.
	Status int
	// Code is the stable reason, empty if the answer did not come from the API itself.
	Code ErrorCode
	// Type is the address of a page that explains this kind of error.
	Type string
	// Title is what happened, in words that never change.
	Title string
	// Detail is what happened this time, and what to do next.
	Detail string
	// Instance is the path that was asked for.
	Instance string
	// RequestID names the request: quote it when you ask for help.
	RequestID string
	// Errors says what is wrong with the request, one by one.
	Errors []FieldError
	// RetryAfter is the time after which it makes sense to try again; zero if unknown.
	RetryAfter time.Duration
	// Context has what else the problem carries, by its code: "required", "replaced_by", …
	Context map[string]any
	// Header has the headers of the answer.
	Header http.Header
}

func (e *APIError) Error() string {
	var text strings.Builder
	fmt.Fprintf(&text, "tintype: %d", e.Status)
	if e.Code != "" {
		fmt.Fprintf(&text, " %s", e.Code)
	}
	if message := cmp.Or(e.Detail, e.Title); message != "" {
		fmt.Fprintf(&text, ": %s", message)
	}
	for _, field := range e.Errors {
		fmt.Fprintf(&text, " [%s: %s]", cmp.Or(field.Pointer, field.Parameter), field.Detail)
	}
	if e.RequestID != "" {
		fmt.Fprintf(&text, " (request %s)", e.RequestID)
	}
	return text.String()
}

// Is tells whether target is the family of the error, such as [ErrNotFound].
func (e *APIError) Is(target error) bool {
	family := family(e.Status)
	return family != nil && target == family
}

func (*APIError) tintype() {}

// ConnectionError is a server that could not be reached, or a reply that broke off. Whether the
// request was carried out is unknown.
type ConnectionError struct {
	Method string
	Path   string
	Err    error
}

func (e *ConnectionError) Error() string {
	return fmt.Sprintf("tintype: %s %s: no answer: %v", e.Method, e.Path, e.Err)
}

// Is tells whether target is [ErrConnection].
func (e *ConnectionError) Is(target error) bool { return target == ErrConnection }

// Unwrap returns what the network said.
func (e *ConnectionError) Unwrap() error { return e.Err }

func (*ConnectionError) tintype() {}

// TimeoutError is an attempt that took longer than the timeout ([WithTimeout]), or a deadline of
// the context that passed. Whether the request was carried out is unknown.
type TimeoutError struct {
	Method string
	Path   string
	Err    error
}

func (e *TimeoutError) Error() string {
	return fmt.Sprintf("tintype: %s %s: timed out: %v", e.Method, e.Path, e.Err)
}

// Is tells whether target is [ErrTimeout].
func (e *TimeoutError) Is(target error) bool { return target == ErrTimeout }

// Timeout is true, as for timeouts of the net package.
func (e *TimeoutError) Timeout() bool { return true }

// Unwrap returns [context.DeadlineExceeded] if the deadline of the context passed.
func (e *TimeoutError) Unwrap() error { return e.Err }

func (*TimeoutError) tintype() {}

// DecodeError is an answer of success that could not be read, such as the login page of a
// network that stands between.
type DecodeError struct {
	Method    string
	Path      string
	RequestID string
	Err       error
}

func (e *DecodeError) Error() string {
	text := fmt.Sprintf("tintype: %s %s: unreadable answer: %v", e.Method, e.Path, e.Err)
	if e.RequestID != "" {
		text += " (request " + e.RequestID + ")"
	}
	return text
}

// Unwrap returns what is wrong with it.
func (e *DecodeError) Unwrap() error { return e.Err }

func (*DecodeError) tintype() {}

// RequestError is a request that was not sent, because it cannot be right: no key, an empty id,
// an address without a host.
type RequestError struct {
	Err error
}

func (e *RequestError) Error() string { return "tintype: not sent: " + e.Err.Error() }

// Unwrap returns why it was not sent.
func (e *RequestError) Unwrap() error { return e.Err }

func (*RequestError) tintype() {}

// WebhookError is a webhook that must not be trusted, and why.
type WebhookError struct {
	Reason string
}

func (e *WebhookError) Error() string { return "tintype: webhook refused: " + e.Reason }

// Is tells whether target is [ErrWebhook].
func (e *WebhookError) Is(target error) bool { return target == ErrWebhook }

func (*WebhookError) tintype() {}

// interrupted is the error of a call whose context has ended.
func interrupted(ctx context.Context, method, path string) error {
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return &TimeoutError{Method: method, Path: path, Err: ctx.Err()}
	}
	return fmt.Errorf("tintype: %s %s: %w", method, path, ctx.Err())
}
