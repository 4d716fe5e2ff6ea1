package tintype

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"
)

// transport carries requests: it knows the key, repeats what may be repeated, and makes errors
// out of failures.
type transport struct {
	config
	userAgent string
}

func newTransport(config config, defaultBaseURL string) *transport {
	if config.baseURL == "" {
		config.baseURL = defaultBaseURL
	}
	config.httpClient = guarded(config.httpClient)
	return &transport{
		config:    config,
		userAgent: fmt.Sprintf("tintype-go/%s (%s)", Version, runtime.Version()),
	}
}

// guarded is the client, except that it never carries the key to another host.
func guarded(client *http.Client) *http.Client {
	follow := client.CheckRedirect
	guarded := *client
	guarded.CheckRedirect = func(request *http.Request, via []*http.Request) error {
		if from := via[0].URL; request.URL.Host != from.Host || request.URL.Scheme != from.Scheme {
			request.Header.Del("Authorization")
		}
		if follow != nil {
			return follow(request, via)
		}
		if len(via) >= 10 {
			return errors.New("too many redirections")
		}
		return nil
	}
	return &guarded
}

// base is the address of the API without a slash at its end.
func (t *transport) base() (string, error) {
	address, err := url.Parse(t.baseURL)
	if err != nil || address.Host == "" || address.Scheme != "http" && address.Scheme != "https" {
		return "", errors.New("the base URL is not an address that begins with http:// or https://")
	}
	return strings.TrimRight(t.baseURL, "/"), nil
}

func (t *transport) call(request Request, accept string, opts []CallOption) *call {
	call := &call{Request: request, settings: t.settings, accept: accept}
	call.header = t.header.Clone()
	call.spread()
	for _, option := range opts {
		option.adjust(call)
	}
	if request.Idempotent && call.idempotencyKey == "" {
		call.idempotencyKey = newUUID()
	}
	return call
}

// send reads the whole answer as JSON.
func send[T any](ctx context.Context, t *transport, request Request, opts []CallOption) (*T, error) {
	call := t.call(request, "application/json", opts)
	response, err := t.do(ctx, call, readAll)
	if err != nil {
		return nil, err
	}
	result := new(T)
	text, _ := io.ReadAll(response.Body)
	if len(text) == 0 && response.StatusCode == http.StatusNoContent {
		return result, nil
	}
	if err := json.Unmarshal(text, result); err != nil {
		return nil, &DecodeError{call.Method, call.Path, requestID(response), err}
	}
	return result, nil
}

// sendEmpty expects no body.
func sendEmpty(ctx context.Context, t *transport, request Request, opts []CallOption) error {
	_, err := t.do(ctx, t.call(request, "application/json", opts), readAll)
	return err
}

// reading is what an attempt does with an answer of success.
type reading int

const (
	// readAll reads the body within the attempt, so that one that breaks off is asked for again.
	readAll reading = iota
	// readLater leaves the body to the caller, without a timeout.
	readLater
)

// do makes as many attempts as it takes and is allowed.
func (t *transport) do(ctx context.Context, call *call, reading reading) (*http.Response, error) {
	for number := 1; ; number++ {
		response, err := t.attempt(ctx, call, reading, number)
		if err == nil {
			return response, nil
		}
		if number > call.maxRetries || !call.worthRepeating(err) {
			return nil, err
		}
		pause := pauseAfter(err, number)
		if deadline, is := ctx.Deadline(); is && time.Until(deadline) < pause {
			return nil, err
		}
		t.logger.LogAttrs(ctx, slog.LevelWarn, "tintype: trying again",
			slog.String("method", call.Method), slog.String("path", call.Path),
			slog.Int("attempt", number), slog.Duration("pause", pause))
		if err := sleep(ctx, pause); err != nil {
			return nil, interrupted(ctx, call.Method, call.Path)
		}
	}
}

var errAttemptTimeout = errors.New("no answer in time")

func (t *transport) attempt(ctx context.Context, call *call, reading reading, number int) (*http.Response, error) {
	if ctx.Err() != nil {
		return nil, interrupted(ctx, call.Method, call.Path)
	}
	inner, cancel := context.WithCancelCause(ctx)
	stop := func() bool { return true }
	if call.timeout > 0 {
		stop = time.AfterFunc(call.timeout+call.wait, func() { cancel(errAttemptTimeout) }).Stop
	}
	request, err := t.request(inner, call)
	if err != nil {
		stop()
		cancel(nil)
		return nil, &RequestError{err}
	}
	begin := time.Now()
	response, err := t.httpClient.Do(request)
	if err != nil {
		stop()
		err = failure(ctx, inner, call, err)
		cancel(nil)
		t.log(ctx, call, number, begin, slog.String("error", err.Error()))
		return nil, err
	}
	call.response.fill(response)
	t.log(ctx, call, number, begin,
		slog.Int("status", response.StatusCode), slog.String("request_id", requestID(response)))
	if response.StatusCode < 300 && reading == readLater {
		stop()
		response.Body = &openBody{response.Body, call, ctx, inner, cancel}
		return response, nil
	}
	text, err := io.ReadAll(response.Body)
	response.Body.Close()
	stop()
	err = failure(ctx, inner, call, err)
	cancel(nil)
	switch {
	case response.StatusCode >= 300:
		return nil, newAPIError(response, text)
	case err != nil:
		return nil, err
	}
	response.Body = io.NopCloser(bytes.NewReader(text))
	return response, nil
}

func (t *transport) request(ctx context.Context, call *call) (*http.Request, error) {
	base, err := t.base()
	if err != nil {
		return nil, err
	}
	address, err := call.address(base)
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequestWithContext(ctx, call.Method, address, nil)
	if err != nil {
		return nil, err
	}
	header := request.Header
	header.Set("Accept", call.accept)
	header.Set("User-Agent", t.userAgent)
	if call.auth != authNone && t.apiKey != "" {
		header.Set("Authorization", "Bearer "+t.apiKey)
	}
	if call.idempotencyKey != "" && call.Method == http.MethodPost {
		header.Set("Idempotency-Key", call.idempotencyKey)
	}
	if call.wait > 0 {
		header.Set("Prefer", "wait="+strconv.Itoa(call.preference(ctx)))
	}
	if call.lastEventID != "" {
		header.Set("Last-Event-ID", call.lastEventID)
	}
	for name, values := range call.header {
		header[name] = values
	}
	if call.auth == authRequired && header.Get("Authorization") == "" {
		return nil, errNoKey
	}
	if call.Body == nil {
		return request, nil
	}
	body, err := call.Body.open()
	if err != nil {
		return nil, err
	}
	header.Set("Content-Type", body.mediaType)
	request.Body, request.ContentLength = body, body.length
	if call.Body.repeatable() {
		// For a redirection, or a connection that the server closed while it was idle.
		request.GetBody = func() (io.ReadCloser, error) {
			body, err := call.Body.open()
			return body, err
		}
	}
	return request, nil
}

// failure tells what ended an attempt: the caller, the clock or the network.
func failure(ctx, inner context.Context, call *call, err error) error {
	if err == nil {
		return nil
	}
	// It carries the address with its query, which is nobody's business.
	var wrapped *url.Error
	if errors.As(err, &wrapped) {
		err = wrapped.Err
	}
	var timeout interface{ Timeout() bool }
	switch {
	case ctx.Err() != nil:
		return interrupted(ctx, call.Method, call.Path)
	case context.Cause(inner) == errAttemptTimeout:
		return &TimeoutError{call.Method, call.Path, errAttemptTimeout}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &TimeoutError{call.Method, call.Path, err}
	}
	return &ConnectionError{call.Method, call.Path, err}
}

func (t *transport) log(ctx context.Context, call *call, number int, begin time.Time, outcome ...slog.Attr) {
	attrs := []slog.Attr{
		slog.String("method", call.Method), slog.String("path", call.Path),
		slog.Int("attempt", number), slog.Duration("duration", time.Since(begin)),
	}
	t.logger.LogAttrs(ctx, slog.LevelDebug, "tintype: request", append(attrs, outcome...)...)
}

// openBody is a body that is read after the attempt; closing it ends the exchange.
type openBody struct {
	io.ReadCloser
	call       *call
	ctx, inner context.Context
	cancel     context.CancelCauseFunc
}

func (b *openBody) Read(buffer []byte) (int, error) {
	count, err := b.ReadCloser.Read(buffer)
	switch {
	case err == io.EOF:
		b.cancel(nil)
	case err != nil:
		err = failure(b.ctx, b.inner, b.call, err)
	}
	return count, err
}

func (b *openBody) Close() error {
	b.cancel(nil)
	return b.ReadCloser.Close()
}
