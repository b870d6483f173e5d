fn main() {
    let secret = usher_core::Secret::new(String::new());
    let _copy = secret.clone();
    let _same = secret == secret;
}
