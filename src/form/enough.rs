//! A duty, or something that is enough instead: "it is enough that …, or else …".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::condition::Scope;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule, condition};
use crate::norm::{Condition, Guard, Norm};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "enough",
    meaning: [
        "A duty that is kept as well where something is so of the organization. Unlike “unless”, which takes the duty away, this counts as kept.",
        "واجب يُعدّ مستوفى أيضًا إذا صدق على المؤسسة أمر معيّن. وبخلاف «ما لم» التي تُسقط الواجب، يُحسب هذا استيفاءً له.",
    ],
    examples: &[
        [
            "it is enough that the organization is of the type cooperative, or else the board has between 7 and 13 members",
            "يكفي أن يكون نوع المؤسسة التعاونية، وفيما عدا ذلك يتكون مجلس الإدارة من 7 إلى 13 عضوًا",
        ],
        [
            "either the number of staff is less than 5, or the procurement policy is published on the website",
            "إما أن يكون عدد الموظفين أقل من 5، وإما أن تُنشر سياسة المشتريات على الموقع الإلكتروني",
        ],
        [
            "the board meets monthly, but it is enough that the number of staff is less than 3",
            "يجتمع مجلس الإدارة شهريًا، ويكفي أن يكون عدد الموظفين أقل من 3",
        ],
    ],
    entry: [Rule::enough_en, Rule::enough_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let when = node.inner(&[Inner::Slot("when")]);
    let Some(Scope::Of(when)) = condition::read_marked(&when, context.vocabulary) else {
        return Err(Fault { wording: Wording::ConditionExpected, slot: "when" });
    };
    let slot = if node.has("duty") { "duty" } else { "before" };
    let inner = node.inner(&[Inner::Slot(slot)]);
    let expected = Fault { wording: Wording::DutyExpected, slot };
    let (_, norm) = super::taken(&inner, context).ok_or(expected)?;
    let asks_nothing = matches!(
        norm,
        Norm::Free { .. }
            | Norm::Outside { .. }
            | Norm::Never { .. }
            | Norm::Guarded { .. }
    );
    if asks_nothing {
        return Err(expected);
    }
    Ok(Norm::Guarded { norm: Box::new(norm), guard: Guard::Enough, when })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Guarded { norm, guard: Guard::Enough, when } = norm else { return None };
    let [said, qila] = super::say(norm, vocabulary);
    let said = super::inside(&said);
    let [english, arabic] = condition::say(when, true, vocabulary);
    let arabic = match when {
        Condition::Is(_) => arabic,
        _ => arabic.replace("يكن ", "يكون ").replace("تكن ", "تكون "),
    };
    Some([
        format!("It is enough that {english}, or else {said}"),
        format!("يكفي أن {arabic}، وفيما عدا ذلك {qila}"),
    ])
}
