use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chinwag_core::ports::{SecretSource, TokenHash};
use rand::TryRng as _;
use sha2::{Digest as _, Sha256};

/// Tokens of 256 random bits from the operating system.
pub(crate) struct RandomSecrets;

impl SecretSource for RandomSecrets {
    #[expect(
        clippy::expect_used,
        reason = "without random numbers from the system no secret can be made, and none should"
    )]
    fn new_token(&self) -> String {
        let mut secret = [0_u8; 32];
        rand::rngs::SysRng.try_fill_bytes(&mut secret).expect("the system has random numbers");
        format!("cw_{}", URL_SAFE_NO_PAD.encode(secret))
    }

    fn hash(&self, token: &str) -> TokenHash {
        TokenHash(Sha256::digest(token.as_bytes()).into())
    }
}
