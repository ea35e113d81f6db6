#![no_main]
libfuzzer_sys::fuzz_target!(|input: &[u8]| {
    clausier_tests::fuzz::run("referentiel", input);
});
