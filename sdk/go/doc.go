// Package tintype is the client for the Tintype API: AI images, videos, voices and texts.
//
//	client := tintype.NewClient() // TINTYPE_API_KEY and TINTYPE_BASE_URL
//	generation, err := client.Generations.CreateAndWait(ctx, tintype.CreateGeneration{
//		Model: "sandbox-image",
//		Input: tintype.GenerationInput{Prompt: "a lighthouse at dawn"},
//	}, nil)
//
// Every part of the API is a field of [Client], and every endpoint a method of it. A method takes a
// context, the ids in the path, what is sent, and options such as [WithTimeout] or
// [WithIdempotencyKey].
//
// # Fields
//
// Fields that need not be sent are left out where they have their zero value. They are pointers only
// where zero and absent differ: [Int] and [Ptr] make those. In answers a pointer is nil where the
// API says null. A [Nullable] tells apart what is absent, null and a value.
//
// Enums are open: a value that this version does not know is a string like any other. Amounts of
// credits are exact decimal strings; do not parse them into floats.
//
// # Lists
//
// Lists are iterators, and ask for page after page while you range over them:
//
//	for generation, err := range client.Generations.List(ctx, nil) {
//		if err != nil {
//			return err
//		}
//		fmt.Println(generation.ID, generation.Cost.Captured)
//	}
//
// For each there is a method for one page, such as ListPage.
//
// # Errors
//
// Ask for the family of an error with [errors.Is] and [ErrNotFound], [ErrInsufficientCredits] and
// so on; take it out with [errors.As] and [APIError]. What has no answer is an [ErrConnection] or
// an [ErrTimeout]. A call whose context was canceled ends with [context.Canceled].
//
// # Repetition
//
// What fails for a reason that may pass (network, 408, 429, 5xx) is tried again, twice by default,
// after the time that the server asks for or a growing pause. A POST carries an Idempotency-Key,
// the same on every attempt, so a lost reply costs you nothing twice. Where there is none, a POST
// is repeated only after 429.
package tintype
