//! Whole rule files: labels in both languages, and what becomes of them.

use mithaq::calendar::{Day, MonthCounting, Span};
use mithaq::compile::{Source, compile};
use mithaq::diagnostics::Diagnostic;
use mithaq::program::{Force, Rulebook, Severity};
use mithaq::text::Language;
use mithaq::vocabulary;

fn book(text: &str) -> (Rulebook, Vec<Diagnostic>) {
    let source = Source::new("rules/test.rules", text);
    let (mut program, diagnostics) = compile(&[source], &vocabulary::standard());
    (program.rulebooks.remove(0), diagnostics)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

const ENGLISH: &str = "\
Rulebook: Sharek Governance Index 2026
Language: English
In force: from 1 January 2026
Months: counted to the month end
Evidence may arrive: 15 days late
Force: charter

Dimension: Accountability
Dimension: Transparency

Rule BRD-1: board meets quarterly
  Dimension: Accountability
  Applies to: associations and federations
  Grace: 14 days
  Weight: 3
  Severity: high
  Kind: practice
  Source: Law No. 1 of 2000, article 19
  Remedy: Hold the meeting and put the signed minutes into the folder.

Rule AUD-1: audited accounts are published within 4 months of the end of the fiscal year
  Dimension: Transparency
  Except when: yearly income is below 50,000 USD; then reviewed accounts are enough   [small organizations]
";

const ARABIC: &str = "\
مجموعة القواعد: مؤشر شارك للحوكمة 2026
اللغة: العربية
نافذة: اعتبارًا من 1 كانون الثاني 2026
الأشهر: حتى نهاية الشهر
قد تصل الأدلة: متأخرة 15 يومًا
القوة: ميثاق

المحور: المساءلة
المحور: الشفافية

القاعدة BRD-1: يجتمع مجلس الإدارة مرة على الأقل في كل ربع من أرباع السنة
  المحور: المساءلة
  تسري على: الجمعيات والاتحادات
  مهلة السماح: 14 يومًا
  الوزن: 3
  درجة الخطورة: عالية
  النوع: ممارسة
  السند: قانون رقم 1 لسنة 2000، المادة 19
  الإجراء التصحيحي: يُرجى عقد الاجتماع وإيداع المحضر الموقّع في مجلد الإيداع.

القاعدة AUD-1: تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية
  المحور: الشفافية
  يُستثنى من ذلك: إذا كان الدخل السنوي أقل من 50,000 دولار أمريكي؛ وعندئذ تكفي القوائم المالية المراجعة [المؤسسات الصغيرة]
";

#[test]
fn a_rulebook_means_the_same_in_both_languages() {
    let (english, said) = book(ENGLISH);
    assert_eq!(codes(&said), [""; 0], "{said:?}");
    let (arabic, said) = book(ARABIC);
    assert_eq!(codes(&said), [""; 0], "{said:?}");
    for (one, other) in english.rules.iter().zip(&arabic.rules) {
        assert_eq!(one.meaning, other.meaning, "{} {}", one.id, other.id);
        assert_eq!([&one.english, &one.arabic], [&other.english, &other.arabic]);
    }
    assert_eq!(english.rules.len(), 2);
    assert_eq!(english.in_force, Day::from_ymd(2026, 1, 1));
    assert_eq!(english.in_force, arabic.in_force);
    assert_eq!(
        (english.language, arabic.language),
        (Language::English, Language::Arabic)
    );
}

#[test]
fn labels_say_what_they_say() {
    let (book, _) = book(ENGLISH);
    assert_eq!(book.title, "Sharek Governance Index 2026");
    assert_eq!((book.months, book.force), (MonthCounting::ToMonthEnd, Force::Charter));
    assert_eq!((book.lag, book.lead), (Span::Days(15), Span::Days(30)));
    assert_eq!(book.dimensions, ["Accountability", "Transparency"]);
    let rule = &book.rules[0];
    assert_eq!((rule.grace, rule.weight), (Span::Days(14), 3));
    assert_eq!(
        (rule.severity, rule.dimension.as_str()),
        (Severity::High, "Accountability")
    );
    assert_eq!(rule.source.as_deref(), Some("Law No. 1 of 2000, article 19"));
    assert!(rule.applies_to.is_some() && rule.remedy.is_some());
    let exception = &book.rules[1].exceptions[0];
    assert_eq!(exception.name.as_deref(), Some("small organizations"));
    assert!(exception.then.is_some());
}

#[test]
fn a_sentence_is_a_file() {
    let (book, said) = book("board meets quarterly\naudited accounts published\n");
    assert_eq!(codes(&said), [""; 0]);
    let ids: Vec<&str> = book.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "board-meets-at-least-once-in-each-calendar-quarter",
            "audited-accounts-are-published-within-12-months-of-the-end-of-the-fiscal-year",
        ]
    );
    assert_eq!(book.rules[0].line, 1);
    assert_eq!(book.id, "test");
}

#[test]
fn the_rulebook_chooses_what_a_quarter_is() {
    let calendar = book("board meets quarterly").0.rules[0].arabic.clone();
    let fiscal =
        book("A quarter is a quarter of the fiscal year.\nboard meets quarterly").0.rules
            [0]
        .arabic
        .clone();
    let chosen = book("الربع هو ربع السنة المالية\nيجتمع مجلس الإدارة كل ربع سنة").0;
    assert!(calendar.contains("الميلادية") && fiscal.contains("المالية"));
    assert_eq!(chosen.rules[0].arabic, fiscal);
}

#[test]
fn a_bad_rule_hides_no_other() {
    let text = "board meets quarterly\nRule A: the baord meets monthly\nRule A: board meets monthly\n  Wieght: 3\n  Grace: soon\nRule B: the general assembly meets every year\n";
    let (book, said) = book(text);
    let ids: Vec<&str> = book.rules.iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids, ["board-meets-at-least-once-in-each-calendar-quarter", "B"]);
    assert_eq!(codes(&said), ["G-101", "G-407", "G-403"]);
    let slip = said[0].suggestions.first().map(String::as_str);
    assert_eq!(slip, Some("the board meets monthly"));
}

/// What a sentence says of its own condition, a label can say.
#[test]
fn a_condition_in_the_sentence_is_a_label() {
    let pairs = [
        (
            "Rule A: if the yearly income exceeds 50,000 USD, the board meets monthly",
            "Rule A: the board meets monthly\n  Applies to: all organizations with yearly income above 50,000 USD",
        ),
        (
            "القاعدة A: تجتمع الجمعية العمومية كل سنة باستثناء المبادرات",
            "Rule A: the general assembly meets every year\n  Except when: initiatives",
        ),
        (
            "Rule A: unless the number of staff is below 5, the board must not meet",
            "القاعدة A: لا يجوز أن يجتمع مجلس الإدارة\n  يُستثنى من ذلك: إذا كان عدد الموظفين أقل من 5",
        ),
    ];
    for (sentence, labelled) in pairs {
        let read = [sentence, labelled].map(|text| {
            let (book, said) = book(text);
            assert_eq!(codes(&said), [""; 0], "{text}: {said:?}");
            book.rules[0].meaning.clone()
        });
        assert_eq!(read[0], read[1], "{sentence}");
    }
}
