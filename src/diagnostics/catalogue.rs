//! The page behind each code, for `explain` and `docs/diagnostics.md`.
//!
//! Every code has a fixture `fixtures/diagnostics/CODE.rules` that triggers it.

mod analysis;

/// What a code means and what to do, English then Arabic.
#[derive(Debug)]
pub struct Page {
    pub code: &'static str,
    pub text: [&'static str; 2],
}

/// The page of a code, in any case of letters.
pub fn page(code: &str) -> Option<&'static Page> {
    pages().find(|page| page.code.eq_ignore_ascii_case(code))
}

/// All pages, by code.
pub fn pages() -> impl Iterator<Item = &'static Page> {
    PAGES.iter().chain(analysis::PAGES)
}

/// Of what is told of a line by itself.
const PAGES: &[Page] = &[
    Page {
        code: "G-101",
        text: [
            "A sentence holds words that neither the vocabulary nor the grammar knows. Usually it is a slip of the pen, and the nearest known phrases are shown. A word that is really new is taught in a file of the folder `vocabulary`.",
            "في الجملة كلمات لا تعرفها المصطلحات ولا القواعد النحوية. غالبًا ما يكون ذلك خطأً إملائيًا، وتُعرض أقرب العبارات المعروفة. أما الكلمة الجديدة حقًا فتُعرَّف في ملف في مجلد `vocabulary`.",
        ],
    },
    Page {
        code: "G-201",
        text: [
            "The wording has more than one meaning, and a rule may have only one: “bi-monthly” is twice a month or every two months. The meanings are shown as whole sentences; choose one.",
            "للعبارة أكثر من معنى، ولا يجوز أن يكون للقاعدة إلا معنى واحد: فـ«5/6» قد يكون الخامس من حزيران أو السادس من أيار. تُعرض المعاني في جمل كاملة لاختيار أحدها.",
        ],
    },
    Page {
        code: "G-202",
        text: [
            "A majority needs its whole: of all members in office, or of those present. The index counts shares of the members in office.",
            "تحتاج الأغلبية إلى أصل تُنسب إليه: جميع الأعضاء الحاليين أو الحاضرون. والنصاب يُحسب من الأعضاء الحاليين.",
        ],
    },
    Page {
        code: "G-203",
        text: [
            "“Promptly” or “regularly” cannot be measured, so nobody could say whether the duty was kept. Write how often, or within how long of what.",
            "لا يمكن قياس «فورًا» أو «دوريًا»، فلا يستطيع أحد القول إن الواجب قد أُدّي. تُكتب عدد المرات أو المهلة ومتى تبدأ.",
        ],
    },
    Page {
        code: "G-204",
        text: [
            "The end of “the year” can be the end of the fiscal year or 31 December, and for some organizations these differ.",
            "نهاية «السنة» قد تكون نهاية السنة المالية أو 31 كانون الأول، وهما مختلفان عند بعض المؤسسات.",
        ],
    },
    Page {
        code: "G-205",
        text: [
            "«لا يجب أن» is read by some as a prohibition and by others as the absence of a duty. Write «يجب ألّا» to forbid and «لا يلزم أن» to free.",
            "يفهم بعض القراء «لا يجب أن» منعًا، ويفهمها آخرون عدم إلزام. تُكتب «يجب ألّا» للمنع و«لا يلزم أن» لعدم الإلزام.",
        ],
    },
    Page {
        code: "G-206",
        text: [
            "A permission, and a sentence that frees from a duty, ask for nothing: the rule is read, shown as not applicable, and never missed. Write the duty with “must” if one is meant.",
            "الإجازة والإعفاء من واجب لا يطلبان شيئًا، فتُقرأ القاعدة وتظهر غير منطبقة ولا يقع إخلال بها. يُكتب الواجب بصيغة «يجب أن» إن كان هو المقصود.",
        ],
    },
    Page {
        code: "G-207",
        text: [
            "What a rule forbids is forbidden at all times. “Must not meet monthly” can forbid the meetings or only so many of them; write the prohibition without a time, or a limit as a duty.",
            "ما تحظره القاعدة محظور في جميع الأوقات. وعبارة «لا يجوز أن يجتمع شهريًا» تحتمل منع الاجتماع أو منع كثرته؛ فيُكتب الحظر بلا موعد، أو يُكتب الحد واجبًا.",
        ],
    },
    Page {
        code: "G-208",
        text: [
            "“Should” advises. The rule counts with severity low, unless it has a line `Severity:` of its own.",
            "«ينبغي» تفيد النصح. تُحتسب القاعدة بدرجة خطورة منخفضة ما لم يُذكر فيها سطر «درجة الخطورة».",
        ],
    },
    Page {
        code: "G-209",
        text: [
            "How often something happens is judged by “at least” only; an upper limit or an exact number cannot be judged yet.",
            "لا يُنظر في عدد المرات إلا بصيغة «على الأقل»، ولا يُنظر بعد في حد أعلى أو عدد محدد تمامًا.",
        ],
    },
    Page {
        code: "G-210",
        text: [
            "A gap between two events, grace and lag run through weekends and holidays; working days count only towards a deadline or a notice. Write calendar days or weeks here.",
            "تشمل المدة بين حدثين ومهلة السماح أيام العطل الأسبوعية والرسمية؛ ولا تُحسب أيام العمل إلا في المواعيد ومدد الإخطار. تُكتب هنا أيام تقويمية أو أسابيع.",
        ],
    },
    Page {
        code: "G-211",
        text: [
            "“Sufficient”, “several” or “recent” cannot be counted, so two readers would judge differently. Write a number, a share of the members, or name the paper and its time.",
            "لا يمكن عدّ «كافٍ» أو «عدة» أو «حديث»، فيختلف القراء في الحكم. يُكتب عدد أو نسبة من الأعضاء، أو يُذكر المستند وموعده.",
        ],
    },
    Page {
        code: "G-301",
        text: [
            "A time has a length but no beginning: within 4 months of what? Add the event that it counts from.",
            "للمهلة مدة ولا بداية لها: أربعة أشهر من ماذا؟ يُضاف الحدث الذي تُحسب منه.",
        ],
    },
    Page {
        code: "G-302",
        text: [
            "The line names a body or a paper and says nothing of it.",
            "يذكر السطر هيئة أو مستندًا ولا يقول عنه شيئًا.",
        ],
    },
    Page {
        code: "G-303",
        text: [
            "No time is written. Papers about a fiscal year and standing papers have times of their own; this one has none.",
            "لم يُذكر موعد. للمستندات الخاصة بسنة مالية وللمستندات الدائمة مواعيد معروفة، وليس لهذا المستند موعد.",
        ],
    },
    Page {
        code: "G-304",
        text: [
            "Every word may be known, and still the sentence has none of the ten shapes. The message says how far it was understood, and shows sentences of the nearest shape.",
            "قد تكون الكلمات كلها معروفة، ولا تكون الجملة على أي من الصيغ العشر. تبيّن الرسالة القدر المفهوم منها وتعرض جملًا من أقرب صيغة.",
        ],
    },
    Page {
        code: "G-305",
        text: [
            "One rule has one duty, so that one verdict can say whether it was kept. Write the second duty as a rule of its own.",
            "لكل قاعدة واجب واحد، لتكون لها نتيجة واحدة. يُكتب الواجب الثاني في قاعدة مستقلة.",
        ],
    },
    Page {
        code: "G-306",
        text: [
            "A number is zero or too large, a share is more than the whole, or the lower limit is above the upper one.",
            "العدد صفر أو أكبر مما ينبغي، أو النسبة أكبر من الكل، أو الحد الأدنى أعلى من الحد الأقصى.",
        ],
    },
    Page {
        code: "G-307",
        text: [
            "The calendar has no such day, or two month names side by side are of different months.",
            "لا يوجد يوم كهذا في التقويم، أو أن اسمي الشهر المتجاورين لشهرين مختلفين.",
        ],
    },
    Page {
        code: "G-308",
        text: [
            "A rule asks the same in every year, so its day has no year.",
            "تطلب القاعدة الأمر نفسه في كل سنة، فلا تُذكر سنة في اليوم.",
        ],
    },
    Page {
        code: "G-309",
        text: [
            "A quorum is judged as a share of the members in office on the day of the meeting, so that it fits boards of any size.",
            "يُحسب النصاب نسبةً من الأعضاء الحاليين يوم الاجتماع، ليناسب المجالس على اختلاف أعدادها.",
        ],
    },
    Page {
        code: "G-310",
        text: [
            "Some sentences hold a duty inside: what is permitted, what is forbidden, what follows an “if”. The part that is quoted has to be a sentence that could be a rule of its own.",
            "تتضمن بعض الجمل واجبًا في داخلها: ما يجوز، وما يُحظر، وما يلي «إذا». والجزء المقتبس ينبغي أن يكون جملة تصلح قاعدة مستقلة.",
        ],
    },
    Page {
        code: "G-311",
        text: [
            "What follows “if”, “unless” or “except” is a type of organization, a number known of it compared with a value or with a part of another number, or a characteristic of the vocabulary.",
            "ما يلي «إذا» و«ما لم» و«باستثناء» هو نوع من المؤسسات، أو عدد معروف عنها يُقارن بقيمة أو بجزء من عدد آخر، أو صفة من المصطلحات.",
        ],
    },
    Page {
        code: "G-401",
        text: [
            "Ids are unique in a rulebook, because findings and history hang on them. A bare sentence's id is made of its words, so the same sentence twice has one id.",
            "الرموز فريدة في مجموعة القواعد لأن الملاحظات والسجل مرتبطة بها. ورمز الجملة المجردة من كلماتها، فللجملة المكررة رمز واحد.",
        ],
    },
    Page {
        code: "G-402",
        text: [
            "A label that may stand once stands twice, and nobody can know which line counts.",
            "عنوان لا يتكرر ورد مرتين، ولا يُعرف أي السطرين يُعتدّ به.",
        ],
    },
    Page {
        code: "G-403",
        text: [
            "The value after a label cannot be read. The message gives an example of one that can.",
            "لا يمكن قراءة القيمة بعد العنوان. تذكر الرسالة مثالًا على قيمة مقروءة.",
        ],
    },
    Page {
        code: "G-404",
        text: [
            "The label describes a rule and stands above the first one, or without indentation. Indent it under its rule.",
            "العنوان يصف قاعدة ويقع فوق القاعدة الأولى أو بلا إزاحة. مكانه تحت قاعدته بإزاحة.",
        ],
    },
    Page {
        code: "G-405",
        text: [
            "A rule names a dimension that the top of the rulebook does not declare.",
            "تذكر القاعدة محورًا لم تُعلنه مجموعة القواعد في أولها.",
        ],
    },
    Page {
        code: "G-406",
        text: [
            "The line belongs to the language and this version does not act on it yet. The rule counts without it.",
            "السطر جزء من اللغة ولا يعمل به هذا الإصدار بعد. تُحتسب القاعدة من دونه.",
        ],
    },
    Page {
        code: "G-407",
        text: [
            "The words before the colon are nearly a label.",
            "الكلمات قبل النقطتين قريبة من أحد العناوين.",
        ],
    },
    Page {
        code: "G-408",
        text: [
            "A label or a rule has nothing after its colon.",
            "لا يوجد شيء بعد نقطتي العنوان أو القاعدة.",
        ],
    },
    Page {
        code: "G-409",
        text: [
            "A condition names types of organizations, or compares a number or an amount with its currency: “yearly income is below 50,000 USD”.",
            "يذكر الشرط أنواعًا من المؤسسات، أو يقارن عددًا أو مبلغًا مع عملته: «يقل الدخل السنوي عن 50000 دولار أمريكي».",
        ],
    },
    Page {
        code: "G-410",
        text: [
            "The label speaks of the whole rulebook and stands inside a rule.",
            "العنوان يخص مجموعة القواعد كلها ويقع داخل قاعدة.",
        ],
    },
    Page {
        code: "G-411",
        text: [
            "An indented line continues the rule above it, and there is none.",
            "السطر المزاح يكمل القاعدة التي فوقه، ولا توجد قاعدة.",
        ],
    },
    Page {
        code: "G-412",
        text: [
            "New words are taught in files of the folder `vocabulary`, so that all rulebooks share them.",
            "تُعرَّف المصطلحات الجديدة في ملفات مجلد `vocabulary` لتشترك فيها مجموعات القواعد كلها.",
        ],
    },
    Page {
        code: "G-413",
        text: [
            "An exception to an exception stands below the exception that it limits.",
            "الاستثناء من الاستثناء مكانه تحت الاستثناء الذي يقيّده.",
        ],
    },
    Page {
        code: "G-414",
        text: [
            "A rule may give way to a rule of its own rulebook or of another one of the network, named by its id, or by rulebook and id: `palestine-ngo-law/PS06`. Where the network does not have a rulebook that is named so, the line changes nothing and no message is given.",
            "يمكن أن تتقدّم على القاعدة قاعدة من مجموعتها أو من مجموعة أخرى في الشبكة، وتُذكر برمزها أو باسم مجموعتها ورمزها: `palestine-ngo-law/PS06`. وإن لم تكن المجموعة المسماة في الشبكة فلا أثر للسطر ولا رسالة بشأنه.",
        ],
    },
    Page {
        code: "G-415",
        text: [
            "A rule may stand in both languages. The two are compared by what they mean, not by their words; the sentence of the rule itself is the authoritative one.",
            "يمكن كتابة القاعدة باللغتين. وتُقارن الجملتان بمعناهما لا بألفاظهما، والمعتمدة هي جملة القاعدة نفسها.",
        ],
    },
    Page {
        code: "G-416",
        text: [
            "`Counts only if` says what has to be so of a meeting or of a paper before it counts. A duty that is kept by a state of things, such as the size of a board, counts nothing; and what the general assembly decides is not held against who came to the board.",
            "يبيّن «لا يُحتسب إلا إذا» ما يلزم في الاجتماع أو المستند حتى يُحتسب. والواجب الذي يُستوفى بحالة قائمة، مثل عدد أعضاء مجلس الإدارة، لا يُعَدّ فيه شيء؛ وما تقرره الجمعية العمومية لا يُقاس بمن حضر مجلس الإدارة.",
        ],
    },
    Page {
        code: "G-417",
        text: [
            "A finding is what Mithaq writes when a duty is not met. Only a duty after `If not met` answers it and can count its time from it; every other duty counts from something that happens or from a day of the year.",
            "الملاحظة هي ما يكتبه ميثاق عند عدم استيفاء واجب. ولا يُجيب عنها ويُحسب موعده منها إلا ما يأتي بعد «عند عدم الاستيفاء»؛ أما سائر الواجبات فتُحسب من حدث أو من يوم في السنة.",
        ],
    },
    Page {
        code: "G-418",
        text: [
            "`If not met` asks for something new once the duty above is found not met: what is done, and within how long of the finding. A duty that is due every quarter, or before something else, cannot begin with a finding.",
            "يطلب «عند عدم الاستيفاء» أمرًا جديدًا متى تبيّن عدم استيفاء الواجب: ما يُنجز، وخلال أي مهلة من الملاحظة. ولا يبدأ بملاحظة واجبٌ يستحق كل ربع سنة أو قبل أمر آخر.",
        ],
    },
    Page {
        code: "G-419",
        text: [
            "A rule that changes stands several times under one id, each time with the days on which it is in force. On every day at most one version may be, so that nobody has to choose between two.",
            "القاعدة التي تتغيّر تُكتب مرات برمز واحد، ولكل مرة أيام نفاذها. ولا تكون نافذةً في اليوم الواحد إلا صيغة واحدة، فلا يُضطر أحد إلى الاختيار بين صيغتين.",
        ],
    },
    Page {
        code: "G-420",
        text: [
            "An index has at most 12 dimensions, so that each still says something and a reader keeps them in mind. Put what belongs together into one dimension, and name its parts as themes of rules.",
            "لا تزيد محاور المؤشر على 12 محورًا، ليبقى لكل منها معنى ويستطيع القارئ تذكّرها. يُجمع ما يتصل بعضه ببعض في محور واحد، وتُذكر أجزاؤه موضوعاتٍ للقواعد.",
        ],
    },
    Page {
        code: "G-501",
        text: [
            "The file is larger than a rule file may be, so it was not read at all.",
            "حجم الملف أكبر من الحد المسموح لملف القواعد، فلم يُقرأ.",
        ],
    },
    Page {
        code: "G-502",
        text: [
            "The sentence is longer than any duty can be and still be understood by its readers.",
            "الجملة أطول من أي واجب يفهمه قراؤه.",
        ],
    },
    Page {
        code: "G-503",
        text: [
            "Rule files are UTF-8 text. Older editors save Windows-1256, Windows-1252 or UTF-16: choose UTF-8 when saving. Nothing is guessed, because a wrong letter could change a rule.",
            "ملفات القواعد نصوص بترميز UTF-8. تحفظ بعض المحررات القديمة بترميز Windows-1256 أو Windows-1252 أو UTF-16: يُرجى اختيار UTF-8 عند الحفظ. ولا يُخمَّن شيء، فقد يغيّر حرف خاطئ معنى قاعدة.",
        ],
    },
    Page {
        code: "G-504",
        text: [
            "Invisible characters can make a line show other words than it holds. They are refused in rules; `check --fix` takes them out.",
            "يمكن لرموز غير مرئية أن تُظهر سطرًا على غير ما هو عليه. لا تُقبل في القواعد، والأمر `check --fix` يحذفها.",
        ],
    },
    Page {
        code: "G-505",
        text: [
            "One number is written with Latin and with Arabic digits, as “1٢”. It may be a slip, and it can be shown in two orders, so it is refused; numbers of either kind may stand side by side.",
            "كُتب عدد واحد بأرقام عربية مشرقية وأرقام غربية معًا، مثل «1٢». قد يكون ذلك سهوًا، وقد يظهر العدد بترتيبين، فلا يُقبل. ويجوز أن يتجاور عددان من النوعين.",
        ],
    },
    Page {
        code: "G-601",
        text: [
            "A line under `Words` has no colon after the word and its Arabic.",
            "سطر تحت «المصطلحات» بلا نقطتين بعد الكلمة ومقابلها.",
        ],
    },
    Page {
        code: "G-602",
        text: [
            "Every word is taught in both languages, with a long dash between them.",
            "يُعرَّف كل مصطلح باللغتين وبينهما شرطة طويلة.",
        ],
    },
    Page {
        code: "G-603",
        text: [
            "After the colon stands what the word is: `a body`, `a role`, `a document that stands`, `a document about one fiscal year`, `an authority`, `a channel` …",
            "بعد النقطتين يُذكر نوع المصطلح: «هيئة»، «منصب»، «مستند دائم»، «مستند عن سنة مالية واحدة»، «جهة رسمية»، «قناة نشر» …",
        ],
    },
    Page {
        code: "G-604",
        text: [
            "A word with this English name is already taught. Add new phrases to it with `also`.",
            "هناك مصطلح معرَّف بهذا الاسم الإنجليزي. تُضاف إليه العبارات الجديدة بالعنوان «أيضًا».",
        ],
    },
    Page {
        code: "G-605",
        text: [
            "A label such as `also` describes the word above it, and there is none.",
            "العنوان مثل «أيضًا» يصف المصطلح الذي فوقه، ولا يوجد.",
        ],
    },
    Page {
        code: "G-606",
        text: [
            "The word after `is a kind of` must be taught before.",
            "يجب أن يكون المصطلح بعد «هو نوع من» معرَّفًا قبله.",
        ],
    },
    Page {
        code: "G-607",
        text: [
            "A phrase has at most ten words, articles not counted. A shorter one that authors would write as well will do.",
            "لا تزيد العبارة على عشر كلمات. وتكفي عبارة أقصر مما يكتبه أصحاب القواعد أيضًا.",
        ],
    },
    Page {
        code: "G-608",
        text: [
            "A vocabulary holds at most 20,000 words, those that come with Mithaq among them.",
            "لا تتسع المصطلحات لأكثر من 20,000 مصطلح، ومنها ما يأتي مع ميثاق.",
        ],
    },
    Page {
        code: "G-609",
        text: [
            "Two words have a phrase that is the same once capitals, vowel signs, articles and the forms of hamza and ta marbuta are left aside. The first word keeps it: those that come with Mithaq stand before those of the network. Write another phrase, or add what the line says to the word that has the phrase.",
            "لمصطلحين عبارة واحدة إذا أُهملت حركات التشكيل وأل التعريف وصور الهمزة والتاء المربوطة وحجم الأحرف اللاتينية. وتبقى العبارة للمصطلح الأول: فما يأتي مع ميثاق يسبق ما تعرّفه الشبكة. تُكتب عبارة أخرى، أو تُضاف بقية السطر إلى المصطلح الذي له العبارة.",
        ],
    },
    Page {
        code: "G-610",
        text: [
            "A phrase begins another one, and the longer is looked for first. For “gala” and “gala committee” that is as it should be, and only noted. It is a warning where the rest says something by itself: with a word “youth council meets”, “the youth council meets every month” is no sentence any more. A word names a thing; what it does stands in the sentence.",
            "تبدأ عبارة بعبارة أخرى، ويُبحث عن أطولهما أولًا. في «الحفل» و«الحفل السنوي» هذا هو المطلوب، فلا تُذكر إلا ملاحظة. وهو تنبيه حيث تقول البقية شيئًا بنفسها: فبوجود مصطلح «يجتمع مجلس الشباب» لا تعود «يجتمع مجلس الشباب كل شهر» جملة. فالمصطلح يسمّي الشيء، أما ما يفعله فمكانه الجملة.",
        ],
    },
    Page {
        code: "G-611",
        text: [
            "A document is known by its signs: `looks like: titled \"…\"` for its title, `says \"…\"` for words anywhere in it, `named …` for the name of its file. Without one no paper is taken for it, and no rule about it can be seen to be kept.",
            "يُعرف المستند بعلاماته: <bdi>`علاماته: عنوانه «…»`</bdi> لعنوانه، و`نصه «…»` لكلمات ترد فيه، و`اسم ملفه …` لاسم ملفه. ومن دون علامة لا يُعدّ أي مستند منه، ولا يمكن أن يظهر استيفاء قاعدة عنه.",
        ],
    },
    Page {
        code: "G-612",
        text: [
            "Sentences are made of words such as “within”, “each” and “of”, and of words that come with Mithaq. A taught phrase that is one of them, or that joins several, is found before they are, and sentences that held them are read otherwise or not at all.",
            "تتكون الجمل من كلمات مثل «خلال» و«كل» و«من»، ومن مصطلحات تأتي مع ميثاق. والعبارة المعرَّفة التي هي إحداها أو تجمع عددًا منها يُعثر عليها قبلها، فتُقرأ الجمل التي كانت فيها على غير وجهها أو لا تُفهم.",
        ],
    },
    Page {
        code: "G-901",
        text: [
            "An example says what is on file in parts between semicolons: a deed with its day (“the board met on 12 February 2026”), a paper with what it states (“audited accounts (for 2025, published 30 March 2026)”), or what the register says (“type: association”). “met on 9 May 2026” alone is what the rule itself asks for.",
            "يبيّن المثال ما في الملف في أجزاء تفصل بينها فاصلة منقوطة: فعل ويومه («اجتمع مجلس الإدارة في 12 شباط 2026»)، أو مستند وما يذكره («القوائم المالية المدققة (عن 2025، نُشرت 30 آذار 2026)»)، أو ما في سجل المؤسسة («النوع: جمعية»). وعبارة «في 9 أيار 2026» وحدها تعني ما تطلبه القاعدة نفسها.",
        ],
    },
    Page {
        code: "G-902",
        text: [
            "After what is on file stands a day, an arrow, and the state of the slot that holds the day: “on 10 December 2026 -> due soon”. With “seen on 20 January 2027” it is looked at later, and “the rule on …” is the rule as a whole. States are called as `mithaq verdicts` calls them; “not met” is still owed or closed, “undecided” awaiting or insufficient evidence.",
            "بعد ما في الملف يأتي يوم وسهم وحالة الفترة التي تضم ذلك اليوم: «في 10 كانون الأول 2026 -> يقترب موعدها». وتعني «كما تُرى في 20 كانون الثاني 2027» النظر إليها لاحقًا، و«القاعدة في …» القاعدة كلها. وأسماء الحالات هي التي يعرضها `mithaq verdicts`، و«غير مستوفاة» تشمل ما زال مطلوبًا وما أُغلق، و«لم تُحسم» تشمل انتظار الدليل وعدم كفايته.",
        ],
    },
    Page {
        code: "G-903",
        text: [
            "An example without an arrow says what is on file and not what follows from it, so there is nothing to test.",
            "المثال الذي لا سهم فيه يذكر ما في الملف ولا يذكر ما ينتج عنه، فلا شيء فيه يُختبر.",
        ],
    },
    Page {
        code: "G-904",
        text: [
            "An example has at most 60 parts. A worked example that nobody can follow proves nothing to its readers.",
            "لا تزيد أجزاء المثال على 60 جزءًا. والمثال الذي لا يستطيع أحد تتبعه لا يُقنع قارئه بشيء.",
        ],
    },
    Page {
        code: "G-905",
        text: [
            "A heading of a case file names a rule by its id. The rule may have been renamed, or stand in another rulebook: then write the rulebook before it, “palestine-ngo-law/PS09”.",
            "يذكر العنوان في ملف الحالات قاعدة برمزها. وقد يكون رمز القاعدة قد تغيّر، أو تكون في مجموعة قواعد أخرى، فتُكتب المجموعة قبله: «palestine-ngo-law/PS09».",
        ],
    },
];
