package tintype

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// maxReconnects is how many times one stream is taken up again.
const maxReconnects = 3

// StreamEvent is an event of a stream (server-sent events).
//
// A stream that is cut is taken up again behind the last event, three times at most. To go on with
// it later, keep the ID and give it to [WithLastEventID].
type StreamEvent[T any] struct {
	// ID is where the stream can be taken up again.
	ID string
	// Type says what happened; "message" where the server does not.
	Type string
	// Data is what it carries.
	Data T
}

// stream yields the events, and ends with an error where one occurs. Who breaks off hangs up.
func stream[T any](ctx context.Context, t *transport, request Request, opts []CallOption) iter.Seq2[*StreamEvent[T], error] {
	return func(yield func(*StreamEvent[T], error) bool) {
		call := t.call(request, "text/event-stream", opts)
		reader := eventReader{lastID: call.lastEventID}
		for reconnects := 0; ; reconnects++ {
			body, err := t.openStream(ctx, call)
			if err == nil && body == nil {
				return
			}
			if err != nil && reconnects == 0 {
				yield(nil, err)
				return
			}
			if err == nil {
				reader.begin(body)
				err = pass(&reader, call, yield)
				body.Close()
				if err == nil {
					return
				}
			}
			if reconnects == maxReconnects || !call.worthRepeating(err) {
				yield(nil, err)
				return
			}
			pause := reader.retry
			if pause == 0 {
				pause = pauseAfter(err, reconnects+1)
			}
			t.logger.LogAttrs(ctx, slog.LevelWarn, "tintype: taking up the stream again",
				slog.String("method", call.Method), slog.String("path", call.Path),
				slog.Duration("pause", pause))
			if sleep(ctx, pause) != nil {
				yield(nil, interrupted(ctx, call.Method, call.Path))
				return
			}
			// From now on each attempt counts as one to take it up again.
			call.lastEventID, call.maxRetries = reader.lastID, 0
		}
	}
}

// openStream returns nothing where there is no stream (any more).
func (t *transport) openStream(ctx context.Context, call *call) (io.ReadCloser, error) {
	response, err := t.do(ctx, call, readLater)
	if err != nil {
		return nil, err
	}
	if response.StatusCode == http.StatusNoContent {
		response.Body.Close()
		return nil, nil
	}
	mediaType := response.Header.Get("Content-Type")
	if !strings.HasPrefix(mediaType, "text/event-stream") {
		response.Body.Close()
		err := fmt.Errorf("it is no stream of events but %q", mediaType)
		return nil, &DecodeError{call.Method, call.Path, requestID(response), err}
	}
	return response.Body, nil
}

// pass yields events until the stream has ended or nobody wants more: nil. What ends it otherwise
// is an error.
func pass[T any](reader *eventReader, call *call, yield func(*StreamEvent[T], error) bool) error {
	for {
		raw, err := reader.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		event := &StreamEvent[T]{ID: raw.id, Type: raw.name}
		if err := json.Unmarshal([]byte(raw.data), &event.Data); err != nil {
			return &DecodeError{Method: call.Method, Path: call.Path, Err: err}
		}
		if !yield(event, nil) {
			return nil
		}
	}
}

// eventReader reads events as the standard says: https://html.spec.whatwg.org/#event-stream-interpretation
type eventReader struct {
	*bufio.Reader
	// lastID is the id of the last event that was complete.
	lastID string
	retry  time.Duration
	// afterCR tells that a line feed still belongs to the line before.
	afterCR bool
}

type rawEvent struct {
	id, name, data string
}

func (r *eventReader) begin(body io.Reader) {
	r.Reader = bufio.NewReader(body)
	r.afterCR = false
	if mark, err := r.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = r.Discard(3)
	}
}

// next drops what is incomplete at the end.
func (r *eventReader) next() (rawEvent, error) {
	id := r.lastID
	var name string
	var data []string
	for {
		line, err := r.line()
		if err != nil {
			return rawEvent{}, err
		}
		if line == "" {
			r.lastID = id
			if data != nil {
				if name == "" {
					name = "message"
				}
				return rawEvent{r.lastID, name, strings.Join(data, "\n")}, nil
			}
			name = ""
			continue
		}
		field, value, _ := strings.Cut(line, ":")
		value = strings.TrimPrefix(value, " ")
		switch field {
		case "event":
			name = value
		case "data":
			data = append(data, value)
		case "id":
			if !strings.ContainsRune(value, 0) {
				id = value
			}
		case "retry":
			if milliseconds, err := strconv.ParseUint(value, 10, 31); err == nil {
				r.retry = time.Duration(milliseconds) * time.Millisecond
			}
		}
	}
}

// line ends with LF, CR or both, and is handed out without waiting for what may follow.
func (r *eventReader) line() (string, error) {
	var line []byte
	for {
		char, err := r.ReadByte()
		if err != nil {
			return "", err
		}
		after := r.afterCR
		r.afterCR = char == '\r'
		switch char {
		case '\n':
			if after {
				continue
			}
			return string(line), nil
		case '\r':
			return string(line), nil
		}
		line = append(line, char)
	}
}
