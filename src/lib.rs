//! 张榜 (Zhangbang): every public document of a residents' or villagers'
//! committee election, from one description.
//!
//! Data flows one way:
//!
//! ```text
//! load ─▶ check ─▶ compose ─▶ typeset ─▶ pack
//! election  law     compose    typeset    archive, bag
//! ```
//!
//! Each step is a plain function on plain values and knows only the steps to
//! its left. [`make`] goes the way as far as pages, for whoever wants documents;
//! [`serve`] shows an election in the browser, [`batch`] does many, and [`cli`] speaks
//! to the user.
//!
//! ```
//! use zhangbang::diagnostic::Report;
//! use zhangbang::make::{self, Order};
//!
//! let mut order = Order::of_records();
//! order.documents.only = vec!["results-notice".to_owned()];
//! let mut report = Report::new();
//! let finished = make::from_folder("data/shiping-2026".as_ref(), &order, &[], &mut report);
//! let made = finished.unwrap_or_else(|| panic!("{report}")).made;
//! assert!(made.files[0].path.ends_with("选举结果公告.pdf"));
//! assert!(made.files[0].bytes.starts_with(b"%PDF-"));
//! ```

pub mod archive;
pub mod assets;
pub mod bag;
pub mod batch;
pub mod cli;
pub mod codes;
pub mod compose;
pub mod diagnostic;
pub mod election;
pub mod filename;
pub mod files;
pub mod law;
pub mod make;
pub mod meter;
pub mod number;
pub mod pool;
pub mod privacy;
pub mod serve;
pub mod text;
pub mod typeset;
pub mod workbook;
pub mod worker;
