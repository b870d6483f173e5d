//! What can be asked, and how.

use clap::{Parser, Subcommand, ValueEnum};
use itglue::{FlexibleAssetTypeId, OrganizationId, PasswordCategoryId, PasswordId, Region};

const EXIT_CODES: &str = "\
The key is read from the environment variable ITGLUE_API_KEY, or else from the first line of standard \
input. It is never an argument.

Exit codes:
  1  the output could not be written
  2  usage: the arguments are not understood
  3  key: it has not the shape of one, or IT Glue refuses it
  4  permission: the key may not do this, has no password access, or the password is in a vault
  5  not found: no such record, or a record without a password
  6  rate: too many requests were made with this account
  7  network: no connection, no answer in time, or a fault at IT Glue's side
  8  malformed or foreign: what answered is not what the API gives, or of another organization";

/// Asks an IT Glue account.
#[derive(Parser)]
#[command(name = "itglue", after_help = EXIT_CODES, max_term_width = 100)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) ask: Ask,
    /// The data centre that the account lives in
    #[arg(long, global = true, value_enum, default_value_t = DataCentre::Us)]
    pub(crate) region: DataCentre,
    /// One JSON object a line: id, type, and the attributes under the API's own names
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Tell requests, rows, seconds, bytes and peak memory on standard error
    #[arg(long, global = true)]
    pub(crate) stats: bool,
    /// A stand-in account at http://127.0.0.1:PORT instead of a region
    #[cfg(feature = "test-server")]
    #[arg(long, global = true, value_name = "URL", value_parser = crate::connect::base)]
    pub(crate) base: Option<String>,
}

/// What is asked for.
#[derive(Subcommand)]
pub(crate) enum Ask {
    /// Whether the key works here
    Check,
    /// All organizations
    Organizations,
    /// The passwords of an organization, without their values
    Passwords(Passwords),
    /// One password with its value
    Show {
        /// The password's id
        id: PasswordId,
        /// The organization it belongs to; without it, it is looked up first
        #[arg(long, value_name = "ID")]
        organization: Option<OrganizationId>,
    },
    /// The configurations of an organization, or of all
    Configurations {
        /// The organization's id
        #[arg(long, value_name = "ID")]
        organization: Option<OrganizationId>,
    },
    /// The documents of an organization, in all folders
    Documents {
        /// The organization's id
        #[arg(long, value_name = "ID")]
        organization: OrganizationId,
    },
    /// The flexible assets of a type
    FlexibleAssets {
        /// The id of the flexible asset type
        #[arg(long = "type", value_name = "ID")]
        kind: FlexibleAssetTypeId,
        /// Only of this organization
        #[arg(long, value_name = "ID")]
        organization: Option<OrganizationId>,
    },
}

/// Which passwords.
#[derive(clap::Args)]
pub(crate) struct Passwords {
    /// The organization's id
    #[arg(long, value_name = "ID")]
    pub(crate) organization: OrganizationId,
    /// Only of this category
    #[arg(long, value_name = "ID")]
    pub(crate) category: Option<PasswordCategoryId>,
    /// Only with this whole name
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Archived ones too
    #[arg(long)]
    pub(crate) all: bool,
}

/// A region by its short name.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum DataCentre {
    /// US / Global (api.itglue.com)
    Us,
    /// Europe (api.eu.itglue.com)
    Eu,
    /// Australia (api.au.itglue.com)
    Au,
}

impl From<DataCentre> for Region {
    fn from(centre: DataCentre) -> Self {
        match centre {
            DataCentre::Us => Self::Us,
            DataCentre::Eu => Self::Eu,
            DataCentre::Au => Self::Au,
        }
    }
}
