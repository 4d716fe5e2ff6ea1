// Code generated from openapi.yaml by sdk/codegen. DO NOT EDIT.

package tintype

import "errors"

// Families of errors, for [errors.Is]. They go by the status of the answer.
var (
	// ErrBadRequest: The request can't be read, or does not fit its schema: see [APIError.Errors].
	// Status 400, 405, 413, 415, 416.
	ErrBadRequest = errors.New("tintype: bad request")
	// ErrAuthentication: There is no valid key. Status 401.
	ErrAuthentication = errors.New("tintype: authentication")
	// ErrInsufficientCredits: There are not enough credits, or a spending cap is reached. Status
	// 402.
	ErrInsufficientCredits = errors.New("tintype: insufficient credits")
	// ErrPermissionDenied: The key lacks the scope. Status 403.
	ErrPermissionDenied = errors.New("tintype: permission denied")
	// ErrNotFound: There is no such resource, or it is not yours. Status 404.
	ErrNotFound = errors.New("tintype: not found")
	// ErrConflict: The state of the resource does not allow it. Status 409.
	ErrConflict = errors.New("tintype: conflict")
	// ErrGone: It existed and is gone: erased, or a model that has ended. Status 410.
	ErrGone = errors.New("tintype: gone")
	// ErrUnprocessable: The request is well-formed, but a rule refuses it. Status 422.
	ErrUnprocessable = errors.New("tintype: unprocessable")
	// ErrRateLimit: Too many requests: the error says when to try again. Status 429.
	ErrRateLimit = errors.New("tintype: rate limit")
	// ErrServer: The server failed, or is not available right now. Status 500 and above.
	ErrServer = errors.New("tintype: server")
)

// family is the family of a status, if it has one.
func family(status int) error {
	switch status {
	case 400, 405, 413, 415, 416:
		return ErrBadRequest
	case 401:
		return ErrAuthentication
	case 402:
		return ErrInsufficientCredits
	case 403:
		return ErrPermissionDenied
	case 404:
		return ErrNotFound
	case 409:
		return ErrConflict
	case 410:
		return ErrGone
	case 422:
		return ErrUnprocessable
	case 429:
		return ErrRateLimit
	}
	if status >= 500 {
		return ErrServer
	}
	return nil
}
