// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "context"

// EstimatesResource is [Client.Estimates]. What generations would cost, line by line, before any
// is made; and a price that holds for a quarter of an hour.
type EstimatesResource struct {
	transport *transport
}

// Create estimates generations.
//
// Checks and prices up to 100 generations exactly as creating them would, and makes none. For each
// it says the least and the most that it costs, how the price comes about, and as `blockers` every
// reason for which it would be refused: an unknown model, input that the model does not take,
// credits that don't suffice, a cap of the key, the operator's rules. Credits are counted in the
// order of the request.
//
// Send the estimate's id as `estimate_id` with `POST /v1/generations` within 15 minutes, and the
// generation is priced as it was estimated, whatever the prices are by then.
//
// Scope: `generations:write`.
func (r *EstimatesResource) Create(ctx context.Context, body CreateEstimate, opts ...CallOption) (*Estimate, error) {
	request := Request{Method: "POST", Path: "/v1/estimates", Body: JSON(body), Idempotent: true}
	return send[Estimate](ctx, r.transport, request, opts)
}

// Get gets an estimate.
//
// As it was answered when it was made. It is kept for a day.
//
// Scope: `generations:read`.
func (r *EstimatesResource) Get(ctx context.Context, id EstimateID, opts ...CallOption) (*Estimate, error) {
	request := Request{Method: "GET", Path: "/v1/estimates/" + escape(id)}
	return send[Estimate](ctx, r.transport, request, opts)
}
