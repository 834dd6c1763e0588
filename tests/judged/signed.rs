//! Signatures and forgeries: OpenSSL proves what we signed, we prove what is signed with
//! its keys, and what somebody forged is refused by what is meant to refuse it.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{ROLL, Run, SMALL, election, judge, judge_script, python, run_in, spoiled};

fn zhangbang(folder: &Path, words: &[&dyn AsRef<OsStr>]) -> Run {
    let words: Vec<OsString> = words.iter().map(|word| word.as_ref().to_owned()).collect();
    run_in(folder, &words)
}

/// A folder with `packet.zip`, signed with a key of ours of that kind, and with
/// `election` and `key.pem`.
fn signed(kind: &str) -> TempDir {
    // The check has something to say of it.
    let told = "名称: 试验社区\n  简介: 电话 0663-8812345";
    let folder = election(&spoiled("名称: 试验社区", told), ROLL);
    let at = folder.path();
    let run = zhangbang(at, &[&"sign", &"--new-key", &"试验社区", &"--kind", &kind]);
    assert_eq!(run.code, 0, "{run}");
    let key = "试验社区.私钥.pem";
    let run = zhangbang(at, &[&"pack", &".", &"-o", &"packet.zip", &"--sign", &key]);
    assert!(run.code == 0 && run.stdout.contains("“试验社区”已签名"), "{run}");
    folder
}

fn openssl(words: &[&dyn AsRef<OsStr>]) -> String {
    let words: Vec<OsString> = words.iter().map(|word| word.as_ref().to_owned()).collect();
    judge("openssl", &words)
}

/// As `docs/archive.md` has it: the statement, the key and the signature of a `.sig`.
fn taken_apart(folder: &Path) -> [PathBuf; 3] {
    let [statement, public, signature] =
        ["statement", "public.pem", "signature"].map(|name| folder.join(name));
    let text = std::fs::read_to_string(folder.join("packet.zip.sig")).unwrap();
    let (said, rest) = text.split_once("\n\n").unwrap();
    std::fs::write(&statement, format!("{said}\n")).unwrap();
    std::fs::write(&public, rest.split("\n\n").next().unwrap()).unwrap();
    let begin = rest.find("-----BEGIN SIGNATURE").unwrap();
    let lines: Vec<&str> = rest[begin..].lines().filter(|line| !line.starts_with('-')).collect();
    let script = "import base64, sys; open(sys.argv[1], 'wb').write(base64.b64decode(sys.argv[2]))";
    let encoded = lines.concat();
    let words: [&OsStr; 4] = ["-c".as_ref(), script.as_ref(), signature.as_ref(), encoded.as_ref()];
    judge(&python(), &words);
    [statement, public, signature]
}

#[test]
fn openssl_proves_what_we_signed() {
    let folder = signed("sm2");
    let [statement, public, signature] = taken_apart(folder.path());
    let id = "distid:1234567812345678";
    let said = openssl(&[
        &"dgst",
        &"-sm3",
        &"-verify",
        &public,
        &"-sigopt",
        &id,
        &"-signature",
        &signature,
        &statement,
    ]);
    assert!(said.contains("Verified OK"), "{said}");
    let folder = signed("ed25519");
    let [statement, public, signature] = taken_apart(folder.path());
    let said = openssl(&[
        &"pkeyutl",
        &"-verify",
        &"-pubin",
        &"-inkey",
        &public,
        &"-rawin",
        &"-in",
        &statement,
        &"-sigfile",
        &signature,
    ]);
    assert!(said.contains("Verified Successfully"), "{said}");
    // The sums that were signed are those of the packet.
    let sum = judge("sha256sum", &[folder.path().join("packet.zip")]);
    let statement = std::fs::read_to_string(statement).unwrap();
    assert!(statement.contains(sum.split_whitespace().next().unwrap()), "{statement}");
}

#[test]
fn keys_of_openssl_sign_and_prove() {
    let folder = signed("sm2");
    let at = folder.path();
    for kind in ["SM2", "ed25519"] {
        let [secret, public] =
            ["私钥", "公钥"].map(|which| at.join(format!("街道{kind}.{which}.pem")));
        openssl(&[&"genpkey", &"-algorithm", &kind, &"-out", &secret]);
        openssl(&[&"pkey", &"-in", &secret, &"-pubout", &"-out", &public]);
        let run = zhangbang(at, &[&"sign", &"packet.zip", &"--key", &secret]);
        assert_eq!(run.code, 0, "{run}");
        let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &public]);
        let named = format!("签名人“街道{kind}”");
        assert!(run.code == 0 && run.stdout.contains(&named), "{run}");
    }
    // All three stand beside the packet.
    let all = ["试验社区", "街道SM2", "街道ed25519"].map(|name| format!("{name}.公钥.pem"));
    let [one, two, three] = &all;
    let run = zhangbang(
        at,
        &[&"verify", &"packet.zip", &"--signer", one, &"--signer", two, &"--signer", three],
    );
    assert!(run.code == 0 && run.stdout.contains("[通过] Z9"), "{run}");
}

#[test]
fn a_wrong_and_a_foreign_signature_are_refused_in_plain_words() {
    let folder = signed("sm2");
    let at = folder.path();
    let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &"试验社区.公钥.pem"]);
    assert!(run.code == 0 && run.stdout.contains("[通过] Z9"), "{run}");
    // Nobody is asked for: what the signer calls himself proves nothing.
    let run = zhangbang(at, &[&"verify", &"packet.zip"]);
    assert!(run.code == 0 && run.stdout.contains("[警告] Z9"), "{run}");
    assert!(run.stdout.contains("不能证明是谁签的"), "{run}");
    let run = zhangbang(at, &[&"sign", &"--new-key", &"别人"]);
    assert_eq!(run.code, 0, "{run}");
    let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &"别人.公钥.pem"]);
    assert!(run.code == 1 && run.stdout.contains("签名用的是别人的密钥"), "{run}");
    // Somebody else signs in our name.
    let name = "试验社区";
    std::fs::remove_file(at.join("packet.zip.sig")).unwrap();
    let run =
        zhangbang(at, &[&"sign", &"packet.zip", &"--key", &"别人.私钥.pem", &"--name", &name]);
    assert_eq!(run.code, 0, "{run}");
    let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &"试验社区.公钥.pem"]);
    assert!(run.code == 1 && run.stdout.contains("自称“试验社区”"), "{run}");
    // The packet of another election, with the signature of this one.
    std::fs::write(at.join("voters.csv"), ROLL.replace("王公正", "王公平")).unwrap();
    std::fs::write(at.join("election.yaml"), SMALL.replace("王公正", "王公平")).unwrap();
    assert_eq!(zhangbang(at, &[&"pack", &".", &"-o", &"packet.zip"]).code, 0);
    let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &"别人.公钥.pem"]);
    assert!(run.code == 1 && run.stdout.contains("签的不是这个文件"), "{run}");
    std::fs::remove_file(at.join("packet.zip.sig")).unwrap();
    let run = zhangbang(at, &[&"verify", &"packet.zip", &"--signer", &"别人.公钥.pem"]);
    assert!(run.code == 1 && run.stdout.contains("没有签名文件"), "{run}");
}

/// Who forges a packet makes its sums anew: what lies outside of it, or making it again,
/// finds him.
#[test]
fn a_forged_packet_is_refused() {
    let folder = signed("sm2");
    let at = folder.path();
    let sum = judge("sha256sum", &[at.join("packet.zip")]);
    let sum = sum.split_whitespace().next().unwrap().to_owned();
    let kinds = judge(&python(), &[judge_script("forge.py").as_os_str()]);
    for kind in kinds.lines() {
        let forged = at.join("forged.zip");
        let (script, packet) = (judge_script("forge.py"), at.join("packet.zip"));
        let words: [&OsStr; 4] = [script.as_ref(), kind.as_ref(), packet.as_ref(), forged.as_ref()];
        judge(&python(), &words);
        std::fs::copy(at.join("packet.zip.sig"), at.join("forged.zip.sig")).unwrap();
        let (kind, refusing) = kind.split_once(' ').unwrap();
        let run = zhangbang(at, &[&"verify", &forged, &"--expect", &sum]);
        assert!(run.code == 1 && run.stdout.contains("[不通过] Z0"), "{kind}: {run}");
        let run = zhangbang(at, &[&"verify", &forged, &"--signer", &"试验社区.公钥.pem"]);
        assert!(run.code == 1 && run.stdout.contains("[不通过] Z9"), "{kind}: {run}");
        let run = zhangbang(at, &[&"verify", &forged, &"--rebuild"]);
        // What cannot be done here is not passed in silence.
        let said = if refusing == "outside" { "[警告] Z8" } else { "[不通过] Z8" };
        assert!(run.stdout.contains(said), "{kind}: {run}");
    }
}
