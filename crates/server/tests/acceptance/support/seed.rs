use rand::SeedableRng as _;
use rand::rngs::StdRng;

/// Where the random choices of a test come from. A failed test shows it; `CHINWAG_SEED` makes the same choices again.
#[derive(Clone, Copy)]
pub(crate) struct Seed(u64);

impl Seed {
    pub(crate) fn choose() -> Self {
        let given = std::env::var("CHINWAG_SEED").ok().map(|seed| seed.parse().unwrap());
        let seed = given.unwrap_or_else(rand::random);
        println!("to repeat: CHINWAG_SEED={seed}");
        Self(seed)
    }

    /// A source of choices of its own for each of several that run at the same time.
    pub(crate) fn random(self, stream: u64) -> StdRng {
        StdRng::seed_from_u64(self.0.wrapping_add(stream.wrapping_mul(0x9E37_79B9_7F4A_7C15)))
    }
}
