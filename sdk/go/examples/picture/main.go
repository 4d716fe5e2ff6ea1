// Picture makes a picture from a prompt and saves it.
//
//	go run ./examples/picture "a lighthouse at dawn" lighthouse.png
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"

	"tintype.example/tintype"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: picture PROMPT FILE")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, prompt, path string) error {
	client := tintype.NewClient()
	picture, err := client.Generations.CreateAndWait(ctx, tintype.CreateGeneration{
		Model: "sandbox-image",
		Input: tintype.GenerationInput{Prompt: prompt},
	}, nil)
	if err != nil {
		return err
	}
	if !picture.Succeeded() {
		return fmt.Errorf("%s has %s", picture.ID, picture.Status)
	}
	content, err := client.Files.Content(ctx, picture.Outputs[0].FileID, nil)
	if err != nil {
		return err
	}
	if err := content.SaveTo(path); err != nil {
		return err
	}
	fmt.Printf("%s: %d bytes for %s credits\n", path, content.Size, picture.Cost.Captured)
	return nil
}
