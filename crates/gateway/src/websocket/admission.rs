use super::handshake::refusal;
use crate::SessionFactory;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::net::IpAddr;

/// Room for one more connection from an address, or the answer that there are too many.
///
/// # Errors
/// The response, HTTP 429.
pub fn admit<F: SessionFactory>(sessions: &F, address: IpAddr) -> Result<F::Permit, Box<Response<Body>>> {
    sessions.permit(address).ok_or_else(|| {
        let mut response =
            refusal(StatusCode::TOO_MANY_REQUESTS, "There are too many connections from your address.\n");
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        Box::new(response)
    })
}
