//! Two limits for one deed: "within 60 days or by the next meeting, whichever is later".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::{Context, Fault, Form, Rule, deadline, deed};
use crate::lexicon::unit;
use crate::norm::{Act, Anchor, Norm};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "whichever",
    meaning: [
        "Something is done within a time after each event or by the next event of its kind, whichever is later or whichever is earlier. A next event that nobody knows of is waited for a year.",
        "يُنجز أمر خلال مدة من كل حدث أو قبل الحدث التالي من نوعه، أيهما أبعد أو أيهما أقرب. وما لم يُعرف حدث تالٍ فيُنتظر سنة.",
    ],
    examples: &[
        [
            "the board minutes are prepared within 60 days of each meeting of the board or by the next one, whichever is later",
            "يُعدّ محضر اجتماع مجلس الإدارة خلال 60 يومًا من كل اجتماع لمجلس الإدارة أو قبل الاجتماع التالي، أيهما أبعد",
        ],
        [
            "Board minutes are written by the next meeting or within 60 days, whichever is later.",
            "تُحرَّر محاضر مجلس الإدارة قبل الاجتماع التالي أو خلال 60 يومًا، أيهما أبعد.",
        ],
        [
            "the board minutes are published within 30 days of the meeting or before the next meeting, whichever comes first",
            "تُنشر محاضر مجلس الإدارة خلال 30 يومًا من الاجتماع أو قبل الاجتماع التالي، أيهما أقرب",
        ],
    ],
    entry: [Rule::whichever_en, Rule::whichever_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let vocabulary = context.vocabulary;
    let what = deed::settled(deed::read(node)?, vocabulary);
    let impossible = Fault { wording: Wording::ImpossibleNumber, slot: "count" };
    let within = node.span("count", "unit").ok_or(impossible)?;
    let Anchor::Each(event) = deadline::anchor(node, what, vocabulary)? else {
        return Err(Fault { wording: Wording::MissingAnchor, slot: "later" });
    };
    Ok(Norm::Whichever { what, event, within, later: node.has("later") })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Whichever { what, event, within, later } = norm else { return None };
    let [english, arabic] = deed::say(*what, vocabulary);
    let [within, khilal] = unit::span(*within);
    let [of, min] = deadline::say_anchor(Anchor::Each(*event), vocabulary);
    let [later, abad] =
        if *later { ["later", "أبعد"] } else { ["earlier", "أقرب"] };
    let next = if event.act == Act::Meet {
        "الاجتماع التالي"
    } else {
        "المرة التالية"
    };
    Some([
        format!(
            "{english} within {within} of {of} or by the next one, whichever is {later}."
        ),
        format!("{arabic} خلال {khilal} من {min} أو قبل {next}، أيهما {abad}."),
    ])
}
