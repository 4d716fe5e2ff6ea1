package tintype

import "encoding/json"

// Ptr returns a pointer to the value, for optional fields whose zero value means something:
//
//	tintype.GenerationInput{Prompt: "a lighthouse", Temperature: tintype.Ptr(0.0)}
func Ptr[T any](value T) *T { return &value }

// Int returns a pointer to the number, for optional fields:
//
//	tintype.GenerationInput{Prompt: "a lighthouse", Seed: tintype.Int(0)}
func Int(number int64) *int64 { return &number }

// Nullable is a field that may be absent, null or a value. Its zero value is absent and is not
// sent; [Null] and [Set] make the others.
type Nullable[T any] struct {
	value   T
	present bool
	null    bool
}

// Set is a value.
func Set[T any](value T) Nullable[T] { return Nullable[T]{value: value, present: true} }

// Null is null, which removes what was set.
func Null[T any]() Nullable[T] { return Nullable[T]{present: true, null: true} }

// Get returns the value, and whether there is one.
func (n Nullable[T]) Get() (T, bool) { return n.value, n.present && !n.null }

// IsNull tells whether it is null.
func (n Nullable[T]) IsNull() bool { return n.null }

// IsZero tells whether it is absent.
func (n Nullable[T]) IsZero() bool { return !n.present }

// MarshalJSON writes the value, or null.
func (n Nullable[T]) MarshalJSON() ([]byte, error) {
	if value, is := n.Get(); is {
		return json.Marshal(value)
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads a value or null.
func (n *Nullable[T]) UnmarshalJSON(text []byte) error {
	if string(text) == "null" {
		*n = Null[T]()
		return nil
	}
	*n = Nullable[T]{present: true}
	return json.Unmarshal(text, &n.value)
}
