use usher_core::audit::Audited;
use usher_core::policy::{Permit, Reveal};

fn use_up(_permit: Permit<Reveal>) {}

fn twice(permit: Permit<Reveal>) {
    use_up(permit);
    use_up(permit);
}

fn forged(permit: Permit<Reveal>) -> Audited<Reveal> {
    Audited(permit)
}

fn main() {}
