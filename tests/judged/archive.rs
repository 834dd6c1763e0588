//! The archive as its users have it: originals matched, the public packet fit
//! for anybody, the encrypted one opened by a program that is not ours.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::support::{Run, SMALL, election, files, judge, python, run_in, words_of};

const ID: &str = "11010519491231002X";
const PHONE: &str = "13800138000";
const PASSWORD: &str = "桃李不言 下自成蹊";

/// A roll in which numbers are planted that nobody may see.
const ROLL: &str = "\
序号,姓名,性别,出生日期,小组,身份证号,电话
1,张守信,女,1949-12-31,第一居民小组,11010519491231002X,13800138000
2,李明理,女,1980-03-04,第一居民小组,,
3,王公正,男,1990-05-06,第二居民小组,,
";

/// A small election with originals of every kind.
fn dossier() -> TempDir {
    let archive = "归档:\n  全宗号: X109\n  整理人: 李明理\n";
    let folder = election(&format!("{}{archive}", crate::support::SMALL), ROLL);
    let attachments = folder.path().join("attachments");
    std::fs::create_dir_all(attachments.join("大会现场")).unwrap();
    for name in [
        "选民名单公告（盖章）.jpg",
        "试验社区居民委员会第1号公告 扫描件.PDF",
        "选民名单公告身份证底册.jpg",
        &format!("张守信{ID}.png"),
        "大会现场/1.jpg",
        "大会现场/2.jpg",
        "Thumbs.db",
    ] {
        std::fs::write(attachments.join(name), format!("scan of {name}")).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", attachments.join("链接.pdf")).unwrap();
    folder
}

fn zhangbang(words: &[&dyn AsRef<OsStr>]) -> Run {
    let words: Vec<OsString> = words.iter().map(|word| word.as_ref().to_owned()).collect();
    run_in(Path::new("."), &words)
}

fn unpack(packet: &Path, to: &Path) -> PathBuf {
    let words: [&OsStr; 5] =
        ["-m".as_ref(), "zipfile".as_ref(), "-e".as_ref(), packet.as_ref(), to.as_ref()];
    judge(&python(), &words);
    let mut folders = std::fs::read_dir(to).unwrap();
    folders.next().unwrap().unwrap().path()
}

/// Writes the manifests of a bag that was changed, so that these hide it.
fn seal_anew(bag: &Path) {
    let script = "import bagit, sys; bagit.Bag(sys.argv[1]).save(manifests=True)";
    judge(&python(), &["-c".as_ref(), script.as_ref(), bag.as_os_str()]);
}

#[test]
fn originals_become_parts_of_their_documents_and_the_rest_pieces_of_their_own() {
    let (dossier, out) = (dossier(), tempfile::tempdir().unwrap());
    let packet = out.path().join("whole.zip");
    let (election, built) = (dossier.path(), out.path().join("built"));
    let posted = ["--only", "选民名单公告", "--posted", "2026-04-18"].map(OsStr::new);
    let [only, list, on, day] = &posted;
    let run = zhangbang(&[&"build", &election, &"-o", &built, only, list, on, day]);
    assert_eq!(run.code, 0, "{run}");
    let run = zhangbang(&[&"pack", &dossier.path(), &"-o", &packet]);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.contains("档案还缺"), "{run}");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert!(run.stderr.contains("是链接（快捷方式），没有收进档案包"), "{run}");
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&packet), 0o600);
        let list = built.join("3-选民登记/选民名单公告.pdf");
        assert_ne!(mode(&list), 0o600, "it goes on the wall");
    }
    assert!(!run.stderr.contains(ID) && !run.stderr.contains(PHONE), "{run}");
    let bag = unpack(&packet, &out.path().join("bag"));
    judge(&python(), &["-m".as_ref(), "bagit".as_ref(), "--validate".as_ref(), bag.as_os_str()]);
    let packed = files(&bag);
    let part = |folder: &str, file: &str| {
        packed.iter().any(|path| path.contains(folder) && path.ends_with(file))
    };
    assert!(part("选民名单公告", "选民名单公告（盖章）.jpg"), "{packed:#?}");
    assert!(part("公告", "试验社区居民委员会第1号公告 扫描件.pdf"), "{packed:#?}");
    assert!(part("大会现场/", "-01 1.jpg") && part("大会现场/", "-02 2.jpg"), "{packed:#?}");
    assert!(part(" 选民名单公告身份证底册/", "-01 选民名单公告身份证底册.jpg"), "{packed:#?}");
    assert!(part("其他/源数据/posted/", "voter-list.txt"), "{packed:#?}");
    assert!(packed.iter().all(|path| !path.contains(ID) && !path.contains("Thumbs")));
    for form in ["归档文件目录.pdf", "备考表.pdf", "档案盒封面.pdf", "其他/缺件清单.txt"]
    {
        assert!(part("data/", form), "{form}");
    }
    let verified = zhangbang(&[&"verify", &packet, &"--rebuild"]);
    assert!(verified.code == 0 && verified.stdout.contains("[通过] Z8"), "{verified}");
    assert!(verified.stdout.contains("[通过] Z7"), "{verified}");
    // Manifests made anew hide the change of the source, but not what it means.
    let source = bag.join("data/其他/源数据/election.yaml");
    let text = std::fs::read_to_string(&source).unwrap();
    std::fs::write(&source, text.replace("名称: 试验社区", "名称: 实验社区")).unwrap();
    seal_anew(&bag);
    let verified = zhangbang(&[&"verify", &bag, &"--rebuild"]);
    assert!(verified.code == 1 && verified.stdout.contains("[不通过] Z8"), "{verified}");
    // What made documents once, and does not any more, is not what it was.
    std::fs::write(&source, text.replace("职数:", "职数")).unwrap();
    seal_anew(&bag);
    let verified = zhangbang(&[&"verify", &bag, &"--rebuild"]);
    assert!(verified.code == 1 && verified.stdout.contains("[不通过] Z8"), "{verified}");
    // The sum of the whole is told when it is packed, and held against later.
    let sum = judge("sha256sum", &[packet.as_os_str()]);
    let sum = sum.split_whitespace().next().unwrap();
    assert!(run.stdout.contains(sum), "{run}");
    let verified = zhangbang(&[&"verify", &packet, &"--expect", &sum.to_uppercase()]);
    assert!(verified.code == 0 && verified.stdout.contains("[通过] Z0"), "{verified}");
    let verified = zhangbang(&[&"verify", &packet, &"--expect", &sum.replace(&sum[..1], "x")]);
    assert!(verified.code == 1 && verified.stdout.contains("[不通过] Z0"), "{verified}");
}

#[test]
fn what_an_office_lays_down_is_packed_and_made_again() {
    let (street, own) = (tempfile::tempdir().unwrap(), dossier());
    let village = street.path().join("village");
    std::fs::rename(own.path(), &village).unwrap();
    let write = |path: &str, text: &str| {
        let path = street.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("street.yaml", "社区: {街道: 试验街道}\n");
    write("templates/words.yaml", "voter_list: 选民榜\n");
    let packet = street.path().join("whole.zip");
    let run = zhangbang(&[&"pack", &village, &"-o", &packet]);
    assert_eq!(run.code, 0, "{run}");
    let bag = unpack(&packet, &street.path().join("bag"));
    let packed = files(&bag);
    for file in ["street.yaml", "templates/words.yaml"] {
        let path = format!("data/其他/源数据/上级1/{file}");
        assert!(packed.contains(&path), "{packed:#?}");
    }
    let report = std::fs::read_to_string(bag.join("data/其他/检查报告.json")).unwrap();
    assert!(!report.contains(&*street.path().to_string_lossy()), "{report}");
    let list = packed.iter().find(|path| path.ends_with("选民名单公告.pdf")).unwrap();
    let words = words_of(&bag.join(list));
    assert!(words.contains("选民榜"), "{words}");
    let verified = zhangbang(&[&"verify", &packet, &"--rebuild"]);
    assert!(verified.code == 0 && verified.stdout.contains("[通过] Z8"), "{verified}");
    // Without the office's words the list is another.
    std::fs::remove_file(bag.join("data/其他/源数据/上级1/templates/words.yaml")).unwrap();
    seal_anew(&bag);
    let verified = zhangbang(&[&"verify", &bag, &"--rebuild"]);
    assert!(verified.code == 1 && verified.stdout.contains("[不通过] Z8"), "{verified}");
}

#[test]
fn the_public_packet_holds_nothing_internal() {
    let (dossier, out) = (dossier(), tempfile::tempdir().unwrap());
    let packet = out.path().join("public.zip");
    let run = zhangbang(&[&"pack", &dossier.path(), &"--public", &"-o", &packet]);
    assert_eq!(run.code, 0, "{run}");
    let bag = unpack(&packet, &out.path().join("bag"));
    judge(&python(), &["-m".as_ref(), "bagit".as_ref(), "--validate".as_ref(), bag.as_os_str()]);
    let packed = files(&bag);
    let internal = ["election.yaml", "名册", "检查报告", "底册", "张守信", "大会现场", "voters"];
    for path in &packed {
        assert!(!internal.iter().any(|word| path.contains(word)), "{path}");
        let bytes = std::fs::read(bag.join(path)).unwrap();
        let mut said = String::from_utf8_lossy(&bytes).into_owned();
        if path.ends_with(".pdf") && bytes.starts_with(b"%PDF") {
            said += &judge("pdftotext", &[bag.join(path).as_os_str(), "-".as_ref()]);
        }
        assert!(!said.contains(ID) && !said.contains(PHONE), "{path}");
        assert!(!said.contains("底册") && !said.contains("大会现场"), "{path}");
    }
    assert!(packed.iter().any(|path| path.ends_with("选民名单公告（盖章）.jpg")));
    let run = zhangbang(&[&"verify", &packet]);
    assert!(run.code == 0 && run.stdout.contains("[不适用] W3"), "{run}");
}

#[test]
fn the_encrypted_packet_opens_with_its_password_in_another_program() {
    let (dossier, out) = (dossier(), tempfile::tempdir().unwrap());
    let [packet, secret, whole] = ["a.zip", "password", "whole.zip"].map(|n| out.path().join(n));
    std::fs::write(&secret, format!("{PASSWORD}\r\n")).unwrap();
    let words: [&dyn AsRef<OsStr>; 8] = [
        &"pack",
        &dossier.path(),
        &"--public",
        &"--encrypt",
        &"--password-file",
        &secret,
        &"-o",
        &packet,
    ];
    let run = zhangbang(&words);
    assert_eq!(run.code, 0, "{run}");
    assert!(!run.to_string().contains("桃李"), "{run}");
    assert_eq!(files(out.path()), ["a-加密.zip", "a.zip", "password"]);
    let locked = out.path().join("a-加密.zip");
    let script = "import sys, pyzipper\n\
                  z = pyzipper.AESZipFile(sys.argv[1])\n\
                  (entry,) = z.infolist()\n\
                  assert entry.flag_bits & 1 and entry.wz_aes_strength == 3\n\
                  try: z.read(entry, pwd='错误的密码'.encode()); sys.exit('opened')\n\
                  except RuntimeError: pass\n\
                  open(sys.argv[2], 'wb').write(z.read(entry, pwd=sys.argv[3].encode()))\n";
    let words: [&OsStr; 5] =
        ["-c".as_ref(), script.as_ref(), locked.as_ref(), whole.as_ref(), PASSWORD.as_ref()];
    judge(&python(), &words);
    // What comes out is the packet that is made without a password.
    let open = out.path().join("open.zip");
    assert_eq!(zhangbang(&[&"pack", &dossier.path(), &"-o", &open]).code, 0);
    assert!(std::fs::read(&whole).unwrap() == std::fs::read(&open).unwrap());
    let told = zhangbang(&[&"verify", &locked]);
    assert!(told.code == 1 && told.stdout.contains("先用密码解开"), "{told}");
}

#[test]
fn a_bad_password_writes_nothing() {
    let (dossier, out) = (dossier(), tempfile::tempdir().unwrap());
    let [packet, secret] = ["out/a.zip", "password"].map(|name| out.path().join(name));
    for bad in ["short\n", "", "\nsecond line counts not\n"] {
        std::fs::write(&secret, bad).unwrap();
        let words: [&dyn AsRef<OsStr>; 7] =
            [&"pack", &dossier.path(), &"--encrypt", &"--password-file", &secret, &"-o", &packet];
        let run = zhangbang(&words);
        assert!(run.code == 1 && run.stderr.contains("密码太短"), "{run}");
    }
    let run = zhangbang(&[&"pack", &dossier.path(), &"--password-file", &secret, &"-o", &packet]);
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(files(out.path()), ["password"]);
}

#[test]
fn the_report_is_printed_and_says_what_verify_says() {
    let (dossier, out) = (dossier(), tempfile::tempdir().unwrap());
    let [packet, one, two] = ["a.zip", "one.pdf", "two.pdf"].map(|name| out.path().join(name));
    assert_eq!(zhangbang(&[&"pack", &dossier.path(), &"-o", &packet]).code, 0);
    for report in [&one, &two] {
        let run = zhangbang(&[&"verify", &packet, &"--report", report]);
        assert_eq!(run.code, 0, "{run}");
    }
    assert!(std::fs::read(&one).unwrap() == std::fs::read(&two).unwrap());
    let words = crate::support::words_of(&one);
    for said in ["电子档案四性检测报告", "真实性", "完整性", "可用性", "安全性", "结论：通过"]
    {
        assert!(words.contains(said), "{said}: {words}");
    }
    // A name that no font can print does not keep the report from being printed.
    let odd = out.path().join("odd\u{10fffd}.zip");
    std::fs::write(&odd, "no packet").unwrap();
    let run = zhangbang(&[&"verify", &odd, &"--report", &one]);
    assert_eq!(run.code, 1, "{run}");
    assert!(crate::support::words_of(&one).contains("结论：不通过"));
}

/// The packet is named after the folder, and goes to anybody.
#[test]
fn a_folder_named_after_somebodys_number_is_not_packed() {
    let parent = election(SMALL, ROLL);
    let folder = parent.path().join("张三13800138000");
    std::fs::create_dir(&folder).unwrap();
    for file in ["election.yaml", "voters.csv"] {
        std::fs::copy(parent.path().join(file), folder.join(file)).unwrap();
    }
    let target = parent.path().join("packet.zip");
    let words = ["pack".as_ref(), folder.as_os_str(), "-o".as_ref(), target.as_os_str()];
    let run = run_in(parent.path(), &words);
    assert!(run.code == 1 && run.stderr.contains("personal-data"), "{run}");
    assert!(!run.stderr.contains("13800138000") && !target.exists(), "{run}");
}
