//! Damaged files: either the content is all there, or a typed error names the damage. Never a
//! panic, and never a book that differs in silence.

use std::path::Path;
use std::sync::Arc;

use usher_core::book::Book;
use usher_core::error::StoreError;
use usher_core::ports::Store;
use usher_vault::Vault;

use crate::support::{commit, full, place, put_folder};

/// Places spread over the file, each with a bit of its own; the same in every run.
fn spots(length: usize, count: usize) -> impl Iterator<Item = (usize, u8)> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    (0..count).map(move |_| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(state >> 33).expect("31 bits") % length;
        (place, 1 << ((state >> 29) & 7))
    })
}

async fn opened(path: &Path) -> Result<Arc<Book>, StoreError> {
    Vault::open(path)?.book().await
}

fn leave_only(path: &Path, bytes: &[u8]) {
    for end in ["-wal", "-shm"] {
        let log = format!("{}{end}", path.display());
        if Path::new(&log).exists() {
            std::fs::remove_file(log).expect("removes");
        }
    }
    std::fs::write(path, bytes).expect("writes");
}

/// How often the damage showed, of all the times it was done.
async fn found(path: &Path, book: &Book, damaged: impl Iterator<Item = Vec<u8>>) -> (u32, u32) {
    let (mut named, mut all) = (0, 0);
    for bytes in damaged {
        leave_only(path, &bytes);
        all += 1;
        match opened(path).await {
            Ok(read) => assert_eq!(*read, *book, "content changed in silence, case {all}"),
            Err(StoreError::Corrupt { .. } | StoreError::NewerVersion { .. }) => named += 1,
            Err(other) => panic!("case {all}: {other:?} does not name damage"),
        }
        drop(std::fs::read(path).expect("the file is still there"));
    }
    (named, all)
}

#[tokio::test]
async fn flipped_bits_are_named_or_harmless() {
    let (_folder, path) = place();
    let book = full(&path).await;
    let good = std::fs::read(&path).expect("reads");
    let everywhere = spots(good.len(), 600);
    let header = (0..100).flat_map(|place| [(place, 1), (place, 0x80)]);
    let flipped = everywhere.chain(header).map(|(place, bit)| {
        let mut bytes = good.clone();
        bytes[place] ^= bit;
        bytes
    });
    let (named, all) = found(&path, &book, flipped).await;
    assert_eq!(all, 800);
    assert!(named > 80, "the damage must have hit something: {named}");
}

#[tokio::test]
async fn cut_and_swapped_pages_are_named() {
    let (_folder, path) = place();
    let book = full(&path).await;
    let good = std::fs::read(&path).expect("reads");
    let pages = good.len() / 4096;
    let cut = (0..40).map(|n| good[..good.len() * n / 40].to_vec());
    let swapped = (2..pages).map(|page| {
        let mut bytes = good.clone();
        let (front, back) = bytes.split_at_mut(page * 4096);
        front[4096..8192].swap_with_slice(&mut back[..4096]);
        bytes
    });
    let (named, all) = found(&path, &book, cut.chain(swapped)).await;
    // Two swapped pages that are both empty tables' roots are the same page.
    assert!(all > 45 && named >= all - 2, "{named} of {all}");
}

#[tokio::test]
async fn a_page_from_an_older_copy_does_not_mix_in() {
    let (_folder, path) = place();
    full(&path).await;
    let old = std::fs::read(&path).expect("reads");
    let vault = Vault::open(&path).expect("opens");
    commit(&vault, (0..3).map(put_folder).collect()).await.expect("commits");
    let book = vault.book().await.expect("reads");
    drop(vault);
    let new = std::fs::read(&path).expect("reads");
    let mixed = (1..old.len().min(new.len()) / 4096)
        .filter(|page| old[page * 4096..][..4096] != new[page * 4096..][..4096])
        .map(|page| {
            let mut bytes = new.clone();
            bytes[page * 4096..][..4096].copy_from_slice(&old[page * 4096..][..4096]);
            bytes
        });
    let (named, all) = found(&path, &book, mixed).await;
    assert!(all >= 2 && named == all, "{named} of {all}");
}
