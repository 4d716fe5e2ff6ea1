package tintype

import (
	"context"
	"time"
)

const (
	// longWait is how long the server is asked to wait each time, and shortWait how long where
	// somebody watches.
	longWait  = 30 * time.Second
	shortWait = 2 * time.Second
	// shortestPoll keeps us from hammering a server that does not wait.
	shortestPoll = time.Second
)

// await asks until there is an end. When that fails it returns what was seen last, so that the
// caller still knows what there is to wait for.
func await[T any](ctx context.Context, it *T, ended func(*T) bool, progress func(*T), again func() (*T, error)) (*T, error) {
	for {
		if progress != nil {
			progress(it)
		}
		if ended(it) {
			return it, nil
		}
		begin := time.Now()
		next, err := again()
		if err != nil {
			return it, err
		}
		it = next
		if pause := shortestPoll - time.Since(begin); pause > 0 && !ended(it) {
			// If it is interrupted, the next request says so.
			_ = sleep(ctx, pause)
		}
	}
}

// patiently lets the server wait, unless the caller says how long.
func patiently(opts []CallOption, watched bool) []CallOption {
	wait := longWait
	if watched {
		wait = shortWait
	}
	return append([]CallOption{WithWait(wait)}, opts...)
}
