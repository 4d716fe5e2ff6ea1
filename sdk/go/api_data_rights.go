// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import (
	"context"
	"iter"
)

// DataRightsResource is [Client.DataRights]. Requests about personal data: a copy of all of it, or
// its erasure, with a receipt.
type DataRightsResource struct {
	transport *transport
}

// Create asks for a copy or for erasure.
//
// A request is about the whole account: its live and its test data. It starts nothing yet. We mail
// a code to the account's address; `data_rights.verify` takes it within 30 minutes, or the request
// expires.
//
// `access` makes a zip archive: all rows that name the account, table by table as JSON, the
// original files, and a list of what is left out and why. It can be downloaded for 14 days. Should
// our storage have lost a file, the request is `partially_fulfilled`, and it, its receipt and the
// archive name what is `missing`. What can't be read for the moment is waited for until the day
// before the request is due.
//
// `erasure` ends the account for good: keys and sessions are revoked, what is under way is
// canceled uncharged, credits that are left expire, files and content are deleted. What is kept
// for the books, without its content, stands in the receipt. So does a keyed hash of the address,
// where welcome credits were used: they come once. Since your keys end too, keep the link in
// `receipt`: it needs none, and our last mail repeats it.
//
// Where real money is spent, a test key is refused with 422 `invalid_input`: sign in, or use a
// live key. Fails with 409 `conflict` while a request of the same type is open; `request` then
// names it.
//
// Scope: `data_rights:write`.
func (r *DataRightsResource) Create(ctx context.Context, body CreateDataRequest, opts ...CallOption) (*DataRequest, error) {
	request := Request{Method: "POST", Path: "/v1/data-rights/requests", Body: JSON(body), Idempotent: true}
	return send[DataRequest](ctx, r.transport, request, opts)
}

// DataRightsListParams are the parameters of [DataRightsResource.List].
type DataRightsListParams struct {
	// How many to return.
	Limit int64 `query:"limit"`
	// The `next_cursor` of the page before.
	Cursor string `query:"cursor"`
}

// List lists requests.
//
// The account's requests that were made in the mode of the credentials, newest first.
//
// Scope: `data_rights:read`.
//
// It asks for page after page while you range over it; [DataRightsResource.ListPage] gets one.
func (r *DataRightsResource) List(ctx context.Context, params *DataRightsListParams, opts ...CallOption) iter.Seq2[*DataRequest, error] {
	request := Request{Method: "GET", Path: "/v1/data-rights/requests", params: params}
	return list[DataRequest](ctx, r.transport, request, opts)
}

// ListPage gets one page, the first unless a cursor says otherwise. See [DataRightsResource.List].
func (r *DataRightsResource) ListPage(ctx context.Context, params *DataRightsListParams, opts ...CallOption) (*Page[DataRequest], error) {
	request := Request{Method: "GET", Path: "/v1/data-rights/requests", params: params}
	return listPage[DataRequest](ctx, r.transport, request, opts)
}

// Get gets a request.
//
// Where it stands, and what was done so far.
//
// Scope: `data_rights:read`.
func (r *DataRightsResource) Get(ctx context.Context, id DataRequestID, opts ...CallOption) (*DataRequest, error) {
	request := Request{Method: "GET", Path: "/v1/data-rights/requests/" + escape(id)}
	return send[DataRequest](ctx, r.transport, request, opts)
}

// Verify confirms a request.
//
// Takes the mailed code; from here on the request is fulfilled without further questions, mostly
// within minutes. An erasure can't be stopped any more, and the credentials that you send end with
// it: note the link in `receipt`.
//
// A code works once: a wrong one fails with 422 `code_invalid`. For a new code, withdraw the
// request and make another. Fails with 409 `conflict` for a request that does not wait to be
// confirmed.
//
// Scope: `data_rights:write`.
func (r *DataRightsResource) Verify(ctx context.Context, id DataRequestID, body VerifyDataRequest, opts ...CallOption) (*DataRequest, error) {
	request := Request{Method: "POST", Path: "/v1/data-rights/requests/" + escape(id) + "/verify", Body: JSON(body), Idempotent: true}
	return send[DataRequest](ctx, r.transport, request, opts)
}

// Withdraw withdraws a request.
//
// Takes back a request that was not confirmed yet; its code is void. Fails with 409 `conflict` for
// any other.
//
// Scope: `data_rights:write`.
func (r *DataRightsResource) Withdraw(ctx context.Context, id DataRequestID, opts ...CallOption) (*DataRequest, error) {
	request := Request{Method: "POST", Path: "/v1/data-rights/requests/" + escape(id) + "/withdraw", Idempotent: true}
	return send[DataRequest](ctx, r.transport, request, opts)
}

// DataRightsArchiveParams are the parameters of [DataRightsResource.Archive].
type DataRightsArchiveParams struct {
	// As in `bytes=0-1023`.
	Range string `header:"Range"`
}

// Archive downloads the archive.
//
// The zip archive of a fulfilled, or partially fulfilled, access request. `README.txt` in it says
// what is where. `Range` requests are answered with the part that was asked for. Fails with 409
// `conflict` when there is no archive yet, or never will be, and with 410 `erased` when its 14
// days are over: ask for a new one.
//
// Scope: `data_rights:read`.
func (r *DataRightsResource) Archive(ctx context.Context, id DataRequestID, params *DataRightsArchiveParams, opts ...CallOption) (*Download, error) {
	request := Request{Method: "GET", Path: "/v1/data-rights/requests/" + escape(id) + "/archive", params: params}
	return download(ctx, r.transport, request, opts)
}

// DataRightsReceiptParams are the parameters of [DataRightsResource.Receipt].
type DataRightsReceiptParams struct {
	// From the link; instead of a key.
	Token string `query:"token"`
}

// Receipt gets the receipt.
//
// What was done for a fulfilled request, table by table, and what was kept and why, signed. Either
// your key or the `token` of the request's `receipt` link opens it; the link stays good after an
// erasure. Fails with 409 `conflict` until the request is fulfilled.
func (r *DataRightsResource) Receipt(ctx context.Context, id DataRequestID, params *DataRightsReceiptParams, opts ...CallOption) (*DataReceipt, error) {
	request := Request{Method: "GET", Path: "/v1/data-rights/requests/" + escape(id) + "/receipt", params: params, auth: authOptional}
	return send[DataReceipt](ctx, r.transport, request, opts)
}
