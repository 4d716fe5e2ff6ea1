// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// ModelsResource is [Client.Models]. What can be made, by whom, where and for how much. Models are
// configuration: ask for the list instead of writing it down.
type ModelsResource struct {
	transport *transport
}

// List lists models.
//
// All models on offer, with the schema of their input, their prices, how long they take here and,
// where it was announced, when they end. Needs no key. Send the `ETag` back as `If-None-Match` to
// learn cheaply that nothing changed.
func (r *ModelsResource) List(ctx context.Context, opts ...CallOption) (*Models, error) {
	request := Request{Method: "GET", Path: "/v1/models", auth: authNone}
	return send[Models](ctx, r.transport, request, opts)
}

// Get gets a model.
//
// One model by its id or an alias, even past its end: `shutdown_at` says when that was. Needs no
// key.
func (r *ModelsResource) Get(ctx context.Context, id string, opts ...CallOption) (*Model, error) {
	request := Request{Method: "GET", Path: "/v1/models/" + escape(id), auth: authNone}
	return send[Model](ctx, r.transport, request, opts)
}
