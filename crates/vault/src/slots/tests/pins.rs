//! A PIN in the file, and what is kept in memory for it.

use usher_core::ids::{DeviceId, PersonId};
use usher_core::time::Moment;

use super::{NOW, PERSON, VAULT, device, refusal};
use crate::device::DeviceSecret;
use crate::keys::Hex;
use crate::seal::{
    Identity, SealError, Stretch, SymmetricKey, VaultId, commitment, commits, decrypt, encrypt,
};
use crate::slots::wrap::key;
use crate::slots::{Bundle, Header, Kept, Proof, Slot, SlotKind};

fn pin_slot(pin: &[u8], device: &DeviceSecret, identity: &Identity) -> Slot {
    let header = pin_header((VAULT, PERSON), device);
    Slot::of_pin(header, &Proof::Words(pin, device), identity).expect("seals")
}

fn pin_header(whose: (VaultId, PersonId), device: &DeviceSecret) -> Header {
    let header = Header::for_words(whose, SlotKind::Pin, device.id(), Stretch::FLOOR, NOW);
    header.expect("random")
}

/// What somebody with the file and the device's secret can try a PIN against, by hand: whether anything
/// in the slot tells that it is right. None where such a slot takes no words.
pub(crate) fn guess(slot: &Slot, (pin, device): (&[u8], &DeviceSecret)) -> Option<bool> {
    let key = key(&slot.header, &Proof::Words(pin, device)).ok()?;
    let opens = decrypt(&key, &slot.header.associated(), &slot.sealed).is_ok();
    Some(opens || commits(&key, &slot.commitment) || slot.commitment == *key.as_bytes())
}

/// A PIN's slot as it was once: with the person's secrets in it.
pub(crate) fn as_before(
    identity: &Identity,
    (person, pin): (PersonId, &[u8]),
    (vault, device): (VaultId, &DeviceSecret),
) -> Slot {
    let header = pin_header((vault, person), device);
    let key = key(&header, &Proof::Words(pin, device)).expect("derives");
    let bundle = Bundle::to_bytes(identity, &header.vault);
    let sealed = encrypt(&key, &header.associated(), &bundle).expect("seals");
    Slot { commitment: commitment(&key).expect("derives"), sealed, header }
}

#[test]
fn what_is_kept_opens_with_the_pin_on_the_device_and_with_nothing_else() {
    let (here, elsewhere) = (device(), device());
    let identity = Identity::generate().expect("random");
    let slot = pin_slot(b"483091", &here, &identity);
    let kept = Kept::of(slot.clone(), &identity).expect("keeps");
    assert_eq!((kept.pin(), kept.identity()), (&slot, &identity.public()));
    let bundle = kept.open(&Proof::Words(b"483091", &here)).expect("opens");
    assert_eq!((bundle.identity.public(), bundle.vault), (identity.public(), VAULT));
    for proof in [
        Proof::Words(b"483090", &here),
        Proof::Words(b"", &here),
        Proof::Words(b"483091", &elsewhere),
        Proof::Code(b"483091"),
    ] {
        assert_eq!(kept.open(&proof).map(drop), Err(SealError::DoesNotOpen));
    }
    // Kept a second time, in this process or another, it takes other random bytes.
    let again = Kept::of(slot, &identity).expect("keeps");
    let mut other = kept;
    other.salt = again.salt;
    let opened = other.open(&Proof::Words(b"483091", &here)).map(drop);
    assert_eq!(opened, Err(SealError::DoesNotOpen));
}

/// With the device's secret, which a thief of the keyring has, and whether the PIN is right or wrong.
#[test]
fn nothing_in_a_pins_slot_tells_a_right_guess() {
    let (here, identity) = (device(), Identity::generate().expect("random"));
    let before = as_before(&identity, (PERSON, b"483091"), (VAULT, &here));
    let told = |slot: &Slot, pin: &[u8]| guess(slot, (pin, &here)).expect("takes words");
    assert!(told(&before, b"483091") && !told(&before, b"483090"), "the control tells");
    let slot = pin_slot(b"483091", &here, &identity);
    assert!(!told(&slot, b"483091") && !told(&slot, b"483090"));
    for pin in [&b"483091"[..], b"483090"] {
        assert_eq!(refusal(&slot, &Proof::Words(pin, &here)), SealError::DoesNotOpen);
    }
    // Another PIN under the same header: what stands in clear is the same, to the byte.
    let other = Slot::of_pin(slot.header.clone(), &Proof::Words(b"271828", &here), &identity);
    let other = other.expect("seals");
    assert_eq!((other.commitment, other.sealed.len()), (slot.commitment, slot.sealed.len()));
    // And only the person's own keys open it, to what the PIN comes to.
    let opened = |slot: &Slot, identity: &Identity| slot.pin_key(identity).map(bytes);
    let right = key(&slot.header, &Proof::Words(b"483091", &here)).map(bytes);
    assert_eq!(opened(&slot, &identity), right);
    let stranger = Identity::generate().expect("random");
    assert_eq!(opened(&slot, &stranger), Err(SealError::DoesNotOpen));
}

#[expect(clippy::needless_pass_by_value, reason = "it is mapped over")]
fn bytes(key: SymmetricKey) -> [u8; 32] {
    *key.as_bytes()
}

#[test]
fn a_pins_slot_is_the_persons_own_and_as_they_sealed_it() {
    let (here, identity) = (device(), Identity::generate().expect("random"));
    let slot = pin_slot(b"483091", &here, &identity);
    let refused = |slot: Slot| Kept::of(slot, &identity).map(drop);
    assert_eq!(refused(slot.clone()), Ok(()), "the control");
    let changes: [fn(&mut Slot); 9] = [
        |slot| slot.header.vault = VaultId::from_bytes([8; 32]),
        |slot| slot.header.id[0] ^= 1,
        |slot| slot.header.person = PersonId::from_bytes([2; 16]),
        |slot| slot.header.kind = SlotKind::Passphrase,
        |slot| slot.header.device = Some(DeviceId::from_bytes([3; 16])),
        |slot| slot.header.created = Moment::from_unix_millis(NOW.unix_millis() + 1),
        |slot| slot.header.stretched.as_mut().expect("stretched").salt = Hex([0; 16]),
        |slot| slot.sealed[30] ^= 1,
        |slot| slot.commitment[0] ^= 1,
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut other = slot.clone();
        change(&mut other);
        assert_eq!(refused(other), Err(SealError::DoesNotOpen), "{at}");
    }
    let before = as_before(&identity, (PERSON, b"483091"), (VAULT, &here));
    assert_eq!(refused(before), Err(SealError::DoesNotOpen));
    let header = pin_header((VAULT, PERSON), &here);
    let wrapped = Slot::wrap(header, &Proof::Words(b"483091", &here), &identity);
    assert_eq!(wrapped.map(drop), Err(SealError::DoesNotOpen), "no such slot is made any more");
}
