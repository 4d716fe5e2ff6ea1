//! What a stranger could measure: signing in, signing up, forgetting and guessing a
//! mailed code take as long for an address that has an account as for one that has none.
//!
//! `TINTYPE_TIMING=500 cargo test -p tintype-tests --test it -- timing --nocapture`
//! asks so often, prints the medians, and holds them to a tenth.

use std::time::{Duration, Instant};

use harness::{Account, TestApp};
use serde_json::{Value, json};

/// How often each is asked in the suite, where other tests take turns on the same cores.
const FEW: usize = 24;
/// From here on the medians are steady enough to be held to a tenth.
const MANY: usize = 500;

/// Accounts that take turns, so that no guesser is slowed down.
const OWNERS: usize = 10;

#[derive(Clone, Copy, Debug)]
enum Door {
    SignIn,
    SignUp,
    Forgot,
    Reset,
}

impl Door {
    async fn knock(self, app: &TestApp, email: &str) -> Duration {
        let credentials = json!({"email": email, "password": "some other horse"});
        let (path, body, status): (_, Value, _) = match self {
            Self::SignIn => ("/v1/auth/login", credentials, 401),
            Self::SignUp => ("/v1/auth/register", credentials, 202),
            Self::Reset => {
                let guess = json!({"email": email, "code": "0000-0000", "password": "some other horse"});
                ("/v1/auth/password/reset", guess, 422)
            }
            Self::Forgot => ("/v1/auth/password/forgot", json!({"email": email}), 202),
        };
        // What the one before left to do, a mail for some, is none of this one's.
        app.advance("PT0S").await;
        let begin = Instant::now();
        let answer = app.post(path, "", &body).await;
        let took = begin.elapsed();
        assert_eq!(answer.status, status, "{self:?}");
        took
    }
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all[all.len() / 2]
}

/// The medians for known and unknown addresses. They take turns, so that whatever else
/// goes on hits both.
async fn medians(app: &TestApp, owners: &[Account], door: Door, count: usize) -> [Duration; 2] {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for at in 0..count {
        // Longer than any guesser waits: each try is compared, and none refused unheard.
        if at % OWNERS == 0 {
            app.advance("PT16M").await;
        }
        let owner = &owners[at % OWNERS].email;
        // As long as the others.
        let nobody = format!("nobody{at:04}@studio.example");
        if at % 2 == 0 {
            known.push(door.knock(app, owner).await);
            unknown.push(door.knock(app, &nobody).await);
        } else {
            unknown.push(door.knock(app, &nobody).await);
            known.push(door.knock(app, owner).await);
        }
    }
    app.advance("PT0S").await;
    [median(known), median(unknown)]
}

#[tokio::test]
async fn known_and_unknown_addresses_take_as_long() {
    let asked = std::env::var("TINTYPE_TIMING").ok();
    let count = asked.and_then(|count| count.parse().ok()).unwrap_or(FEW);
    let tolerance = if count >= MANY { 0.10 } else { 0.60 };
    let app = TestApp::start().await;
    let mut owners = Vec::new();
    for _ in 0..OWNERS {
        owners.push(app.account().await);
    }
    for door in [Door::SignIn, Door::SignUp, Door::Forgot, Door::Reset] {
        let [known, unknown] = medians(&app, &owners, door, count).await;
        let (least, most) = (known.min(unknown), known.max(unknown));
        let differs = most.as_secs_f64() / least.as_secs_f64() - 1.0;
        eprintln!(
            "{door:?}: known {known:?}, unknown {unknown:?}, {:.1} % apart (n = {count})",
            differs * 100.0
        );
        assert!(differs < tolerance, "{door:?}: {known:?} and {unknown:?}");
    }
    // Those who signed up and never came back.
    app.advance("PT0S").await;
}
