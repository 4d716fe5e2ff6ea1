package tintype

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"os"
	"path/filepath"
	"reflect"
	"strings"
)

// FormFile is a file to send. It is read while it is sent, never into memory. Make one with
// [FileAt] or [FileFrom].
type FormFile struct {
	// Name is what the file is called.
	Name string
	// ContentType is its media type. Where it is empty, the ending of the name decides.
	ContentType string

	open func() (io.ReadCloser, int64, error)
	once bool
}

// FileAt sends a file of this machine. It is opened for each attempt.
func FileAt(path string) FormFile {
	return FormFile{Name: filepath.Base(path), open: func() (io.ReadCloser, int64, error) {
		file, err := os.Open(path)
		if err != nil {
			return nil, 0, err
		}
		info, err := file.Stat()
		if err != nil {
			file.Close()
			return nil, 0, err
		}
		return file, info.Size(), nil
	}}
}

// FileFrom sends what reader has. An attempt that fails can be repeated if it is an [io.Seeker].
func FileFrom(name string, reader io.Reader) FormFile {
	seeker, seekable := reader.(io.Seeker)
	if !seekable {
		return FormFile{Name: name, once: true, open: func() (io.ReadCloser, int64, error) {
			return io.NopCloser(reader), -1, nil
		}}
	}
	start, err := seeker.Seek(0, io.SeekCurrent)
	return FormFile{Name: name, open: func() (io.ReadCloser, int64, error) {
		end, endErr := seeker.Seek(0, io.SeekEnd)
		_, startErr := seeker.Seek(start, io.SeekStart)
		return io.NopCloser(reader), end - start, errors.Join(err, endErr, startErr)
	}}
}

func (f FormFile) contentType() string {
	if f.ContentType != "" {
		return f.ContentType
	}
	if known := mime.TypeByExtension(filepath.Ext(f.Name)); known != "" {
		return known
	}
	return "application/octet-stream"
}

// form is a body of multipart/form-data with a file among its fields.
type form struct {
	value    reflect.Value
	boundary string
}

// Form is a body that carries the fields of a struct, named by their json tags, as a form. A field
// of type [FormFile] is a file.
func Form[T any](value T) Body {
	return form{reflect.ValueOf(value), "tintype-" + newUUID()}
}

func (f form) repeatable() bool {
	for index := range f.value.NumField() {
		if upload, is := f.value.Field(index).Interface().(FormFile); is && upload.once {
			return false
		}
	}
	return true
}

// open writes all fields but the contents of files into memory, and strings the rest together.
func (f form) open() (content, error) {
	var parts formReader
	fail := func(err error) (content, error) {
		parts.Close()
		return content{}, err
	}
	var text bytes.Buffer
	writer := multipart.NewWriter(&text)
	if err := writer.SetBoundary(f.boundary); err != nil {
		return fail(err)
	}
	length := int64(0)
	flush := func() {
		length += int64(text.Len())
		parts.readers = append(parts.readers, bytes.NewReader(bytes.Clone(text.Bytes())))
		text.Reset()
	}
	for index := range f.value.NumField() {
		name, options, _ := strings.Cut(f.value.Type().Field(index).Tag.Get("json"), ",")
		field := f.value.Field(index)
		if options != "" && field.IsZero() {
			continue
		}
		upload, isFile := field.Interface().(FormFile)
		if !isFile {
			value, err := formText(field)
			if err := errors.Join(err, writer.WriteField(name, value)); err != nil {
				return fail(err)
			}
			continue
		}
		if upload.open == nil {
			return fail(fmt.Errorf("the field %s has no file: use FileAt or FileFrom", name))
		}
		reader, size, err := upload.open()
		if err != nil {
			return fail(err)
		}
		parts.closers = append(parts.closers, reader)
		if _, err := writer.CreatePart(upload.header(name)); err != nil {
			return fail(err)
		}
		flush()
		parts.readers = append(parts.readers, reader)
		if length += size; size < 0 {
			length = -1 << 62
		}
	}
	if err := writer.Close(); err != nil {
		return fail(err)
	}
	flush()
	parts.Reader = io.MultiReader(parts.readers...)
	return content{&parts, writer.FormDataContentType(), max(length, -1)}, nil
}

var quoteEscaper = strings.NewReplacer("\\", "\\\\", `"`, "%22", "\r", "%0D", "\n", "%0A")

func (f FormFile) header(field string) textproto.MIMEHeader {
	disposition := fmt.Sprintf(`form-data; name="%s"; filename="%s"`,
		quoteEscaper.Replace(field), quoteEscaper.Replace(f.Name))
	return textproto.MIMEHeader{
		"Content-Disposition": {disposition},
		"Content-Type":        {f.contentType()},
	}
}

// formText is a string as it is, and anything else as JSON.
func formText(field reflect.Value) (string, error) {
	if field.Kind() == reflect.Pointer && !field.IsNil() {
		field = field.Elem()
	}
	if field.Kind() == reflect.String {
		return field.String(), nil
	}
	text, err := json.Marshal(field.Interface())
	var unquoted string
	if json.Unmarshal(text, &unquoted) == nil {
		return unquoted, err
	}
	return string(text), err
}

// formReader reads the parts one after another and closes the files among them.
type formReader struct {
	io.Reader
	readers []io.Reader
	closers []io.Closer
}

func (r *formReader) Close() error {
	var all error
	for _, closer := range r.closers {
		all = errors.Join(all, closer.Close())
	}
	return all
}
