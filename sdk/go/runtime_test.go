package tintype

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"io"
	"math"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// play answers requests one after another, and fails on one too many.
func play(t *testing.T, answers ...http.HandlerFunc) *Client {
	var lock sync.Mutex
	server := httptest.NewServer(http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		lock.Lock()
		defer lock.Unlock()
		if len(answers) == 0 {
			t.Errorf("%s %s is one too many", request.Method, request.URL)
			return
		}
		answers[0](writer, request)
		answers = answers[1:]
	}))
	t.Cleanup(server.Close)
	return NewClient(WithBaseURL(server.URL), WithAPIKey("tt_test_key"))
}

func text(status int, text string) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) {
		writer.WriteHeader(status)
		_, _ = io.WriteString(writer, text)
	}
}

func TestWhatCannotBeRightIsNotSent(t *testing.T) {
	ctx := context.Background()
	for name, err := range map[string]error{
		"no key":   second(play(t).With(WithAPIKey("")).Credits.Get(ctx)),
		"empty id": second(play(t).Generations.Get(ctx, "")),
		"dots":     second(play(t).Generations.Get(ctx, "..")),
		"address":  second(NewClient(WithAPIKey("k"), WithBaseURL("localhost")).Credits.Get(ctx)),
		"no number": second(play(t).Generations.Create(ctx, CreateGeneration{
			Input: GenerationInput{Temperature: Ptr(math.NaN())},
		})),
	} {
		var failure *RequestError
		if !errors.As(err, &failure) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestPublicCallsCarryNoKey(t *testing.T) {
	client := play(t, func(writer http.ResponseWriter, request *http.Request) {
		if key := request.Header.Get("Authorization"); key != "" {
			t.Errorf("%s was sent", key)
		}
		text(200, `{"data": []}`)(writer, request)
	})
	if _, err := client.Models.List(context.Background()); err != nil {
		t.Error(err)
	}
}

func TestPauses(t *testing.T) {
	refused := func(after time.Duration) error { return &APIError{Status: 503, RetryAfter: after} }
	for _, test := range []struct {
		err      error
		attempt  int
		min, max time.Duration
	}{
		{refused(0), 1, 375 * time.Millisecond, 500 * time.Millisecond},
		{refused(0), 3, 1500 * time.Millisecond, 2 * time.Second},
		{refused(0), 50, 6 * time.Second, 8 * time.Second},
		{refused(3 * time.Second), 1, 3 * time.Second, 3 * time.Second},
		{refused(time.Hour), 1, 375 * time.Millisecond, 500 * time.Millisecond},
	} {
		if pause := pauseAfter(test.err, test.attempt); pause < test.min || pause > test.max {
			t.Errorf("%v after attempt %d: %v", test.err, test.attempt, pause)
		}
	}
}

func TestRetryAfterIsReadByTheServersClock(t *testing.T) {
	now := time.Date(2001, 1, 1, 0, 0, 0, 0, time.UTC)
	header := http.Header{
		"Date":        {now.Format(http.TimeFormat)},
		"Retry-After": {now.Add(7 * time.Second).Format(http.TimeFormat)},
	}
	if after := retryAfter(header); after != 7*time.Second {
		t.Error(after)
	}
}

func TestADeadlineIsNotWaitedFor(t *testing.T) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	client := play(t, func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Retry-After", "60")
		text(503, `{"code": "unavailable"}`)(writer, request)
	})
	begin := time.Now()
	_, err := client.Credits.Get(ctx)
	if !errors.Is(err, ErrServer) || time.Since(begin) > 800*time.Millisecond {
		t.Error(err, time.Since(begin))
	}
}

func TestADeadlineIsATimeout(t *testing.T) {
	ctx, cancel := context.WithDeadline(context.Background(), time.Now().Add(-time.Second))
	defer cancel()
	_, err := play(t).Credits.Get(ctx)
	if !errors.Is(err, ErrTimeout) || !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

func TestWaitingReturnsWhatWasSeenLast(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	client := play(t, text(202, `{"id": "gen_1", "status": "queued"}`))
	it, err := client.Generations.CreateAndWait(ctx, CreateGeneration{}, func(*Generation) { cancel() })
	if !errors.Is(err, context.Canceled) || it == nil || it.ID != "gen_1" {
		t.Error(it, err)
	}
}

func TestPagesLeadOn(t *testing.T) {
	ctx := context.Background()
	client := play(t,
		text(200, `{"data": [{"id": "gen_2"}], "has_more": true, "next_cursor": "c"}`),
		text(200, `{"data": [{"id": "gen_1"}], "has_more": false, "next_cursor": null}`))
	page, err := client.Generations.ListPage(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	next, err := page.Next(ctx)
	if err != nil || next.Data[0].ID != "gen_1" {
		t.Error(next, err)
	}
	if last, err := next.Next(ctx); last != nil || err != nil {
		t.Error(last, err)
	}
}

func TestParametersAreSpelled(t *testing.T) {
	params := struct {
		Text   string           `query:"text"`
		Empty  string           `query:"empty"`
		Number *int64           `query:"number"`
		Time   time.Time        `query:"time"`
		Kinds  []GenerationKind `query:"kind"`
		Range  string           `header:"Range"`
	}{
		Text: "a&b", Number: Int(0), Time: time.Date(2026, 1, 2, 5, 0, 0, 0, time.FixedZone("", 7200)),
		Kinds: []GenerationKind{"image", "video"}, Range: "bytes=0-9",
	}
	call := newTransport(newConfig().with(nil), "").call(Request{params: &params}, "", nil)
	if query := call.Query.Encode(); query != "kind=image&kind=video&number=0&text=a%26b&time=2026-01-02T03%3A00%3A00Z" {
		t.Error(query)
	}
	if call.header.Get("Range") != "bytes=0-9" {
		t.Error(call.header)
	}
}

func TestFormsAreReadTwice(t *testing.T) {
	reader := strings.NewReader("skipped content")
	_, _ = reader.Seek(8, io.SeekStart)
	body := Form(struct {
		Title string   `json:"title"`
		Tags  []string `json:"tags,omitzero"`
		File  FormFile `json:"file"`
	}{"a \"title\"", nil, FileFrom("a.png", reader)})
	if !body.repeatable() {
		t.Error("it can be read again")
	}
	for range 2 {
		content, err := body.open()
		if err != nil {
			t.Fatal(err)
		}
		sent, _ := io.ReadAll(content)
		if int64(len(sent)) != content.length {
			t.Errorf("%d bytes, not %d", len(sent), content.length)
		}
		_, boundary, _ := strings.Cut(content.mediaType, "boundary=")
		form, err := multipart.NewReader(bytes.NewReader(sent), boundary).ReadForm(1 << 20)
		if err != nil || !reflect.DeepEqual(form.Value, map[string][]string{"title": {`a "title"`}}) {
			t.Error(form, err)
		}
		if file := form.File["file"][0]; file.Size != 7 || file.Header.Get("Content-Type") != "image/png" {
			t.Error(file)
		}
	}
	if Form(struct{ File FormFile }{FileFrom("a", io.MultiReader())}).repeatable() {
		t.Error("a reader that cannot go back is read once")
	}
}

func TestFilesAppearWhenTheyAreComplete(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	client := play(t, text(200, "whole"), func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Content-Length", "100")
		text(200, "half")(writer, request)
	})
	for _, test := range []struct {
		name string
		err  error
	}{{"whole", nil}, {"half", ErrConnection}} {
		content, err := client.Files.Content(ctx, "file_1", nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := content.SaveTo(filepath.Join(folder, test.name)); !errors.Is(err, test.err) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 || entries[0].Name() != "whole" {
		t.Error(entries)
	}
}

func TestEventsAreReadAsTheyCome(t *testing.T) {
	reader, writer := io.Pipe()
	go func() { _, _ = io.WriteString(writer, "\ufeffid: 7\rdata: 1\r\ndata: 2\r\r") }()
	var events eventReader
	events.begin(reader)
	// The pipe stays open: the last line must not wait for a line feed.
	event, err := events.next()
	if err != nil || event != (rawEvent{"7", "message", "1\n2"}) {
		t.Error(event, err)
	}
}

func TestHeadersOfWebhooksAreFoundHoweverTheyAreSpelt(t *testing.T) {
	key := []byte("a key of twenty-four byte")
	verifier, err := NewWebhookVerifier("whsec_" + base64.StdEncoding.EncodeToString(key))
	if err != nil {
		t.Fatal(err)
	}
	body := `{"type":"moon.full","data":{"phase":1}}`
	sent := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("msg_1." + sent + "." + body))
	signature := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
	for _, names := range [][3]string{
		{"Webhook-Id", "Webhook-Timestamp", "Webhook-Signature"},
		{"webhook-id", "webhook-timestamp", "webhook-signature"},
		{"WEBHOOK-ID", "WEBHOOK-TIMESTAMP", "WEBHOOK-SIGNATURE"},
	} {
		header := http.Header{names[0]: {"msg_1"}, names[1]: {sent}, names[2]: {signature}}
		webhook, err := verifier.Verify([]byte(body), header)
		if err != nil || webhook.Type != "moon.full" {
			t.Errorf("%v: %v", names, err)
		}
		for _, name := range names {
			for _, value := range [][]string{nil, {""}, {"é"}, {"\xff"}} {
				spoilt := header.Clone()
				spoilt[name] = value
				if _, err := verifier.Verify([]byte(body), spoilt); !errors.Is(err, ErrWebhook) {
					t.Errorf("%s = %q: %v", name, value, err)
				}
			}
		}
	}
}

func TestSecretsOfWebhooksAreChecked(t *testing.T) {
	for _, secrets := range [][]string{{}, {""}, {"whsec_"}, {"whsec_!"}} {
		if _, err := NewWebhookVerifier(secrets...); err == nil {
			t.Errorf("%q is no secret", secrets)
		}
	}
}
