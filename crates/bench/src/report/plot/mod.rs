//! Pictures of results as SVG: nothing but rectangles, lines and text.

mod bars;
mod curves;
mod panel;

use super::Results;
use crate::scenarios::Scenario;
use anyhow::Context as _;
use std::fs;
use std::path::Path;

/// The picture of a scenario: bars, or curves where it was measured in several sizes. `None` when there is nothing to compare.
pub(super) fn plot(scenario: Scenario, sizes: &[Results]) -> Option<String> {
    let several = sizes.len() > 1;
    let worth_it = several || sizes.iter().any(|results| results.contenders().count() > 1);
    worth_it.then(|| if several { curves::draw(scenario, sizes) } else { bars::draw(sizes) })
}

/// Writes the picture of a scenario into `folder`, and answers its name.
pub(crate) fn write_plot(
    folder: &Path,
    scenario: Scenario,
    sizes: &[Results],
) -> anyhow::Result<Option<String>> {
    let Some(picture) = plot(scenario, sizes) else { return Ok(None) };
    fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let name = format!("{scenario:?}.svg");
    let path = folder.join(&name);
    fs::write(&path, picture).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Some(name))
}
