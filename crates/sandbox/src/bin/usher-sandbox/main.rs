//! The demo: a stand-in IT Glue account, a real RDP host, and the app on a vault made for them.
#![forbid(unsafe_code)]
#![expect(clippy::print_stderr, reason = "a program for a terminal")]

#[cfg(target_os = "linux")]
mod by_hand;
#[cfg(target_os = "linux")]
mod headless;
#[cfg(target_os = "linux")]
mod keep;
#[cfg(target_os = "linux")]
mod seeding;

use std::path::PathBuf;
use std::process::ExitCode;

/// What was asked for on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Order {
    /// `demo [--headless] --app FILE --screens FOLDER`
    Demo { headless: bool, app: PathBuf, screens: PathBuf },
    /// `seed DATA SERVICE`, started by the demo inside the session whose keyring is used; the
    /// stage's facts come on standard input.
    Seed { data: PathBuf, service: String },
    /// `forget DATA SERVICE`, the same way: removes the keys of the demo's vault from the keyring.
    Forget { data: PathBuf, service: String },
}

const USAGE: &str = "usher-sandbox demo [--headless] --app FILE --screens FOLDER";

#[tokio::main]
async fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some(order) = order(&words) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match carry_out(order).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the demo stopped: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn order(words: &[String]) -> Option<Order> {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["demo", rest @ ..] => {
            let after = |name| rest.iter().skip_while(|w| **w != name).nth(1).map(PathBuf::from);
            let headless = rest.contains(&"--headless");
            Some(Order::Demo { headless, app: after("--app")?, screens: after("--screens")? })
        }
        ["seed", data, service] => {
            Some(Order::Seed { data: data.into(), service: (*service).to_owned() })
        }
        ["forget", data, service] => {
            Some(Order::Forget { data: data.into(), service: (*service).to_owned() })
        }
        _ => None,
    }
}

#[cfg(target_os = "linux")]
async fn carry_out(order: Order) -> anyhow::Result<()> {
    match order {
        Order::Demo { headless: true, app, screens } => headless::play(&app, &screens).await,
        Order::Demo { headless: false, app, .. } => by_hand::run(&app).await,
        Order::Seed { data, service } => seeding::seed_here(&data, &service).await,
        Order::Forget { data, service } => seeding::forget_here(&data, &service).await,
    }
}

/// Elsewhere than on Linux there is no RDP host and no private keyring to show it with.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "the same signature on every system")]
async fn carry_out(_order: Order) -> Result<(), std::io::Error> {
    eprintln!(
        "left out: the RDP host (FreeRDP's shadow server) and the private keyring run on Linux only"
    );
    Err(std::io::Error::from(std::io::ErrorKind::Unsupported))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_read_and_anything_else_is_refused() {
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let demo = Order::Demo { headless: true, app: "a".into(), screens: "s".into() };
        assert_eq!(order(&words("demo --headless --app a --screens s")), Some(demo));
        let forget = Order::Forget { data: "d".into(), service: "s".to_owned() };
        assert_eq!(order(&words("forget d s")), Some(forget));
        assert_eq!(order(&words("demo --app a")), None);
        assert_eq!(order(&words("dance")), None);
    }
}
