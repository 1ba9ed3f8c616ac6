use super::handshake::refusal;
use crate::addresses::Place;
use crate::app::App;
use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use std::net::IpAddr;

/// A place for one more connection from an address, or the answer that there are too many.
pub(crate) fn admit(app: &App, address: IpAddr) -> Result<Place, Box<Response<Body>>> {
    app.addresses.enter(address).ok_or_else(|| {
        let mut response =
            refusal(StatusCode::TOO_MANY_REQUESTS, "There are too many connections from your address.\n");
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
        Box::new(response)
    })
}
