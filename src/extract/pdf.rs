//! PDF.
use crate::document::Problem;
use crate::document::Text;
pub(super) fn read(_bytes: &[u8]) -> Result<Text, Problem> {
    Err(Problem::UnknownFormat)
}
