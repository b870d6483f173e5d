//! I1: hostile text in each field that reaches a process, a file or the wire, through the broker.
//! It is refused with its rule, or it arrives byte for byte in its one place.

mod arrives;
mod refused;

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

/// All of them: on one line, over several, and 10,000 characters.
fn texts() -> impl Iterator<Item = String> {
    let over_several = ENDS.iter().map(|end| format!("adm{end}/drive:a,/{end}x"));
    let long = ["x".repeat(10_000), "/p:x ".repeat(2_000)];
    ONE_LINE.iter().map(|text| (*text).to_owned()).chain(over_several).chain(long)
}

/// More than one line, to somebody.
fn is_several_lines(text: &str) -> bool {
    ENDS.iter().any(|end| text.contains(end))
}
