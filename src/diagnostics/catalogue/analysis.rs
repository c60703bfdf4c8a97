//! The pages of what shows only between rules.

use crate::diagnostics::catalogue::Page;

/// By code.
pub(super) const PAGES: &[Page] = &[
    Page {
        code: "G-701",
        text: [
            "Two rules that bind the same organization on the same day ask for what nobody can do both: at least 7 members and at most 5, a deed and its prohibition. The message names an organization and a day. Where one of them is meant to win, the other says `Gives way to`.",
            "قاعدتان تسريان على مؤسسة واحدة في يوم واحد وتطلبان ما لا يجتمع: سبعة أعضاء على الأقل وخمسة على الأكثر، أو فعل وحظره. تذكر الرسالة مؤسسة ويومًا. وإن كان المقصود أن تتقدّم إحداهما فيُكتب في الأخرى «تتقدّم عليها».",
        ],
    },
    Page {
        code: "G-702",
        text: [
            "Whoever keeps the other rule keeps this one too, on every day and whatever the organization: a quarterly meeting beside a monthly one. It is counted twice in the index and tells nobody anything. Only rules of one rulebook, or of rulebooks in one index, are compared so: a charter may say again what a law says.",
            "من يفي بالقاعدة الأخرى يفي بهذه أيضًا في كل يوم وأيًا كانت المؤسسة، كاجتماع كل ربع سنة إلى جانب اجتماع كل شهر. فتُحسب في المؤشر مرتين ولا تفيد أحدًا. ولا تُقارن على هذا النحو إلا قواعد مجموعة واحدة أو مجموعات مؤشر واحد، إذ يجوز للميثاق أن يكرر ما في القانون.",
        ],
    },
    Page {
        code: "G-703",
        text: [
            "No organization that there could be is ever asked for anything: the scope contradicts itself, an exception is as wide as the scope, the rule ends before it begins, or another rule goes before it everywhere.",
            "لا يُطلب شيء من أي مؤسسة ممكنة: إما لأن نطاق القاعدة يناقض نفسه، أو لأن استثناءً يشمله كله، أو لأن القاعدة تنتهي قبل أن تبدأ، أو لأن قاعدة أخرى تتقدّم عليها في كل حال.",
        ],
    },
    Page {
        code: "G-704",
        text: [
            "An exception holds for nobody whom the rule binds, or asks for what the rule asks anyway. Often a number is on the wrong side: “above” for “below”.",
            "استثناء لا ينطبق على أحد ممن تسري عليهم القاعدة، أو يطلب ما تطلبه أصلًا. وكثيرًا ما يكون السبب رقمًا في غير جهته: «يزيد على» مكان «يقل عن».",
        ],
    },
    Page {
        code: "G-705",
        text: [
            "None of the network's organizations is of a type that a rule binds, or a type of organization that the rulebook binds has no rule in one of its dimensions, so that its index says nothing there. The types stand in each `organization.toml`.",
            "لا توجد في الشبكة مؤسسة من نوع تسري عليه القاعدة، أو لا توجد في أحد المحاور قاعدة تسري على نوع من المؤسسات تخاطبه المجموعة، فلا يقول المؤشر شيئًا هناك. وأنواع المؤسسات مذكورة في ملفات `organization.toml`.",
        ],
    },
    Page {
        code: "G-706",
        text: [
            "One rule is due before another, whose step has to come first, may be finished: accounts published within one month, and audited within four. Or the order that rules ask for has no calendar: each of two steps before the other.",
            "قاعدة تستحق قبل انتهاء أجل خطوة يجب أن تسبقها: نشر الحسابات خلال شهر وتدقيقها خلال أربعة. أو أن الترتيب المطلوب لا يمكن أن يقع: كل خطوة من خطوتين قبل الأخرى.",
        ],
    },
    Page {
        code: "G-707",
        text: [
            "A day can be counted in two ways, the rulebook does not say which it means, and for some organizations of this network the two differ. Without a line the message names what is taken: months to the month end, quarters of the calendar year.",
            "يمكن حساب الموعد بطريقتين، ولا تذكر مجموعة القواعد أيهما تقصد، وتختلفان عند بعض مؤسسات هذه الشبكة. وما لم يُكتب سطر يُؤخذ بما تذكره الرسالة: الأشهر إلى نهاية الشهر، والأرباع أرباع السنة الميلادية.",
        ],
    },
    Page {
        code: "G-708",
        text: [
            "The rule rests on a kind of paper that the vocabulary describes by no sign, so no reader can tell such a paper from others and the rule stays undecided for ever.",
            "تقوم القاعدة على نوع من المستندات لا تذكر المصطلحات له علامة، فلا يميّزه أي قارئ عن غيره، وتبقى القاعدة بلا حكم.",
        ],
    },
    Page {
        code: "G-709",
        text: [
            "A rule has examples, in its own lines or in a case file, and none of them shows it not met. Such examples pass whatever the rule says; one that fails proves that it can be broken. Rules without any example are not told of here: `mithaq test` lists what no case shows.",
            "للقاعدة أمثلة في أسطرها أو في ملف حالات، ولا يُظهر أي منها عدم استيفائها. تنجح أمثلة كهذه أيًا كان نص القاعدة، ومثال واحد غير مستوفى يثبت أن الإخلال ممكن. ولا تُذكر هنا القواعد التي لا أمثلة لها، فالأمر `mithaq test` يسرد ما لا تُظهره أي حالة.",
        ],
    },
    Page {
        code: "G-710",
        text: [
            "Somebody promised to look at the rule again by a day that is over.",
            "وعد أحدهم بالنظر في القاعدة من جديد في موعد انقضى.",
        ],
    },
];
