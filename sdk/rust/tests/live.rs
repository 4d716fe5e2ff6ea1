//! Against a real Tintype in its sandbox.

mod server;

use std::time::Duration;

use server::Server;
use tintype_client::types::{
    AnnounceCheckout, CheckoutOutcome, CreateGeneration, CreateKey, CreatePurchase, ErrorCode, GenerationId,
    GenerationInput, GenerationStatus, Scope,
};
use tintype_client::{Error, Result, Tintype};

fn picture(prompt: &str) -> CreateGeneration {
    let input = GenerationInput::new().prompt(prompt).size("256x256");
    CreateGeneration::new("sandbox-image", input)
}

#[tokio::test]
async fn a_picture_from_a_prompt() -> Result<()> {
    let server = Server::start("a_picture_from_a_prompt");
    let client = server.client();
    let mut seen = Vec::new();
    let (tell, told) = std::sync::mpsc::channel();
    let wanted = picture("a lighthouse at dawn").metadata([("order", "1047")]);
    let made = client
        .generations()
        .create_and_wait(wanted)
        .on_progress(move |generation| tell.send(generation.status.clone()).unwrap_or_default())
        .await?;
    seen.extend(told);
    assert!(made.succeeded(), "{:?}", made.error);
    assert_eq!(seen.last(), Some(&GenerationStatus::Succeeded));
    assert_eq!(made.metadata["order"], "1047");

    let output = &made.outputs[0];
    let path = std::env::temp_dir().join(format!("{}.png", made.id));
    client.files().content(&output.file_id).save(&path).await?;
    let size = std::fs::metadata(&path)?.len();
    assert_eq!(i64::try_from(size).ok(), Some(output.bytes));
    std::fs::remove_file(&path)?;

    let part = client.files().content(&output.file_id).range("bytes=0-9").await?;
    assert_eq!(part.content_type(), Some("image/png"));
    assert_eq!(part.bytes().await?.len(), 10);

    client.generations().delete(&made.id).await?;
    assert!(client.generations().get(&made.id).await?.erased_at.is_some());
    Ok(())
}

#[tokio::test]
async fn the_same_key_makes_one() -> Result<()> {
    let server = Server::start("the_same_key_makes_one");
    let generations = server.client().generations();
    let key = format!("key-{:?}", std::time::SystemTime::now());
    let first = generations
        .create(picture("once"))
        .idempotency_key(&key)
        .wait(Duration::from_secs(30))
        .await?;
    assert!(first.ended_at.is_some());
    let again = generations
        .create(picture("once"))
        .idempotency_key(&key)
        .with_response()
        .await?;
    assert_eq!(again.id, first.id);
    assert!(again.was_replayed());
    assert!(again.request_id().is_some_and(|id| id.starts_with("req_")));
    Ok(())
}

#[tokio::test]
async fn lists_go_on_by_themselves() -> Result<()> {
    let server = Server::start("lists_go_on_by_themselves");
    let generations = server.client().generations();
    let end_user = format!("user-{:?}", std::time::SystemTime::now());
    for _ in 0..5 {
        generations
            .create(picture("one of five").end_user(&end_user))
            .await?;
    }
    let list = || generations.list().end_user(&end_user).limit(2);
    let mut items = list().items();
    let mut ids = Vec::new();
    while let Some(generation) = items.next().await {
        ids.push(generation?.id);
    }
    assert_eq!(ids.len(), 5);
    let page = list().await?;
    assert_eq!((page.data.len(), page.has_more), (2, true));
    let next = page.next_page().await?.map(|page| page.data[0].id.clone());
    assert_eq!(next.as_ref(), ids.get(2));
    Ok(())
}

#[tokio::test]
async fn errors_say_what_is_wrong() {
    let server = Server::start("errors_say_what_is_wrong");
    let client = server.client();
    let missing = client.generations().get("gen_00000000000000000000000000").await;
    assert!(
        matches!(&missing, Err(Error::NotFound(error)) if error.request_id.is_some()),
        "{missing:?}"
    );
    let unknown = client
        .generations()
        .create(CreateGeneration::new("moon", GenerationInput::new()))
        .await;
    assert_eq!(
        unknown.err().and_then(|error| error.code().cloned()),
        Some(ErrorCode::UnknownModel)
    );
    let stranger = server.with_key("tt_test_wrong").credits().get().await;
    assert!(matches!(&stranger, Err(Error::Authentication(_))), "{stranger:?}");
    let failed = client
        .generations()
        .create_and_wait(picture("sandbox:fail"))
        .await;
    assert!(failed.is_ok_and(|failed| !failed.succeeded() && failed.cost.captured == "0"));
    // Nothing is sent for an id that would ask for something else.
    let empty = client.generations().get(GenerationId::from("")).await;
    assert!(matches!(&empty, Err(Error::Configuration(_))), "{empty:?}");
}

#[tokio::test]
async fn keys_and_credits() -> Result<()> {
    let server = Server::start("keys_and_credits");
    let client = server.client();
    let narrow = client
        .keys()
        .create(CreateKey::new("reader", [Scope::CreditsRead]))
        .await?;
    let reader = server.with_key(&narrow.secret);
    assert_eq!(reader.keys().self_().await?.id, narrow.id);
    let refused = reader.generations().create(picture("no")).await;
    assert!(matches!(refused, Err(Error::PermissionDenied(_))));
    client.keys().revoke(&narrow.id).await?;

    let offer = client.offers().list().await?.data.remove(0);
    let wanted = CreatePurchase::new(
        offer.id.as_str(),
        "https://studio.example/thanks",
        "https://studio.example/no",
    );
    let purchase = client.purchases().create(wanted).await?;
    let paid = AnnounceCheckout::new(CheckoutOutcome::Paid);
    client.sandbox().checkout(&purchase.id, paid).await?;
    assert!(client.purchases().get(&purchase.id).await?.paid_at.is_some());
    let mut grants = client.credits().grants().items();
    while let Some(grant) = grants.next().await {
        if grant?.purchase_id.as_ref() == Some(&purchase.id) {
            return Ok(());
        }
    }
    panic!("the purchase brought no credits");
}

#[tokio::test]
async fn what_is_public_needs_no_key() -> Result<()> {
    let server = Server::start("what_is_public_needs_no_key");
    let anonymous = Tintype::builder().base_url(&server.url).build()?;
    assert!(!anonymous.models().list().await?.data.is_empty());
    Ok(())
}
