//! Letters that gather: the week of an organization, of a network, and the first summary.

use super::Letter;
use super::body::Digest;
use super::body::DigestLine;
use super::body::FirstSummary;
use super::body::InsteadOf;
use super::body::Occasion;
use super::body::OfficerSummary;
use super::index_delta;
use super::page::Block;
use super::page::Item;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::Case;
use super::words::Noun;
use super::words::clean;
use super::words::counted;
use super::words::date;
use super::words::from_to;
use super::words::name;
use super::words::tenths;
use crate::text::Bilingual;
use crate::text::Language;

/// A checkpoint is a name, a number, a hash and a signature.
const CHECKPOINT_CHARS_MAX: usize = 400;

pub(crate) fn page(letter: &Letter, digest: &Digest) -> Page {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let until = plain_date(digest.week.to, language);
    let subject = match (language, digest.instead_of) {
        (Language::English, None) => format!("Your week — {organization} — {until}"),
        (Language::Arabic, None) => format!("ملخّص الأسبوع — {organization} — {until}"),
        (Language::English, Some(InsteadOf::Storm { .. })) => {
            format!("Much changed at once — {organization} — {until}")
        }
        (Language::Arabic, Some(InsteadOf::Storm { .. })) => {
            format!("تغيّر الكثير دفعة واحدة — {organization} — {until}")
        }
        (Language::English, Some(InsteadOf::FullDay { .. })) => {
            format!("Several matters in one letter — {organization} — {until}")
        }
        (Language::Arabic, Some(InsteadOf::FullDay { .. })) => {
            format!("عدة أمور في رسالة واحدة — {organization} — {until}")
        }
    };
    let mut page = Page::new(language, tone(digest), subject);
    page.lead(standing(
        digest.counts.met,
        digest.counts.not_met,
        digest.counts.total(),
        language,
    ));
    page.paragraph(match digest.instead_of {
        None => week(digest.week, language),
        Some(many) => instead_of(many, language),
    });
    page.list(
        heading(language, "What changed", "ما تغيّر"),
        phrases::rule_items(&digest.changed, language),
    );
    page.list(
        heading(language, "What is open", "ما هو مفتوح"),
        phrases::rule_items(&digest.open, language),
    );
    page.list(
        heading(language, "What comes", "ما هو قادم"),
        phrases::rule_items(&digest.coming, language),
    );
    page.heading(heading(language, "All rules", "القواعد كلها"));
    page.blocks.push(phrases::count_rows(digest.counts, language));
    checkpoint(&mut page, digest.checkpoint.as_deref());
    phrases::foot(&mut page, letter);
    page
}

pub(crate) fn officer_page(letter: &Letter, summary: &OfficerSummary) -> Page {
    let language = letter.to.language;
    let network = clean(letter.to.organization_name.read_in(language));
    let until = plain_date(summary.week.to, language);
    let subject = match language {
        Language::English => format!("The network's week — {network} — {until}"),
        Language::Arabic => format!("أسبوع الشبكة — {network} — {until}"),
    };
    let tone = if summary.late > 0 { Tone::Look } else { Tone::Good };
    let mut page = Page::new(language, tone, subject);
    page.lead(network_standing(summary, language));
    page.paragraph(week(summary.week, language));
    page.list(
        heading(language, "New since last week", "جديد هذا الأسبوع"),
        of_organizations(&summary.newly_late, language),
    );
    page.list(
        heading(language, "Waivers that end within a month", "إعفاءات تنتهي خلال شهر"),
        of_organizations(&summary.waivers, language),
    );
    page.list(
        heading(
            language,
            "Documents that wait for a person",
            "مستندات بانتظار من ينظر فيها",
        ),
        pairs(&summary.to_review, language),
    );
    page.list(
        heading(language, "People we could not reach", "من تعذّر الوصول إليهم"),
        pairs(&summary.unreachable, language),
    );
    checkpoint(&mut page, summary.checkpoint.as_deref());
    phrases::foot(&mut page, letter);
    page
}

pub(crate) fn first_page(letter: &Letter, summary: &FirstSummary) -> Page {
    let language = letter.to.language;
    let organization = clean(letter.to.organization_name.read_in(language));
    let subject = match (language, &summary.occasion) {
        (Language::English, Occasion::NewRulebook(rules)) => {
            format!("New rules — {} — {organization}", clean(rules))
        }
        (Language::Arabic, Occasion::NewRulebook(rules)) => {
            format!("قواعد جديدة — {} — {organization}", clean(rules))
        }
        (Language::English, _) => format!("Where you stand — {organization}"),
        (Language::Arabic, _) => format!("أين أنتم الآن — {organization}"),
    };
    let mut page = Page::new(language, Tone::Calm, subject);
    let counts = summary.counts;
    let standing = standing(counts.met, counts.not_met, counts.total(), language);
    let is_new = matches!(summary.occasion, Occasion::NewRulebook(_));
    if is_new {
        page.lead(occasion(summary, language));
        page.paragraph(standing);
    } else {
        page.lead(standing);
        page.paragraph(occasion(summary, language));
    }
    page.list(
        heading(language, "What is open", "ما هو مفتوح"),
        phrases::rule_items(&summary.open, language),
    );
    page.heading(if is_new {
        heading(language, "Its rules", "قواعدها")
    } else {
        heading(language, "All rules", "القواعد كلها")
    });
    page.blocks.push(phrases::count_rows(counts, language));
    if let Some(point) = &summary.index {
        page.heading(heading(language, "Governance Index", "مؤشر الحوكمة"));
        if let Some(value) = point.value {
            page.paragraph(match language {
                Language::English => {
                    format!("Your index stands at {} of 100.", tenths(value))
                }
                Language::Arabic => format!("مؤشركم الآن {} من 100.", tenths(value)),
            });
        }
        page.blocks.push(Block::Rows(index_delta::point_rows(point, language)));
    }
    page.paragraph(match language {
        Language::English => {
            "This one letter stands for everything found so far; from now on we write only \
             when something changes or comes due."
                .to_owned()
        }
        Language::Arabic => {
            "تجمع هذه الرسالة الواحدة كل ما وُجد حتى الآن؛ ولن نراسلكم بعدها إلا عند تغيّر أمر أو \
             اقتراب موعد."
                .to_owned()
        }
    });
    phrases::foot(&mut page, letter);
    page
}

fn heading(
    language: Language,
    english: &'static str,
    arabic: &'static str,
) -> &'static str {
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

fn plain_date(day: crate::calendar::Day, language: Language) -> String {
    super::plain::without_isolates(&date(day, language), language)
}

fn tone(digest: &Digest) -> Tone {
    match (digest.counts.not_met, digest.counts.unknown) {
        (0, 0) => Tone::Good,
        (0, _) => Tone::Calm,
        _ => Tone::Look,
    }
}

/// The Arabic is phrased so that it agrees with every number.
fn standing(met: u32, not_met: u32, total: u32, language: Language) -> String {
    match language {
        Language::English => {
            let rules = counted(total, Noun::Rule, Case::After, language);
            let are = |number| if number == 1 { "is" } else { "are" };
            format!(
                "Of {rules}, {met} {} met and {not_met} {} not.",
                are(met),
                are(not_met)
            )
        }
        Language::Arabic => {
            format!(
                "عدد القواعد المستوفاة {met} من أصل {total}، وغير المستوفاة {not_met}."
            )
        }
    }
}

fn week(week: crate::calendar::Period, language: Language) -> String {
    let span = from_to(week, language);
    match language {
        Language::English => format!("This is the week {span}."),
        Language::Arabic => format!("هذا ملخّص الأسبوع {span}."),
    }
}

fn instead_of(many: InsteadOf, language: Language) -> String {
    let (InsteadOf::Storm { letters } | InsteadOf::FullDay { letters }) = many;
    let count = counted(letters, Noun::Letter, Case::After, language);
    match (language, many) {
        (Language::English, InsteadOf::FullDay { .. }) => format!(
            "So that not too many letters reach you in one day, this one stands in place of \
             {count}. Each matter is below, as it stands now."
        ),
        (Language::Arabic, InsteadOf::FullDay { .. }) => format!(
            "حتى لا تصلكم رسائل كثيرة في يوم واحد، جاءت هذه الرسالة بدلًا من {count}. ويرد كل أمر \
             أدناه كما هو الآن."
        ),
        (Language::English, InsteadOf::Storm { .. }) => format!(
            "So much changed at once that this one letter stands in place of {count}. It \
             may come from a mistake of ours or in a file; the network's office looks into it."
        ),
        (Language::Arabic, InsteadOf::Storm { .. }) => format!(
            "تغيّر الكثير دفعة واحدة، فجاءت هذه الرسالة بدلًا من {count}. وقد يكون ذلك خطأ منا أو في \
             أحد الملفات، ومكتب الشبكة ينظر في الأمر."
        ),
    }
}

fn network_standing(summary: &OfficerSummary, language: Language) -> String {
    let all = summary.on_track + summary.due_soon + summary.late + summary.unknown;
    let organizations = counted(all, Noun::Organization, Case::After, language);
    let (on_track, late, due_soon, unknown) =
        (summary.on_track, summary.late, summary.due_soon, summary.unknown);
    match language {
        Language::English => format!(
            "Of {organizations}: on track {on_track}, late {late}, due soon {due_soon}, \
             without an answer {unknown}."
        ),
        Language::Arabic => format!(
            "من أصل {organizations}: على المسار {on_track}، متأخرة {late}، يقترب موعدها \
             {due_soon}، بلا جواب {unknown}."
        ),
    }
}

fn of_organizations(lines: &[(Bilingual, DigestLine)], language: Language) -> Vec<Item> {
    let items = lines
        .iter()
        .map(|(organization, line)| {
            let (tone, mark) = phrases::news_mark(line.news, line.day, language);
            let rule = super::words::code(&line.rule);
            let text = name(line.text.read_in(language));
            Item {
                tone,
                mark,
                title: name(organization.read_in(language)),
                lines: vec![format!("{rule}: {text}")],
            }
        })
        .collect();
    phrases::bounded(items, language)
}

fn pairs(pairs: &[(Bilingual, String)], language: Language) -> Vec<Item> {
    let items = pairs
        .iter()
        .map(|(organization, what)| Item {
            tone: Tone::Look,
            mark: String::new(),
            title: name(organization.read_in(language)),
            lines: vec![name(what)],
        })
        .collect();
    phrases::bounded(items, language)
}

fn occasion(summary: &FirstSummary, language: Language) -> String {
    let day = date(summary.as_of, language);
    let understood =
        counted(summary.papers_understood, Noun::Paper, Case::Object, language);
    let first = match (language, &summary.occasion) {
        (Language::English, Occasion::FirstScan) => {
            format!("We have read your folder for the first time, on {day}.")
        }
        (Language::English, Occasion::NewMember) => {
            format!("Your organization joined the network; we read its folder on {day}.")
        }
        (Language::English, Occasion::NewRulebook(title)) => {
            format!("From {day} the rules of {} apply too.", name(title))
        }
        (Language::Arabic, Occasion::FirstScan) => {
            format!("قرأنا مجلدكم للمرة الأولى في {day}.")
        }
        (Language::Arabic, Occasion::NewMember) => {
            format!("انضمت مؤسستكم إلى الشبكة، وقرأنا مجلدها في {day}.")
        }
        (Language::Arabic, Occasion::NewRulebook(title)) => {
            format!("تسري ابتداءً من {day} قواعد {} أيضًا.", name(title))
        }
    };
    if matches!(summary.occasion, Occasion::NewRulebook(_)) {
        return first;
    }
    let papers = papers(summary, &understood, language);
    format!("{first} {papers}")
}

fn papers(summary: &FirstSummary, understood: &str, language: Language) -> String {
    let to_look_at =
        counted(summary.papers_to_look_at, Noun::Paper, Case::After, language);
    match language {
        Language::English if summary.papers_to_look_at == 0 => {
            format!("We understood {understood}.")
        }
        Language::Arabic if summary.papers_to_look_at == 0 => {
            format!("فهمنا {understood}.")
        }
        Language::English => {
            format!("We understood {understood}; please look at {to_look_at}.")
        }
        Language::Arabic => {
            format!("فهمنا {understood}، ويُرجى النظر في {to_look_at}.")
        }
    }
}

/// The ledger's head, so that every mailbox that holds this letter is a witness.
fn checkpoint(page: &mut Page, checkpoint: Option<&str>) {
    let Some(checkpoint) = checkpoint else { return };
    let text = heading(
        page.language,
        "State of the ledger; keep this letter as its witness",
        "حالة سجل القيود؛ يُرجى حفظ هذه الرسالة شاهدًا عليها",
    );
    let code = super::words::clean_to(checkpoint, CHECKPOINT_CHARS_MAX);
    page.blocks.push(Block::Codes(vec![(text.to_owned(), code)]));
}
