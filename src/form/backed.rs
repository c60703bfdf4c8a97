//! What each event or paper of a kind comes with: "each purchase has at least 3 quotations".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deed};
use crate::lexicon;
use crate::lexicon::unit;
use crate::norm::{Act, Backing, Norm, Occurrence};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "backed",
    meaning: [
        "With each event or paper of a kind there are so many papers of another kind, not older than the sentence allows. Papers belong together by their numbers; one without a number belongs to the first event on or after its day.",
        "يكون مع كل حدث أو مستند من نوع معيّن عدد من مستندات نوع آخر، لا تتجاوز العمر الذي تسمح به الجملة. وتُعرف صلتها بأرقامها، وما لا رقم له فهو لأول حدث في يومه أو بعده.",
    ],
    examples: &[
        [
            "each purchase above the threshold has at least 3 quotations",
            "يكون لكل عملية شراء فوق السقف ما لا يقل عن 3 من عروض الأسعار",
        ],
        [
            "Procurement above the threshold has at least three quotations.",
            "تُطلب ثلاثة عروض أسعار على الأقل للمشتريات التي تتجاوز السقف.",
        ],
        [
            "The founding file has three stamped copies of the bylaws and judicial records not older than three months.",
            "يتضمن ملف التأسيس ثلاث نسخ مختومة من النظام وسجلات عدلية لم يمضِ عليها أكثر من ثلاثة أشهر.",
        ],
    ],
    entry: [Rule::backed_en, Rule::backed_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let nothing = Fault { wording: Wording::MissingDeed, slot: "each" };
    let noun = node.term("each").ok_or(nothing)?;
    let act = context.vocabulary.own_act(noun).unwrap_or(Act::Prepare);
    let each = Occurrence { noun, act, by: None, to: None };
    let by: Vec<Backing> = node
        .nodes("backing")
        .map(|backing| self::backing(&backing))
        .collect::<Result<_, _>>()?;
    if by.is_empty() || by.len() > crate::limits::LISTED_MAX {
        return Err(nothing);
    }
    Ok(Norm::Backed { each, by })
}

fn backing(node: &Node<'_>) -> Result<Backing, Fault> {
    let impossible = |slot| Fault { wording: Wording::ImpossibleNumber, slot };
    let document = node.term("document").ok_or(impossible("backing"))?;
    let least = if node.has("least") { node.count("least") } else { Some(1) };
    let not_older = if node.has("unit") {
        Some(node.span("count", "unit").ok_or(impossible("backing"))?)
    } else {
        None
    };
    Ok(Backing { document, least: least.ok_or(impossible("backing"))?, not_older })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Backed { each, by } = norm else { return None };
    let phrase = |language| vocabulary.phrase(each.noun, language);
    let said = by.iter().map(|backing| say_backing(*backing, vocabulary));
    let (english, arabic): (Vec<String>, Vec<String>) =
        said.map(|[english, arabic]| (english, arabic)).unzip();
    let lakull = if deed::is_event(*each, vocabulary) {
        format!("لكل {}", phrase(Language::Arabic))
    } else {
        lexicon::with_li(phrase(Language::Arabic))
    };
    Some([
        format!("Each {} has {}.", phrase(Language::English), english.join(" and ")),
        format!("يكون {lakull} {}.", arabic.join(" و")),
    ])
}

/// "at least 3 quotations", «ما لا يقل عن 3 من عروض الأسعار».
fn say_backing(backing: Backing, vocabulary: &Vocabulary) -> [String; 2] {
    let Backing { document, least, not_older } = backing;
    let term = vocabulary.term(document);
    let one = vocabulary.phrase(document, Language::English);
    let ism = vocabulary.phrase(document, Language::Arabic);
    let [english, arabic] = match term.and_then(|term| term.many.as_ref()) {
        Some([_, jam]) if least == 1 => [one.to_owned(), format!("من {jam}")],
        Some([many, jam]) => [many.clone(), format!("من {jam}")],
        None if least == 1 => [format!("copy of the {one}"), format!("من نسخ {ism}")],
        None => [format!("copies of the {one}"), format!("من نسخ {ism}")],
    };
    let age = not_older.map(|span| {
        let [span, mudda] = unit::span(span);
        [format!(" not older than {span}"), format!(" لم يمضِ عليها أكثر من {mudda}")]
    });
    let [older, umr] = age.unwrap_or_default();
    [
        format!("at least {least} {english}{older}"),
        format!("ما لا يقل عن {least} {arabic}{umr}"),
    ]
}
