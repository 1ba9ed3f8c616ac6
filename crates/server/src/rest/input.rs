//! What a request brings, read by axum, and refused in the words of this interface.

use super::error::RestError;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts};
use chinwag_wire::native::{ErrorCode, ProtocolError};

/// A JSON body.
#[derive(FromRequest)]
#[from_request(via(axum::Json), rejection(RestError))]
pub(crate) struct Body<T>(pub(crate) T);

/// The parameters behind the `?` of an address.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Query), rejection(RestError))]
pub(crate) struct Query<T>(pub(crate) T);

/// The variable parts of an address.
#[derive(FromRequestParts)]
#[from_request(via(axum::extract::Path), rejection(RestError))]
pub(crate) struct Path<T>(pub(crate) T);

impl From<JsonRejection> for RestError {
    fn from(rejection: JsonRejection) -> Self {
        bad(rejection.body_text())
    }
}

impl From<QueryRejection> for RestError {
    fn from(rejection: QueryRejection) -> Self {
        bad(rejection.body_text())
    }
}

impl From<PathRejection> for RestError {
    fn from(rejection: PathRejection) -> Self {
        bad(rejection.body_text())
    }
}

fn bad(problem: String) -> RestError {
    RestError(ProtocolError::new(ErrorCode::BadFrame, problem + "."))
}
