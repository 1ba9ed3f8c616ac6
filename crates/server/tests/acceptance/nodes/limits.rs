//! Nobody may do more for there being several nodes.

use crate::support::{Server, within};
use chinwag_client::protocol::ErrorCode;
use chinwag_client::{RestError, sign_in};
use chinwag_server::RateLimit;

#[tokio::test]
async fn sign_ins_from_an_address_count_on_all_nodes_together() {
    let server = Server::of_nodes_with(2, |config| {
        config.rate_limit = RateLimit::On;
        config.sign_ins_per_10_min = 3;
    })
    .await;
    let sign_in = async |node: usize, name: &str| {
        let url = format!("http://{}", server.address_of(node));
        within("a sign-in", sign_in(&url, name)).await.map(drop)
    };
    for (node, name) in [(0, "Alex"), (1, "Sam"), (0, "Kim")] {
        sign_in(node, name).await.unwrap();
    }
    for node in [0, 1] {
        let Err(RestError::Refused { status, error }) = sign_in(node, "Zoe").await else {
            panic!("not limited")
        };
        assert_eq!((status, error.code), (429, ErrorCode::RateLimited));
        assert!(error.retry_after_ms.is_some_and(|wait| wait > 100_000), "{error:?}");
    }
}
