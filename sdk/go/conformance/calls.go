package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"net/http"
	"reflect"

	"tintype.example/tintype"
)

var errUnsupported = errors.New("there is no such call")

// call makes the call. What it iterates over goes to the report.
func (s scenario) call(ctx context.Context, client *tintype.Client, opts []tintype.CallOption, report *report) (any, error) {
	watch := func(it *tintype.Generation) {
		report.Progress = append(report.Progress, progress{it.Status, it.Progress})
	}
	switch s.Call {
	case "generations.create":
		body, err := arguments[tintype.CreateGeneration](s)
		return result(client.Generations.Create(ctx, body, opts...))(err)
	case "generations.create_and_wait":
		body, err := arguments[tintype.CreateGeneration](s)
		return result(client.Generations.CreateAndWait(ctx, body, watch, opts...))(err)
	case "generations.wait":
		return client.Generations.Wait(ctx, tintype.GenerationID(s.ID), watch, opts...)
	case "generations.get":
		return client.Generations.Get(ctx, tintype.GenerationID(s.ID), opts...)
	case "generations.cancel":
		return client.Generations.Cancel(ctx, tintype.GenerationID(s.ID), opts...)
	case "generations.delete":
		return nil, client.Generations.Delete(ctx, tintype.GenerationID(s.ID), opts...)
	case "generations.list":
		params, err := query[tintype.GenerationsListParams](s)
		return iterate(s, report, client.Generations.List(ctx, params, opts...), err)
	case "generations.list_page":
		params, err := query[tintype.GenerationsListParams](s)
		return result(client.Generations.ListPage(ctx, params, opts...))(err)
	case "credits.ledger":
		params, err := query[tintype.CreditsLedgerParams](s)
		return iterate(s, report, client.Credits.Ledger(ctx, params, opts...), err)
	case "credits.get":
		return client.Credits.Get(ctx, opts...)
	case "auth.logout":
		return nil, client.Auth.Logout(ctx, opts...)
	case "account.get":
		return client.Account.Get(ctx, opts...)
	case "models.list":
		return client.Models.List(ctx, opts...)
	case "models.get":
		return client.Models.Get(ctx, s.ID, opts...)
	case "keys.create":
		body, err := arguments[tintype.CreateKey](s)
		return result(client.Keys.Create(ctx, body, opts...))(err)
	case "keys.revoke":
		return client.Keys.Revoke(ctx, tintype.KeyID(s.ID), nil, opts...)
	case "files.get":
		return client.Files.Get(ctx, tintype.FileID(s.ID), opts...)
	case "files.content":
		content, err := client.Files.Content(ctx, tintype.FileID(s.ID), nil, opts...)
		if err != nil {
			return nil, err
		}
		return nil, content.SaveTo(s.SaveTo)
	case "files.content_stream":
		return s.readContent(ctx, client, opts)
	case "generations.events":
		return s.follow(ctx, client, opts, report)
	case "core.stream":
		return s.stream(ctx, client, opts, report)
	case "core.upload":
		return s.upload(ctx, client, opts)
	case "core.patch":
		return s.patch(ctx, client, opts)
	case "webhooks.verify":
		return s.verify()
	}
	return nil, errUnsupported
}

// result gives precedence to an error of the arguments.
func result[T any](value *T, err error) func(error) (any, error) {
	return func(earlier error) (any, error) {
		if earlier != nil {
			return nil, earlier
		}
		return value, err
	}
}

func arguments[T any](s scenario) (body T, err error) {
	return body, json.Unmarshal(s.Arguments, &body)
}

// query fills in parameters by their names on the wire.
func query[T any](s scenario) (*T, error) {
	given, err := arguments[map[string]json.RawMessage](s)
	params := new(T)
	fields := reflect.ValueOf(params).Elem()
	for index := range fields.NumField() {
		name := fields.Type().Field(index).Tag.Get("query")
		if text, is := given[name]; is && err == nil {
			err = json.Unmarshal(text, fields.Field(index).Addr().Interface())
		}
	}
	return params, err
}

func iterate[T any](s scenario, report *report, items iter.Seq2[*T, error], err error) (any, error) {
	report.Items = []any{}
	if err != nil {
		return nil, err
	}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		report.Items = append(report.Items, item)
		if len(report.Items) == s.Take {
			break
		}
	}
	return nil, nil
}

func (s scenario) readContent(ctx context.Context, client *tintype.Client, opts []tintype.CallOption) (any, error) {
	content, err := client.Files.Content(ctx, tintype.FileID(s.ID), nil, opts...)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	hash := sha256.New()
	bytes, err := io.Copy(hash, content)
	return map[string]any{"bytes": bytes, "sha256": hex.EncodeToString(hash.Sum(nil))}, err
}

func (s scenario) follow(ctx context.Context, client *tintype.Client, opts []tintype.CallOption, report *report) (any, error) {
	return iterate(s, report, events(client.Generations.Events(ctx, tintype.GenerationID(s.ID), opts...)), nil)
}

func (s scenario) stream(ctx context.Context, client *tintype.Client, opts []tintype.CallOption, report *report) (any, error) {
	given, err := arguments[struct{ Path string }](s)
	request := tintype.Request{Method: "GET", Path: given.Path}
	return iterate(s, report, events(tintype.Stream[map[string]any](ctx, client, request, opts...)), err)
}

type event[T any] struct {
	Event string `json:"event"`
	ID    string `json:"id"`
	Data  T      `json:"data"`
}

// events tells a library's events as the suite writes them.
func events[T any](stream iter.Seq2[*tintype.StreamEvent[T], error]) iter.Seq2[*event[T], error] {
	return func(yield func(*event[T], error) bool) {
		for it, err := range stream {
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(&event[T]{it.Type, it.ID, it.Data}, nil) {
				return
			}
		}
	}
}

func (s scenario) upload(ctx context.Context, client *tintype.Client, opts []tintype.CallOption) (any, error) {
	given, err := arguments[struct {
		Path   string
		Fields struct{ Purpose string }
	}](s)
	if err != nil {
		return nil, err
	}
	file := tintype.FileAt(s.File.Path)
	file.Name, file.ContentType = s.File.Name, s.File.ContentType
	body := tintype.Form(struct {
		Purpose string           `json:"purpose"`
		File    tintype.FormFile `json:"file"`
	}{given.Fields.Purpose, file})
	request := tintype.Request{Method: "POST", Path: given.Path, Body: body, Idempotent: true}
	return tintype.Send[map[string]any](ctx, client, request, opts...)
}

func (s scenario) patch(ctx context.Context, client *tintype.Client, opts []tintype.CallOption) (any, error) {
	type changes struct {
		Name   tintype.Nullable[string] `json:"name,omitzero"`
		VATID  tintype.Nullable[string] `json:"vat_id,omitzero"`
		Locale tintype.Nullable[string] `json:"locale,omitzero"`
	}
	given, err := arguments[struct {
		Path string
		Set  changes
	}](s)
	if err != nil {
		return nil, err
	}
	request := tintype.Request{Method: "PATCH", Path: given.Path, Body: tintype.JSON(given.Set)}
	return tintype.Send[map[string]any](ctx, client, request, opts...)
}

func (s scenario) verify() (any, error) {
	verifier, err := tintype.NewWebhookVerifier(s.Webhook.Secret)
	if err != nil {
		return nil, err
	}
	header := http.Header{}
	for name, value := range s.Webhook.Headers {
		header.Set(name, value)
	}
	return verifier.Verify([]byte(s.Webhook.Body), header)
}
