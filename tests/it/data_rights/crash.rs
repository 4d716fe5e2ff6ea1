//! A request that was confirmed is fulfilled, whatever falls over meanwhile.

use harness::TestApp;
use serde_json::json;

use super::{ask, confirm, counted, receipt};

#[tokio::test]
async fn what_breaks_off_in_the_middle_is_finished() {
    let mut app = TestApp::with(&[("TINTYPE_WORKER_LEASE_SECONDS", "1")]).await;
    for (kind, tries) in [("erasure", 0), ("erasure", 2), ("erasure", 12), ("access", 4)] {
        let owner = app.account().await;
        app.generate(&owner.key, "a pear").await;
        if kind == "erasure" {
            app.queue(&owner.key, "sandbox:hang").await;
        }
        app.remember(&owner, 3000).await;
        let request = ask(&app, &owner.key, kind).await.expect(202);
        let confirmed = confirm(&app, &owner, &request).await.expect(200);
        // A little further each time.
        for _ in 0..tries {
            app.get("/healthz", "").await;
        }
        app.crash_and_restart().await;
        let receipt = receipt(&app, &confirmed).await;
        let sql = format!(
            "SELECT COUNT(*) FROM idempotency_key WHERE account_id = '{}'",
            owner.id
        );
        if kind == "erasure" {
            assert_eq!(counted(&receipt, "deleted", "idempotency_key"), 3000);
            assert_eq!(counted(&receipt, "deleted", "file"), 1);
            assert_eq!(app.count(&sql).await, 0);
            assert!(app.stored().iter().all(|key| !key.contains(&owner.id)));
        } else {
            assert_eq!(counted(&receipt, "exported", "idempotency_key"), 3000);
        }
        assert_eq!(receipt["type"], json!(kind));
        app.audit();
    }
}
