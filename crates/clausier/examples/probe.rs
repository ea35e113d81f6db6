//! probe
fn main() {
    let mut args = std::env::args().skip(1);
    let lib = match clausier::Library::embedded().with_overlay(args.next().unwrap()) {
        Ok(l) => l,
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    let text = std::fs::read(args.next().unwrap()).unwrap();
    let c = match clausier::Consultation::from_slice(&text) {
        Ok(c) => c,
        Err(e) => {
            println!("{e}");
            return;
        }
    };
    let r = lib.resolve(&c);
    for f in r.findings().iter() {
        println!("{f}");
    }
    match r.documents(true) {
        Ok(ds) => {
            for d in ds {
                println!("{}", String::from_utf8(clausier::write(&d, clausier::Format::Markdown)).unwrap())
            }
        }
        Err(e) => println!("{e}"),
    }
}
