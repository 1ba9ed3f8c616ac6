use proc_macro2::{TokenStream, TokenTree};

/// The words of a Rust file, inside macros too, without its comments and strings, and the punctuation between them.
///
/// # Errors
/// When the text is not Rust.
pub(super) fn words(source: &str) -> Result<Vec<String>, String> {
    let tokens: TokenStream = source.parse().map_err(|error| format!("not Rust: {error}"))?;
    let mut words = Vec::new();
    collect(tokens, &mut words);
    Ok(words)
}

/// The modules of `std` that are named after `std::`, whether alone or in a `use std::{...}` list.
pub(super) fn std_modules(words: &[String]) -> Vec<&str> {
    modules_of("std", words)
}

/// The names after `root::`, whether alone or in a `use root::{...}` list.
pub(super) fn modules_of<'a>(root: &str, words: &'a [String]) -> Vec<&'a str> {
    let mut modules = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| *word == root) {
        let rest = words.get(at + 1..).unwrap_or_default();
        match rest.iter().map(String::as_str).take(3).collect::<Vec<_>>().as_slice() {
            [":", ":", "{"] => modules.extend(heads_of_list(rest.get(3..).unwrap_or_default())),
            [":", ":", module] => modules.push(module),
            _ => {}
        }
    }
    modules
}

/// The first word of each item of a `{...}` list whose opening brace has been read.
fn heads_of_list(words: &[String]) -> Vec<&str> {
    let mut heads = Vec::new();
    let mut depth = 1;
    let mut at_head = true;
    for word in words.iter().map(String::as_str) {
        match word {
            "{" => depth += 1,
            "}" => depth -= 1,
            "," if depth == 1 => at_head = true,
            head if at_head => {
                heads.push(head);
                at_head = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    heads
}

fn collect(tokens: TokenStream, words: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => words.push(ident.to_string()),
            TokenTree::Punct(punct) => words.push(punct.as_char().to_string()),
            TokenTree::Literal(_) => {}
            TokenTree::Group(group) => {
                words.push("{".to_owned());
                collect(group.stream(), words);
                words.push("}".to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_are_not_words() {
        let source = "/// serde\nconst NAME: &str = \"tokio\"; // async\n";
        let words = words(source).unwrap();
        assert!(words.contains(&"NAME".to_owned()));
        assert!(!words.iter().any(|word| ["serde", "tokio", "async"].contains(&word.as_str())));
    }

    #[test]
    fn modules_of_std_are_found_alone_and_in_lists() {
        let source = "use std::{fmt, time::{Duration, Instant}, net};\nfn f() { x!(std::fs::read(1)) }";
        assert_eq!(std_modules(&words(source).unwrap()), ["fmt", "time", "net", "fs"]);
    }
}
