//! What a browser asks, and what it is answered.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use axum::routing::MethodRouter;

use super::desk::Desk;
use super::looks;
use crate::diagnostic::{Diagnostic, Report};

/// The largest request: a roll of a million voters fits.
pub(super) const LARGEST: usize = 96 << 20;

/// How long a request may take to arrive: it comes from this machine. One that stops half
/// way would keep the desk from ending.
const PATIENCE: Duration = Duration::from_secs(120);

/// What was asked, read to its end.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// The words behind the `?`, and the fields of a form, in their order.
    fields: Vec<(String, String)>,
    pub files: Vec<Upload>,
    /// Our script asks for the inside of the page only.
    pub by_script: bool,
}

/// A file that was handed over.
#[derive(Debug)]
pub(super) struct Upload {
    /// The field in which it was handed over.
    pub field: String,
    /// Its own name, without folders.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What is answered.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: StatusCode,
    kind: &'static str,
    headers: Vec<(header::HeaderName, String)>,
    pub body: Vec<u8>,
}

/// A page: what it answers, or why it cannot.
pub(super) type Page = fn(&Desk, &Asked) -> Result<Reply, Trouble>;

/// Why a page is not shown.
#[derive(Debug)]
pub(super) enum Trouble {
    Problems(Report),
    /// There is another page to be seen first.
    Elsewhere(Reply),
}

impl<T: Into<Report>> From<T> for Trouble {
    fn from(problems: T) -> Self {
        Self::Problems(problems.into())
    }
}

impl Asked {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let mut fields = self.fields.iter().filter(|(field, _)| field == name);
        fields.next().map(|(_, value)| value.as_str())
    }

    /// The first file that was handed over in a field.
    pub(super) fn file(&self, field: &str) -> Option<&Upload> {
        self.files.iter().find(|upload| upload.field == field)
    }

    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A form of these fields.
    pub(super) fn of(fields: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self { fields: fields.iter().map(own).collect(), ..Self::default() }
    }

    /// Reads a request, unless that takes longer than `patience`.
    async fn read_within(patience: Duration, request: Request) -> Result<Self, Diagnostic> {
        let read = tokio::time::timeout(patience, Self::read(request)).await;
        read.unwrap_or_else(|late| Err(unreadable(late)))
    }

    async fn read(request: Request) -> Result<Self, Diagnostic> {
        let query = request.uri().query().unwrap_or_default().to_owned();
        let mut asked = Self {
            fields: pairs(query.as_bytes()),
            files: Vec::new(),
            by_script: request.headers().contains_key("x-script"),
        };
        if kind_of(request.headers()).starts_with("multipart/") {
            let mut parts = Multipart::from_request(request, &()).await.map_err(unreadable)?;
            while let Some(part) = parts.next_field().await.map_err(unreadable)? {
                let (field, file) =
                    (part.name().unwrap_or_default().to_owned(), part.file_name().map(bare_name));
                let bytes = part.bytes().await.map_err(unreadable)?.to_vec();
                match file {
                    // No file was chosen.
                    Some(name) if name.is_empty() => {}
                    Some(name) => asked.files.push(Upload { field, name, bytes }),
                    None => {
                        asked.fields.push((field, String::from_utf8_lossy(&bytes).into_owned()));
                    }
                }
            }
        } else {
            let body = axum::body::to_bytes(request.into_body(), LARGEST).await;
            asked.fields.extend(pairs(&body.map_err(unreadable)?));
        }
        Ok(asked)
    }
}

/// Browsers end lines of a form as Windows does.
fn pairs(text: &[u8]) -> Vec<(String, String)> {
    let pair = |(name, value): (std::borrow::Cow<str>, std::borrow::Cow<str>)| {
        (name.into_owned(), value.replace("\r\n", "\n"))
    };
    form_urlencoded::parse(text).map(pair).collect()
}

fn kind_of(headers: &HeaderMap) -> &str {
    headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default()
}

/// The name of a file without the folders that some browsers send along.
fn bare_name(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_owned()
}

pub(super) fn too_large() -> Diagnostic {
    Diagnostic::error("upload", "文件太大，没有收下：页面上一次最多收 96 MB。")
        .help("名册请只留选民那几列；扫描件分几次放，或直接放进选举文件夹的 attachments；大的档案包用 zhangbang verify 验证。")
}

fn unreadable(_: impl std::error::Error) -> Diagnostic {
    Diagnostic::error("upload", "送来的内容读不完整，没有保存。")
        .help("文件超过 96 MB 的，请先拆成几份；否则请重试一次。")
}

impl Reply {
    pub(super) fn page(text: String) -> Self {
        Self::of("text/html; charset=utf-8", text)
    }

    pub(super) fn of(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status: StatusCode::OK, kind, headers: Vec::new(), body: body.into() }
    }

    pub(super) fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    pub(super) fn header(mut self, name: header::HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Another page is to be asked for instead.
    pub(super) fn see(address: impl Into<String>) -> Self {
        // A header has no place for what is no text.
        let address = address.into().replace(char::is_control, "");
        Self::of("text/plain", "")
            .with_status(StatusCode::SEE_OTHER)
            .header(header::LOCATION, address)
    }

    /// A file, shown in the browser or, if `saved`, kept under its name.
    pub(super) fn file(kind: &'static str, bytes: Vec<u8>, name: &str, saved: bool) -> Self {
        let how = if saved { "attachment" } else { "inline" };
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let name = name.replace('+', "%20");
        Self::of(kind, bytes)
            .header(header::CONTENT_DISPOSITION, format!("{how}; filename*=UTF-8''{name}"))
    }

    pub(super) fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status);
        response = response.header(header::CONTENT_TYPE, self.kind);
        for (name, value) in &self.headers {
            response = response.header(name, value);
        }
        response.body(Body::from(self.body)).unwrap_or_else(|_| {
            let mut failed = Response::new(Body::empty());
            *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            failed
        })
    }
}

/// A page to look at.
pub(super) fn shown(desk: &Arc<Desk>, page: Page) -> MethodRouter {
    axum::routing::get(handler(desk, page))
}

/// A form that is handed in.
pub(super) fn posted(desk: &Arc<Desk>, page: Page) -> MethodRouter {
    axum::routing::post(handler(desk, page))
}

type Answer = std::pin::Pin<Box<dyn Future<Output = Response> + Send>>;

fn handler(
    desk: &Arc<Desk>,
    page: Page,
) -> impl Fn(Request) -> Answer + Clone + Send + Sync + 'static + use<> {
    let desk = desk.clone();
    move |request| Box::pin(answer(desk.clone(), page, request))
}

/// Pages read the disk and set type: each is made on a thread of its own. What goes
/// wrong in one is one message, and the desk goes on.
async fn answer(desk: Arc<Desk>, page: Page, request: Request) -> Response {
    let asked = match Asked::read_within(PATIENCE, request).await {
        Ok(asked) => asked,
        Err(problem) => return desk.looks.problems(&problem.into()).into_response(),
    };
    let looks = desk.looks.clone();
    let made = tokio::task::spawn_blocking(move || page(&desk, &asked)).await;
    match made {
        Ok(Ok(reply) | Err(Trouble::Elsewhere(reply))) => reply,
        Ok(Err(Trouble::Problems(report))) => looks.problems(&report),
        Err(_) => looks.problems(&looks::broken().into()),
    }
    .into_response()
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::pin::Pin;
    use std::task::{Context, Poll};

    use axum::body::{Bytes, HttpBody};

    use super::*;

    /// A body of which the rest never comes.
    struct HalfSent;

    impl HttpBody for HalfSent {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context,
        ) -> Poll<Option<Result<http_body::Frame<Bytes>, Infallible>>> {
            Poll::Pending
        }
    }

    #[test]
    fn a_request_that_stops_half_way_is_let_go() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let request = Request::new(Body::new(HalfSent));
        let read = runtime.block_on(Asked::read_within(Duration::from_millis(20), request));
        assert_eq!(read.unwrap_err().code, "upload");
    }

    #[test]
    fn forms_are_pairs_in_their_order() {
        let asked = Asked {
            fields: pairs("a=1&b=%E4%B8%AD+x&a=2&c=1%0D%0A2".as_bytes()),
            ..Asked::default()
        };
        assert_eq!(asked.get("a"), Some("1"));
        assert_eq!(asked.get("b"), Some("中 x"));
        assert_eq!(asked.get("c"), Some("1\n2"));
        assert_eq!(asked.fields().count(), 4);
    }

    #[test]
    fn a_file_brings_no_folders() {
        assert_eq!(bare_name("C:\\fakepath\\名册.xlsx"), "名册.xlsx");
        assert_eq!(bare_name("../../etc/passwd"), "passwd");
        assert_eq!(bare_name("名册.xlsx"), "名册.xlsx");
    }

    #[test]
    fn the_name_of_a_file_is_said_in_ascii() {
        let reply = Reply::file("application/pdf", vec![1], "公 告.pdf", false);
        let (_, said) = &reply.headers[0];
        assert_eq!(said, "inline; filename*=UTF-8''%E5%85%AC%20%E5%91%8A.pdf");
    }
}
