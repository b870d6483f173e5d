//! Nothing is generated, but a package with a build script has the folder that Tauri's macro puts the
//! embedded page into. `tauri-build` itself is left out: it adds what a window with commands needs.

fn main() {
    println!("cargo:rerun-if-changed=page");
    println!("cargo:rerun-if-changed=tauri.conf.json");
}
