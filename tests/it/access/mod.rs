//! Who may do what: every operation of the contract against no key, wrong keys,
//! keys without its scope, and ids of others.
//!
//! A new operation needs a line in [`CASES`], or in [`OPEN`] with a reason. If its
//! path names a thing of a new kind, [`Thing`] learns to make one.

mod cases;

use std::collections::BTreeMap;

use harness::{APP, Account, Answer, Contract, Issuer, Operation, SCOPES, TestApp, VERIFIER, text};
use serde_json::{Value, json};

use cases::Thing::Nothing;
use cases::{ANY, CASES, MARKS, OPEN, SESSION, Thing, code_for_a_copy};

/// A server, its contract, and an owner with one thing of each kind.
struct Stage {
    app: TestApp,
    /// With whom the owner signs in.
    issuer: Issuer,
    contract: Contract,
    owner: Account,
    things: BTreeMap<Thing, String>,
}

impl Stage {
    async fn set() -> Self {
        let issuer = Issuer::start();
        let google = issuer.row("google", "google");
        // Nothing is sent twice, so that what was sent stays as it is.
        let file =
            format!("[frontend]\nredirect_uris = [\"{APP}\"]\n{google}\n[webhooks]\nretry_seconds = []\n");
        let app = TestApp::configured(&file, &[]).await;
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
            issuer,
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
            let credentials = match operation.id.as_str() {
                "sessions.list" => &self.owner.session,
                _ => &self.owner.key,
            };
            let list = self.app.get(&operation.path, credentials).await.expect(200);
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
async fn a_suspended_account_is_answered_about_its_data_alone() {
    let stage = Stage::set().await;
    let (app, owner) = (&stage.app, &stage.owner);
    let staff = app.owner().await;
    let path = format!("/accounts/{}/suspend", owner.id);
    let why = json!({"reason": "ticket 4711"});
    let suspended = app.admin(reqwest::Method::POST, &path, &staff, &why).await;
    suspended.expect(200);
    for (operation, scope, id) in stage
        .cases()
        .filter(|(_, scope, _)| !scope.starts_with("data_rights:"))
    {
        let credentials = match scope {
            SESSION => &owner.session,
            _ => &owner.key,
        };
        let answer = Answer::of(app.operate(operation, id, credentials)).await;
        assert_eq!(answer.status, 403, "{} of a suspended account", operation.id);
        answer.problem(403, "account_suspended");
    }
}

#[tokio::test]
async fn what_belongs_to_another_account_or_mode_is_not_there() {
    let stage = Stage::set().await;
    let (app, owner) = (&stage.app, &stage.owner);
    let stranger = app.account().await;
    let live = json!({"name": "live", "scopes": SCOPES, "livemode": true});
    let live = app.post("/v1/keys", &owner.session, &live).await.expect(201);
    let before = stage.state().await;
    // What a consent is for has the same name for everyone.
    let of_one = stage
        .cases()
        .filter(|(operation, ..)| operation.names_one() && !operation.id.starts_with("consents."));
    for (operation, _, id) in of_one {
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
            SESSION if *thing == Nothing => app.account().await.session,
            SESSION => app.sign_in(owner).await,
            scope => app.key_with(&owner.key, &[scope]).await,
        };
        let mut request = app.operate(operation, &thing.make(app, owner).await, &credentials);
        if *name == "keys.create" {
            // No wider than its maker.
            request = request.json(&json!({"name": "a key", "scopes": [scope]}));
        }
        if *name == "webhook_endpoints.create" {
            // Of what else may be sent there, see `webhooks::scopes`.
            let body = json!({"url": "https://shop.example/hooks", "events": ["webhook_endpoint.disabled"]});
            request = request.json(&body);
        }
        if *name == "keys.rotate" {
            // Itself: no other has so few scopes.
            let own = app.get("/v1/keys/self", &credentials).await.expect(200);
            request = app.operate(operation, text(&own["id"]), &credentials);
        }
        if *name == "identities.create" {
            // Of somebody who is linked to nobody yet.
            stage.issuer.is_asked_by(json!({"sub": "another"}));
            let code = app.code_to_link(&credentials, "google").await;
            request = request.json(&json!({"code": code, "code_verifier": VERIFIER}));
            stage.issuer.is_asked_by(json!({"sub": "1"}));
        }
        if *name == "totp.confirm" {
            request = request.json(&crate::totp::first_code(app, &credentials).await);
        }
        if ["totp.remove", "totp.renew_recovery_codes"].contains(name) {
            // Of an account that has an app.
            let account = crate::totp::Owner::new(app).await.account;
            request = app.operate(operation, "", &account.session);
            if *name == "totp.remove" {
                request = request.json(&json!({"password": account.password}));
            }
        }
        if *name == "data_rights.create" {
            // For a copy, one is open.
            request = request.json(&json!({"type": "erasure"}));
        }
        if *name == "account.confirm_email" {
            let new = json!({"email": "grace@workshop.example"});
            app.post("/v1/account/email", &credentials, &new)
                .await
                .expect(202);
            let code = app.mailed_code("grace@workshop.example").await;
            request = request.json(&json!({"code": code}));
        }
        if *name == "data_rights.verify" {
            request = request.json(&code_for_a_copy(app, owner).await);
        }
        let answer = Answer::of(request).await;
        let said = String::from_utf8_lossy(&answer.bytes);
        assert!((200..300).contains(&answer.status), "{name} with {scope}: {said}");
        // Nor does it show more than what the scope is for.
        let hidden = MARKS.iter().filter(|(_, scopes)| !scopes.contains(scope));
        for (mark, _) in hidden.filter(|_| *scope != SESSION) {
            assert!(!said.contains(mark), "{name} with {scope} shows {mark}: {said}");
        }
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
