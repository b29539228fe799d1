//! The output of the example `embed` is what `docs/embedding.md` shows.

#[path = "../examples/embed.rs"]
mod embed;

#[test]
fn the_page_shows_what_the_example_prints() {
    let page = include_str!("../../../docs/embedding.md");
    let shown = page.split("```text\n").nth(1).and_then(|rest| rest.split("```").next());
    let told = embed::tell().expect("the example runs");
    assert_eq!(shown, Some(told.as_str()));
}
