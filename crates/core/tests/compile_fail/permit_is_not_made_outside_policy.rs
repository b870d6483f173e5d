use usher_core::ids::PersonId;
use usher_core::policy::{Launch, Permit};

fn forged(person: PersonId) -> Permit<Launch> {
    Permit { person, credential: None }
}

fn main() {}
