package tintype

import (
	"bytes"
	"encoding/json"
	"io"
)

// Body is what a request carries: [JSON] or a [Form].
type Body interface {
	// open is called for each attempt.
	open() (content, error)
	// repeatable tells whether open may be called again.
	repeatable() bool
}

// content is the body of one attempt.
type content struct {
	io.ReadCloser
	mediaType string
	// length is -1 if it is unknown.
	length int64
}

type jsonBody struct {
	text []byte
	err  error
}

// JSON is a body that carries a value as encoding/json writes it.
func JSON[T any](value T) Body {
	text, err := json.Marshal(value)
	return jsonBody{text, err}
}

func (b jsonBody) open() (content, error) {
	reader := io.NopCloser(bytes.NewReader(b.text))
	return content{reader, "application/json", int64(len(b.text))}, b.err
}

func (b jsonBody) repeatable() bool { return true }
