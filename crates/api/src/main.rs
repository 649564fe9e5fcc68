//! The one binary.

fn main() -> std::process::ExitCode {
    kazi_api::cli::run()
}
