//! Checked reads and writes at a place in a buffer.

pub(crate) fn take<const N: usize>(bytes: &[u8], at: usize) -> Option<[u8; N]> {
    bytes.get(at..at.checked_add(N)?)?.try_into().ok()
}

pub(crate) fn u16_le(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_le_bytes)
}

pub(crate) fn u16_be(bytes: &[u8], at: usize) -> Option<u16> {
    take(bytes, at).map(u16::from_be_bytes)
}

pub(crate) fn u32_le(bytes: &[u8], at: usize) -> Option<u32> {
    take(bytes, at).map(u32::from_le_bytes)
}

pub(crate) fn put(bytes: &mut [u8], at: usize, value: &[u8]) -> Option<()> {
    bytes.get_mut(at..at.checked_add(value.len())?)?.copy_from_slice(value);
    Some(())
}

/// A PER length (X.691 10.9): the length, and the place after it. Fragmented ones are not used in RDP.
pub(crate) fn per_length(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let first = *bytes.get(at)?;
    match first & 0xC0 {
        0x00 | 0x40 => Some((usize::from(first), at.checked_add(1)?)),
        0x80 => Some((usize::from(u16_be(bytes, at)? & 0x3FFF), at.checked_add(2)?)),
        _ => None,
    }
}

/// Writes a PER length; `None` above 16383.
pub(crate) fn push_per_length(out: &mut Vec<u8>, length: usize) -> Option<()> {
    let length = u16::try_from(length).ok().filter(|length| *length < 0x4000)?;
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        Ok(_) | Err(_) => out.extend_from_slice(&(length | 0x8000).to_be_bytes()),
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_per_length_reads_back_as_written() {
        for length in [0, 1, 0x7F, 0x80, 0xFF, 0x100, 0x3FFF] {
            let mut out = vec![0xAA];
            push_per_length(&mut out, length).unwrap();
            assert_eq!(per_length(&out, 1), Some((length, out.len())));
        }
        assert_eq!(push_per_length(&mut Vec::new(), 0x4000), None);
        assert_eq!(per_length(&[0xC1], 0), None);
    }
}
