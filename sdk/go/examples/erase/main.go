// Erase removes for good all that was generated on behalf of one of your end users: prompts,
// pictures and all. What is still under way is called off first.
//
//	go run ./examples/erase customer-7
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"

	"tintype.example/tintype"
)

func main() {
	if len(os.Args) != 2 || os.Args[1] == "" {
		log.Fatal("usage: erase END_USER")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, endUser string) error {
	client := tintype.NewClient()
	params := &tintype.GenerationsListParams{EndUser: endUser, Limit: 100}
	erased := 0
	for generation, err := range client.Generations.List(ctx, params) {
		if err != nil {
			return err
		}
		if err := erase(ctx, client, generation); err != nil {
			return fmt.Errorf("%s: %w", generation.ID, err)
		}
		erased++
	}
	fmt.Printf("%d generations of %s are erased\n", erased, endUser)
	return nil
}

func erase(ctx context.Context, client *tintype.Client, generation *tintype.Generation) error {
	if generation.ErasedAt != nil {
		return nil
	}
	if !generation.Ended() {
		_, err := client.Generations.Cancel(ctx, generation.ID)
		// A conflict: its model cannot stop, so we wait for the end instead.
		if err != nil && !errors.Is(err, tintype.ErrConflict) {
			return err
		}
		if _, err := client.Generations.Wait(ctx, generation.ID, nil); err != nil {
			return err
		}
	}
	return client.Generations.Delete(ctx, generation.ID)
}
