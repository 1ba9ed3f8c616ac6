use anyhow::bail;
use std::io::{BufRead as _, IsTerminal as _, Write as _};

/// Asks whether to do something that cannot be undone. Whoever has said yes before is not asked.
pub(super) fn agrees(question: &str, yes: bool) -> anyhow::Result<bool> {
    if yes {
        return Ok(true);
    }
    if !std::io::stdin().is_terminal() {
        bail!("{question} Nobody is here to answer: say --yes");
    }
    // Not where the results go.
    eprint!("{question} [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
