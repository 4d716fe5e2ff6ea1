package tintype

import (
	"cmp"
	"log/slog"
	"net/http"
	"os"
	"strings"
	"time"
)

const (
	defaultTimeout    = 60 * time.Second
	defaultMaxRetries = 2
)

// ClientOption changes how a [Client] works. See [NewClient].
type ClientOption interface {
	configure(*config)
}

// CallOption changes one call.
type CallOption interface {
	adjust(*call)
}

// Option changes a client, or one call.
type Option interface {
	ClientOption
	CallOption
}

// settings are what a client has and a call may have differently.
type settings struct {
	timeout    time.Duration
	maxRetries int
	header     http.Header
}

type config struct {
	settings
	apiKey     string
	baseURL    string
	httpClient *http.Client
	logger     *slog.Logger
}

func newConfig() config {
	return config{
		settings: settings{
			timeout:    defaultTimeout,
			maxRetries: defaultMaxRetries,
			header:     http.Header{},
		},
		apiKey:  strings.TrimSpace(os.Getenv("TINTYPE_API_KEY")),
		baseURL: strings.TrimSpace(os.Getenv("TINTYPE_BASE_URL")),
	}
}

func (c config) with(options []ClientOption) config {
	c.header = c.header.Clone()
	for _, option := range options {
		option.configure(&c)
	}
	c.httpClient = cmp.Or(c.httpClient, http.DefaultClient)
	c.logger = cmp.Or(c.logger, slog.New(slog.DiscardHandler))
	return c
}

type (
	option       func(*settings)
	clientOption func(*config)
	callOption   func(*call)
)

func (o option) configure(c *config)       { o(&c.settings) }
func (o option) adjust(c *call)            { o(&c.settings) }
func (o clientOption) configure(c *config) { o(c) }
func (o callOption) adjust(c *call)        { o(c) }

// WithAPIKey sets the key. Without it the key is read from TINTYPE_API_KEY.
func WithAPIKey(key string) ClientOption {
	return clientOption(func(c *config) { c.apiKey = strings.TrimSpace(key) })
}

// WithBaseURL sets where the API is. Without it the address is read from TINTYPE_BASE_URL; the
// default is a server on this machine.
func WithBaseURL(address string) ClientOption {
	return clientOption(func(c *config) { c.baseURL = address })
}

// WithHTTPClient sets what carries the requests, for proxies, certificates or tests. A Timeout of
// its own ends downloads and streams too; prefer [WithTimeout].
func WithHTTPClient(client *http.Client) ClientOption {
	return clientOption(func(c *config) { c.httpClient = client })
}

// WithLogger sets a logger. Every attempt is told at level Debug and every repetition at level
// Warn, with method, path, status, request id and duration, and never with a key, a query, a body
// or a signed link.
func WithLogger(logger *slog.Logger) ClientOption {
	return clientOption(func(c *config) { c.logger = logger })
}

// WithTimeout limits each attempt, from its start until its answer has been read. It does not
// limit downloads and streams once they have begun. The default is a minute; zero means no limit.
// To limit a call with all of its attempts, give its context a deadline.
func WithTimeout(timeout time.Duration) Option {
	return option(func(s *settings) { s.timeout = timeout })
}

// WithMaxRetries sets how many times an attempt that failed is repeated: 2 by default. What is
// repeated is what is safe to repeat, after a lost connection, a timeout or the statuses 408, 429
// and 500 and above.
func WithMaxRetries(retries int) Option {
	return option(func(s *settings) { s.maxRetries = retries })
}

// WithHeader sends a further header.
func WithHeader(name, value string) Option {
	return option(func(s *settings) { s.header.Set(name, value) })
}

// WithIdempotencyKey sends an Idempotency-Key of your own, such as the number of an order, so that
// even another process may repeat the call without doing the work twice. Without it each call that
// takes a key sends a random one, and keeps it over its attempts.
func WithIdempotencyKey(key string) CallOption {
	return callOption(func(c *call) { c.idempotencyKey = key })
}

// WithWait asks the server to wait up to so long for the end of what it makes before it answers:
// a minute at most, in whole seconds. The timeout is prolonged by as much.
func WithWait(wait time.Duration) CallOption {
	return callOption(func(c *call) { c.wait = wait })
}

// WithLastEventID makes a stream begin behind the event of that id.
func WithLastEventID(id string) CallOption {
	return callOption(func(c *call) { c.lastEventID = id })
}

// WithResponse fills in response what else came with the answer, be it of success or failure:
//
//	var response tintype.Response
//	balance, err := client.Credits.Get(ctx, tintype.WithResponse(&response))
//	log.Println(response.RequestID)
func WithResponse(response *Response) CallOption {
	return callOption(func(c *call) { c.response = response })
}

// Response is what came with an answer, beside its body.
type Response struct {
	// Status is the HTTP status.
	Status int
	// RequestID names the request: quote it when you ask for help.
	RequestID string
	// Replayed tells that this is the first answer to the same Idempotency-Key again.
	Replayed bool
	// Header has all headers.
	Header http.Header
}

func (r *Response) fill(response *http.Response) {
	if r == nil {
		return
	}
	*r = Response{
		Status:    response.StatusCode,
		RequestID: requestID(response),
		Replayed:  response.Header.Get("Idempotent-Replayed") == "true",
		Header:    response.Header,
	}
}

func requestID(response *http.Response) string {
	return response.Header.Get("X-Request-Id")
}
