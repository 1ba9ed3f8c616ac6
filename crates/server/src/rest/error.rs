use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use chinwag_core::domain::Refusal;
use chinwag_wire::native::{ErrorCode, ProtocolError};
use utoipa::IntoResponses;

/// An answer that is an error.
pub(crate) struct RestError(pub(crate) ProtocolError);

impl From<Refusal> for RestError {
    fn from(refusal: Refusal) -> Self {
        Self(ProtocolError::from(&refusal))
    }
}

impl From<ProtocolError> for RestError {
    fn from(error: ProtocolError) -> Self {
        Self(error)
    }
}

impl IntoResponse for RestError {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let retry_after = error.retry_after_ms.map(|wait| HeaderValue::from(wait.div_ceil(1000)));
        let status =
            StatusCode::from_u16(error.code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(error)).into_response();
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

/// The errors that any route may answer with.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it only describes what RestError answers")]
pub(crate) enum Errors {
    /// The request breaks a rule, which the sentence says.
    #[response(status = 400)]
    Bad(ProtocolError),
    /// The token is missing, unknown, or has ended: sign in again.
    #[response(status = 401)]
    Unauthorized(ProtocolError),
    /// One may not do that, or has to join the room first.
    #[response(status = 403)]
    Forbidden(ProtocolError),
    /// There is no such room, or one may not see it.
    #[response(status = 404)]
    NotFound(ProtocolError),
    /// It is taken, or there are as many as there may be.
    #[response(status = 409)]
    Conflict(ProtocolError),
    /// Too fast: `Retry-After` says for how many seconds to wait.
    #[response(status = 429)]
    TooFast(ProtocolError),
    /// The server is busy, or its storage does not answer: try again.
    #[response(status = 503)]
    Unavailable(ProtocolError),
}

/// Answers what is asked of `/api` and not there.
pub(crate) async fn unknown() -> Response {
    let error =
        ProtocolError::new(ErrorCode::BadFrame, "There is nothing here. See docs/native-protocol.md.");
    (StatusCode::NOT_FOUND, Json(error)).into_response()
}

/// Answers a method that a path does not take.
pub(crate) async fn wrong_method() -> Response {
    let error = ProtocolError::new(
        ErrorCode::BadFrame,
        "This path does not take this method; Allow says which ones. See docs/native-protocol.md.",
    );
    (StatusCode::METHOD_NOT_ALLOWED, Json(error)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_may_come_again_is_told_after_how_many_seconds() {
        let answer = |refusal: Refusal| RestError::from(refusal).into_response();
        let seconds = |answer: &Response| {
            answer.headers().get(header::RETRY_AFTER).map(|value| value.to_str().unwrap().to_owned())
        };
        let limited = answer(Refusal::RateLimited { retry_after_ms: 2_001 });
        assert_eq!(
            (limited.status(), seconds(&limited).as_deref()),
            (StatusCode::TOO_MANY_REQUESTS, Some("3"))
        );
        let unavailable = answer(Refusal::Unavailable);
        assert_eq!(unavailable.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert!(matches!(seconds(&unavailable).as_deref(), Some("1" | "2")));
        assert_eq!(seconds(&answer(Refusal::Unauthorized)), None);
    }
}
