//! Signatures beside packets: who vouches for which file.
//!
//! A checksum proves that a file is the one whose sum was written down, a signature
//! that somebody with a key vouched for it. It lies beside the packet, as a text that
//! anybody can read and that OpenSSL can prove (`docs/archive.md`): the statement that
//! is signed, the public key, the signature. Several people may sign one packet.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ed25519_dalek::pkcs8::spki::der::pem::{self, LineEnding};
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    KeypairBytes,
};
use ed25519_dalek::{Signer as _, Verifier as _};
use sm2::elliptic_curve::Generate as _;

use super::digest::{self, Algorithm, Checksum, Checksums};
use super::names;
use crate::diagnostic::Diagnostic;
use crate::files;

/// What is put behind the name of a packet.
const ENDING: &str = ".sig";
const HEADING: &str = "张榜档案包签名";
const LABEL: &str = "SIGNATURE";
/// The characters of a fingerprint.
const FINGERPRINT: usize = 32;
/// Larger is no signature and no key.
const LARGEST: u64 = 1 << 20;

/// By whom SM2 takes it to be signed if nobody is named (GM/T 0009-2012).
const SIGNER: &str = "1234567812345678";

/// How is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// The national one, GB/T 32918 with SM3.
    Sm2,
    /// RFC 8032.
    Ed25519,
}

impl Scheme {
    fn name(self) -> &'static str {
        match self {
            Self::Sm2 => "SM2",
            Self::Ed25519 => "Ed25519",
        }
    }
}

/// A key that signs. It is shown to nobody.
pub struct SigningKey {
    /// Who signs with it, by the name of its file.
    pub name: String,
    key: Secret,
}

enum Secret {
    Sm2(Box<sm2::SecretKey>),
    Ed25519(Box<ed25519_dalek::SigningKey>),
}

/// A key by which a signature is proved.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey {
    key: Public,
    /// As it is written in files.
    pem: String,
    /// By what people know it: half of the SHA-256 of its bytes.
    pub fingerprint: String,
}

#[derive(Clone, PartialEq, Eq)]
enum Public {
    Sm2(Box<sm2::PublicKey>),
    Ed25519(Box<ed25519_dalek::VerifyingKey>),
}

/// A new pair of keys, as files.
pub struct Pair {
    pub secret: String,
    pub public: String,
    pub fingerprint: String,
}

/// What one signer says of a packet, proved by the key that is beside it.
pub struct Signed {
    /// By what name he calls himself.
    pub name: String,
    pub key: PublicKey,
    sums: Checksums,
}

/// Whom somebody trusts, by what he was given.
#[derive(Clone)]
pub enum Trusted {
    /// A public key, and whose it is by the name of its file.
    Key {
        name: String,
        key: PublicKey,
    },
    Fingerprint(String),
}

impl Scheme {
    /// Makes a pair of keys.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn pair(self) -> Result<Pair, Diagnostic> {
        let failed = || Diagnostic::error("signing-key", "这台电脑没有给出随机数，做不了密钥。");
        let mut random = getrandom::SysRng;
        let (secret, key) = match self {
            Self::Sm2 => {
                let key =
                    sm2::SecretKey::try_generate_from_rng(&mut random).map_err(|_| failed())?;
                (key.to_pkcs8_pem(LineEnding::LF), Public::Sm2(Box::new(key.public_key())))
            }
            Self::Ed25519 => {
                let mut bytes = [0; 32];
                getrandom::fill(&mut bytes).map_err(|_| failed())?;
                let key = ed25519_dalek::SigningKey::from_bytes(&bytes).verifying_key();
                // Without the public key, with which OpenSSL 3.0 does not read it.
                let alone = KeypairBytes { secret_key: bytes, public_key: None };
                (alone.to_pkcs8_pem(LineEnding::LF), Public::Ed25519(Box::new(key)))
            }
        };
        let public = PublicKey::of(key).ok_or_else(failed)?;
        let secret = secret.map_err(|_| failed())?.to_string();
        Ok(Pair { secret, public: public.pem, fingerprint: public.fingerprint })
    }
}

impl SigningKey {
    /// Reads a file in PEM, as we and OpenSSL and GmSSL make it.
    ///
    /// # Errors
    /// It cannot be read, or is no such key.
    pub fn read(path: &Path) -> Result<Self, Diagnostic> {
        let text = read_small(path)?;
        let key = Secret::parse(&text).ok_or_else(|| unfit(path, &text))?;
        Ok(Self { name: name_of(path), key })
    }

    fn public(&self) -> Option<PublicKey> {
        PublicKey::of(match &self.key {
            Secret::Sm2(key) => Public::Sm2(Box::new(key.public_key())),
            Secret::Ed25519(key) => Public::Ed25519(Box::new(key.verifying_key())),
        })
    }

    fn sign(&self, text: &str) -> Option<Vec<u8>> {
        match &self.key {
            Secret::Sm2(key) => {
                let key = sm2::dsa::SigningKey::new(SIGNER, key).ok()?;
                Some(key.try_sign(text.as_bytes()).ok()?.to_der().as_bytes().to_vec())
            }
            Secret::Ed25519(key) => Some(key.try_sign(text.as_bytes()).ok()?.to_vec()),
        }
    }
}

impl Secret {
    fn parse(text: &str) -> Option<Self> {
        let block = pem_block(text, "PRIVATE KEY")?;
        if let Ok(key) = sm2::SecretKey::from_pkcs8_pem(&block) {
            return Some(Self::Sm2(Box::new(key)));
        }
        let key = ed25519_dalek::SigningKey::from_pkcs8_pem(&block).ok()?;
        Some(Self::Ed25519(Box::new(key)))
    }
}

impl PublicKey {
    fn of(key: Public) -> Option<Self> {
        let der = match &key {
            Public::Sm2(key) => key.to_public_key_der(),
            Public::Ed25519(key) => key.to_public_key_der(),
        };
        let der = der.ok()?;
        let fingerprint = digest::sha256(der.as_bytes()).get(..FINGERPRINT)?.to_owned();
        let pem = pem::encode_string("PUBLIC KEY", LineEnding::LF, der.as_bytes()).ok()?;
        Some(Self { key, pem, fingerprint })
    }

    fn parse(text: &str) -> Option<Self> {
        let block = pem_block(text, "PUBLIC KEY")?;
        let sm2 = sm2::PublicKey::from_public_key_pem(&block).map(|key| Public::Sm2(Box::new(key)));
        let key = sm2.ok().or_else(|| {
            let key = ed25519_dalek::VerifyingKey::from_public_key_pem(&block).ok()?;
            Some(Public::Ed25519(Box::new(key)))
        });
        Self::of(key?)
    }

    pub fn scheme(&self) -> Scheme {
        match self.key {
            Public::Sm2(_) => Scheme::Sm2,
            Public::Ed25519(_) => Scheme::Ed25519,
        }
    }

    fn proves(&self, text: &str, signature: &[u8]) -> bool {
        match &self.key {
            Public::Sm2(key) => sm2::dsa::VerifyingKey::new(SIGNER, **key)
                .and_then(|key| {
                    key.verify(text.as_bytes(), &sm2::dsa::Signature::from_der(signature)?)
                })
                .is_ok(),
            // No key of small order, which would prove more than was signed.
            Public::Ed25519(key) => ed25519_dalek::Signature::from_slice(signature)
                .and_then(|signature| key.verify_strict(text.as_bytes(), &signature))
                .is_ok(),
        }
    }
}

impl Trusted {
    /// What was given: the file of a public key, or a fingerprint.
    ///
    /// # Errors
    /// It is neither.
    pub fn read(given: &str) -> Result<Self, Diagnostic> {
        if let Some(fingerprint) = Self::fingerprint(given) {
            return Ok(fingerprint);
        }
        let path = Path::new(given);
        if !path.exists() && is_hexadecimal(&plain(given)) {
            return Err(short_fingerprint(&plain(given)));
        }
        let text = read_small(path)?;
        Self::parse(&name_of(path), &text).ok_or_else(|| unfit(path, &text))
    }

    pub fn fingerprint(given: &str) -> Option<Self> {
        let plain = plain(given);
        let is_one = plain.len() == FINGERPRINT && is_hexadecimal(&plain);
        is_one.then(|| Self::Fingerprint(plain.to_ascii_lowercase()))
    }

    /// The text of a public key, and whose it is.
    pub fn parse(name: &str, text: &str) -> Option<Self> {
        Some(Self::Key { name: name.to_owned(), key: PublicKey::parse(text)? })
    }

    pub fn is(&self, other: &PublicKey) -> bool {
        match self {
            Self::Key { key, .. } => key == other,
            Self::Fingerprint(fingerprint) => *fingerprint == other.fingerprint,
        }
    }
}

/// A fingerprint as it is written down, in groups or not.
fn plain(given: &str) -> String {
    given.chars().filter(|c| !c.is_whitespace()).collect()
}

fn is_hexadecimal(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn short_fingerprint(given: &str) -> Diagnostic {
    let count = given.len();
    let message = format!("公钥指纹应有 {FINGERPRINT} 个数字和字母，这里有 {count} 个。");
    Diagnostic::error("signing-key", message)
        .help("请照登记的写全；写的是公钥文件的，没有这个文件。")
}

impl fmt::Display for Trusted {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Key { name, .. } => write!(f, "“{name}”"),
            Self::Fingerprint(fingerprint) => write!(f, "公钥指纹 {fingerprint}"),
        }
    }
}

impl Signed {
    /// Whether the file whose sums these are is what was signed.
    pub fn is_of(&self, sums: &Checksums) -> bool {
        self.sums == *sums
    }

    /// `“安和社区”（SM2，公钥指纹 …）`.
    pub fn describe(&self) -> String {
        let PublicKey { fingerprint, .. } = &self.key;
        format!("“{}”（{}，公钥指纹 {fingerprint}）", self.name, self.key.scheme().name())
    }

    /// One signature: the statement to the first empty line, a key, what was signed.
    fn parse(text: &str) -> Result<Self, &'static str> {
        let (statement, rest) = text.split_once("\n\n").ok_or("签名文件不完整")?;
        let statement = format!("{statement}\n");
        let line = |label: &str| {
            statement.lines().find_map(|line| line.strip_prefix(label)?.strip_prefix('：'))
        };
        let sum = |algorithm: Algorithm| Checksum::parse(line(algorithm.title())?);
        let sums = [Algorithm::Sha256, Algorithm::Sm3]
            .map(|algorithm| Some((algorithm, sum(algorithm)?)))
            .into_iter()
            .collect::<Option<Checksums>>();
        let key = PublicKey::parse(rest).ok_or("签名文件里的公钥读不出来")?;
        let signature = pem_block(rest, LABEL).ok_or("签名文件不完整")?;
        let (_, signature) = pem::decode_vec(signature.as_bytes()).map_err(|_| "签名读不出来")?;
        if line("公钥指纹") != Some(key.fingerprint.as_str()) || !key.proves(&statement, &signature)
        {
            return Err("签名无效：签名文件被改动过");
        }
        let name = line("签名人").unwrap_or_default().to_owned();
        Ok(Self { name, key, sums: sums.ok_or("签名文件没有写校验值")? })
    }
}

/// Where the signatures of a packet lie.
pub fn beside(package: &Path) -> PathBuf {
    let mut name = package.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// Signs a packet, under a name of its own if one is given, and tells where. Those of
/// the same packet stay; those of an older one make way.
///
/// # Errors
/// It cannot be read, or nothing written beside it.
pub fn sign(package: &Path, key: &SigningKey) -> Result<PathBuf, Diagnostic> {
    let unread = |error: io::Error| files::read_error(package, &error);
    let size = fs::metadata(package).map_err(unread)?.len();
    let sums = digest::seals_of(package).map_err(unread)?;
    let made = statement(package, size, &sums, key).and_then(|statement| {
        let signature = key.sign(&statement)?;
        let signature = pem::encode_string(LABEL, LineEnding::LF, &signature).ok()?;
        Some(format!("{statement}\n{}\n{signature}", key.public()?.pem))
    });
    let made = made.ok_or_else(|| Diagnostic::error("signing-key", "这个密钥签不了名。"))?;
    let target = beside(package);
    let others = fs::read_to_string(&target).unwrap_or_default();
    let public = key.public();
    let stays = |text: &&String| {
        Signed::parse(text)
            .is_ok_and(|signed| signed.is_of(&sums) && Some(&signed.key) != public.as_ref())
    };
    let others: String =
        pieces(&others).iter().filter(stays).map(|text| format!("{text}\n")).collect();
    files::write(&target, (others + &made).as_bytes())?;
    Ok(target)
}

/// What is signed, a line for each.
fn statement(package: &Path, size: u64, sums: &Checksums, key: &SigningKey) -> Option<String> {
    let public = key.public()?;
    let sums = sums.iter().map(|(algorithm, sum)| format!("{}：{sum}\n", algorithm.title()));
    Some(format!(
        "{HEADING}\n签名人：{}\n档案包：{}\n大小：{size}\n{}算法：{}\n公钥指纹：{}\n",
        names::shown(&key.name),
        names::shown(&files::name_of(package)),
        sums.collect::<String>(),
        public.scheme().name(),
        public.fingerprint,
    ))
}

/// Every signature in a text, or why it is none.
pub fn read(text: &str) -> Vec<Result<Signed, &'static str>> {
    let found = pieces(text);
    match found.is_empty() {
        true => vec![Err("不是签名文件")],
        false => found.iter().map(|text| Signed::parse(text)).collect(),
    }
}

/// Each begins with the heading. Line ends are those of whoever looked at it last.
fn pieces(text: &str) -> Vec<String> {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let heading = format!("{HEADING}\n");
    text.split(&heading).skip(1).map(|piece| format!("{heading}{}\n", piece.trim_end())).collect()
}

/// The text of the signatures at `path`, if there are any.
///
/// # Errors
/// It cannot be read.
pub fn text_at(path: &Path) -> Result<Option<String>, Diagnostic> {
    match path.exists() {
        true => read_small(path).map(Some),
        false => Ok(None),
    }
}

fn read_small(path: &Path) -> Result<String, Diagnostic> {
    let read = || {
        let found = fs::metadata(path)?;
        match found.is_file() && found.len() <= LARGEST {
            true => fs::read(path),
            false => Ok(Vec::new()),
        }
    };
    let bytes = read().map_err(|error| files::read_error(path, &error))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// One block of PEM in a text, from its first hyphen to its last.
fn pem_block(text: &str, label: &str) -> Option<String> {
    let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
    let from = text.find(&begin)?;
    let to = from + text[from..].find(&end)? + end.len();
    Some(text[from..to].replace("\r\n", "\n"))
}

/// Whose key it is: the name of its file up to the first dot.
fn name_of(path: &Path) -> String {
    let name = files::name_of(path);
    name.split('.').next().unwrap_or_default().to_owned()
}

fn unfit(path: &Path, text: &str) -> Diagnostic {
    let (message, help) = if text.contains("ENCRYPTED") {
        (
            "这个密钥文件有密码，程序打不开。",
            "请先用 openssl pkcs8 -in 它 -out 另一个文件 -topk8 -nocrypt 解开，用完删去。",
        )
    } else {
        (
            "这个文件不是 SM2 或 Ed25519 的密钥。",
            "密钥是 PEM 格式的：签名用私钥（PRIVATE KEY），验证用公钥（PUBLIC KEY）；zhangbang sign --new-key 可以做一对。",
        )
    };
    Diagnostic::error("signing-key", message).in_file(path).help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A packet, and a key in its file.
    fn scene(scheme: Scheme) -> (tempfile::TempDir, PathBuf, SigningKey, Trusted) {
        let folder = tempfile::tempdir().unwrap();
        let [package, secret, public] =
            ["a.zip", "甲社区.私钥.pem", "甲社区.公钥.pem"].map(|name| folder.path().join(name));
        let pair = scheme.pair().unwrap();
        fs::write(&package, "packet").unwrap();
        fs::write(&secret, pair.secret).unwrap();
        fs::write(&public, pair.public).unwrap();
        let key = SigningKey::read(&secret).unwrap();
        let trusted = Trusted::read(public.to_str().unwrap()).unwrap();
        (folder, package, key, trusted)
    }

    fn signed(package: &Path) -> Vec<Result<Signed, &'static str>> {
        read(&fs::read_to_string(beside(package)).unwrap())
    }

    #[test]
    fn a_signature_names_its_signer_and_proves_one_file() {
        for scheme in [Scheme::Sm2, Scheme::Ed25519] {
            let (_folder, package, key, trusted) = scene(scheme);
            sign(&package, &key).unwrap();
            let [Ok(one)] = &signed(&package)[..] else { panic!("one signature") };
            assert_eq!(one.name, "甲社区");
            assert!(trusted.is(&one.key) && one.is_of(&digest::seals_of(&package).unwrap()));
            assert!(Trusted::read(&one.key.fingerprint).unwrap().is(&one.key));
            fs::write(&package, "Packet").unwrap();
            assert!(!one.is_of(&digest::seals_of(&package).unwrap()));
        }
    }

    #[test]
    fn no_character_of_a_signature_can_be_changed() {
        for scheme in [Scheme::Sm2, Scheme::Ed25519] {
            let (_folder, package, key, trusted) = scene(scheme);
            sign(&package, &key).unwrap();
            let text = fs::read_to_string(beside(&package)).unwrap();
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let other = if c == 'A' || c == '3' { "B" } else { "A" };
                let changed = format!("{}{other}{}", &text[..at], &text[at + c.len_utf8()..]);
                let is_fooled = read(&changed).iter().flatten().any(|one| trusted.is(&one.key));
                assert!(!is_fooled, "{changed}");
            }
            // As Notepad saves it.
            let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
            assert!(read(&windows)[0].is_ok());
        }
    }

    #[test]
    fn several_people_sign_one_packet() {
        let (_folder, package, key, trusted) = scene(Scheme::Sm2);
        let (_other, _, second, others) = scene(Scheme::Ed25519);
        for key in [&key, &second, &key] {
            sign(&package, key).unwrap();
        }
        let both = signed(&package);
        assert_eq!(both.len(), 2);
        let has = |trusted: &Trusted| both.iter().flatten().any(|one| trusted.is(&one.key));
        assert!(has(&trusted) && has(&others));
        fs::write(&package, "another").unwrap();
        sign(&package, &second).unwrap();
        assert_eq!(signed(&package).len(), 1);
    }

    #[test]
    fn what_is_no_key_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k.pem");
        for (text, said) in [("", "不是 SM2"), ("-----BEGIN ENCRYPTED PRIVATE KEY-----", "有密码")]
        {
            fs::write(&path, text).unwrap();
            let Err(told) = SigningKey::read(&path) else { panic!("no key") };
            assert!(told.message.contains(said), "{}", told.message);
        }
    }
}
