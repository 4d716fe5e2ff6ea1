// Conformance makes the calls of the conformance suite (../../conformance) and reports what came
// out. It knows no expectations.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"tintype.example/tintype"
)

// scenario is a case as the suite hands it out.
type scenario struct {
	Name        string          `json:"name"`
	Client      json.RawMessage `json:"client"`
	Call        string          `json:"call"`
	ID          string          `json:"id"`
	Arguments   json.RawMessage `json:"arguments"`
	Options     options         `json:"options"`
	Take        int             `json:"take"`
	CancelAfter float64         `json:"cancel_after"`
	SaveTo      string          `json:"save_to"`
	File        *file           `json:"file"`
	Webhook     *webhook        `json:"webhook"`
}

type options struct {
	Timeout        *float64          `json:"timeout"`
	MaxRetries     *int              `json:"max_retries"`
	IdempotencyKey string            `json:"idempotency_key"`
	Headers        map[string]string `json:"headers"`
	Wait           *float64          `json:"wait"`
	WaitTimeout    *float64          `json:"wait_timeout"`
}

type file struct {
	Path        string `json:"path"`
	Name        string `json:"name"`
	ContentType string `json:"content_type"`
}

type webhook struct {
	Secret  string            `json:"secret"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

// report is what came out.
type report struct {
	Case        string     `json:"case"`
	Value       any        `json:"value"`
	RequestID   string     `json:"request_id,omitempty"`
	Progress    []progress `json:"progress,omitempty"`
	Items       []any      `json:"items,omitempty"`
	Log         []string   `json:"log"`
	Error       *failure   `json:"error,omitempty"`
	Unsupported string     `json:"unsupported,omitempty"`
}

// MarshalJSON writes either a value, be it null, or an error.
func (r report) MarshalJSON() ([]byte, error) {
	type plain report
	if r.Error == nil && r.Unsupported == "" {
		return json.Marshal(plain(r))
	}
	return json.Marshal(struct {
		plain
		Value any `json:"value,omitempty"`
	}{plain: plain(r)})
}

type progress struct {
	Status   tintype.GenerationStatus `json:"status"`
	Progress int64                    `json:"progress"`
}

type failure struct {
	Family     string               `json:"family"`
	Base       bool                 `json:"base"`
	Message    string               `json:"message"`
	Status     int                  `json:"status,omitempty"`
	Code       tintype.ErrorCode    `json:"code,omitempty"`
	Title      string               `json:"title,omitempty"`
	Detail     string               `json:"detail,omitempty"`
	RequestID  string               `json:"request_id,omitempty"`
	RetryAfter float64              `json:"retry_after,omitempty"`
	Errors     []tintype.FieldError `json:"errors,omitempty"`
	Context    map[string]any       `json:"context,omitempty"`
}

func main() {
	text, err := os.ReadFile(os.Getenv("CONFORMANCE_CASES"))
	var scenarios []scenario
	if err == nil {
		err = json.Unmarshal(text, &scenarios)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	output := json.NewEncoder(os.Stdout)
	for _, scenario := range scenarios {
		if err := output.Encode(scenario.run()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

func (s scenario) run() report {
	var log bytes.Buffer
	var response tintype.Response
	report := report{Case: s.Name}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	if s.CancelAfter > 0 {
		time.AfterFunc(seconds(s.CancelAfter), cancel)
	}
	if limit := s.Options.WaitTimeout; limit != nil {
		ctx, cancel = context.WithTimeout(ctx, seconds(*limit))
		defer cancel()
	}
	client, err := s.client(&log)
	if err == nil {
		opts := append(s.options(), tintype.WithResponse(&response))
		report.Value, err = s.call(ctx, client, opts, &report)
	}
	switch {
	case errors.Is(err, errUnsupported):
		report.Unsupported = err.Error()
	case err != nil:
		report.Error = describe(err)
	case report.Items != nil:
		report.Value, report.Items = report.Items, nil
	default:
		report.RequestID = response.RequestID
	}
	report.Log = strings.FieldsFunc(log.String(), func(char rune) bool { return char == '\n' })
	return report
}

func (s scenario) client(log *bytes.Buffer) (*tintype.Client, error) {
	logger := slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	opts := []tintype.ClientOption{tintype.WithLogger(logger)}
	if string(s.Client) == `"environment"` {
		return tintype.NewClient(opts...), nil
	}
	var config struct {
		APIKey     string   `json:"api_key"`
		BaseURL    string   `json:"base_url"`
		Timeout    *float64 `json:"timeout"`
		MaxRetries *int     `json:"max_retries"`
	}
	if err := json.Unmarshal(s.Client, &config); err != nil {
		return nil, err
	}
	opts = append(opts, tintype.WithAPIKey(config.APIKey), tintype.WithBaseURL(config.BaseURL))
	if config.Timeout != nil {
		opts = append(opts, tintype.WithTimeout(seconds(*config.Timeout)))
	}
	if config.MaxRetries != nil {
		opts = append(opts, tintype.WithMaxRetries(*config.MaxRetries))
	}
	return tintype.NewClient(opts...), nil
}

func (s scenario) options() []tintype.CallOption {
	var opts []tintype.CallOption
	if s.Options.Timeout != nil {
		opts = append(opts, tintype.WithTimeout(seconds(*s.Options.Timeout)))
	}
	if s.Options.MaxRetries != nil {
		opts = append(opts, tintype.WithMaxRetries(*s.Options.MaxRetries))
	}
	if s.Options.IdempotencyKey != "" {
		opts = append(opts, tintype.WithIdempotencyKey(s.Options.IdempotencyKey))
	}
	if s.Options.Wait != nil {
		opts = append(opts, tintype.WithWait(seconds(*s.Options.Wait)))
	}
	for name, value := range s.Options.Headers {
		opts = append(opts, tintype.WithHeader(name, value))
	}
	return opts
}

func seconds(number float64) time.Duration {
	return time.Duration(number * float64(time.Second))
}

var families = []struct {
	name string
	err  error
}{
	{"bad_request", tintype.ErrBadRequest},
	{"authentication", tintype.ErrAuthentication},
	{"insufficient_credits", tintype.ErrInsufficientCredits},
	{"permission_denied", tintype.ErrPermissionDenied},
	{"not_found", tintype.ErrNotFound},
	{"conflict", tintype.ErrConflict},
	{"gone", tintype.ErrGone},
	{"unprocessable", tintype.ErrUnprocessable},
	{"rate_limited", tintype.ErrRateLimit},
	{"server_error", tintype.ErrServer},
	{"connection", tintype.ErrConnection},
	{"timeout", tintype.ErrTimeout},
	{"webhook", tintype.ErrWebhook},
	{"canceled", context.Canceled},
}

func describe(err error) *failure {
	described := &failure{Family: "other", Message: err.Error()}
	var base tintype.Error
	described.Base = errors.As(err, &base)
	var refusal *tintype.APIError
	if errors.As(err, &refusal) {
		described.Family = "api"
		described.Status = refusal.Status
		described.Code = refusal.Code
		described.Title = refusal.Title
		described.Detail = refusal.Detail
		described.RequestID = refusal.RequestID
		described.RetryAfter = refusal.RetryAfter.Seconds()
		described.Errors = refusal.Errors
		described.Context = refusal.Context
	}
	for _, family := range families {
		if errors.Is(err, family.err) {
			described.Family = family.name
		}
	}
	return described
}
