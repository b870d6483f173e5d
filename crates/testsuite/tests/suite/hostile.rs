//! I1: hostile text in each field that reaches a process, a file or the wire, through the broker.
//! It is refused with its rule, or it arrives byte for byte in its one place.

use usher_sandbox::hostile;

mod arrives;
mod refused;

/// How many strings of the stand-in world's, besides those below; the full programme asks for 5,000.
const FEW: usize = 50;

/// Characters that end a line or a string for somebody.
const ENDS: [&str; 6] = ["\r", "\n", "\r\n", "\0", "\u{2028}", "\u{2029}"];

/// Texts on one line that mean something to a client, a shell or a spreadsheet.
const ONE_LINE: [&str; 16] = [
    "-oProxyCommand=touch x",
    "--version",
    "/v:10.0.0.1 +drives",
    "/cert:ignore",
    "/p:x",
    "+clipboard",
    "\"quoted\" 'twice'",
    "`id`",
    "$(id) ${HOME}",
    "%COMSPEC% & calc",
    "spaces   in  it",
    "../../etc/passwd",
    "; rm -rf ~ | cat > x",
    "=1+1;{{7*7}}",
    "C:\\x",
    "\u{fc}\u{b7}\u{6f22}\u{1f511}",
];

/// Texts that read another way than they are written: one line to everybody.
const TURNED: [&str; 3] = ["\u{202E}drowssap", "adm\u{2066}exe.pdr\u{2069}", "\u{200F}/v:10.0.0.1"];

/// All of them: on one line, over several, turned, long ones up to 64 KiB, and the programme's.
fn texts() -> impl Iterator<Item = String> {
    let one_line = ONE_LINE.iter().chain(&TURNED).map(|text| (*text).to_owned());
    let over_several = ENDS.iter().map(|end| format!("adm{end}/drive:a,/{end}x"));
    let long = ["x".repeat(10_000), "/p:x ".repeat(2_000), "x".repeat(65_536)];
    let programme = hostile::texts(FEW).expect("a number");
    one_line.chain(over_several).chain(long).chain(programme)
}

/// More than one line, to somebody.
fn is_several_lines(text: &str) -> bool {
    ENDS.iter().any(|end| text.contains(end))
}
