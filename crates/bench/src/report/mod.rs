//! What a run found, for people and for programs.

mod document;
mod json_lines;
mod plot;
mod results;
mod sizing;
mod table;

pub(crate) use document::write_document;
pub(crate) use json_lines::{JsonLines, read_json_lines};
pub(crate) use plot::write_plot;
pub(crate) use results::{Results, Sample};
pub(crate) use table::{Columns, growth_table, table};
