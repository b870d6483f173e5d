//! What a made-up record is about: the kinds of passwords an MSP keeps, in likely proportions.

use rand::{RngExt, seq::IndexedRandom};
use rand_chacha::ChaCha8Rng;

use super::names;

/// Kind as the API reads it back, what people call it, and its name.
pub(crate) type ResourceName = (&'static str, &'static str, String);

/// A record's content, before its flags are drawn.
pub(crate) struct Subject {
    pub(crate) name: String,
    pub(crate) username: String,
    /// Index into [`names::CATEGORIES`].
    pub(crate) category: usize,
    pub(crate) url: Option<String>,
    pub(crate) resource: Option<ResourceName>,
}

impl Subject {
    fn new(name: String, username: String, category: usize) -> Self {
        Self { name, username, category, url: None, resource: None }
    }

    fn url(self, url: String) -> Self {
        Self { url: Some(url), ..self }
    }

    fn embedded(self, kind: &'static str, kind_name: &'static str, name: &str) -> Self {
        Self { resource: Some((kind, kind_name, name.to_owned())), ..self }
    }
}

pub(crate) fn draw(domain: &str, rng: &mut ChaCha8Rng) -> Subject {
    let netbios: String = domain.to_uppercase().chars().take(15).collect();
    match rng.random_range(0..100) {
        0..8 => Subject::new("Domain Admin".to_owned(), format!(r"{netbios}\Administrator"), 0),
        8..16 => Subject::new("Microsoft 365 Global Admin".to_owned(), at("admin", domain), 1)
            .url("https://portal.office.com".to_owned()),
        16..26 => firewall(domain, rng),
        26..46 => local_admin(&netbios, rng),
        46..54 => wifi(rng),
        54..60 => database(&netbios, rng),
        60..72 => service(&netbios, rng),
        72..88 => person(domain, rng),
        88..92 => Subject::new("Registrar 🌐".to_owned(), at("it", domain), 8).embedded(
            "domains",
            "Domain",
            &format!("{domain}.example"),
        ),
        _ => application(domain, rng),
    }
}

fn firewall(domain: &str, rng: &mut ChaCha8Rng) -> Subject {
    let site = pick(&names::SITES, rng);
    Subject::new(format!("Firewall {site}"), "admin".to_owned(), 2)
        .url(format!("https://fw.{domain}.example:8443"))
        .embedded("configurations", "Network device", &format!("FW {site}"))
}

fn local_admin(netbios: &str, rng: &mut ChaCha8Rng) -> Subject {
    let host = host(netbios, rng);
    Subject::new(format!("{host} local admin"), r".\localadmin".to_owned(), 3).embedded(
        "configurations",
        "Server",
        &host,
    )
}

fn wifi(rng: &mut ChaCha8Rng) -> Subject {
    let site = pick(&names::SITES, rng);
    Subject::new(format!("Wi-Fi ({site})"), String::new(), 4).embedded(
        "flexible-asset-traits",
        "Wireless",
        site,
    )
}

fn database(netbios: &str, rng: &mut ChaCha8Rng) -> Subject {
    let host = host(netbios, rng);
    Subject::new(format!("SQL sa on {host}"), "sa".to_owned(), 5).embedded(
        "configurations",
        "Server",
        &host,
    )
}

fn service(netbios: &str, rng: &mut ChaCha8Rng) -> Subject {
    let service = pick(&names::SERVICES, rng);
    Subject::new(format!("svc-{service}"), format!(r"{netbios}\svc-{service}"), 6)
}

fn person(domain: &str, rng: &mut ChaCha8Rng) -> Subject {
    let (first, last) = (pick(&names::FIRST, rng), pick(&names::LAST, rng));
    let user = format!("{first}.{last}").to_lowercase();
    Subject::new(format!("{first} {last}"), at(&user, domain), 7)
}

fn application(domain: &str, rng: &mut ChaCha8Rng) -> Subject {
    let name = pick(&names::APPLICATIONS, rng);
    Subject::new(name.to_owned(), "admin".to_owned(), 9)
        .url(format!("https://apps.{domain}.example/login"))
}

fn host(netbios: &str, rng: &mut ChaCha8Rng) -> String {
    let short: String = netbios.chars().take(8).collect();
    format!("{short}-{}{:02}", pick(&names::ROLES, rng), rng.random_range(1..9))
}

fn at(user: &str, domain: &str) -> String {
    format!("{user}@{domain}.example")
}

fn pick<'a>(words: &[&'a str], rng: &mut ChaCha8Rng) -> &'a str {
    words.choose(rng).copied().unwrap_or_default()
}
