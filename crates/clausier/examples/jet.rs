#![allow(missing_docs, clippy::all)]
use clausier::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let lib = match Library::from_dir("/tmp/lib") {
        Ok(l) => l,
        Err(e) => {
            println!("LOAD {e}");
            return;
        }
    };
    if let Err(e) = lib.validate() {
        println!("VALIDATE {e}");
    }
    let text = std::fs::read_to_string(&args[1]).unwrap();
    let c = match Consultation::from_toml(&text) {
        Ok(c) => c,
        Err(e) => {
            println!("DOSSIER {e}");
            for p in &e.problems {
                println!("{p:?}");
            }
            return;
        }
    };
    let r = lib.resolve(&c);
    for f in r.findings().iter() {
        println!("CONSTAT {:?} [{}] {} -> {}", f.severity, f.code, f.message, f.help);
    }
    match r.documents(true) {
        Ok(docs) => {
            for d in docs {
                let p = d.piece;
                let md = String::from_utf8(write(&d, Format::Markdown)).unwrap();
                let out = format!("{}/{}.md", args[2], p.word_());
                std::fs::write(&out, &md).unwrap();
                println!(
                    "{} {} mots",
                    p.word_(),
                    md.split_whitespace().filter(|w| w.chars().any(|c| c.is_alphanumeric())).count()
                );
            }
        }
        Err(e) => println!("RENDU {e}"),
    }
}
trait W {
    fn word_(&self) -> String;
}
impl W for Piece {
    fn word_(&self) -> String {
        format!("{self:?}").to_lowercase()
    }
}
