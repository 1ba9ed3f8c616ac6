use super::parse::Section;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How the sections of one side differ from the frame type `F`, whose frames are named `types`.
pub(super) fn differences<'a, F: Serialize + DeserializeOwned>(
    sections: impl Iterator<Item = &'a Section<'a>>,
    types: &[&str],
) -> Vec<String> {
    let sections: Vec<_> = sections.collect();
    let headless = types
        .iter()
        .filter(|name| !sections.iter().any(|section| section.name == **name))
        .map(|name| format!("`{name}` has no heading."));
    let bare = sections
        .iter()
        .filter(|section| section.examples.is_empty())
        .map(|section| format!("`{}` has no example.", section.name));
    let wrong = sections.iter().flat_map(|section| {
        section.examples.iter().filter_map(|example| {
            let fault = fault::<F>(section.name, example)?;
            Some(format!("`{}`: {fault}", section.name))
        })
    });
    headless.chain(bare).chain(wrong).collect()
}

/// What is wrong with an example, when read and written again with the real type.
fn fault<F: Serialize + DeserializeOwned>(name: &str, example: &str) -> Option<String> {
    let documented: Value = match serde_json::from_str(example) {
        Ok(documented) => documented,
        Err(error) => return Some(format!("an example is not JSON: {error}.")),
    };
    let kind = documented.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind != name {
        return Some(format!("an example of `{kind}` stands under it."));
    }
    let frame: F = match serde_json::from_str(example) {
        Ok(frame) => frame,
        Err(error) => return Some(format!("an example does not fit the type: {error}.")),
    };
    match serde_json::to_value(&frame) {
        Ok(written) if written == documented => None,
        Ok(written) => Some(format!("an example is written as {written} by the server.")),
        Err(error) => Some(format!("an example cannot be written again: {error}.")),
    }
}
