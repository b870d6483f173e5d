//! The command line, as a person or a script uses it, against a whole stand-in account.

#[cfg(test)]
mod codes;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod program;
#[cfg(test)]
mod secrets;
