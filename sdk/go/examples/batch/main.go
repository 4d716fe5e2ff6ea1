// Batch makes a picture for each line of a CSV file with the columns name and prompt, four at a
// time. Run it again after an interruption: what was asked for is neither made nor charged twice.
//
//	go run ./examples/batch pictures.csv pictures/
package main

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"sync"

	"tintype.example/tintype"
)

const atATime = 4

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: batch CSV FOLDER")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1], os.Args[2]); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, table, folder string) error {
	file, err := os.Open(table)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.FieldsPerRecord = 2
	rows, err := reader.ReadAll()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	client := tintype.NewClient(tintype.WithMaxRetries(5))
	failures := make([]error, len(rows))
	places := make(chan struct{}, atATime)
	var group sync.WaitGroup
	for index, row := range rows {
		places <- struct{}{}
		group.Add(1)
		go func() {
			defer group.Done()
			name, prompt := row[0], row[1]
			if err := paint(ctx, client, prompt, filepath.Join(folder, filepath.Base(name)+".png")); err != nil {
				failures[index] = fmt.Errorf("%s: %w", name, err)
			} else {
				fmt.Println("ready:", name)
			}
			<-places
		}()
	}
	group.Wait()
	return errors.Join(failures...)
}

func paint(ctx context.Context, client *tintype.Client, prompt, path string) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	}
	// The same key for the same picture, also in the next run.
	key := fmt.Sprintf("batch-%x", sha256.Sum256([]byte(path+"\n"+prompt)))
	picture, err := client.Generations.CreateAndWait(ctx, tintype.CreateGeneration{
		Model: "sandbox-image",
		Input: tintype.GenerationInput{Prompt: prompt},
	}, nil, tintype.WithIdempotencyKey(key))
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
	return content.SaveTo(path)
}
