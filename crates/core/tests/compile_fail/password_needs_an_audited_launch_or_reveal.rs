use usher_core::policy::{Edit, Launch, List, Permit, Releases, Test};
use usher_core::ports::{RecordAddress, Source};

async fn without_audit<S: Source>(source: &S, permit: Permit<Launch>, address: &RecordAddress) {
    let _ = source.password(permit, address).await;
}

fn releases<A: Releases>(_permit: Permit<A>) {}

fn with_an_edit(permit: Permit<Edit>) {
    releases(permit);
}

fn with_a_test(permit: Permit<Test>) {
    releases(permit);
}

fn with_a_list(permit: Permit<List>) {
    releases(permit);
}

fn main() {}
