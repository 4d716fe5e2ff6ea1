// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// FilesResource is [Client.Files]. What generations made. Links are ours and short-lived, and die
// when the file is erased.
type FilesResource struct {
	transport *transport
}

// Get gets a file.
//
// What is known of the file, with a fresh link to its content.
//
// Scope: `files:read`.
func (r *FilesResource) Get(ctx context.Context, id FileID, opts ...CallOption) (*FileObject, error) {
	request := Request{Method: "GET", Path: "/v1/files/" + escape(id)}
	return send[FileObject](ctx, r.transport, request, opts)
}

// FilesContentParams are the parameters of [FilesResource.Content].
type FilesContentParams struct {
	// From a link; instead of a key.
	Token string `query:"token"`
	// As in `bytes=0-1023`.
	Range string `header:"Range"`
}

// Content downloads a file.
//
// The file's bytes. Either your key or the `token` of a link opens it; the link in a generation's
// `outputs` has one. `Range` requests are answered with the part that was asked for. A file that
// our storage lost fails with 500 `file_lost`: it is still yours, and there is nothing that you
// did wrong.
func (r *FilesResource) Content(ctx context.Context, id FileID, params *FilesContentParams, opts ...CallOption) (*Download, error) {
	request := Request{Method: "GET", Path: "/v1/files/" + escape(id) + "/content", params: params, auth: authOptional}
	return download(ctx, r.transport, request, opts)
}
