//! In which clause two duties differ that should mean the same.

use crate::diagnostics::raise::lines::Difference;
use crate::norm::Norm;

/// The first clause that differs, of two norms that are not equal.
pub(crate) fn difference(one: &Norm, other: &Norm) -> Difference {
    let (Some(deed), Some(another)) = (one.deed(), other.deed()) else {
        let same = std::mem::discriminant(one) == std::mem::discriminant(other);
        return if same { Difference::Time } else { Difference::Matter };
    };
    if (deed.noun, deed.act) != (another.noun, another.act) {
        Difference::Matter
    } else if deed.by != another.by {
        Difference::Doer
    } else if deed.to != another.to {
        Difference::Where
    } else {
        Difference::Time
    }
}
