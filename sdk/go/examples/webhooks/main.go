// Webhooks receives webhooks on port 8000. The secret of the endpoint is in
// TINTYPE_WEBHOOK_SECRET.
//
//	go run ./examples/webhooks
package main

import (
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"time"

	"tintype.example/tintype"
)

func main() {
	verifier, err := tintype.NewWebhookVerifier(os.Getenv("TINTYPE_WEBHOOK_SECRET"))
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("POST /webhooks/tintype", &receiver{verifier: verifier})
	server := &http.Server{Addr: "127.0.0.1:8000", ReadTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}

type receiver struct {
	verifier *tintype.WebhookVerifier
	// seen has the ids that we acted on. A real program keeps them in its database.
	seen sync.Map
}

func (r *receiver) ServeHTTP(writer http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(writer, request.Body, 64<<10))
	if err != nil {
		http.Error(writer, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	webhook, err := r.verifier.Verify(body, request.Header)
	if err != nil {
		log.Print(err)
		http.Error(writer, "not from Tintype", http.StatusBadRequest)
		return
	}
	// Each comes at least once, and may come again.
	if _, again := r.seen.LoadOrStore(webhook.ID, true); !again {
		log.Printf("%s %s %s", webhook.ID, webhook.Type, webhook.Data)
	}
	writer.WriteHeader(http.StatusNoContent)
}
