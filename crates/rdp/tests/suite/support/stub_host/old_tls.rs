//! TLS as hosts of the time of Server 2012 R2 speak it: 1.2 at most, and only ciphers in CBC mode.

use openssl::bn::{BigNum, BigNumContext};
use openssl::ec::{EcGroup, EcKey, EcPoint};
use openssl::nid::Nid;
use openssl::pkey::{PKey, Private};
use openssl::ssl::{Ssl, SslContext, SslMethod, SslVersion};
use openssl::x509::X509;
use tokio::net::TcpStream;
use tokio_openssl::SslStream;

use super::HostKey;

/// What rustls has none of.
const CIPHERS: &str = "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA";

impl HostKey {
    /// The host's side of a handshake; `None` where it failed.
    pub(super) async fn accept_old(&self, tcp: TcpStream) -> Option<SslStream<TcpStream>> {
        let ssl = Ssl::new(&self.old_context()).expect("a connection");
        let mut stream = SslStream::new(ssl, tcp).expect("a stream");
        std::pin::Pin::new(&mut stream).accept().await.ok()?;
        Some(stream)
    }

    fn old_context(&self) -> SslContext {
        let mut context = SslContext::builder(SslMethod::tls_server()).expect("a context");
        context.set_max_proto_version(Some(SslVersion::TLS1_2)).expect("a version");
        context.set_cipher_list(CIPHERS).expect("ciphers");
        let certificate = X509::from_der(&self.certificate).expect("a certificate");
        context.set_certificate(&certificate).expect("shown");
        context.set_private_key(&self.as_if_genuine()).expect("it looks like the certificate's");
        context.build()
    }

    /// The secret half that signs, under the public half of the certificate: OpenSSL compares only
    /// the public halves, so an attacker's looks genuine to it.
    fn as_if_genuine(&self) -> PKey<Private> {
        let signs = PKey::private_key_from_der(&self.signs_with.serialize_der()).expect("a key");
        let secret = signs.ec_key().expect("an EC key").private_key().to_owned();
        let secret: BigNum = secret.expect("a number");
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("P-256");
        let mut numbers = BigNumContext::new().expect("room");
        let shown = EcPoint::from_bytes(&group, &self.public_key, &mut numbers).expect("a point");
        let key = EcKey::from_private_components(&group, &secret, &shown).expect("a key");
        PKey::from_ec_key(key).expect("a key")
    }
}
