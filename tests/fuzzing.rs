//! The targets of the fuzzers, from the same seeds each time. `CLAUSIER_FUZZ=1000` runs a thousand times as many inputs.

use clausier_tests::fuzz::{Random, TARGETS, Target};

/// Runs a target on so many neighbours of its seeds; how many of a hundred were accepted.
fn explore(name: &str, inputs: usize) -> usize {
    let Target { run, seeds, vary, .. } = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = seeds();
    let many = std::env::var_os("CLAUSIER_FUZZ").and_then(|many| many.to_str()?.parse().ok()).unwrap_or(1);
    let mut random = Random::new(0x5EED);
    let mut accepted = 0;
    for _ in 0..inputs * many {
        let seed = &seeds[random.below(seeds.len())];
        accepted += usize::from(run(vary(seed, &mut random).as_bytes()));
    }
    let share = accepted * 100 / (inputs * many);
    println!("{name} : {} inputs, {share} % accepted", inputs * many);
    share
}

#[test]
fn dossiers() {
    assert!(explore("dossier", 25) >= 40);
}

#[test]
fn hostile_values() {
    assert!(explore("hostile", 12) >= 40);
}

#[test]
fn requests() {
    assert!(explore("requete", 25) >= 40);
}

#[test]
fn clauses() {
    assert!(explore("clause", 60) >= 20);
}

#[test]
fn trames() {
    explore("trame", 8);
}

#[test]
fn families() {
    explore("familles", 12);
}

#[test]
fn typography() {
    explore("typographie", 40);
}

#[test]
fn edits() {
    assert!(explore("modifications", 100) >= 40);
}
