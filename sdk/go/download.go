package tintype

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
)

// Download is the content of a file while it arrives. Read it, or save it with [Download.SaveTo];
// close it in any case.
type Download struct {
	// ContentType is the media type.
	ContentType string
	// Size is the number of bytes to come; -1 if the server did not tell it.
	Size int64
	// Response is what else came with it.
	Response Response

	body io.ReadCloser
}

// Read reads from the content as it arrives.
func (d *Download) Read(buffer []byte) (int, error) { return d.body.Read(buffer) }

// Close ends the download, whether or not all of it has been read.
func (d *Download) Close() error { return d.body.Close() }

// SaveTo writes the content to a file of that name, and closes the download. The file appears when
// it is complete, and replaces one that was there; after a failure there is none.
func (d *Download) SaveTo(name string) (err error) {
	defer d.Close()
	partName := filepath.Join(filepath.Dir(name), "."+filepath.Base(name)+"."+newUUID())
	part, err := os.OpenFile(partName, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(partName)
		}
	}()
	_, err = io.Copy(part, d)
	if err := errors.Join(err, part.Close()); err != nil {
		return err
	}
	return os.Rename(partName, name)
}

func download(ctx context.Context, t *transport, request Request, opts []CallOption) (*Download, error) {
	response, err := t.do(ctx, t.call(request, "*/*", opts), readLater)
	if err != nil {
		return nil, err
	}
	download := &Download{
		ContentType: response.Header.Get("Content-Type"),
		Size:        response.ContentLength,
		body:        response.Body,
	}
	if response.StatusCode == http.StatusNoContent {
		download.Size = 0
	}
	download.Response.fill(response)
	return download, nil
}
