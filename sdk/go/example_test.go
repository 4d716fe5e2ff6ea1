package tintype_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"os"
	"time"

	"tintype.example/tintype"
)

func ExampleNewClient() {
	client := tintype.NewClient(
		tintype.WithAPIKey(os.Getenv("STUDIO_TINTYPE_KEY")),
		tintype.WithBaseURL("https://api.studio.example"),
		tintype.WithTimeout(20*time.Second),
		tintype.WithLogger(slog.Default()),
	)
	balance, err := client.Credits.Get(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(balance.Available)
}

func ExampleGenerationsResource_CreateAndWait() {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	client := tintype.NewClient()
	video, err := client.Generations.CreateAndWait(ctx, tintype.CreateGeneration{
		Model: "sandbox-video",
		Input: tintype.GenerationInput{Prompt: "waves", Seconds: tintype.Int(4)},
	}, func(video *tintype.Generation) {
		fmt.Println(video.Status, video.Progress)
	})
	if err != nil {
		log.Fatal(err)
	}
	for _, output := range video.Outputs {
		fmt.Println(output.URL)
	}
}

func ExampleGenerationsResource_List() {
	client := tintype.NewClient()
	params := &tintype.GenerationsListParams{
		Status:       tintype.GenerationStatusSucceeded,
		CreatedAfter: time.Now().AddDate(0, 0, -7),
	}
	for generation, err := range client.Generations.List(context.Background(), params) {
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(generation.ID, generation.Cost.Captured)
	}
}

func ExampleGenerationsResource_ListPage() {
	ctx := context.Background()
	client := tintype.NewClient()
	page, err := client.Generations.ListPage(ctx, &tintype.GenerationsListParams{Limit: 50})
	for ; page != nil && err == nil; page, err = page.Next(ctx) {
		fmt.Println(len(page.Data), "more:", page.HasMore)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func ExampleFilesResource_Content() {
	client := tintype.NewClient()
	content, err := client.Files.Content(context.Background(), "file_01k9yx3b1mfz0q4r7s8t2v5w6x", nil)
	if err != nil {
		log.Fatal(err)
	}
	if err := content.SaveTo("lighthouse.png"); err != nil {
		log.Fatal(err)
	}
}

func ExampleAPIError() {
	client := tintype.NewClient()
	_, err := client.Models.Get(context.Background(), "yesterdays-model")
	var refusal *tintype.APIError
	switch {
	case errors.Is(err, tintype.ErrGone) && errors.As(err, &refusal):
		fmt.Println("use", refusal.Context["replaced_by"])
	case errors.As(err, &refusal):
		fmt.Println(refusal.Code, refusal.Detail, refusal.RequestID)
	case errors.Is(err, tintype.ErrConnection), errors.Is(err, tintype.ErrTimeout):
		fmt.Println("no answer")
	}
}

func ExampleWithResponse() {
	client := tintype.NewClient()
	var response tintype.Response
	_, err := client.Credits.Get(context.Background(), tintype.WithResponse(&response))
	fmt.Println(response.RequestID, err)
}

func ExampleSend() {
	type Moon struct {
		Phase float64 `json:"phase"`
	}
	client := tintype.NewClient()
	request := tintype.Request{Method: "GET", Path: "/v1/moons/luna"}
	moon, err := tintype.Send[Moon](context.Background(), client, request)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(moon.Phase)
}

func ExampleWebhookVerifier() {
	verifier, err := tintype.NewWebhookVerifier(os.Getenv("TINTYPE_WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	http.HandleFunc("POST /webhooks", func(writer http.ResponseWriter, request *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, 64<<10))
		if err != nil {
			http.Error(writer, "unreadable", http.StatusBadRequest)
			return
		}
		webhook, err := verifier.Verify(body, request.Header)
		if errors.Is(err, tintype.ErrWebhook) {
			http.Error(writer, "not from Tintype", http.StatusBadRequest)
			return
		}
		log.Println(webhook.ID, webhook.Type)
		writer.WriteHeader(http.StatusNoContent)
	})
}

func ExampleNullable() {
	type Change struct {
		Name   tintype.Nullable[string] `json:"name,omitzero"`
		VATID  tintype.Nullable[string] `json:"vat_id,omitzero"`
		Locale tintype.Nullable[string] `json:"locale,omitzero"`
	}
	change := Change{Name: tintype.Set("Studio"), VATID: tintype.Null[string]()}
	_, removed := change.VATID.Get()
	fmt.Println(change.Name.Get())
	fmt.Println(removed, change.VATID.IsNull(), change.Locale.IsZero())
	// Output:
	// Studio true
	// false true true
}
