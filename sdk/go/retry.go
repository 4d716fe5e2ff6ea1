package tintype

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	mathrand "math/rand/v2"
	"net/http"
	"strconv"
	"time"
)

const (
	firstPause = 500 * time.Millisecond
	lastPause  = 8 * time.Second
	// longestPause is how long a server may keep us waiting.
	longestPause = 2 * time.Minute
)

// worthRepeating tells whether another attempt may succeed and does no harm.
func (c *call) worthRepeating(err error) bool {
	if !c.rewindable() {
		return false
	}
	var refusal *APIError
	if errors.As(err, &refusal) {
		switch refusal.Header.Get("X-Should-Retry") {
		case "false":
			return false
		case "true":
			return c.repeatable()
		}
		switch {
		case refusal.Status == http.StatusTooManyRequests:
			// It was refused unread.
			return true
		case refusal.Status == http.StatusConflict && refusal.RetryAfter > 0,
			// The first request with this key is still at work.
			refusal.Status == http.StatusRequestTimeout, refusal.Status >= 500:
			return c.repeatable()
		}
		return false
	}
	if errors.Is(err, context.DeadlineExceeded) {
		// Not the attempt's time is over but the call's.
		return false
	}
	return c.repeatable() && (errors.Is(err, ErrConnection) || errors.Is(err, ErrTimeout))
}

// pauseAfter is what the server asked for, else longer each time.
func pauseAfter(err error, attempt int) time.Duration {
	var refusal *APIError
	if errors.As(err, &refusal) && 0 < refusal.RetryAfter && refusal.RetryAfter <= longestPause {
		return refusal.RetryAfter
	}
	pause := lastPause
	if attempt <= 4 {
		pause = firstPause << (attempt - 1)
	}
	return pause - time.Duration(mathrand.Int64N(int64(pause/4)+1))
}

// retryAfter reads seconds or a date, by the server's own clock where it tells it.
func retryAfter(header http.Header) time.Duration {
	text := header.Get("Retry-After")
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		if seconds > 0 && seconds < 1e9 {
			return time.Duration(seconds * float64(time.Second))
		}
		return 0
	}
	date, err := http.ParseTime(text)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(0, date.Sub(now))
}

func newAPIError(response *http.Response, text []byte) *APIError {
	// What is not ours, a proxy's page perhaps, leaves it empty.
	var problem Problem
	_ = json.Unmarshal(text, &problem)
	return &APIError{
		Status:     response.StatusCode,
		Code:       problem.Code,
		Type:       problem.Type,
		Title:      cmp.Or(problem.Title, http.StatusText(response.StatusCode)),
		Detail:     problem.Detail,
		Instance:   problem.Instance,
		RequestID:  cmp.Or(problem.RequestID, requestID(response)),
		Errors:     problem.Errors,
		RetryAfter: retryAfter(response.Header),
		Context:    problem.More,
		Header:     response.Header,
	}
}

func sleep(ctx context.Context, pause time.Duration) error {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// newUUID is a random one, version 4.
func newUUID() string {
	var bytes [16]byte
	rand.Read(bytes[:])
	bytes[6] = bytes[6]&0x0f | 0x40
	bytes[8] = bytes[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}
