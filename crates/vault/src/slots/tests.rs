//! Slots, codes, PINs and the door, over bytes alone.

pub(crate) mod pins;

use std::collections::HashSet;

use usher_core::Secret;
use usher_core::ids::{DeviceId, PersonId};
use usher_core::time::Moment;

use super::*;
use crate::device::DeviceSecret;
use crate::keys::Hex;
use crate::rows::Stored;
use crate::seal::{Identity, SealError, Stretch, VaultId};

const VAULT: VaultId = VaultId::from_bytes([7; 32]);
const PERSON: PersonId = PersonId::from_bytes([1; 16]);
const NOW: Moment = Moment::from_unix_millis(1_780_000_000_000);

fn device() -> DeviceSecret {
    DeviceSecret::generate(&VAULT).expect("random")
}

fn words_slot(device: &DeviceSecret, identity: &Identity) -> Slot {
    let (kind, id) = (SlotKind::Passphrase, device.id());
    let header = Header::for_words((VAULT, PERSON), kind, id, Stretch::FLOOR, NOW);
    let proof = Proof::Words(b"right", device);
    Slot::wrap(header.expect("random"), &proof, identity).expect("wraps")
}

fn code_slot(code: &[u8], identity: &Identity) -> Slot {
    let expires = Some(Moment::from_unix_millis(NOW.unix_millis() + 1));
    let header = Header::for_code((VAULT, PERSON), SlotKind::Enrolment, NOW, expires);
    Slot::wrap(header.expect("random"), &Proof::Code(code), identity).expect("wraps")
}

fn refusal(slot: &Slot, proof: &Proof<'_>) -> SealError {
    slot.open(proof).map(drop).expect_err("must not open")
}

#[test]
fn a_slot_gives_back_what_was_wrapped_to_the_right_words_on_the_right_device() {
    let (here, elsewhere) = (device(), device());
    let identity = Identity::generate().expect("random");
    let slot = words_slot(&here, &identity);
    let bundle = slot.open(&Proof::Words(b"right", &here)).expect("opens");
    assert_eq!((bundle.identity.public(), bundle.vault), (identity.public(), VAULT));
    assert_eq!(refusal(&slot, &Proof::Words(b"wrong", &here)), SealError::DoesNotOpen);
    assert_eq!(refusal(&slot, &Proof::Words(b"right", &elsewhere)), SealError::DoesNotOpen);
    assert_eq!(refusal(&slot, &Proof::Code(b"right")), SealError::DoesNotOpen);
    // The device's secret counts, not what the slot calls the device.
    let mut claimed = slot;
    claimed.header.device = Some(elsewhere.id());
    assert_eq!(refusal(&claimed, &Proof::Words(b"right", &elsewhere)), SealError::DoesNotOpen);
}

/// What a slot says of itself, each field another way.
#[test]
fn nothing_that_a_slot_says_of_itself_can_be_changed() {
    let identity = Identity::generate().expect("random");
    let slot = code_slot(b"code", &identity);
    assert!(slot.open(&Proof::Code(b"code")).is_ok(), "the control");
    let later = Moment::from_unix_millis(NOW.unix_millis() + 1_000_000);
    let changes: [fn(&mut Header, Moment); 6] = [
        |header, _| header.vault = VaultId::from_bytes([8; 32]),
        |header, _| header.id[0] ^= 1,
        |header, _| header.person = PersonId::from_bytes([2; 16]),
        |header, _| header.kind = SlotKind::Recovery,
        |header, later| header.created = later,
        |header, later| header.expires = Some(later),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        let mut other = slot.clone();
        change(&mut other.header, later);
        assert_eq!(refusal(&other, &Proof::Code(b"code")), SealError::DoesNotOpen, "{at}");
    }
    let mut forever = slot.clone();
    forever.header.expires = None;
    assert_eq!(refusal(&forever, &Proof::Code(b"code")), SealError::DoesNotOpen);
    let mut named = slot;
    named.header.device = Some(DeviceId::from_bytes([3; 16]));
    assert_eq!(refusal(&named, &Proof::Code(b"code")), SealError::DoesNotOpen);
}

/// Weaker parameters in the file are refused before anything is calculated; others do not open.
#[test]
fn the_key_derivation_cannot_be_weakened() {
    let (here, identity) = (device(), Identity::generate().expect("random"));
    let slot = words_slot(&here, &identity);
    let floor = Stretch::FLOOR;
    let with = |by: Stretch| {
        let mut weaker = slot.clone();
        let salt = weaker.header.stretched.as_ref().expect("stretched").salt;
        weaker.header.stretched = Some(Stretched { by, salt });
        refusal(&weaker, &Proof::Words(b"right", &here))
    };
    for memory in [0, 8, 1024, floor.memory / 2, floor.memory - 1, u32::MAX] {
        assert_eq!(with(Stretch { memory, ..floor }), SealError::OutOfBounds, "{memory}");
    }
    for passes in [0, 1, u32::MAX] {
        assert_eq!(with(Stretch { passes, ..floor }), SealError::OutOfBounds, "{passes}");
    }
    for lanes in [0, 17, u32::MAX] {
        assert_eq!(with(Stretch { lanes, ..floor }), SealError::OutOfBounds, "{lanes}");
    }
    assert_eq!(with(Stretch { passes: 3, ..floor }), SealError::DoesNotOpen);
    let mut other_salt = slot.clone();
    other_salt.header.stretched = Some(Stretched { by: floor, salt: Hex([0; 16]) });
    assert_eq!(refusal(&other_salt, &Proof::Words(b"right", &here)), SealError::DoesNotOpen);
    let mut unstretched = slot;
    unstretched.header.stretched = None;
    assert_eq!(refusal(&unstretched, &Proof::Words(b"right", &here)), SealError::DoesNotOpen);
}

#[test]
fn another_algorithm_in_a_row_is_not_a_slot() {
    let identity = Identity::generate().expect("random");
    let slot = words_slot(&device(), &identity);
    let write = slot.write().expect("writes");
    let blob = write.put.expect("puts").blob;
    let stored = |blob: Vec<u8>| Stored { key: write.key, version: 1, blob };
    assert_eq!(Slot::read(VAULT, &stored(blob.clone())), Some(slot), "the control");
    assert_eq!(Slot::owner(&stored(blob.clone())), Some(PERSON));
    let text = String::from_utf8(blob).expect("text");
    for word in ["argon2d-19", "argon2i-19", "argon2id-16", "pbkdf2"] {
        let other = text.replace("argon2id-19", word).into_bytes();
        assert_eq!(Slot::read(VAULT, &stored(other)), None, "{word}");
    }
    let more = text.replace("{\"person\"", "{\"more\":1,\"person\"").into_bytes();
    assert_eq!(Slot::read(VAULT, &stored(more)), None);
}

#[test]
fn a_bent_slot_does_not_open() {
    let identity = Identity::generate().expect("random");
    let slot = code_slot(b"code", &identity);
    for at in 0..slot.sealed.len() {
        let mut bent = slot.clone();
        bent.sealed[at] ^= 1;
        refusal(&bent, &Proof::Code(b"code"));
    }
    for at in 0..32 {
        let mut bent = slot.clone();
        bent.commitment[at] ^= 1;
        assert_eq!(refusal(&bent, &Proof::Code(b"code")), SealError::DoesNotOpen);
    }
}

fn print(code: &Code) -> String {
    // EXPOSE: the test types the code that was printed
    code.print().expose().to_owned()
}

#[test]
fn codes_are_read_as_people_type_them() {
    for (kind, groups, each) in [(CodeKind::RecoveryKit, 7, 4), (CodeKind::Enrolment, 5, 5)] {
        let code = Code::generate(kind).expect("random");
        let printed = print(&code);
        assert!(printed.split('-').all(|group| group.len() == each), "{printed}");
        assert_eq!(printed.split('-').count(), groups);
        assert!(code.as_bytes().len() * 8 >= 100);
        let sloppy = printed.to_lowercase().replace('-', "  ").replace('0', "o").replace('1', "l");
        for typed in
            [printed.clone(), sloppy, printed.replace('-', "\u{2013}"), format!(" {printed}\n")]
        {
            let read = Code::read(kind, &Secret::new(typed.clone())).expect("reads");
            assert_eq!(read.as_bytes(), code.as_bytes(), "{typed}");
        }
    }
}

#[test]
fn mistyped_codes_are_told() {
    let read =
        |text: &str| Code::read(CodeKind::Enrolment, &Secret::new(text.to_owned())).is_some();
    let (mut missed, mut tried) = (0, 0);
    for _ in 0..20 {
        let printed = print(&Code::generate(CodeKind::Enrolment).expect("random"));
        assert!(read(&printed));
        for at in 0..printed.len() {
            let mut typed: Vec<char> = printed.chars().collect();
            if typed[at] == '-' {
                continue;
            }
            typed[at] = if typed[at] == 'Z' { 'Y' } else { 'Z' };
            tried += 1;
            missed += u32::from(read(&typed.iter().collect::<String>()));
        }
        let (short, _) = printed.split_at(printed.len() - 1);
        assert!(!read(short) && !read(&format!("{printed}0")));
        assert!(!read(&printed.replacen(|c: char| c != '-', "U", 1)), "there is no U");
        let kit = Code::read(CodeKind::RecoveryKit, &Secret::new(printed));
        assert!(kit.is_none(), "one kind does not read as another");
    }
    assert!(missed * 10 < tried, "one check character finds 31 of 32: {missed} of {tried}");
    assert!(!read(""));
}

#[test]
fn no_two_codes_are_alike() {
    let code = |_| print(&Code::generate(CodeKind::RecoveryKit).expect("random"));
    assert_eq!((0..1_000).map(code).collect::<HashSet<_>>().len(), 1_000);
}

#[test]
fn plain_pins_are_not_taken() {
    for plain in [
        "111111", "000000", "121212", "123123", "123456", "654321", "345678", "987654", "012345",
        "789012", "135791", "12345678", "12341234", "99999999",
    ] {
        assert!(!is_good_pin(plain) && looks_like_pin(plain), "{plain}");
    }
    for no_pin in
        ["", "12345", "48302", "1234567890123", "48a309", "48 309 1", "\u{664}\u{668}\u{663}"]
    {
        assert!(!is_good_pin(no_pin) && !looks_like_pin(no_pin), "{no_pin}");
    }
    for good in ["483091", "271828", "100200", "4830917263"] {
        assert!(is_good_pin(good), "{good}");
    }
}

fn after(millis: u64) -> Moment {
    Moment::from_unix_millis(NOW.unix_millis() + millis)
}

#[test]
fn waits_grow_with_each_wrong_passphrase_and_end_with_the_right_one() {
    let mut door = DoorState::closed("Ada");
    let mut waits = Vec::new();
    for _ in 0..11 {
        door.try_passphrase(NOW);
        waits.push(door.wait(NOW));
    }
    assert_eq!(waits, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    assert_eq!((door.wait(after(59_999)), door.wait(after(60_000))), (1, 0));
    let kept = serde_json::to_vec(&door).expect("writes");
    assert_eq!(serde_json::from_slice::<DoorState>(&kept).expect("reads"), door);
    door.passphrase_opened(NOW);
    door.try_passphrase(NOW);
    assert_eq!(door.wait(NOW), 0);
}

#[test]
fn a_clock_that_was_set_back_makes_no_endless_wait() {
    let mut door = DoorState::closed("Ada");
    (0..5).for_each(|_| door.try_passphrase(NOW));
    let a_day_before = Moment::from_unix_millis(NOW.unix_millis() - 86_400_000);
    assert_eq!(door.wait(a_day_before), 4);
    door.settle(a_day_before);
    let soon = Moment::from_unix_millis(a_day_before.unix_millis() + 4_000);
    assert_eq!(door.wait(soon), 0);
}

#[test]
fn a_pin_is_good_five_times_on_the_day_of_the_passphrase() {
    let mut door = DoorState::closed("Ada");
    assert!(!door.takes_pin(NOW), "the passphrase was never given");
    door.passphrase_opened(NOW);
    for left in (0..PIN_TRIES).rev() {
        assert!(door.takes_pin(NOW), "{left} more");
        door.try_pin();
    }
    assert!(!door.takes_pin(NOW) && door.pin_spent());
    door.passphrase_opened(NOW);
    assert!(door.takes_pin(NOW) && !door.pin_spent());
    assert!(!door.takes_pin(after(48 * 3_600_000)), "another day");
    assert!(same_day(NOW, after(1)) && !same_day(NOW, after(48 * 3_600_000)));
}

#[test]
fn strength_is_zxcvbns_with_the_words_that_are_close() {
    let weak = weigh("password1", &[]);
    assert!(!weak.enough && weak.score == 0, "{weak:?}");
    assert_eq!(weak.warning, Some("this_is_a_common_password"));
    assert!(weak.suggestions.contains(&"add_another_word_or_two"), "{weak:?}");
    let strong = weigh("quartz hinge walrus 52 paper", &[]);
    assert!(strong.enough && strong.score == 4 && strong.guesses_log10 > 10, "{strong:?}");
    let hints = ["Northwind Managed Services".to_owned(), "Adaline".to_owned()];
    let leaning = weigh("adaline", &hints);
    assert!(leaning.score < 2 && leaning.guesses_log10 < weigh("adalinq", &[]).guesses_log10);
    assert!(!weigh("839201746583", &[]).enough, "it would be taken for a PIN");
    assert!(!weigh("", &[]).enough);
}

/// Each byte of a stored slot another way: it reads as no slot, or as one that opens nothing, and
/// never as one of somebody else's that opens.
#[test]
fn a_stored_slot_has_one_spelling_that_opens() {
    let identity = Identity::generate().expect("random");
    let slot = code_slot(b"code", &identity);
    let write = slot.write().expect("writes");
    let blob = write.put.expect("puts").blob;
    let opens = |blob: Vec<u8>| {
        let read = Slot::read(VAULT, &Stored { key: write.key, version: 1, blob });
        read.is_some_and(|slot| slot.open(&Proof::Code(b"code")).is_ok())
    };
    assert!(opens(blob.clone()), "the control");
    for at in 0..blob.len() {
        for bit in 0..8 {
            let mut bent = blob.clone();
            bent[at] ^= 1 << bit;
            assert!(!opens(bent), "bit {bit} of byte {at}");
        }
        assert!(!opens(blob[..at].to_vec()), "cut at {at}");
    }
}
