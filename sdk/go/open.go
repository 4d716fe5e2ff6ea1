package tintype

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
)

// unmarshalOpen reads an object, and the members that it has no fields for. A member of another
// type than agreed is left out.
func unmarshalOpen[T any](text []byte, object *T, more *map[string]any) error {
	var mismatch *json.UnmarshalTypeError
	if err := json.Unmarshal(text, object); err != nil && !errors.As(err, &mismatch) {
		return err
	}
	if err := json.Unmarshal(text, more); err != nil {
		return err
	}
	fields := reflect.TypeFor[T]()
	for index := range fields.NumField() {
		name, _, _ := strings.Cut(fields.Field(index).Tag.Get("json"), ",")
		delete(*more, name)
	}
	return nil
}

func marshalOpen[T any](object T, more map[string]any) ([]byte, error) {
	text, err := json.Marshal(object)
	if err != nil {
		return nil, err
	}
	members := map[string]any{}
	for name, member := range more {
		members[name] = member
	}
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, err
	}
	return json.Marshal(members)
}
