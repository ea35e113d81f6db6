//! The command `clausier`.

fn main() -> std::process::ExitCode {
    clausier_cli::main()
}
