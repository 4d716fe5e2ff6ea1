// Video makes a video, with a progress bar in the terminal, and saves it. Interrupt it to call the
// video off.
//
//	go run ./examples/video "waves on a beach" waves.webm
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"strings"
	"time"

	"tintype.example/tintype"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: video PROMPT FILE")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, prompt, path string) error {
	client := tintype.NewClient()
	video, err := client.Generations.CreateAndWait(ctx, tintype.CreateGeneration{
		Model:   "sandbox-video",
		Input:   tintype.GenerationInput{Prompt: prompt, Seconds: tintype.Int(4)},
		MaxCost: "100",
	}, draw)
	fmt.Println()
	if errors.Is(err, context.Canceled) && video != nil {
		return callOff(client, video.ID)
	}
	if err != nil {
		return err
	}
	if !video.Succeeded() {
		return fmt.Errorf("%s has %s", video.ID, video.Status)
	}
	content, err := client.Files.Content(ctx, video.Outputs[0].FileID, nil)
	if err != nil {
		return err
	}
	return content.SaveTo(path)
}

// draw draws the bar anew over the one before.
func draw(video *tintype.Generation) {
	const width = 40
	done := int(video.Progress) * width / 100
	bar := strings.Repeat("█", done) + strings.Repeat("░", width-done)
	fmt.Printf("\r%s %3d %% %-9s", bar, video.Progress, video.Status)
}

// callOff needs a context of its own: the other one has ended.
func callOff(client *tintype.Client, id tintype.GenerationID) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	_, err := client.Generations.Cancel(ctx, id)
	if errors.Is(err, tintype.ErrConflict) {
		return fmt.Errorf("%s cannot be called off any more", id)
	}
	return err
}
