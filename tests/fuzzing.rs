//! The targets of the fuzzers, from the same seeds each time. `CLAUSIER_FUZZ=1000` runs a thousand times as many inputs,
//! `CLAUSIER_FUZZ_SEED=7` others.

use clausier_tests::fuzz::{Random, TARGETS, Target};

/// Shows the input that a target was run on, when it stops there.
struct Shown<'i>(&'i str);

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("on this input:\n{}\n(its end)", self.0);
        }
    }
}

/// A number asked by the environment.
fn asked(name: &str) -> Option<u64> {
    std::env::var_os(name)?.to_str()?.parse().ok()
}

/// Runs a target on so many neighbours of its seeds; how many of a hundred were accepted.
fn explore(name: &str, inputs: usize) -> usize {
    let Target { run, seeds, vary, .. } = TARGETS.iter().find(|target| target.name == name).expect("a target");
    let seeds = seeds();
    let inputs = inputs * asked("CLAUSIER_FUZZ").map_or(1, |many| many as usize);
    let mut random = Random::new(asked("CLAUSIER_FUZZ_SEED").unwrap_or(0x5EED));
    let mut accepted = 0;
    for _ in 0..inputs {
        let input = vary(&seeds[random.below(seeds.len())], &mut random);
        let shown = Shown(&input);
        accepted += usize::from(run(shown.0.as_bytes()));
    }
    let share = accepted * 100 / inputs;
    println!("{name} : {inputs} inputs, {share} % accepted");
    share
}

#[test]
fn dossiers() {
    assert!(explore("dossier", 25) >= 40);
}

#[test]
fn dossiers_in_json() {
    assert!(explore("json", 25) >= 40);
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
    assert!(explore("clause", 60) >= 40);
}

#[test]
fn trames() {
    assert!(explore("trame", 10) >= 30);
}

#[test]
fn families() {
    assert!(explore("familles", 12) >= 30);
}

#[test]
fn register() {
    assert!(explore("referentiel", 20) >= 40);
}

#[test]
fn markup() {
    assert!(explore("balisage", 25) >= 40);
}

#[test]
fn leaves() {
    assert!(explore("feuille", 25) >= 40);
}

#[test]
fn typography() {
    assert_eq!(explore("typographie", 40), 100);
}

#[test]
fn edits() {
    assert!(explore("modifications", 100) >= 40);
}

/// Seeds of each target, and neighbours of theirs, for the fuzzer that is guided by coverage.
#[test]
#[ignore = "writes fuzz/corpus"]
fn corpus() {
    for Target { name, seeds, vary, .. } in TARGETS {
        let folder = clausier_tests::root().join("fuzz/corpus").join(name);
        std::fs::create_dir_all(&folder).expect("a folder");
        let (seeds, mut random) = (seeds(), Random::new(0x5EED));
        let neighbours: Vec<String> = (0..40).map(|_| vary(&seeds[random.below(seeds.len())], &mut random)).collect();
        for (rank, input) in seeds.iter().chain(&neighbours).enumerate() {
            std::fs::write(folder.join(format!("{rank}")), input).expect("a file");
        }
    }
}
