package tintype

import (
	"context"
	"iter"
)

// Page is a page of a list, newest first.
type Page[T any] struct {
	// Data is what is on this page.
	Data []T `json:"data"`
	// HasMore tells whether there are older ones.
	HasMore bool `json:"has_more"`
	// NextCursor is the cursor of the next page; nil on the last one.
	NextCursor *string `json:"next_cursor"`

	next func(context.Context) (*Page[T], error)
}

// Next returns the page after this one, and nil after the last one.
func (p *Page[T]) Next(ctx context.Context) (*Page[T], error) {
	if p.NextCursor == nil || p.next == nil {
		return nil, nil
	}
	return p.next(ctx)
}

// All yields what is on this page and on those after it, which it asks for when they are needed.
// It ends with an error where one occurs.
func (p *Page[T]) All(ctx context.Context) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for page := p; page != nil; {
			for index := range page.Data {
				if !yield(&page.Data[index], nil) {
					return
				}
			}
			next, err := page.Next(ctx)
			if err != nil {
				yield(nil, err)
				return
			}
			page = next
		}
	}
}

func listPage[T any](ctx context.Context, t *transport, request Request, opts []CallOption) (*Page[T], error) {
	page, err := send[Page[T]](ctx, t, request, opts)
	if err != nil || page.NextCursor == nil {
		return page, err
	}
	request.cursor = *page.NextCursor
	page.next = func(ctx context.Context) (*Page[T], error) {
		return listPage[T](ctx, t, request, opts)
	}
	return page, nil
}

// list yields the items of all pages.
func list[T any](ctx context.Context, t *transport, request Request, opts []CallOption) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		page, err := listPage[T](ctx, t, request, opts)
		if err != nil {
			yield(nil, err)
			return
		}
		page.All(ctx)(yield)
	}
}
