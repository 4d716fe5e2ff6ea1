//! The layer around all operations: what one of the staff was refused is written
//! down before they are told.

use std::sync::Arc;

use poem::{Endpoint, EndpointExt as _, IntoResponse as _, Request, Response};
use poem_openapi::OperationId;

use super::guard::Called;
use crate::admin::audit::{About, Warrant};
use crate::app::App;
use crate::http::{ApiError, Code};

pub fn written_down<E: Endpoint + 'static>(service: E) -> impl Endpoint {
    service.around(|inner: Arc<_>, mut request: Request| async move {
        let called = Called::default();
        request.set_data(called.clone());
        let app: App = request.data::<App>().expect("the route carries the App").clone();
        let resource = id_in(request.uri().path());
        let answered = inner.call(request).await.map(|output| output.into_response());
        let Some(staff) = called.0.get() else {
            return answered;
        };
        if let Some((act, code)) = refusal(&answered) {
            let warrant = Warrant {
                staff: Some(staff.clone()),
                act,
                now: app.now(),
            };
            let about = About {
                resource,
                ..About::default()
            };
            let written = warrant.refused(app.db.write(), about, code.name()).await;
            written.map_err(ApiError::from)?;
        }
        answered
    })
}

/// The operation that was refused, and why.
fn refusal(answered: &poem::Result<Response>) -> Option<(&'static str, Code)> {
    let (operation, error, status) = match answered {
        Ok(response) => (
            response.data::<OperationId>(),
            response.data::<ApiError>(),
            response.status(),
        ),
        Err(error) => (
            error.data::<OperationId>(),
            error.data::<ApiError>(),
            error.status(),
        ),
    };
    if !status.is_client_error() && !status.is_server_error() {
        return None;
    }
    let code = error.map_or_else(|| Code::of_status(status), |error| error.code);
    Some((operation.map_or("unknown", |operation| operation.0), code))
}

/// The first id in a path. Nothing else of it is kept: it may be anything.
fn id_in(path: &str) -> Option<String> {
    let is_id = |segment: &&str| {
        segment.split_once('_').is_some_and(|(prefix, body)| {
            prefix.len() <= 4
                && body.len() == 26
                && segment
                    .bytes()
                    .all(|byte| byte == b'_' || byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
    };
    path.split('/').find(is_id).map(str::to_owned)
}
