//! What came out, read with tools that are not ours: poppler, qpdf, Python. `make
//! test` brings them.

mod archive;
mod batch;
mod desk;
mod documents;
mod edits;
mod examples;
mod forms;
mod holidays;
mod hostile;
mod outputs;
mod packet;
mod pages;
mod printing;
mod signed;
mod wordings;
