//! A small body that inflates to a large one.

use axum::body::Bytes;
use flate2::{Compress, Compression, Crc, FlushCompress};

const MEBIBYTE: u32 = 1024 * 1024;

/// `{}` after so many mebibytes of spaces, as gzip. A block of spaces is compressed once and repeated:
/// a full flush ends it at a byte and forgets what came before.
pub(crate) fn bomb(mebibytes: u32) -> Bytes {
    let spaces = vec![b' '; usize::try_from(MEBIBYTE).unwrap_or_default()];
    let (block, end) =
        (deflated(&spaces, FlushCompress::Full), deflated(b"{}", FlushCompress::Finish));
    let (of_block, of_end) = (crc(&spaces), crc(b"{}"));
    let mut sum = Crc::new();
    // Magic, deflate, no flags, no time, no hints, unknown system.
    let mut body = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    for _ in 0..mebibytes {
        body.extend_from_slice(&block);
        sum.combine(&of_block);
    }
    body.extend_from_slice(&end);
    sum.combine(&of_end);
    body.extend_from_slice(&sum.sum().to_le_bytes());
    body.extend_from_slice(&sum.amount().to_le_bytes());
    body.into()
}

fn deflated(bytes: &[u8], flush: FlushCompress) -> Vec<u8> {
    let mut out = Vec::with_capacity(64 * 1024);
    let mut deflate = Compress::new(Compression::best(), false);
    // Room enough for the whole: a mebibyte of spaces is about a kibibyte.
    let done = deflate.compress_vec(bytes, &mut out, flush);
    drop(done);
    out
}

fn crc(bytes: &[u8]) -> Crc {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc
}
