#[derive(serde::Serialize)]
struct Leaks {
    secret: usher_core::Secret,
}

fn main() {}
