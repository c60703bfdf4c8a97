//! The texts of the help: English as it stands where a command is defined, and Arabic.

pub(super) const ARABIC: &[(&str, &str)] = &[
    (
        "Take a message that somebody sent us, on standard input: a reply or a bounce",
        "استلام رسالة واردة من المدخل القياسي: رد أو رسالة عادت دون تسليم",
    ),
    (
        "An address that it was delivered to; may be given several times",
        "عنوان سُلّمت إليه الرسالة؛ ويمكن تكرار الخيار",
    ),
    (
        "List what was answered to letters and waits for a decision",
        "عرض الردود على الرسائل التي تنتظر البتّ فيها",
    ),
    (
        "Those that are decided, and what nothing followed from, too",
        "مع ما تم البتّ فيه وما لم يترتب عليه شيء",
    ),
    (
        "Write down what was decided about an answer, and tell whoever asked",
        "تدوين ما تقرر بشأن رد، وإبلاغ من أرسله",
    ),
    ("Its number in the list of answers", "رقمه في قائمة الردود"),
    ("What was decided, and why", "ما تقرر، وسببه"),
    (
        "Who decided; the officer that mithaq.toml names unless given",
        "صاحب القرار؛ وإن لم يُذكر فمن يتولّى متابعة الالتزام بحسب mithaq.toml",
    ),
    (
        "Tell a finding again from what was known then, and compare it with what was told",
        "إعادة استنتاج ملاحظة مما كان معلومًا وقتها، ومقارنتها بما أُبلغ",
    ),
    (
        "The finding's short name, as letters and `mithaq findings` give it",
        "الاسم القصير للملاحظة كما يرد في الرسائل وفي `mithaq findings`",
    ),
    (
        "Write rule files in canonical words, each rule in its own language",
        "كتابة ملفات القواعد بالصيغة المعتمدة، كل قاعدة بلغتها",
    ),
    ("Print rule files in the other language", "عرض ملفات القواعد باللغة الأخرى"),
    (
        "Change nothing, name the files that are not canonical, and fail if there are any",
        "عدم تغيير شيء، وذكر الملفات التي ليست بالصيغة المعتمدة، والفشل إن وُجدت",
    ),
    ("The language to write in", "اللغة المطلوب الكتابة بها"),
    (
        "Reads papers against rules written in plain English or Arabic, and writes letters",
        "يقرأ المستندات على ضوء قواعد مكتوبة بعربية أو إنجليزية واضحة، ويكتب الرسائل",
    ),
    (
        "The network's folder; the nearest one upward with a mithaq.toml unless given",
        "مجلد الشبكة؛ وإن لم يُذكر فأقرب مجلد إلى الأعلى فيه mithaq.toml",
    ),
    ("The language of what is printed", "لغة ما يُعرض"),
    ("For people or for programs", "للناس أو للبرامج"),
    ("Print only data and errors", "عرض البيانات والأخطاء فقط"),
    (
        "Print more of what is done; twice for everything",
        "عرض المزيد مما يجري، ومرتين لعرض كل شيء",
    ),
    ("How log lines look", "شكل أسطر السجل"),
    (
        "The day that is judged; today unless given",
        "اليوم الذي يُحكم عليه؛ وإن لم يُذكر فاليوم",
    ),
    (
        "Up to when arrivals are known; now unless given",
        "اللحظة التي يُعرف ما وصل حتى حلولها؛ وإن لم تُذكر فالآن",
    ),
    (
        "Make a new network: settings, a first rule, a sample organization",
        "إنشاء شبكة جديدة: الإعدادات وقاعدة أولى ومؤسسة نموذجية",
    ),
    (
        "A rulebook to begin with, in place of the first rule; may be given several times",
        "مجموعة قواعد جاهزة للبدء بها بدلًا من القاعدة الأولى؛ ويمكن تكرار الخيار",
    ),
    (
        "The folder to make; its name becomes the network's",
        "المجلد المراد إنشاؤه، ويصبح اسمه اسم الشبكة",
    ),
    (
        "Watch the whole of it at work, on a sample network",
        "مشاهدة العمل كله على شبكة نموذجية",
    ),
    (
        "End by itself when the last paper is answered",
        "الانتهاء تلقائيًا بعد الرد على آخر مستند",
    ),
    (
        "Lay the scratch network here and leave it when the demo ends",
        "إنشاء الشبكة المؤقتة هنا وإبقاؤها بعد انتهاء العرض",
    ),
    (
        "Look at every folder once: read, judge, write letters, and end",
        "المرور على كل مجلد مرة واحدة: قراءة وحكم وكتابة رسائل، ثم الانتهاء",
    ),
    (
        "The same for ever; SIGHUP reads again what people wrote, SIGTERM stops",
        "العمل نفسه على الدوام؛ تعيد الإشارة SIGHUP قراءة ما كتبه الناس، وتوقفه SIGTERM",
    ),
    (
        "The state of every rule for every organization on a day",
        "نتيجة كل قاعدة لكل مؤسسة في يوم ما",
    ),
    ("Only this organization", "هذه المؤسسة فقط"),
    (
        "Papers that wait for somebody, and what people state of papers",
        "المستندات التي تنتظر من ينظر فيها، وما يذكره الناس عن المستندات",
    ),
    (
        "The paper: its path, the end of its path, or the first digits of its hash; without it the papers that wait for somebody are listed",
        "المستند: مساره أو آخر مساره أو أوائل بصمته؛ وإن لم يُذكر عُرضت المستندات التي تنتظر من ينظر فيها",
    ),
    (
        "What is stated, such as kind=budget or meeting_date=2026-03-05; without it the paper is shown",
        "ما يُذكر عنه، مثل kind=budget أو meeting_date=2026-03-05؛ وإن لم يُذكر شيء عُرض المستند",
    ),
    (
        "State what was read of it: it was read rightly",
        "تأكيد ما قُرئ منه: كانت قراءته صحيحة",
    ),
    ("Take back all that was stated of it before", "سحب كل ما ذُكر عنه من قبل"),
    (
        "Copy the network, its store and its papers into another folder, while it works",
        "نسخ الشبكة ومخزنها ومستنداتها إلى مجلد آخر دون إيقاف العمل",
    ),
    (
        "The folder of backups: each time adds a generation, and papers that are there already are not copied again",
        "مجلد النسخ الاحتياطية: تضاف نسخة في كل مرة، ولا تُنسخ المستندات الموجودة فيه من جديد",
    ),
    (
        "Generations that stay; older ones are removed",
        "عدد النسخ التي تبقى، وتُزال الأقدم منها",
    ),
    (
        "Make none: hold every file of the newest generation against its hash",
        "التحقق من بصمة كل ملف في أحدث نسخة دون إنشاء نسخة جديدة",
    ),
    (
        "Check a backup and lay the network that it holds into a new folder",
        "التحقق من نسخة احتياطية ووضع الشبكة التي فيها في مجلد جديد",
    ),
    (
        "Print figures for a monitoring system instead, in the text format of Prometheus",
        "عرض أرقام لنظام مراقبة بدلًا من ذلك، بصيغة Prometheus النصية",
    ),
    ("The folder of backups", "مجلد النسخ الاحتياطية"),
    (
        "The network's new folder: it must not be there, or be empty",
        "مجلد الشبكة الجديد: يجب ألا يكون موجودًا أو أن يكون فارغًا",
    ),
    (
        "A generation by the name of its folder; the newest unless given",
        "نسخة باسم مجلدها؛ وهي الأحدث ما لم تُذكر",
    ),
    (
        "Erase a paper and all that was kept of it: for what should never have been dropped",
        "محو مستند وكل ما حُفظ منه: لما لم يكن ينبغي إيداعه أصلًا",
    ),
    (
        "The paper: its path, the end of its path, or the first digits of its hash",
        "المستند: مساره أو آخر مساره أو أول أرقام بصمته",
    ),
    (
        "The reason, for whoever asks later; it stays on record",
        "السبب، لمن يسأل لاحقًا؛ ويبقى مسجّلًا",
    ),
    (
        "Who has it erased; the name of whoever is logged in unless given",
        "طالب المحو؛ وهو المستخدم الحالي ما لم يُذكر",
    ),
    (
        "Erase it; without this only what would be erased is shown",
        "تنفيذ المحو؛ ومن دونه يُعرض ما سيُمحى فقط",
    ),
    (
        "Who states it; the name of whoever is logged in unless given",
        "من يذكر ذلك؛ وإن لم يُبيَّن فاسم المستخدم الحالي",
    ),
    ("The reason, for whoever asks later", "السبب، لمن يسأل عنه لاحقًا"),
    (
        "Only this rule: its id, or rulebook/id",
        "هذه القاعدة فقط: رمزها أو المجموعة/الرمز",
    ),
    (
        "The least severity of a rule not met that makes the exit code 1",
        "أدنى درجة خطورة لقاعدة غير مستوفاة تجعل رمز الخروج 1",
    ),
    ("One verdict with everything it rests on", "نتيجة واحدة وكل ما تستند إليه"),
    ("The rule's id, or rulebook/id", "رمز القاعدة أو المجموعة/الرمز"),
    ("The organization's id: its folder's name", "رمز المؤسسة: اسم مجلدها"),
    (
        "The Governance Index, its history, and what moved it",
        "مؤشر الحوكمة وتاريخه وما غيّره",
    ),
    (
        "The series as it was published, instead of the value on the day",
        "السلسلة كما نُشرت، بدل القيمة في اليوم",
    ),
    (
        "What moved it between two days: 2026-01-01..2026-06-30",
        "ما غيّره بين يومين: 2026-01-01..2026-06-30",
    ),
    (
        "With the history: every value judged again by the rules of today and all known now",
        "مع التاريخ: كل قيمة يُعاد حسابها بقواعد اليوم وبكل ما هو معروف الآن",
    ),
    (
        "Pin what the index rests on and every value of a day in releases/NAME.json",
        "تثبيت ما يستند إليه المؤشر وكل قيم يوم في الملف releases/NAME.json",
    ),
    (
        "Compute a release again: it is the same, or each difference is named",
        "إعادة حساب إصدار للمؤشر: إما مطابق، وإما يُسمّى كل اختلاف",
    ),
    ("Letters, digits, hyphens, dots and underscores", "حروف لاتينية وأرقام وشرطات ونقاط"),
    ("The release's file", "ملف الإصدار"),
    (
        "How far each index rests on weights, the kind of mean, what late counts and the unknown",
        "مدى اعتماد كل مؤشر على الأوزان ونوع المتوسط واحتساب المتأخر وما ليس معروفًا",
    ),
    (
        "What the runs are drawn from; the same seed gives the same runs",
        "ما تُسحب منه المحاولات؛ والعدد نفسه يعطي المحاولات نفسها",
    ),
    ("How many runs", "عدد المحاولات"),
    (
        "Indexes, verdicts and deltas for spreadsheets, programs and browsers",
        "المؤشرات والنتائج وأسباب التغيّر لجداول البيانات والبرامج والمتصفحات",
    ),
    ("What is written", "صيغة ما يُكتب"),
    (
        "The file to write; printed unless given, but for a workbook",
        "الملف المطلوب؛ وإن لم يُذكر عُرض المحتوى، إلا المصنّف",
    ),
    ("The one table of a CSV file", "الجدول الوحيد في ملف CSV"),
    (
        "What moved the indexes between two days: 2026-01-01..2026-06-30",
        "ما غيّر المؤشرات بين يومين: 2026-01-01..2026-06-30",
    ),
    (
        "On the page, the quartiles of groups, as with `index --by`",
        "في الصفحة، أرباع الفئات كما في `index --by`",
    ),
    (
        "Groups instead of organizations, by type, governorate, jurisdiction, membership or a type of organization such as federation; several with a slash",
        "فئات بدل المؤسسات، بحسب type أو governorate أو jurisdiction أو membership أو نوع مؤسسة مثل federation؛ وتُفصل المستويات بخط مائل",
    ),
    (
        "Whether the evidence tells these organizations apart",
        "هل تكفي الأدلة للتمييز بين هذه المؤسسات",
    ),
    ("What somebody has to act on", "ما يحتاج إلى إجراء"),
    ("Also closed ones", "المغلقة أيضًا"),
    (
        "The least severity that makes the exit code 1",
        "أدنى درجة خطورة تجعل رمز الخروج 1",
    ),
    ("List the papers and what became of each", "عرض المستندات وما آل إليه كل منها"),
    ("Only this organization's papers", "مستندات هذه المؤسسة فقط"),
    (
        "Only papers in this state: understood, `needs_a_look`, `none_of_ours`, `not_accepted`",
        "المستندات في هذه الحالة فقط: understood أو needs_a_look أو none_of_ours أو not_accepted",
    ),
    (
        "Also files that were set aside by their names or refused",
        "الملفات المستبعدة بأسمائها أو المرفوضة أيضًا",
    ),
    (
        "Prove that the record was not changed, or print it",
        "إثبات أن سجل القيود لم يتغير، أو عرضه",
    ),
    (
        "Follow the chain from its beginning and name the first link that does not hold",
        "تتبّع السلسلة من بدايتها وتسمية أول حلقة لا تصح",
    ),
    (
        "Checkpoints that were kept elsewhere: a copy of .mithaq/checkpoints, or some of its lines",
        "نقاط تحقق محفوظة في مكان آخر: نسخة من الملف .mithaq/checkpoints أو بعض أسطره",
    ),
    (
        "Print every entry, one JSON object a line",
        "عرض كل القيود، في كل سطر كائن JSON واحد",
    ),
    ("How the service does, with a fix for each fault", "حال الخدمة مع حل لكل خلل"),
    (
        "Everything that could be wrong with the network, its store and the machine",
        "كل ما قد يكون مختلًا في الشبكة ومخزنها والجهاز",
    ),
    (
        "The words that rules are written in: list them, find one, teach one",
        "المصطلحات التي تُكتب بها القواعد: عرضها والبحث فيها وتعريف مصطلح جديد",
    ),
    ("All words, with what each is", "المصطلحات كلها ونوع كل منها"),
    (
        "The words that hold some letters, in either language",
        "المصطلحات التي فيها أحرف معيّنة بأي من اللغتين",
    ),
    (
        "Letters of a word; capitals, vowel signs and forms of hamza do not count",
        "أحرف من المصطلح، ولا يُعتدّ بالتشكيل ولا بصور الهمزة ولا بحجم الأحرف اللاتينية",
    ),
    (
        "Teach a word: what no option says is asked for",
        "تعريف مصطلح: ما لا يذكره خيار يُسأل عنه",
    ),
    ("Only what the network taught itself", "ما عرّفته الشبكة بنفسها فقط"),
    (
        "The word in English; a deed begins with “to”",
        "المصطلح بالإنجليزية، ويبدأ الفعل بـ to",
    ),
    (
        "The word in Arabic; of a deed «يدعم / تدعم / دعم»",
        "المصطلح بالعربية، وللفعل «يدعم / تدعم / دعم»",
    ),
    (
        "What it is, such as “a body” or “a document that stands”",
        "ما هو، مثل «هيئة» أو «مستند دائم»",
    ),
    (
        "Another way to say it; may be given several times",
        "عبارة أخرى له، ويمكن تكرار الخيار",
    ),
    (
        "What the title of such a paper says; may be given several times",
        "ما يرد في عنوان هذا المستند، ويمكن تكرار الخيار",
    ),
    (
        "The file of the network's folder vocabulary to write to",
        "الملف الذي يُكتب فيه من مجلد الشبكة vocabulary",
    ),
    (
        "Check rules while they are written: what an editor starts",
        "فحص القواعد أثناء كتابتها: ما يشغّله المحرّر",
    ),
    ("Print the completion script of a shell", "عرض نص الإكمال التلقائي لسطر الأوامر"),
    (
        "bash, zsh, fish, elvish or powershell",
        "bash أو zsh أو fish أو elvish أو powershell",
    ),
    (
        "Rule files or folders of them; the network's rules unless given",
        "ملفات قواعد أو مجلداتها؛ وإن لم تُذكر فقواعد الشبكة",
    ),
    (
        "One sentence against the standard vocabulary and the network's words, instead of files",
        "جملة واحدة وفق المصطلحات الأساسية ومصطلحات الشبكة، بدل الملفات",
    ),
    (
        "Let warnings fail too: all, or these codes; mithaq.toml can name them once",
        "اعتبار التنبيهات أخطاءً أيضًا: كلها أو هذه الرموز، ويمكن ذكرها مرة واحدة في mithaq.toml",
    ),
    (
        "Put right what can be put right without a question, and show each changed line",
        "تصحيح ما يمكن تصحيحه من دون سؤال، وعرض كل سطر تغيّر",
    ),
    (
        "Show what --fix would change, and change nothing",
        "عرض ما يغيّره الخيار --fix من دون تغيير شيء",
    ),
    (
        "A rule's id, rulebook/id, a sentence, or a code such as G-101",
        "رمز قاعدة أو المجموعة/الرمز أو جملة أو رمز رسالة مثل G-101",
    ),
    (
        "Say what papers state, with the passages; nothing is stored",
        "بيان ما تذكره المستندات مع نصوصه، دون حفظ شيء",
    ),
    ("The papers to read", "المستندات المراد قراءتها"),
    (
        "Read them as papers of this organization: its names for its bodies hold",
        "قراءتها على أنها لهذه المؤسسة، بالأسماء التي تطلقها على هيئاتها",
    ),
    ("Print the text of a paper in logical order", "عرض نص مستند بترتيبه المنطقي"),
    ("The paper to take the text of", "المستند المراد استخراج نصه"),
    ("Who receives it", "من يستلمها"),
    ("Those that have left too", "التي غادرت أيضًا"),
    ("Its number in the queue", "رقمها في قائمة الانتظار"),
    (
        "Stop sending: letters go to the folder outbox again",
        "وقف الإرسال: تعود الرسائل إلى المجلد outbox",
    ),
    (
        "What changed rules would do to real organizations; nothing is stored or sent",
        "أثر القواعد المعدّلة في المؤسسات الفعلية، ولا يُحفظ شيء ولا يُرسل",
    ),
    (
        "Rule files or folders of them, in place of the network's rulebooks of those names",
        "ملفات قواعد أو مجلدات منها، مكان مجموعات القواعد التي تحمل أسماءها في الشبكة",
    ),
    (
        "Look at every day from this one on, not at the day judged alone",
        "النظر في كل يوم ابتداءً من هذا اليوم، لا في اليوم المنظور وحده",
    ),
    (
        "What would become of groups too, as with `index --by`",
        "ما تصير إليه الفئات أيضًا، كما في `index --by`",
    ),
    (
        "The worked cases beside the rules: what fails, and what no case shows",
        "الحالات المحلولة بجانب القواعد: ما لا يصح منها، وما لا تبيّنه أي حالة",
    ),
    (
        "Rule files, case files or folders of them; the network's rules unless given",
        "ملفات قواعد أو ملفات حالات أو مجلدات منها، وقواعد الشبكة ما لم تُذكر",
    ),
    (
        "Let a rule that no case shows met, not met and undecided fail too",
        "عدّ القاعدة التي لا تبيّنها الحالات مستوفاةً وغير مستوفاة وقبل أن تُحسم خللًا أيضًا",
    ),
    (
        "Rule files: what each rule means in both languages, and what is wrong",
        "ملفات القواعد: معنى كل قاعدة باللغتين، وما فيها من أخطاء",
    ),
    (
        "A rule with its choices and a worked timeline, or the page of a code",
        "قاعدة مع خياراتها ومثال زمني عليها، أو صفحة رمز رسالة",
    ),
    (
        "Letters: see what would be written, test the way, mind the queue",
        "الرسائل: معاينة ما سيُكتب، وتجربة الإرسال، ومتابعة قائمة الانتظار",
    ),
    (
        "Write the letters that a scan would write now, as .eml and .html, and send nothing",
        "كتابة الرسائل التي كان المرور سيكتبها الآن، بصيغتي .eml و.html، دون إرسال شيء",
    ),
    (
        "Where to put them [default: the folder mail-preview of the network]",
        "مكان وضعها [وإن لم يُذكر فالمجلد mail-preview في الشبكة]",
    ),
    (
        "Send one letter to prove the way; without a server it is written to the outbox",
        "إرسال رسالة واحدة للتجربة؛ ومن دون خادم تُكتب في المجلد outbox",
    ),
    ("List the letters that are not done with", "عرض الرسائل التي لم تكتمل"),
    ("All that are held", "كل الرسائل الموقوفة"),
    ("Have a letter sent again", "إعادة إرسال رسالة"),
    (
        "Send letters by SMTP from now on; before it they only go to the folder outbox",
        "إرسال الرسائل عبر SMTP من الآن؛ وقبل ذلك تُكتب في المجلد outbox فقط",
    ),
];
