//! For every sandbox model and whatever it takes and reports:
//! least ≤ captured ≤ held ≤ the most that was estimated.

use std::sync::Arc;

use entity::{AccountId, Credits, Timestamp};
use harness::{TestApp, text};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};
use tintype::catalog::{Catalog, Usage, price};
use tintype::credits::Owner;
use tintype::generations::check::check;
use tintype::generations::wanted::Wanted;

/// A model and an input that it takes; `small` ones are made in a moment.
fn asked(small: bool) -> impl Strategy<Value = (&'static str, Value)> {
    let longest = if small { 40 } else { 400 };
    let prompt =
        move || prop::collection::vec(any::<char>().prop_filter("no NUL", |c| *c != '\0'), 1..longest);
    let prompt = move || prompt().prop_map(String::from_iter);
    let (most, seconds) = if small { (3_u32, 2_u32) } else { (10, 20) };
    let image = (
        prompt(),
        prop::option::of(1..=most),
        prop::option::of(prop::sample::select(vec!["low", "medium", "high"])),
    );
    let size = if small { "256x256" } else { "1536x1024" };
    let image = image.prop_map(move |(prompt, n, quality)| {
        (
            "sandbox-image",
            json!({"prompt": prompt, "n": n, "quality": quality, "size": size}),
        )
    });
    let video = (prompt(), prop::option::of(1..=seconds));
    let video =
        video.prop_map(|(prompt, seconds)| ("sandbox-video", json!({"prompt": prompt, "seconds": seconds})));
    let speech = prompt().prop_map(|prompt| ("sandbox-speech", json!({"prompt": prompt})));
    let tokens = prop::option::of(1_u32..=4000);
    let text = (prompt(), tokens.clone())
        .prop_map(|(prompt, most)| ("sandbox-text", json!({"prompt": prompt, "max_tokens": most})));
    let turns = prop::collection::vec(
        (
            prop::sample::select(vec!["system", "user", "assistant"]),
            prompt(),
        ),
        1..5,
    );
    let talk = (turns, tokens).prop_map(|(turns, most)| {
        let turns = turns
            .into_iter()
            .map(|(role, content)| json!({"role": role, "content": content}));
        (
            "sandbox-text",
            json!({"messages": turns.collect::<Vec<_>>(), "max_tokens": most}),
        )
    });
    prop_oneof![image, video, speech, text, talk].prop_map(|(model, input)| (model, without_nulls(input)))
}

fn without_nulls(input: Value) -> Value {
    let members = input.as_object().expect("an object").clone();
    members
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .collect::<Map<_, _>>()
        .into()
}

fn wanted(model: &str, input: &Value) -> Wanted {
    Wanted {
        bounds: Arc::default(),
        owner: Owner {
            account: AccountId::new(Timestamp::from_micros(0)),
            livemode: false,
        },
        key: None,
        model: model.to_owned(),
        input: input.as_object().expect("an object").clone(),
        metadata: Map::new(),
        end_user: None,
        saved: false,
        max_cost: None,
        deadline: None,
        regions: None,
        webhook: None,
        estimate: None,
        locked: None,
        once: None,
    }
}

/// Around what was planned as well as absurd.
fn reported() -> impl Strategy<Value = u64> {
    prop_oneof![0_u64..30, 0_u64..10_000, any::<u64>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_usage_costs_more_than_was_estimated(
        (model, input) in asked(false),
        images in reported(), seconds in reported(), characters in reported(), tokens in reported(),
    ) {
        let catalog = Catalog::sandbox();
        let checked = check(&catalog, &wanted(model, &input), Timestamp::from_micros(0));
        let priced = checked.admissible().map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let planned = Usage::planned(priced.model.row.kind, &priced.input);
        let quote = |usage| price::quote(&priced.model.prices, &priced.input, usage);
        let used = planned.paid(Usage { images, seconds, characters, tokens });
        let captured = quote(used).expect("it is no more than was planned");
        prop_assert!(priced.least <= captured, "{} > {captured}", priced.least);
        prop_assert!(captured <= priced.estimated, "{captured} > {}", priced.estimated);
        prop_assert_eq!(Some(priced.estimated), quote(planned));
        prop_assert_eq!(Some(priced.estimated), price::total(&priced.lines));
    }
}

#[tokio::test]
async fn what_is_captured_was_held_and_what_is_held_was_estimated() {
    let app = TestApp::start().await;
    let mut runner = TestRunner::deterministic();
    let strategy = asked(true);
    let bodies: Vec<Value> = (0..24)
        .map(|_| strategy.new_tree(&mut runner).expect("a tree").current())
        .map(|(model, input)| json!({"model": model, "input": input}))
        .collect();
    let estimate = app
        .post("/v1/estimates", &app.demo, &json!({"generations": bodies}))
        .await
        .expect(201);
    assert_eq!(estimate["admissible"], true, "{estimate}");
    let amount = |value: &Value| text(value).parse::<Credits>().expect("an amount");
    for (body, estimated) in bodies
        .iter()
        .zip(estimate["generations"].as_array().expect("a list"))
    {
        let made = app
            .make(&app.demo, text(&body["model"]), body["input"].clone())
            .await;
        assert_eq!(made["status"], "succeeded", "{made}");
        let cost = &made["cost"];
        assert!(amount(&estimated["min"]) <= amount(&cost["captured"]), "{made}");
        assert!(amount(&cost["captured"]) <= amount(&cost["held"]), "{made}");
        assert!(amount(&cost["held"]) <= amount(&estimated["max"]), "{made}");
    }
}
