fn main() {
    let secret = usher_core::Secret::new(String::new());
    println!("{secret:?}");
    println!("{secret}");
}
