//! Embeds the clause tree.
fn main() {}
