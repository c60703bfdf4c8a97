//! A duty with its condition in the same sentence: "if …", "… unless …", "… except …".

use crate::diagnostics::raise::sentences::Wording;
use crate::form::condition::Scope;
use crate::form::node::{Inner, Node};
use crate::form::{Context, Fault, Form, Rule, condition};
use crate::norm::{Condition, Guard, Norm};
use crate::vocabulary::Vocabulary;

pub(crate) const FORM: Form = Form {
    name: "guarded",
    meaning: [
        "A duty with its condition. “If” means the same as the label “Applies to”, and “unless” and “except” the same as “Except when”.",
        "واجب مع شرطه. «إذا» كعلامة «تسري على»، و«ما لم» و«باستثناء» كعلامة «يُستثنى من ذلك».",
    ],
    examples: &[
        [
            "if the yearly income is more than 50,000 USD, the audited accounts are published within 4 months of the end of the fiscal year",
            "إذا كان الدخل السنوي أكثر من 50,000 دولار أمريكي، تُنشر القوائم المالية المدققة خلال أربعة أشهر من نهاية السنة المالية",
        ],
        [
            "the board meets monthly when the number of staff exceeds 20",
            "يجتمع مجلس الإدارة شهريًا إذا زاد عدد الموظفين على 20",
        ],
        [
            "the general assembly meets every year unless the organization is an initiative",
            "تجتمع الجمعية العمومية كل سنة باستثناء المبادرات",
        ],
        [
            "except for initiatives, the board meets quarterly",
            "ما عدا المبادرات، يجتمع مجلس الإدارة كل ربع سنة",
        ],
        [
            "the general assembly may meet by video link with recorded attendance",
            "يجوز انعقاد الجمعية العمومية بالاتصال المرئي مع توثيق الحضور",
        ],
    ],
    entry: [Rule::guarded_en, Rule::guarded_ar],
    read,
    say,
};

fn read(node: &Node<'_>, context: &Context<'_>) -> Result<Norm, Fault> {
    let (guard, slot) =
        if node.has("when") { (Guard::If, "when") } else { (Guard::Unless, "unless") };
    let when = node.inner(&[Inner::Slot(slot)]);
    let Some(Scope::Of(when)) = condition::read_marked(&when, context.vocabulary) else {
        return Err(Fault { wording: Wording::ConditionExpected, slot });
    };
    let duty = if node.has("duty") { "duty" } else { "before" };
    let inner = node.inner(&[Inner::Slot(duty)]);
    let Some((_, norm)) = super::taken(&inner, context) else {
        return Err(Fault { wording: Wording::DutyExpected, slot: duty });
    };
    let norm = Box::new(norm);
    Ok(match (guard, when) {
        // "Unless it is not": if it is.
        (Guard::Unless, Condition::Not(when)) => {
            Norm::Guarded { norm, guard: Guard::If, when: *when }
        }
        (guard, when) => Norm::Guarded { norm, guard, when },
    })
}

fn say(norm: &Norm, vocabulary: &Vocabulary) -> Option<[String; 2]> {
    let Norm::Guarded { norm, guard, when } = norm else { return None };
    let [if_, idha] = match guard {
        Guard::If => ["If", "إذا"],
        Guard::Unless => ["Unless", "ما لم"],
        Guard::Enough => return None,
    };
    let [said, qila] = super::say(norm, vocabulary);
    let said = super::inside(&said);
    let [english, arabic] = condition::say(when, *guard == Guard::Unless, vocabulary);
    Some([format!("{if_} {english}, {said}"), format!("{idha} {arabic}، {qila}")])
}
