use xtask::rules;
use xtask::tree::Tree;

#[test]
fn the_house_rules_hold() {
    let violations = rules::violations(&Tree::of_repository().unwrap());
    let list: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert!(list.is_empty(), "\n{}\n", list.join("\n"));
}
