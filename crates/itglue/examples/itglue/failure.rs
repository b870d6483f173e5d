//! Why it came to nothing, and the exit code that says so to a script.

use std::{io, process::ExitCode};

use itglue::{Error, InvalidApiKey};

use crate::{say, words};

pub(crate) enum Failure {
    KeyAsArgument,
    Key(InvalidApiKey),
    Api(Error),
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Api(error)
    }
}

impl From<InvalidApiKey> for Failure {
    fn from(error: InvalidApiKey) -> Self {
        Self::Key(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    /// Says it on standard error.
    pub(crate) fn told(&self) -> ExitCode {
        say::line(self.sentence());
        ExitCode::from(self.code())
    }

    fn sentence(&self) -> String {
        match self {
            Self::KeyAsArgument => {
                "The API key is never an argument, where everyone on this machine \
                could read it: put it into ITGLUE_API_KEY or standard input. Consider replacing it."
                    .to_owned()
            }
            Self::Key(error) => format!("This is no API key: {error}. Nothing was sent."),
            Self::Api(error) => words::sentence(error),
            Self::Output(error) => format!("Reading or writing failed here: {error}."),
        }
    }

    fn code(&self) -> u8 {
        match self {
            Self::Output(_) => 1,
            Self::KeyAsArgument => 2,
            Self::Key(_) => 3,
            Self::Api(error) => words::code(error),
        }
    }
}
