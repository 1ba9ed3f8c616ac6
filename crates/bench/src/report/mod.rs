//! What a run found, for people and for programs.

mod json_lines;
mod plot;
mod results;
mod table;

pub(crate) use json_lines::JsonLines;
pub(crate) use plot::write_plots;
pub(crate) use results::{Results, Sample};
pub(crate) use table::table;
