//! Who is let in: the browser that was opened, and nobody else on this computer or
//! beyond it.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;

use super::desk::Desk;
use super::web::{self, LARGEST};

/// Nothing is loaded from elsewhere, nothing is written within a page, and no page
/// stands in the frame of another.
const POLICY: &str = "default-src 'self'; object-src 'none'; frame-ancestors 'none'; \
                      base-uri 'none'; form-action 'self'";

const HEADERS: [(HeaderName, &str); 5] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // There are names on the pages, and others use this computer.
    (header::CACHE_CONTROL, "no-store"),
];

/// The pages with the guard before them.
pub(super) fn around(pages: Router, desk: &Arc<Desk>) -> Router {
    let guarded = pages
        .layer(axum::extract::DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(LARGEST))
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(desk.clone(), admit));
    HEADERS.into_iter().fold(guarded, |router, (name, value)| {
        let value = HeaderValue::from_static(value);
        router.layer(SetResponseHeaderLayer::if_not_present(name, value))
    })
}

async fn admit(State(desk): State<Arc<Desk>>, request: Request, next: Next) -> Response {
    match judge(&desk, &request) {
        Ok(()) if is_too_large(request.headers()) => {
            let page = desk.looks.problems(&web::too_large().into());
            page.with_status(StatusCode::PAYLOAD_TOO_LARGE).into_response()
        }
        Ok(()) => next.run(request).await,
        Err((status, reason)) => (status, reason).into_response(),
    }
}

/// Whether a request is let in, or why not.
fn judge(desk: &Desk, request: &Request) -> Result<(), (StatusCode, &'static str)> {
    let headers = request.headers();
    // A page of the open net may give itself a name that leads to this computer.
    let host = one(headers, &header::HOST).unwrap_or_default();
    if !desk.names().iter().any(|name| name == host) {
        return Err((StatusCode::MISDIRECTED_REQUEST, "地址不对。\n"));
    }
    // Browsers say where a form comes from; what says nothing is none.
    let says_where = headers.contains_key(header::ORIGIN) || headers.contains_key("sec-fetch-site");
    if request.method() != Method::GET && !says_where && !desk.is_own_call(headers) {
        return Err((StatusCode::FORBIDDEN, "没有说明来处。\n"));
    }
    let path = request.uri().path();
    if super::pages::is_open_to_all(path) || desk.is_own_call(headers) {
        return Ok(());
    }
    match cookies(headers).any(|(name, value)| name == desk.cookie() && desk.key.is(value)) {
        true => Ok(()),
        false => Err((
            StatusCode::FORBIDDEN,
            "这个页面只对打开它的浏览器有效。请关闭本页，重新双击打开张榜。\n",
        )),
    }
}

fn is_too_large(headers: &HeaderMap) -> bool {
    let length = one(headers, &header::CONTENT_LENGTH).and_then(|length| length.parse().ok());
    length.is_some_and(|length: usize| length > LARGEST)
}

/// A header that stands there once.
fn one<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(first)
}

fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='))
}
