//! Known answers of the standards, and that nothing opens where it does not belong.

use std::collections::HashSet;

use ed25519_dalek::{Signature, SigningKey, Verifier, VerifyingKey};
use zeroize::Zeroizing;

use super::aead::encrypt_with;
use super::derive::expand;
use super::share::share_with;
use super::sign::verify_message;
use super::*;

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&pair.iter().collect::<String>(), 16);
    digits.chunks(2).map(|pair| byte(pair).expect("hexadecimal")).collect()
}

fn array<const N: usize>(text: &str) -> [u8; N] {
    hex(text).try_into().expect("so many bytes")
}

/// RFC 9106, 5.3. The vector has a secret and associated data, which our slots do not use.
#[test]
fn argon2id_gives_the_answer_of_rfc_9106() {
    use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .data(AssociatedData::new(&[4; 12]).expect("short"))
        .build()
        .expect("in bounds");
    let argon = Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params);
    let mut out = [0; 32];
    argon.expect("short").hash_password_into(&[1; 32], &[2; 16], &mut out).expect("calculates");
    let answer = "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659";
    assert_eq!(out.to_vec(), hex(answer));
}

#[test]
fn stretching_takes_every_parameter_into_account() {
    let floor = Stretch::argon2id(19 * 1024, 2, 1);
    let run = |stretch: Stretch, passphrase: &[u8], salt: u8| {
        stretch.run(passphrase, &[salt; 16]).expect("in bounds").to_vec()
    };
    let all = [
        run(floor, b"a", 1),
        run(floor, b"b", 1),
        run(floor, b"a", 2),
        run(Stretch { memory: floor.memory + 64, ..floor }, b"a", 1),
        run(Stretch { passes: 3, ..floor }, b"a", 1),
        run(Stretch { lanes: 2, ..floor }, b"a", 1),
    ];
    assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    assert_eq!(run(floor, b"a", 1), all[0]);
}

#[test]
fn a_key_derivation_out_of_bounds_is_not_run() {
    let current = Stretch::CURRENT;
    for bad in [
        Stretch { memory: 19 * 1024 - 1, ..current },
        Stretch { passes: 1, ..current },
        Stretch { lanes: 0, ..current },
        Stretch { memory: 0, ..current },
        Stretch { memory: u32::MAX, ..current },
        Stretch { passes: u32::MAX, ..current },
        Stretch { lanes: 17, ..current },
    ] {
        assert_eq!(bad.run(b"a", &[1; 16]).map(drop), Err(SealError::OutOfBounds), "{bad:?}");
    }
    for word in ["argon2i-19", "argon2d-19", "argon2id-16", "scrypt", "none", ""] {
        let text = format!(r#"{{"algorithm":"{word}","memory":65536,"passes":3,"lanes":4}}"#);
        assert!(serde_json::from_str::<Stretch>(&text).is_err(), "{word}");
    }
}

/// draft-irtf-cfrg-xchacha-03, A.3.1.
#[test]
fn xchacha20_poly1305_gives_the_answer_of_the_draft() {
    let key = SymmetricKey::from_slice(&(0x80..=0x9f).collect::<Vec<u8>>()).expect("32 bytes");
    let nonce = array("404142434445464748494a4b4c4d4e4f5051525354555657");
    let plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
                 for the future, sunscreen would be it.";
    let associated = hex("50515253c0c1c2c3c4c5c6c7");
    let sealed = encrypt_with(&key, &nonce, &associated, plain.as_bytes()).expect("seals");
    let answer = hex("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
         731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
         2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
         21f9664c97637da9768812f615c68b13b52e
         c0875924c1c7987947deafd8780acf49");
    assert_eq!(sealed, answer);
    let whole = [nonce.as_slice(), &answer].concat();
    assert_eq!(*decrypt(&key, &associated, &whole).expect("opens"), plain.as_bytes());
}

/// RFC 8439, 2.8.2: the cipher that HPKE uses here.
#[test]
fn chacha20_poly1305_gives_the_answer_of_rfc_8439() {
    use chacha20poly1305::aead::{Aead, Payload};
    use chacha20poly1305::{ChaCha20Poly1305, KeyInit};
    let key: [u8; 32] = (0x80..=0x9f).collect::<Vec<u8>>().try_into().expect("32 bytes");
    let nonce: [u8; 12] = array("070000004041424344454647");
    let plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip \
                 for the future, sunscreen would be it.";
    let payload = Payload { msg: plain.as_bytes(), aad: &hex("50515253c0c1c2c3c4c5c6c7") };
    let sealed = ChaCha20Poly1305::new(&key.into()).encrypt(&nonce.into(), payload);
    let answer = "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6
                  3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36
                  92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc
                  3ff4def08e4b7a9de576d26586cec64b6116
                  1ae10b594f09e26a7e902ecbd0600691";
    assert_eq!(sealed.expect("seals"), hex(answer));
}

/// RFC 5869, A.1.
#[test]
fn hkdf_gives_the_answer_of_rfc_5869() {
    let mut out = [0; 42];
    expand(
        Some(&hex("000102030405060708090a0b0c")),
        &[0x0b; 22],
        &hex("f0f1f2f3f4f5f6f7f8f9"),
        &mut out,
    )
    .expect("expands");
    let answer = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf
                  34007208d5b887185865";
    assert_eq!(out.to_vec(), hex(answer));
}

/// RFC 8032, 7.1, tests 1 and 2.
#[test]
fn ed25519_gives_the_answers_of_rfc_8032() {
    use ed25519_dalek::Signer;
    for (secret, public, message, answer) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970
             1cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613
             d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ] {
        let key = SigningKey::from_bytes(&array(secret));
        assert_eq!(key.verifying_key().to_bytes().to_vec(), hex(public));
        let signature = key.sign(&hex(message)).to_bytes();
        assert_eq!(signature.to_vec(), hex(answer));
        assert!(verify_message(&array(public), &hex(message), &signature));
        assert!(!verify_message(&array(public), b"another", &signature));
    }
}

/// With the neutral element for a key, one signature holds for every message, unless weak keys are
/// refused.
#[test]
fn verification_is_strict_where_the_plain_one_is_not() {
    let mut weak = [0; 32];
    weak[0] = 1;
    let mut signature = [0; 64];
    signature[0] = 1;
    let plain = VerifyingKey::from_bytes(&weak).expect("a point");
    for message in [&b"one"[..], b"two"] {
        assert!(plain.verify(message, &Signature::from_bytes(&signature)).is_ok(), "the control");
        assert!(!verify_message(&weak, message, &signature));
        assert!(!verify(&weak, Domain::Charter, message, &signature));
    }
}

#[test]
fn a_signature_holds_for_its_purpose_its_bytes_and_its_person_only() {
    let (one, other) = (identity(), identity());
    let signature = one.sign(Domain::Charter, b"bytes");
    assert!(one.public().verify(Domain::Charter, b"bytes", &signature));
    assert!(!one.public().verify(Domain::Manifest, b"bytes", &signature));
    assert!(!one.public().verify(Domain::AuditHead, b"bytes", &signature));
    assert!(!one.public().verify(Domain::Charter, b"byte", &signature));
    assert!(!other.public().verify(Domain::Charter, b"bytes", &signature));
}

/// RFC 9180, A.2.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, `ChaCha20Poly1305`, base mode. The
/// vector has associated data, which we leave empty, so the key schedule is asked with it here.
#[test]
fn hpke_gives_the_answer_of_rfc_9180() {
    use hpke::{Deserializable, Kem, OpModeR, Serializable};
    type X25519 = hpke::kem::X25519HkdfSha256;
    let ephemeral = hex("909a9b35d3dc4713a5e72a4da274b55d3d3821a37e5d099e74a647db583a904b");
    let recipient = hex("1ac01f181fdf9f352797655161c58b75c656a6cc2716dcb66372da835542e1df");
    let info = hex("4f6465206f6e2061204772656369616e2055726e");
    let (secret, public) = X25519::derive_keypair(&recipient);
    assert_eq!(
        public.to_bytes().to_vec(),
        hex("4310ee97d88cc1f088a5576c77ab0cf5c3ac797f3d95139c6c84b5429c59662a")
    );
    let to: [u8; 32] = public.to_bytes().into();
    let ours = share_with(Zeroizing::new(ephemeral.try_into().expect("32")), &to, &info, b"x")
        .expect("shares");
    let encapsulated = hex("1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a");
    assert_eq!(ours[..32], encapsulated, "the ephemeral key is the vector's");
    let encapsulated =
        <X25519 as Kem>::EncappedKey::from_bytes(&encapsulated).expect("a public key");
    let plain = hpke::single_shot_open::<hpke::aead::ChaCha20Poly1305, hpke::kdf::HkdfSha256, X25519>(
        &OpModeR::Base,
        &secret,
        &encapsulated,
        &info,
        &hex("1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db
             21993c62ce81883d2dd1b51a28"),
        &hex("436f756e742d30"),
    );
    assert_eq!(
        plain.expect("opens"),
        hex("4265617574792069732074727574682c20747275746820626561757479")
    );
    let key = SharingKey::from_slice(secret.to_bytes().as_slice()).expect("32 bytes");
    assert_eq!(*unshare(&key, &info, &ours).expect("opens"), b"x");
}

#[test]
fn a_share_is_for_one_key_and_one_purpose() {
    let (one, other) = (identity(), identity());
    let shared = share(&one.public().sharing, b"info", b"secret").expect("shares");
    assert_eq!(*unshare(one.sharing(), b"info", &shared).expect("opens"), b"secret");
    let refused = |key: &SharingKey, info: &[u8], share: &[u8]| {
        unshare(key, info, share).map(drop).expect_err("must not open")
    };
    assert_eq!(refused(other.sharing(), b"info", &shared), SealError::DoesNotOpen);
    assert_eq!(refused(one.sharing(), b"inf", &shared), SealError::DoesNotOpen);
    assert_eq!(refused(one.sharing(), b"info", &shared[..31]), SealError::Malformed);
    for at in 0..shared.len() {
        let mut bent = shared.clone();
        bent[at] ^= 0x40;
        refused(one.sharing(), b"info", &bent);
    }
    assert_eq!(share(&[0; 32], b"info", b"secret"), Err(SealError::Malformed));
}

#[test]
fn an_identity_comes_back_from_its_bytes() {
    let identity = identity();
    let again = Identity::from_bytes(&identity.to_bytes()).expect("64 bytes");
    assert_eq!(again.public(), identity.public());
    assert_eq!(PublicIdentity::from_bytes(&identity.public().to_bytes()), identity.public());
}

#[test]
fn a_row_opens_at_its_own_place_only() {
    let key = VaultKey::generate(7).expect("random");
    let (vault, other_vault) = (VaultId::from_bytes([1; 32]), VaultId::from_bytes([2; 32]));
    let place = Place { vault: &vault, table: "folder", row: &[3; 16], version: 4 };
    let blob = seal(&key, &place, b"row").expect("seals");
    assert_eq!(*open(&key, &place, &blob).expect("opens"), b"row");
    for elsewhere in [
        Place { vault: &other_vault, ..place },
        Place { table: "session", ..place },
        Place { row: &[4; 16], ..place },
        Place { row: &[3; 15], ..place },
        Place { version: 5, ..place },
    ] {
        let refused = open(&key, &elsewhere, &blob).map(drop);
        assert_eq!(refused, Err(SealError::DoesNotOpen), "{elsewhere:?}");
    }
    let of_epoch = |epoch| VaultKey { epoch, key: key.key.clone() };
    assert_eq!(open(&of_epoch(8), &place, &blob).map(drop), Err(SealError::Malformed));
    let mut moved = blob.clone();
    moved[4] = 8;
    assert_eq!(open(&of_epoch(8), &place, &moved).map(drop), Err(SealError::DoesNotOpen));
    let other_key = VaultKey::generate(7).expect("random");
    assert_eq!(open(&other_key, &place, &blob).map(drop), Err(SealError::DoesNotOpen));
}

#[test]
fn a_bent_or_cut_row_does_not_open() {
    let key = VaultKey::generate(1).expect("random");
    let vault = VaultId::from_bytes([1; 32]);
    let place = Place { vault: &vault, table: "folder", row: &[3; 16], version: 4 };
    let blob = seal(&key, &place, b"row").expect("seals");
    for at in 0..blob.len() {
        let mut bent = blob.clone();
        bent[at] ^= 1;
        assert!(open(&key, &place, &bent).is_err(), "byte {at}");
        assert!(open(&key, &place, &blob[..at]).is_err(), "cut at {at}");
    }
    assert_eq!(open(&key, &place, b"\x01{}").map(drop), Err(SealError::Malformed));
}

#[test]
fn no_nonce_and_no_ephemeral_key_comes_twice() {
    let key = SymmetricKey::generate().expect("random");
    let sealed = |_| encrypt(&key, b"", b"").expect("seals")[..24].to_vec();
    assert_eq!((0..20_000).map(sealed).collect::<HashSet<_>>().len(), 20_000);
    let to = identity().public().sharing;
    let shared = |_| share(&to, b"", b"").expect("shares")[..32].to_vec();
    assert_eq!((0..500).map(shared).collect::<HashSet<_>>().len(), 500);
}

#[test]
fn without_random_bytes_nothing_is_made() {
    let to = identity().public().sharing;
    let key = VaultKey::generate(1).expect("random");
    let vault = VaultId::from_bytes([1; 32]);
    let place = Place { vault: &vault, table: "folder", row: &[3; 16], version: 4 };
    without_randomness(|| {
        assert_eq!(SymmetricKey::generate().map(drop), Err(SealError::NoRandom));
        assert_eq!(Identity::generate().map(drop), Err(SealError::NoRandom));
        assert_eq!(SharingKey::generate().map(drop), Err(SealError::NoRandom));
        assert_eq!(seal(&key, &place, b"row"), Err(SealError::NoRandom));
        assert_eq!(share(&to, b"", b"secret"), Err(SealError::NoRandom));
    });
    assert!(Identity::generate().is_ok());
}

#[test]
fn a_commitment_is_of_one_key() {
    let (one, other) = (SymmetricKey::generate(), SymmetricKey::generate());
    let (one, other) = (one.expect("random"), other.expect("random"));
    let committed = commitment(&one).expect("derives");
    assert!(commits(&one, &committed));
    assert!(!commits(&other, &committed));
    assert!(!commits(&one, &committed[..31]));
    assert_ne!(&committed, one.as_bytes());
}

fn identity() -> Identity {
    Identity::generate().expect("random")
}
