//! What may happen and what need not: nothing is asked, and nothing can be missed.

use crate::diagnostics::raise::sentences::Wording;
use crate::form::node::Node;
use crate::form::prohibition::{alone, asked, held};
use crate::form::{Context, Fault, Form, NOT_MINE, Rule, contents, deed};
use crate::norm::{Freedom, Matter, Norm};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "permission",
    meaning: [
        "Something is permitted, or not required. The rule asks for nothing, so it is never missed.",
        "أمر جائز أو غير لازم. لا تطلب القاعدة شيئًا، فلا يقع إخلال بها.",
    ],
    examples: &[
        [
            "the general assembly may meet by video link",
            "يجوز أن تجتمع الجمعية العمومية عبر الاتصال المرئي",
        ],
        [
            "The general assembly is permitted to meet via video conference.",
            "يجوز للجمعية العمومية أن تجتمع بالاتصال المرئي.",
        ],
        [
            "meetings of the general assembly by video link are allowed",
            "يجوز انعقاد الجمعية العمومية بالاتصال المرئي",
        ],
        ["the board may meet monthly", "لمجلس الإدارة أن يجتمع شهريًا"],
        ["the board need not meet monthly", "لا يلزم أن يجتمع مجلس الإدارة شهريًا"],
        [
            "the organization is not required to publish the donor list",
            "لا يُشترط أن تنشر المؤسسة قائمة الجهات المانحة",
        ],
        [
            "the donor list may be published on the website",
            "يجوز نشر قائمة الجهات المانحة على الموقع الإلكتروني",
        ],
    ],
    entry: [Rule::permission_en, Rule::permission_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let freedom = if node.has("may") { Freedom::May } else { Freedom::NeedNot };
    let inner = asked(node);
    if let Some(what) = alone(&inner) {
        return Ok(Norm::Free { freedom, matter: Matter::Deed(what) });
    }
    match super::taken(&inner, context) {
        // "May must not": two of these words in one sentence cancel each other.
        Some((_, Norm::Free { .. } | Norm::Never { .. } | Norm::Guarded { .. }))
        | None => Err(Fault { wording: Wording::DutyExpected, slot: held(node) }),
        // "Nobody may be both", "may serve at most": what forbids or limits permits nothing.
        Some((_, norm)) if norm.is_a_limit() => {
            Err(Fault { wording: Wording::DutyExpected, slot: held(node) })
        }
        // "May" stood in what a paper contains: whatever is written there is the author's.
        Some((_, Norm::Contents { .. })) if contents::takes(node.marked(), context) => {
            Err(Fault { wording: Wording::DutyExpected, slot: NOT_MINE })
        }
        Some((_, norm)) => {
            Ok(Norm::Free { freedom, matter: Matter::Duty(Box::new(norm)) })
        }
    }
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Free { freedom, matter } = norm else { return None };
    let (modal, english, arabic) = match freedom {
        Freedom::May => ("may", "It is permitted that", "يجوز أن"),
        Freedom::NeedNot => ("need not", "It is not required that", "لا يلزم أن"),
    };
    Some(match matter {
        Matter::Deed(what) => {
            let [said, qila] = deed::say_modal(*what, modal, vocabulary);
            [format!("{said}."), format!("{arabic} {qila}.")]
        }
        Matter::Duty(norm) => {
            let [said, qila] = super::say(norm, vocabulary);
            let said = super::inside(&said);
            [format!("{english} {said}"), format!("{arabic} {qila}")]
        }
    })
}
