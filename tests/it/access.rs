//! Who may do what: every operation of the contract against no key, wrong keys,
//! keys without its scope, and ids of others.
//!
//! A new operation needs a line in [`CASES`], or in [`OPEN`] with a reason. If its
//! path names a thing of a new kind, [`Thing`] learns to make one.

use std::collections::BTreeMap;

use harness::{Account, Answer, Contract, Operation, SCOPES, TestApp, text};
use serde_json::{Value, json};

use Thing::{Answered, File, Generation, Key, Model, Nothing, Purchase, Unconfirmed};

/// Each operation that needs credentials: its scope, and what its path names.
const CASES: &[(&str, &str, Thing)] = &[
    ("account.get", ANY, Nothing),
    ("auth.logout", SESSION, Nothing),
    ("credits.get", "credits:read", Nothing),
    ("credits.grants", "credits:read", Nothing),
    ("credits.ledger", "credits:read", Nothing),
    ("data_rights.archive", "data_rights:read", Answered),
    ("data_rights.create", "data_rights:write", Nothing),
    ("data_rights.get", "data_rights:read", Answered),
    ("data_rights.list", "data_rights:read", Nothing),
    // A link's token opens it too, so the contract can't demand the scope.
    ("data_rights.receipt", "data_rights:read", Answered),
    ("data_rights.verify", "data_rights:write", Unconfirmed),
    ("data_rights.withdraw", "data_rights:write", Unconfirmed),
    // As with a receipt.
    ("files.content", "files:read", File),
    ("files.get", "files:read", File),
    ("generations.cancel", "generations:write", Generation),
    ("generations.create", "generations:write", Nothing),
    ("generations.delete", "generations:write", Generation),
    ("generations.get", "generations:read", Generation),
    ("generations.list", "generations:read", Nothing),
    ("keys.create", "keys:write", Nothing),
    ("keys.get", "keys:read", Key),
    ("keys.list", "keys:read", Nothing),
    ("keys.revoke", "keys:write", Key),
    ("keys.self", ANY, Nothing),
    ("purchases.create", "purchases:write", Nothing),
    ("purchases.get", "purchases:read", Purchase),
    ("purchases.list", "purchases:read", Nothing),
    ("purchases.receipt", "purchases:read", Purchase),
    ("purchases.refund", "purchases:write", Purchase),
];

/// Each operation that needs none: why, and what a stranger is answered.
const OPEN: &[(&str, &str, Thing, u16)] = &[
    ("auth.login", "who signs in has no credentials yet", Nothing, 200),
    ("auth.register", "nor has who signs up", Nothing, 202),
    ("auth.verify_email", "nor who proves an address", Nothing, 422),
    ("models.get", "anyone may see what is offered", Model, 200),
    ("models.list", "anyone may see what is offered", Nothing, 200),
    ("offers.list", "and what it costs", Nothing, 200),
    ("sandbox.checkout", "a buyer has no account here", Purchase, 200),
    ("sandbox.clock", "the sandbox guards nothing", Nothing, 200),
    ("sandbox.outbox", "the sandbox guards nothing", Nothing, 200),
];

/// Any key or session will do.
const ANY: &str = "any";
/// A session will do, and no key.
const SESSION: &str = "a session";

/// What a path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Nothing,
    Model,
    Generation,
    File,
    Purchase,
    Key,
    /// A request for a copy of all data, fulfilled.
    Answered,
    /// One that waits for its code.
    Unconfirmed,
}

impl Thing {
    /// One of the owner's, in test mode.
    async fn make(self, app: &TestApp, owner: &Account) -> String {
        let made = match self {
            Nothing => json!(""),
            Model => json!("sandbox-image"),
            Generation => app.generate(&owner.key, "a lighthouse").await["id"].clone(),
            File => app.generate(&owner.key, "a lighthouse").await["outputs"][0]["file_id"].clone(),
            Purchase => {
                let body = json!({
                    "offer": "pack-100",
                    "success_url": "https://studio.example/", "cancel_url": "https://studio.example/",
                });
                let bought = app.post("/v1/purchases", &owner.key, &body).await.expect(201);
                let checkout = format!("/sandbox/checkout/{}", text(&bought["id"]));
                let paid = app.post(&checkout, "", &json!({"outcome": "paid"})).await;
                paid.expect(200)["id"].clone()
            }
            Key => {
                let body = json!({"name": "a key", "scopes": ["files:read"]});
                app.post("/v1/keys", &owner.key, &body).await.expect(201)["id"].clone()
            }
            // One of each is enough, and more would be refused.
            Answered => match request(app, owner, "fulfilled").await {
                Some(id) => id,
                None => {
                    let id = ask_for_a_copy(app, owner).await;
                    let path = format!("/v1/data-rights/requests/{}/verify", text(&id));
                    let code = code_for_a_copy(app, owner).await;
                    app.post(&path, &owner.key, &code).await.expect(200);
                    while request(app, owner, "fulfilled").await.is_none() {
                        app.advance("PT0S").await;
                    }
                    id
                }
            },
            Unconfirmed => match request(app, owner, "awaiting_verification").await {
                Some(id) => id,
                None => {
                    while request(app, owner, "in_progress").await.is_some() {
                        app.advance("PT0S").await;
                    }
                    ask_for_a_copy(app, owner).await
                }
            },
        };
        text(&made).to_owned()
    }
}

/// The owner's request for a copy of all data that has this status.
async fn request(app: &TestApp, owner: &Account, status: &str) -> Option<Value> {
    let page = app.get("/v1/data-rights/requests", &owner.key).await.expect(200);
    let mut all = page["data"].as_array().expect("a page").iter();
    let found = all.find(|request| request["type"] == "access" && request["status"] == status);
    found.map(|request| request["id"].clone())
}

async fn ask_for_a_copy(app: &TestApp, owner: &Account) -> Value {
    let body = json!({"type": "access"});
    let asked = app.post("/v1/data-rights/requests", &owner.key, &body).await;
    asked.expect(202)["id"].clone()
}

/// What confirms the newest request for a copy.
async fn code_for_a_copy(app: &TestApp, owner: &Account) -> Value {
    let mails = app.mails(&owner.email).await;
    let mut texts = mails.iter().map(|mail| text(&mail["text"]));
    let letter = texts.find(|text| text.contains("a copy of all data"));
    json!({"code": harness::code_in(letter.expect("a mail"))})
}

/// A server, its contract, and an owner with one thing of each kind.
struct Stage {
    app: TestApp,
    contract: Contract,
    owner: Account,
    things: BTreeMap<Thing, String>,
}

impl Stage {
    async fn set() -> Self {
        let app = TestApp::start().await;
        let owner = app.account().await;
        let mut things = BTreeMap::new();
        for (_, _, thing) in CASES {
            if !things.contains_key(thing) {
                things.insert(*thing, thing.make(&app, &owner).await);
            }
        }
        Self {
            contract: app.contract().await,
            app,
            owner,
            things,
        }
    }

    fn cases(&self) -> impl Iterator<Item = (&Operation, &'static str, &str)> {
        CASES
            .iter()
            .map(|(id, scope, thing)| (self.contract.find(id), *scope, self.things[thing].as_str()))
    }

    /// All that the owner can list, and how many rows there are.
    async fn state(&self) -> Value {
        let lists =
            self.contract.operations.iter().filter(|operation| {
                operation.method == "GET" && !operation.is_open() && !operation.names_one()
            });
        let mut seen = json!({"rows": self.app.database.row_counts().await});
        for operation in lists {
            let list = self.app.get(&operation.path, &self.owner.key).await.expect(200);
            seen[&operation.id] = still(list);
        }
        seen
    }
}

/// Without what differs each time that it is looked at.
fn still(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            members.retain(|name, _| !["url", "expires_at", "last_used_at"].contains(&name.as_str()));
            members
                .values_mut()
                .for_each(|member| *member = still(member.take()));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| *item = still(item.take())),
        _ => {}
    }
    value
}

/// An id of the same kind that never existed.
fn nowhere(id: &str) -> String {
    let (prefix, _) = id.split_once('_').expect("a prefix");
    format!("{prefix}_01k9yx3b1mfz0q4r7s8t2v5w6x")
}

#[tokio::test]
async fn every_operation_has_its_case() {
    let app = TestApp::start().await;
    let contract = app.contract().await;
    let cases = CASES.iter().map(|(id, _, thing)| (*id, *thing));
    let open = OPEN.iter().map(|(id, _, thing, _)| (*id, *thing));
    let known: BTreeMap<&str, Thing> = cases.chain(open).collect();
    assert_eq!(
        known.len(),
        CASES.len() + OPEN.len(),
        "an operation has two cases"
    );
    for operation in &contract.operations {
        let id = operation.id.as_str();
        let thing = known.get(id);
        let thing = thing.unwrap_or_else(|| panic!("{id} has no case: add it to CASES or OPEN"));
        assert_eq!(operation.names_one(), *thing != Nothing, "{id} names a thing");
        assert_eq!(
            operation.is_open(),
            OPEN.iter().any(|(open, ..)| *open == id),
            "{id} is open to all"
        );
    }
    for (id, scope, _) in CASES {
        let demanded = &contract.find(id).description["security"];
        let expected = match *scope {
            _ if ["data_rights.receipt", "files.content"].contains(id) => json!([{"bearer": []}, {}]),
            ANY | SESSION => json!([{"bearer": []}]),
            scope => json!([{"bearer": [scope]}]),
        };
        assert_eq!(*demanded, expected, "{id}");
    }
    for (id, ..) in OPEN {
        contract.find(id);
    }
}

#[tokio::test]
async fn nobody_gets_in_without_valid_credentials() {
    let stage = Stage::set().await;
    let (app, owner) = (&stage.app, &stage.owner);
    let revoked = app.revoked_key(&owner.session).await;
    let mistyped = format!(
        "{}{}",
        &owner.key[..42],
        if owner.key.ends_with('a') { "bb" } else { "aa" }
    );
    let unknown = tintype::auth::secret::mint(false);
    let before = stage.state().await;
    for (operation, _, id) in stage.cases() {
        for (what, key) in [
            ("no key", ""),
            ("no form", "tt_test_"),
            ("mistyped", &mistyped),
            ("unknown", &unknown),
            ("revoked", &revoked),
        ] {
            let answer = Answer::of(app.operate(operation, id, key)).await;
            assert_eq!(answer.status, 401, "{} with {what}", operation.id);
            answer.problem(401, "unauthenticated");
        }
    }
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn a_key_without_the_scope_is_refused() {
    let stage = Stage::set().await;
    let mut without = BTreeMap::new();
    for scope in SCOPES {
        without.insert(*scope, stage.app.key_without(&stage.owner.key, scope).await);
    }
    let before = stage.state().await;
    for (operation, scope, id) in stage
        .cases()
        .filter(|(_, scope, _)| ![ANY, SESSION].contains(scope))
    {
        let answer = Answer::of(stage.app.operate(operation, id, &without[scope])).await;
        assert_eq!(answer.status, 403, "{} without {scope}", operation.id);
        assert_eq!(answer.problem(403, "insufficient_scope")["required"], scope);
    }
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn what_belongs_to_another_account_or_mode_is_not_there() {
    let stage = Stage::set().await;
    let (app, owner) = (&stage.app, &stage.owner);
    let stranger = app.account().await;
    let live = json!({"name": "live", "scopes": SCOPES, "livemode": true});
    let live = app.post("/v1/keys", &owner.session, &live).await.expect(201);
    let before = stage.state().await;
    for (operation, _, id) in stage.cases().filter(|(operation, ..)| operation.names_one()) {
        let ask = async |id: &str, key: &str| {
            let answer = Answer::of(app.operate(operation, id, key)).await;
            assert_eq!(answer.status, 404, "{} of {id}", operation.id);
            let mut problem = answer.problem(404, "not_found");
            // Which request it was is all that may differ.
            problem["request_id"].take();
            problem["instance"].take();
            problem
        };
        let never = ask(&nowhere(id), &stranger.key).await;
        assert_eq!(
            ask(id, &stranger.key).await,
            never,
            "{} of a stranger",
            operation.id
        );
        assert_eq!(
            ask(id, &stranger.session).await,
            never,
            "{} of a stranger",
            operation.id
        );
        assert_eq!(
            ask(id, text(&live["secret"])).await,
            never,
            "{} of the other mode",
            operation.id
        );
    }
    assert_eq!(stage.state().await, before);
}

#[tokio::test]
async fn the_scope_alone_suffices() {
    let stage = Stage::set().await;
    let (app, owner) = (&stage.app, &stage.owner);
    for (name, scope, thing) in CASES {
        let operation = stage.contract.find(name);
        let credentials = match *scope {
            ANY => app.key_with(&owner.key, &["usage:read"]).await,
            SESSION => app.account().await.session,
            scope => app.key_with(&owner.key, &[scope]).await,
        };
        let mut request = app.operate(operation, &thing.make(app, owner).await, &credentials);
        if *name == "keys.create" {
            // No wider than its maker.
            request = request.json(&json!({"name": "a key", "scopes": [scope]}));
        }
        if *name == "data_rights.create" {
            // For a copy, one is open.
            request = request.json(&json!({"type": "erasure"}));
        }
        if *name == "data_rights.verify" {
            request = request.json(&code_for_a_copy(app, owner).await);
        }
        let answer = Answer::of(request).await;
        let said = String::from_utf8_lossy(&answer.bytes);
        assert!((200..300).contains(&answer.status), "{name} with {scope}: {said}");
    }
    for generation in app.get("/v1/generations", &owner.key).await.expect(200)["data"]
        .as_array()
        .expect("a page")
    {
        app.ended(&owner.key, &generation["id"]).await;
    }
    app.advance("PT0S").await;
}

#[tokio::test]
async fn what_is_open_answers_without_a_key() {
    let stage = Stage::set().await;
    // Of whom the contract's examples speak.
    stage.app.account_called("ada@studio.example").await;
    for (name, why, thing, status) in OPEN {
        let id = thing.make(&stage.app, &stage.owner).await;
        let request = stage.app.operate(stage.contract.find(name), &id, "");
        let answer = Answer::of(request).await;
        assert_eq!(
            answer.status,
            *status,
            "{name}, since {why}: {}",
            String::from_utf8_lossy(&answer.bytes)
        );
    }
}
