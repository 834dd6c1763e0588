//! The desk from outside, as any program of this computer could ask it: who is let
//! in, and that the file is whole whatever happens.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::bag::sample;
use crate::support::{ROLL, SMALL, election, run_in};

/// A desk that runs until it is dropped.
struct Desk {
    child: Child,
    port: u16,
    /// The address that it printed.
    address: String,
    /// What it keeps of its user lies here.
    home: TempDir,
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn start(folder: &Path, home: &Path) -> (Child, String) {
    start_by(Command::new(env!("CARGO_BIN_EXE_zhangbang")), folder, home)
}

/// Starts the desk by a command that needs only its arguments.
fn start_by(mut command: Command, folder: &Path, home: &Path) -> (Child, String) {
    command.arg("serve").arg(folder).arg("--no-open").stdout(Stdio::piped());
    for name in ["HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "USERPROFILE"] {
        command.env(name, home);
    }
    let mut child = command.spawn().unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    let at = line.find("http://").unwrap_or_else(|| panic!("no address: {line}"));
    (child, line[at..].trim().to_owned())
}

impl Desk {
    fn on(folder: &Path) -> Self {
        Self::by(Command::new(env!("CARGO_BIN_EXE_zhangbang")), folder)
    }

    fn by(command: Command, folder: &Path) -> Self {
        let home = tempfile::tempdir().unwrap();
        let (child, address) = start_by(command, folder, home.path());
        let port = address.split([':', '/']).nth(4).unwrap().parse().unwrap();
        Self { child, port, address, home }
    }

    fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    fn own(&self) -> String {
        format!("http://{}", self.host())
    }

    /// The cookie that the printed address gives.
    fn cookie(&self) -> String {
        let answer = self.get(self.address.strip_prefix(&self.own()).unwrap(), &[]);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie = answer.header("set-cookie").expect("a cookie");
        for word in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(word), "{cookie}");
        }
        cookie.split(';').next().unwrap().to_owned()
    }

    /// What the browser that was let in sends along.
    fn browser(&self) -> [(&'static str, String); 3] {
        [
            ("Cookie", self.cookie()),
            ("Origin", self.own()),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
        ]
    }

    fn get(&self, address: &str, headers: &[(&str, String)]) -> Answer {
        self.ask("GET", address, headers, "")
    }

    fn post(&self, address: &str, headers: &[(&str, String)], form: &str) -> Answer {
        self.ask("POST", address, &as_form(headers), form)
    }

    fn ask(&self, method: &str, address: &str, headers: &[(&str, String)], body: &str) -> Answer {
        self.say(&self.request(method, address, headers, body))
    }

    fn request(
        &self,
        method: &str,
        address: &str,
        headers: &[(&str, String)],
        body: &str,
    ) -> Vec<u8> {
        let is_named = headers.iter().any(|(name, _)| *name == "Host");
        let host = (!is_named).then(|| ("Host", self.host()));
        let length = ("Content-Length", body.len().to_string());
        let mut request = format!("{method} {address} HTTP/1.1\r\nConnection: close\r\n");
        for (name, value) in host.iter().chain(headers).chain([&length]) {
            request += &format!("{name}: {value}\r\n");
        }
        format!("{request}\r\n{body}").into_bytes()
    }

    /// Sends bytes as they are.
    fn say(&self, bytes: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        // It may hang up before it has heard all.
        let _ = stream.write_all(bytes);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        Answer::read(&answer)
    }
}

fn as_form<'h>(headers: &[(&'h str, String)]) -> Vec<(&'h str, String)> {
    let kind = ("Content-Type", "application/x-www-form-urlencoded".to_owned());
    headers.iter().cloned().chain([kind]).collect()
}

#[derive(Debug)]
struct Answer {
    /// 0 if there was none.
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
        Self { status: status.unwrap_or(0), head: head.to_owned(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.head.lines().filter_map(|line| line.split_once(": "));
        pairs.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

fn text(folder: &TempDir) -> String {
    std::fs::read_to_string(folder.path().join("election.yaml")).unwrap()
}

/// What a form that changes the term sends; whatever it was made of.
fn change(revision: &str, term: u32) -> String {
    format!("rev={revision}&of=basics&term={term}")
}

/// The revision that a page names.
fn revision(page: &Answer) -> String {
    let (_, rest) = page.body.split_once("name=\"rev\" value=\"").expect("a form");
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn nobody_but_the_browser_that_was_opened_is_let_in() {
    let folder = election(SMALL, ROLL);
    let desk = Desk::on(folder.path());
    let browser = desk.browser();
    let [cookie, origin, site] = browser.clone();
    let page = desk.get("/step?of=basics", &browser);
    assert_eq!(page.status, 200);
    let form = change(&revision(&page), 8);
    let port = desk.port;

    // No address is good for a second browser.
    let word = desk.address.strip_prefix(&desk.own()).unwrap();
    let again = desk.get(word, &[]);
    assert!(again.status == 403 && again.header("set-cookie").is_none(), "{again:?}");
    assert_eq!(desk.get("/launch?word=", &[]).status, 403);
    assert_eq!(desk.get("/launch", &[]).status, 403);

    // Pages of the net that give themselves a name of this computer.
    let hosts = [
        format!("localhost.evil:{port}"),
        format!("127.0.0.1.evil:{port}"),
        format!("evil@127.0.0.1:{port}"),
        format!("127.0.0.1:{}", port ^ 1),
        "127.0.0.1".to_owned(),
        "localhost".to_owned(),
        format!("[::1]:{port}"),
        format!("0.0.0.0:{port}"),
        format!("2130706433:{port}"),
        String::new(),
    ];
    for host in hosts {
        let named = [("Host", host.clone()), cookie.clone(), origin.clone(), site.clone()];
        for answer in [desk.get("/", &named), desk.post("/edit", &named, &form)] {
            assert_ne!(answer.status, 200, "{host}: {answer:?}");
            assert!((400..500).contains(&answer.status), "{host}: {answer:?}");
        }
    }
    let none = desk.say(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(none.status >= 400, "{none:?}");
    let two = format!(
        "GET / HTTP/1.1\r\nHost: {0}\r\nHost: evil\r\nCookie: {1}\r\nConnection: close\r\n\r\n",
        desk.host(),
        cookie.1
    );
    assert!(desk.say(two.as_bytes()).status >= 400);
    let localhost = [("Host", format!("localhost:{port}")), cookie.clone()];
    assert_eq!(desk.get("/", &localhost).status, 200);

    // Without the cookie, or with another.
    let name = cookie.1.split('=').next().unwrap().to_owned();
    for value in [String::new(), format!("{name}="), format!("{name}={}", "0".repeat(64))] {
        for address in ["/", "/text", "/roll", "/paper/picture?key=", "/invite", "/nowhere"] {
            let answer = desk.get(address, &[("Cookie", value.clone())]);
            assert_eq!(answer.status, 403, "{address}: {answer:?}");
        }
        let headers = [("Cookie", value), origin.clone(), site.clone()];
        assert_eq!(desk.post("/edit", &headers, &form).status, 403);
    }
    let wrong_key = [("X-Key", "0".repeat(64))];
    assert_eq!(desk.get("/invite", &wrong_key).status, 403);

    // Forms of other pages, and of what is no browser.
    let foreign = |origin: &str| ("Origin", origin.to_owned());
    let strangers: [&[(&str, String)]; 7] = [
        &[foreign("http://evil.example")],
        &[foreign("null")],
        &[foreign(&format!("http://127.0.0.1:{}", port ^ 1))],
        &[foreign(&format!("http://localhost.evil:{port}"))],
        &[("Sec-Fetch-Site", "cross-site".to_owned())],
        &[("Sec-Fetch-Site", "same-site".to_owned()), origin.clone()],
        &[],
    ];
    for stranger in strangers {
        let headers = [std::slice::from_ref(&cookie), stranger].concat();
        for (address, form) in
            [("/edit", form.as_str()), ("/leave", ""), ("/text", "text=a"), ("/undo", "")]
        {
            let answer = desk.post(address, &headers, form);
            assert_eq!(answer.status, 403, "{stranger:?} {address}: {answer:?}");
        }
    }
    // Nothing is changed by looking at a page.
    assert_eq!(desk.get(&format!("/edit?{form}"), &browser).status, 405);
    assert_eq!(text(&folder), SMALL);

    let saved = desk.post("/edit", &browser, &form);
    assert_eq!(saved.status, 303, "{saved:?}");
    assert_eq!(text(&folder), SMALL.replace("届次: 7", "届次: 8"));
}

/// Whoever holds all connections that the system gives keeps the browser waiting, and
/// does not end the desk.
#[cfg(unix)]
#[test]
fn more_connections_than_the_system_gives_are_outlived() {
    let folder = election(SMALL, ROLL);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 64 && exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_zhangbang")]);
    let desk = Desk::by(limited, folder.path());
    let browser = desk.browser();
    let held: Vec<TcpStream> =
        (0..100).map(|_| TcpStream::connect(("127.0.0.1", desk.port)).unwrap()).collect();
    // Long enough to find that there are no more.
    std::thread::sleep(Duration::from_millis(500));
    drop(held);
    assert_eq!(desk.get("/", &browser).status, 200);
}

#[test]
fn every_answer_forbids_what_a_page_has_no_need_of() {
    let folder = election(SMALL, ROLL);
    let desk = Desk::on(folder.path());
    let browser = desk.browser();
    for (address, headers) in [
        ("/", &browser[..]),
        ("/", &[]),
        ("/launch?word=0", &[]),
        ("/desk.js", &browser),
        ("/desk.css", &[]),
        ("/nowhere", &browser),
        ("/paper/file?id=election-committee", &browser),
    ] {
        let answer = desk.get(address, headers);
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{answer:?}");
        assert!(policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{address}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{address}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{address}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{address}");
    }
}

#[test]
fn no_address_leads_out_of_the_folder() {
    let secret = "不可外传的话";
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("election");
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("election.yaml"), SMALL).unwrap();
    std::fs::write(folder.join("voters.csv"), ROLL).unwrap();
    std::fs::write(outer.path().join("secret.txt"), secret).unwrap();
    let before = crate::support::files(outer.path());
    let desk = Desk::on(&folder);
    let browser = desk.browser();
    let ways = [
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e%2fsecret.txt",
        "..%5csecret.txt",
        "....//secret.txt",
        "..%00/secret.txt",
        "%2fetc%2fpasswd",
        "C:%5csecret.txt",
        "file:///etc/passwd",
    ];
    let parameters = [
        "/",
        "/step?of=",
        "/step?of=basics&paper=",
        "/paper?id=",
        "/paper?id=election-committee&layout=",
        "/paper?id=election-committee&layout=poster",
        "/paper/pages?id=",
        "/paper/pages?id=election-committee&layout=poster/",
        "/paper/picture?key=",
        "/paper/picture?id=election-committee&page=",
        "/paper/file?id=",
        "/paper/file?id=election-committee&layout=poster",
        "/paper/file?id=election-committee&format=",
        "/printing?only=",
        "/printing?only=election-committee&file=",
        "/launch?word=",
        "/archive?file=",
    ];
    for parameter in parameters {
        for way in ways {
            let answer = desk.get(&format!("{parameter}{way}"), &browser);
            assert!((200..500).contains(&answer.status), "{parameter}{way}: {answer:?}");
            assert!(
                !answer.body.contains(secret) && !answer.body.contains("root:"),
                "{parameter}{way}"
            );
        }
    }
    for (address, name) in [
        ("/open", "number"),
        ("/new", "name=甲&last"),
        ("/paper/posted", "id"),
        ("/archive/pack", "scope"),
        ("/edit", "of"),
        ("/edit", "do"),
        ("/undo", "of"),
    ] {
        for way in ways {
            let answer = desk.post(address, &browser, &format!("{name}={way}"));
            assert!((200..500).contains(&answer.status), "{address} {way}: {answer:?}");
            let to = answer.header("location").unwrap_or("/");
            assert!(to.starts_with('/') && !to.starts_with("//"), "{answer:?}");
            assert!(!answer.body.contains(secret), "{address} {way}");
        }
    }
    // Names of files that are handed over; those of other systems too.
    let mut names =
        ["../../secret.txt", "..\\..\\secret.txt", "/etc/x.txt", "..", ".", "C:\\x.txt"].to_vec();
    names.extend([
        "CON",
        "a\u{0}b.txt",
        ".hidden",
        "election.yaml",
        "名 册\u{202e}.pdf",
        "a:b.txt",
    ]);
    let long = format!("{}.pdf", "长".repeat(300));
    names.push(&long);
    for name in names {
        for address in ["/archive/bring", "/archive/verify", "/roll/bring", "/roll/answer"] {
            let answer = upload(&desk, &browser, address, name, "甲");
            assert!((200..500).contains(&answer.status), "{address} {name}: {answer:?}");
        }
    }
    let after = crate::support::files(outer.path());
    let new = after.iter().filter(|file| !before.contains(file));
    let own = ["election/attachments/", "election/output/"];
    let stray: Vec<_> = new.filter(|file| !own.iter().any(|own| file.starts_with(own))).collect();
    assert!(stray.is_empty(), "{stray:?}");
    assert_eq!(std::fs::read_to_string(folder.join("election.yaml")).unwrap(), SMALL);
    assert_eq!(std::fs::read_to_string(folder.join("voters.csv")).unwrap(), ROLL);
    assert_eq!(std::fs::read_to_string(outer.path().join("secret.txt")).unwrap(), secret);
}

fn upload(
    desk: &Desk,
    browser: &[(&str, String)],
    address: &str,
    name: &str,
    body: &str,
) -> Answer {
    let mut headers = browser.to_vec();
    headers.push(("Content-Type", "multipart/form-data; boundary=XX".to_owned()));
    let part = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{body}\r\n--XX--\r\n"
    );
    desk.ask("POST", address, &headers, &part)
}

#[test]
fn a_packet_is_judged_as_verify_judges_it() {
    let folder = election(SMALL, ROLL);
    let packet = sample::write(&sample::packet(), &folder);
    for words in [&["sign", "--new-key", "甲"][..], &["sign", "packet.zip", "--key", "甲.私钥.pem"]]
    {
        assert_eq!(run_in(folder.path(), words).code, 0);
    }
    let (desk, read) = (Desk::on(folder.path()), |path: &Path| std::fs::read(path).unwrap());
    let mut headers = desk.browser().to_vec();
    headers.push(("Content-Type", "multipart/form-data; boundary=XX".to_owned()));
    let judged = |signature: Vec<u8>, expected: &str| {
        let at = |name: &str| read(&folder.path().join(name));
        let files = [
            ("file", "packet.zip", read(&packet)),
            ("signature", "packet.zip.sig", signature),
            ("key", "甲.公钥.pem", at("甲.公钥.pem")),
        ];
        let mut body = Vec::new();
        for (field, name, bytes) in files {
            let head = format!("name=\"{field}\"; filename=\"{name}\"");
            body.extend(format!("--XX\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        let head = "--XX\r\nContent-Disposition: form-data; name=\"expect\"";
        body.extend(format!("{head}\r\n\r\n{expected}\r\n--XX--\r\n").bytes());
        let length = ("Content-Length", body.len().to_string());
        let host = ("Host", desk.host());
        let mut request = "POST /archive/verify HTTP/1.1\r\nConnection: close\r\n".to_owned();
        for (name, value) in headers.iter().chain([&host, &length]) {
            request += &format!("{name}: {value}\r\n");
        }
        let answer = desk.say(&[format!("{request}\r\n").as_bytes(), &body].concat());
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.body
    };
    let signature = read(&folder.path().join("packet.zip.sig"));
    let sums = zhangbang::bag::seals_of(&packet).unwrap();
    let page = judged(signature.clone(), &sums[&zhangbang::bag::Algorithm::Sm3].to_string());
    assert!(page.contains("结论：通过") && page.contains("签名人“甲”"), "{page}");
    let page = judged(signature, &"0".repeat(64));
    assert!(page.contains("结论：不通过") && page.contains("校验值与登记的不同"), "{page}");
    let page = judged(b"no signature".to_vec(), "");
    assert!(page.contains("结论：不通过") && page.contains("不是签名文件"), "{page}");
}

/// So much memory a refused upload may cost.
const BOUND: u64 = 160 << 20;

#[test]
fn what_is_too_large_or_broken_is_refused_and_the_desk_goes_on() {
    let folder = election(SMALL, ROLL);
    let desk = Desk::on(folder.path());
    let browser = desk.browser();
    let head = |length: &str, kind: &str| {
        let own: String =
            browser.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        format!(
            "POST /roll/bring HTTP/1.1\r\nHost: {}\r\n{own}Content-Type: {kind}\r\n{length}\r\n",
            desk.host()
        )
    };
    let form = "multipart/form-data; boundary=XX";
    let begin = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
    // 200 MB, told beforehand or not.
    let told = head("Content-Length: 209715200\r\n", form);
    let chunked = head("Transfer-Encoding: chunked\r\n", form);
    for (head, is_chunked) in [(told, false), (chunked, true)] {
        let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let megabyte = vec![b'1'; 1 << 20];
        let mut send = |bytes: &[u8]| {
            let framed = match is_chunked {
                true => [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat(),
                false => bytes.to_vec(),
            };
            stream.write_all(&framed)
        };
        let mut sent = send(begin.as_bytes());
        for _ in 0..200 {
            sent = sent.and_then(|()| send(&megabyte));
        }
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = Answer::read(&answer);
        assert!(answer.status == 0 || (400..500).contains(&answer.status), "{answer:?}");
        assert!(sent.is_err() || answer.status != 0, "it heard all and said nothing");
    }
    if let Some(peak) = peak_of(desk.child.id()) {
        assert!(peak < BOUND, "{peak} bytes");
    }

    // What no browser says.
    let broken: [Vec<u8>; 12] = [
        b"".to_vec(),
        b"\r\n\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"GET".to_vec(),
        b"GET / HTTP/9.9\r\n\r\n".to_vec(),
        format!("GET http://evil/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", desk.host())
            .into_bytes(),
        format!("GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "a".repeat(1 << 20), desk.host())
            .into_bytes(),
        format!("GET / HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", desk.host(), "a".repeat(1 << 20))
            .into_bytes(),
        format!("{}--XX\r\n", head("Content-Length: 6\r\n", "multipart/form-data")).into_bytes(),
        format!("{}--XX\r\n", head("Content-Length: 6\r\n", form)).into_bytes(),
        format!("{}%ff%00=", head("Content-Length: 7\r\n", "application/x-www-form-urlencoded"))
            .into_bytes(),
        [head("Content-Length: 6\r\n", form).as_bytes(), b"\xff\xfe\x00\x00\x00\x00"].concat(),
    ];
    for bytes in broken {
        let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = Answer::read(&answer);
        assert!(answer.status == 0 || (303..500).contains(&answer.status), "{answer:?}");
    }
    assert_eq!(desk.get("/", &browser).status, 200);
    assert_eq!(text(&folder), SMALL);
    assert_eq!(std::fs::read_to_string(folder.path().join("voters.csv")).unwrap(), ROLL);
}

/// The most memory that a process has had, where the system tells.
fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[test]
fn a_second_start_leads_to_the_first() {
    let folder = election(SMALL, ROLL);
    let desk = Desk::on(folder.path());
    let (mut second, address) = start(folder.path(), desk.home.path());
    assert!(second.wait().unwrap().success());
    assert!(address.starts_with(&format!("{}/launch?word=", desk.own())), "{address}");
    assert_ne!(address, desk.address);
    for address in [&address, &desk.address] {
        assert_eq!(desk.get(address.strip_prefix(&desk.own()).unwrap(), &[]).status, 200);
    }
    // After one that was killed, the pages that are still open go on.
    let mut killed = Desk::on(folder.path());
    let browser = killed.browser();
    killed.child.kill().unwrap();
    killed.child.wait().unwrap();
    let (again, address) = start(folder.path(), killed.home.path());
    killed.child = again;
    assert!(address.starts_with(&format!("{}/launch?word=", killed.own())), "{address}");
    assert_eq!(killed.get("/", &browser).status, 200);
}

/// As often as `ZHANGBANG_KILLS` says the desk is killed while it saves: the file has
/// the old text or the new one, whole.
#[test]
fn a_desk_that_is_killed_leaves_the_file_whole() {
    let wanted = std::env::var("ZHANGBANG_KILLS").map_or(12, |count| count.parse().unwrap());
    // Long enough to be caught while it is written.
    let long = format!("{SMALL}{}", "# 很长的注释\n".repeat(60_000));
    let folder = election(&long, ROLL);
    let took = time_of_a_save(&folder);
    let mut kept = 0;
    for round in 0..wanted {
        let mut desk = Desk::on(folder.path());
        let browser = desk.browser();
        let before = text(&folder);
        let form = change(&revision(&desk.get("/step?of=basics", &browser)), 100 + round);
        let request = desk.request("POST", "/edit", &as_form(&browser), &form);
        let mut stream = TcpStream::connect(("127.0.0.1", desk.port)).unwrap();
        stream.write_all(&request).unwrap();
        let start = Instant::now();
        // As soon as anything is written beside the file, or at any moment.
        let chance = took.mul_f64(f64::from(round * 37 % 100) / 80.0);
        let is_time = |start: Instant| match round % 2 {
            0 => drafts(folder.path()) > 0 || start.elapsed() > took * 3,
            _ => start.elapsed() > chance,
        };
        while !is_time(start) {}
        desk.child.kill().unwrap();
        desk.child.wait().unwrap();
        let after = text(&folder);
        let changed = before.replace(line_of_term(&before), &format!("届次: {}", 100 + round));
        let said = line_of_term(&after);
        assert!(after == before || after == changed, "round {round}: {said}, {}", after.len());
        kept += u32::from(after == before);
        clear_drafts(folder.path());
    }
    println!("{kept} of {wanted} have the old text; a save takes {took:?}");
}

fn line_of_term(text: &str) -> &str {
    text.lines().find(|line| line.starts_with("届次")).unwrap()
}

fn time_of_a_save(folder: &TempDir) -> Duration {
    let desk = Desk::on(folder.path());
    let browser = desk.browser();
    let form = change(&revision(&desk.get("/step?of=basics", &browser)), 99);
    let start = Instant::now();
    assert_eq!(desk.post("/edit", &browser, &form).status, 303);
    start.elapsed()
}

fn draft_files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|file| file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
}

fn drafts(folder: &Path) -> usize {
    draft_files(folder).count()
}

fn clear_drafts(folder: &Path) {
    draft_files(folder).for_each(|file| std::fs::remove_file(file).unwrap());
}
