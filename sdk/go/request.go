package tintype

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// Request is a request to an endpoint that this version of the package has no method for. It gets
// the same retries, errors and options as any other:
//
//	request := tintype.Request{Method: "GET", Path: "/v1/moons/" + id}
//	moon, err := tintype.Send[Moon](ctx, client, request)
type Request struct {
	Method string
	// Path begins with a slash. Ids in it must be escaped, see [url.PathEscape].
	Path  string
	Query url.Values
	Body  Body
	// Idempotent tells that the endpoint takes an Idempotency-Key. One is sent then, and makes it
	// safe to repeat a POST.
	Idempotent bool

	auth   auth
	params any
	// cursor is where the next page of a list begins.
	cursor string
}

// auth is whether the key is sent.
type auth int

const (
	authRequired auth = iota
	authOptional
	authNone
)

// Send sends a request and reads the answer as JSON. An answer without a body leaves the result
// as it is made.
func Send[T any](ctx context.Context, client *Client, request Request, opts ...CallOption) (*T, error) {
	return send[T](ctx, client.transport, request, opts)
}

// Stream sends a request and yields the events of the answer, which is text/event-stream. See
// [StreamEvent].
func Stream[T any](ctx context.Context, client *Client, request Request, opts ...CallOption) iter.Seq2[*StreamEvent[T], error] {
	return stream[T](ctx, client.transport, request, opts)
}

// call is a request with its options and what is kept over its attempts.
type call struct {
	Request
	settings
	idempotencyKey string
	wait           time.Duration
	lastEventID    string
	response       *Response
	accept         string
}

// address is where the request goes, and fails on what would go somewhere else.
func (c *call) address(base string) (string, error) {
	if !strings.HasPrefix(c.Path, "/") {
		return "", fmt.Errorf("the path %q does not begin with a slash", c.Path)
	}
	for _, part := range strings.Split(c.Path[1:], "/") {
		if part == "" || part == "." || part == ".." {
			return "", fmt.Errorf("the path %s lacks an id", c.Path)
		}
	}
	address := base + c.Path
	if query := c.Query.Encode(); query != "" {
		address += "?" + query
	}
	return address, nil
}

// repeatable tells whether a second attempt cannot do the work twice.
func (c *call) repeatable() bool {
	return c.Method != http.MethodPost || c.Idempotent
}

// rewindable tells whether the body can be sent again.
func (c *call) rewindable() bool {
	return c.Body == nil || c.Body.repeatable()
}

// preference is the number of seconds that the server is asked to wait: not longer than we can.
func (c *call) preference(ctx context.Context) int {
	wait := c.wait
	if deadline, is := ctx.Deadline(); is {
		wait = min(wait, time.Until(deadline))
	}
	return max(1, int((wait+time.Second-1)/time.Second))
}

// escape makes a part of a path out of an id.
func escape[T ~string](id T) string { return url.PathEscape(string(id)) }

var errNoKey = errors.New("there is no API key: set TINTYPE_API_KEY or use WithAPIKey")

// spread puts the parameters where they belong. Their fields are tagged query:"name" or
// header:"Name"; what has its zero value is not sent.
func (c *call) spread() {
	query := url.Values{}
	for name, values := range c.Query {
		query[name] = values
	}
	c.Query = query
	if params := reflect.ValueOf(c.params); params.IsValid() && !params.IsNil() {
		params = params.Elem()
		for index := range params.NumField() {
			tag := params.Type().Field(index).Tag
			for _, text := range spell(params.Field(index)) {
				if name := tag.Get("query"); name != "" {
					query.Add(name, text)
				} else {
					c.header.Add(tag.Get("header"), text)
				}
			}
		}
	}
	if c.cursor != "" {
		query.Set("cursor", c.cursor)
	}
}

func spell(value reflect.Value) []string {
	if value.IsZero() {
		return nil
	}
	if moment, is := value.Interface().(time.Time); is {
		return []string{moment.UTC().Format(time.RFC3339Nano)}
	}
	switch value.Kind() {
	case reflect.Pointer:
		return spellAny(value.Elem())
	case reflect.Slice:
		var all []string
		for index := range value.Len() {
			all = append(all, spellAny(value.Index(index))...)
		}
		return all
	default:
		return spellAny(value)
	}
}

// spellAny spells zero values too.
func spellAny(value reflect.Value) []string {
	switch value.Kind() {
	case reflect.Int64:
		return []string{strconv.FormatInt(value.Int(), 10)}
	case reflect.Float64:
		return []string{strconv.FormatFloat(value.Float(), 'f', -1, 64)}
	case reflect.Bool:
		return []string{strconv.FormatBool(value.Bool())}
	case reflect.String:
		return []string{value.String()}
	default:
		return spell(value)
	}
}
