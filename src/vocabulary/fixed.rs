//! Phrases that belong to the language itself, not to a vocabulary file.

/// How often, in one phrase; and what would else fall apart into other marks.
pub(crate) const FIXED: [(&str, &str); 20] = [
    ("عضو واحد", "‹number 1› عضو"),
    ("عضوًا واحدًا", "‹number 1› عضو"),
    ("شخصين", "‹number 2› شخصا"),
    ("مقعدين", "‹number 2› مقعدا"),
    ("fortnightly", "every ‹number 2› ‹unit week›"),
    ("once", "‹times 1›"),
    ("twice", "‹times 2›"),
    ("thrice", "‹times 3›"),
    ("مرة", "‹times 1›"),
    ("مرة واحدة", "‹times 1›"),
    ("مرتين", "‹times 2›"),
    ("مرتان", "‹times 2›"),
    ("اجتماعين", "‹number 2› ‹meet --n›"),
    ("اجتماعان", "‹number 2› ‹meet --n›"),
    ("جلستين", "‹number 2› ‹meet --n›"),
    ("جلستان", "‹number 2› ‹meet --n›"),
    ("عضوين", "‹number 2› عضوا"),
    ("دورتين", "‹number 2› دوره"),
    ("ولايتين", "‹number 2› ولايه"),
    ("فترتين", "‹number 2› فتره"),
];
