//! Answers: what somebody wrote back, for the officer; how it was understood and what was
//! decided, for the writer; and addresses to which nothing comes through.

use super::Letter;
use super::body::Answer;
use super::body::Asks;
use super::body::Stage;
use super::body::Undeliverable;
use super::page::Block;
use super::page::Page;
use super::page::Tone;
use super::phrases;
use super::words::clean;
use super::words::code;
use super::words::name;
use crate::text::Language;

pub(crate) fn page(letter: &Letter, answer: &Answer) -> Page {
    match &answer.stage {
        Stage::ForOfficer => for_officer(letter, answer),
        Stage::Understood => understood(letter, answer),
        Stage::Settled { by, why } => settled(letter, answer, by, why),
    }
}

fn for_officer(letter: &Letter, answer: &Answer) -> Page {
    let language = letter.to.language;
    let organization = clean(answer.organization.read_in(language));
    let subject = match language {
        Language::English => format!("A reply from {organization}"),
        Language::Arabic => format!("رد من {organization}"),
    };
    let tone = if answer.asks.needs_a_person() { Tone::Look } else { Tone::Calm };
    let mut page = Page::new(language, tone, subject);
    page.lead(asked(answer.asks, language).to_owned());
    quote(&mut page, answer);
    let rows = match language {
        Language::English => vec![
            (
                "From".to_owned(),
                format!("{} ({})", name(&answer.who), code(&answer.address)),
            ),
            ("Organization".to_owned(), name(answer.organization.read_in(language))),
            ("Letter that was answered".to_owned(), name(&answer.about)),
        ],
        Language::Arabic => vec![
            (
                "من".to_owned(),
                format!("{} ({})", name(&answer.who), code(&answer.address)),
            ),
            ("المؤسسة".to_owned(), name(answer.organization.read_in(language))),
            ("الرسالة التي رُدّ عليها".to_owned(), name(&answer.about)),
        ],
    };
    page.blocks.push(Block::Rows(rows));
    if answer.asks.needs_a_person() {
        let command = code(&format!("mithaq mail settle {} --why \"…\"", answer.number));
        page.request(match language {
            Language::English => format!(
                "Please decide, correct or waive what has to be, and then tell them with {command}."
            ),
            Language::Arabic => format!(
                "يُرجى البتّ في الأمر وإجراء ما يلزم من تصحيح أو إعفاء، ثم إبلاغهم بواسطة الأمر {command}."
            ),
        });
    }
    phrases::foot(&mut page, letter);
    page
}

/// What the officer reads first.
fn asked(asks: Asks, language: Language) -> &'static str {
    let (english, arabic) = match asks {
        Asks::Dispute => (
            "They say that a finding is wrong. Nobody is reminded of it until you decide.",
            "يعترضون على ملاحظة. ولن يُرسل تذكير بشأنها إلى حين البتّ في الاعتراض.",
        ),
        Asks::Correction => (
            "They say that a letter has something wrong, or that a paper was read wrongly.",
            "يفيدون بأن في إحدى الرسائل خطأ، أو بأن مستندًا قُرئ قراءة غير صحيحة.",
        ),
        Asks::Exemption => (
            "They say that a rule does not apply to them. Nobody is reminded of it until you \
             decide.",
            "يفيدون بأن قاعدة لا تنطبق عليهم. ولن يُرسل تذكير بشأنها إلى حين البتّ في الطلب.",
        ),
        Asks::Extension => (
            "They ask for more time. Nobody is reminded of the matter until you decide.",
            "يطلبون مهلة إضافية. ولن يُرسل تذكير بشأن المسألة إلى حين البتّ في الطلب.",
        ),
        Asks::Mute => (
            "They want no more letters of this kind. The weekly letter still tells them \
             everything.",
            "لا يرغبون في استلام رسائل من هذا النوع. وتبقى الرسالة الأسبوعية تبلغهم بكل شيء.",
        ),
        Asks::Pause => {
            ("They want the weekly letter only.", "يرغبون في استلام الرسالة الأسبوعية فقط.")
        }
        Asks::Resume => {
            ("They want all letters again.", "يرغبون في استلام الرسائل كلها من جديد.")
        }
        Asks::Message => (
            "They wrote something that only a person understands.",
            "كتبوا ما لا يفهمه إلا من يقرأه من الناس.",
        ),
    };
    match language {
        Language::English => english,
        Language::Arabic => arabic,
    }
}

fn understood(letter: &Letter, answer: &Answer) -> Page {
    let language = letter.to.language;
    let mut page = Page::new(language, Tone::Calm, reply_subject(answer, language));
    let (english, arabic) = match answer.asks {
        Asks::Dispute => (
            "We understood that you object to this finding. The compliance officer has your \
             words and decides; you will not be reminded of it meanwhile.",
            "فهمنا أنكم تعترضون على هذه الملاحظة. وصلت كلماتكم إلى من يتولّى متابعة الالتزام للبتّ \
             فيها، ولن تصلكم تذكيرات بشأنها في هذه الأثناء.",
        ),
        Asks::Correction => (
            "We understood that something in our letter is wrong. The compliance officer has \
             your words and sees to it.",
            "فهمنا أن في رسالتنا ما هو غير صحيح. وصلت كلماتكم إلى من يتولّى متابعة الالتزام \
             للنظر فيها.",
        ),
        Asks::Exemption => (
            "We understood that this rule does not apply to you. The compliance officer has \
             your words and decides; you will not be reminded of it meanwhile.",
            "فهمنا أن هذه القاعدة لا تنطبق عليكم. وصلت كلماتكم إلى من يتولّى متابعة الالتزام للبتّ \
             فيها، ولن تصلكم تذكيرات بشأنها في هذه الأثناء.",
        ),
        Asks::Extension => (
            "We understood that you ask for more time. The compliance officer has your words \
             and decides; you will not be reminded of it meanwhile.",
            "فهمنا أنكم تطلبون مهلة إضافية. وصلت كلماتكم إلى من يتولّى متابعة الالتزام للبتّ \
             فيها، ولن تصلكم تذكيرات بشأنها في هذه الأثناء.",
        ),
        Asks::Mute => (
            "You will receive no more letters of this kind. The weekly letter still tells you \
             everything. Reply with “resume” to receive all letters again.",
            "لن تصلكم بعد الآن رسائل من هذا النوع. وتبقى الرسالة الأسبوعية تبلغكم بكل شيء. ويكفي \
             الرد بكلمة «استئناف» لاستلام الرسائل كلها من جديد.",
        ),
        Asks::Pause => (
            "You will receive the weekly letter only. Reply with “resume” to receive all \
             letters again.",
            "لن تصلكم بعد الآن إلا الرسالة الأسبوعية. ويكفي الرد بكلمة «استئناف» لاستلام الرسائل \
             كلها من جديد.",
        ),
        Asks::Resume => {
            ("You will receive all letters again.", "ستصلكم الرسائل كلها من جديد.")
        }
        Asks::Message => (
            "Your reply has arrived. The compliance officer reads it.",
            "وصل ردكم إلى من يتولّى متابعة الالتزام.",
        ),
    };
    page.lead(pick(language, english, arabic));
    quote(&mut page, answer);
    phrases::foot(&mut page, letter);
    page
}

fn settled(letter: &Letter, answer: &Answer, by: &str, why: &str) -> Page {
    let language = letter.to.language;
    let mut page = Page::new(language, Tone::Calm, reply_subject(answer, language));
    let (english, arabic) = match answer.asks {
        Asks::Dispute => ("Your objection was decided.", "تم البتّ في اعتراضكم."),
        Asks::Exemption | Asks::Extension => {
            ("Your request was decided.", "تم البتّ في طلبكم.")
        }
        Asks::Correction | Asks::Mute | Asks::Pause | Asks::Resume | Asks::Message => {
            ("Your reply was answered.", "تمت الإجابة عن ردكم.")
        }
    };
    page.lead(pick(language, english, arabic));
    page.blocks.push(Block::Quote { text: name(why), place: name(by) });
    quote(&mut page, answer);
    phrases::foot(&mut page, letter);
    page
}

/// The thread of the letter that was answered.
fn reply_subject(answer: &Answer, language: Language) -> String {
    let about = clean(&answer.about);
    match language {
        Language::English if about.starts_with("Re: ") => about,
        Language::English => format!("Re: {about}"),
        Language::Arabic => about,
    }
}

/// Their own words.
fn quote(page: &mut Page, answer: &Answer) {
    if !answer.said.is_empty() {
        let place = name(&answer.who);
        page.blocks.push(Block::Quote { text: name(&answer.said), place });
    }
}

pub(crate) fn undeliverable_page(letter: &Letter, told: &Undeliverable) -> Page {
    let language = letter.to.language;
    let organization = clean(told.organization.read_in(language));
    let subject = match language {
        Language::English => format!("Letters do not reach {organization}"),
        Language::Arabic => format!("رسائل لا تصل إلى {organization}"),
    };
    let mut page = Page::new(language, Tone::Act, subject);
    let (who, address) = (name(&told.who), code(&told.address));
    page.lead(match language {
        Language::English => format!(
            "Letters to {who} come back: {address}. Further letters to this address are held."
        ),
        Language::Arabic => format!(
            "الرسائل المرسلة إلى {who} تعود دون تسليم: {address}. وتُوقف الرسائل اللاحقة إلى هذا \
             العنوان."
        ),
    });
    let rows = match language {
        Language::English => vec![
            ("Letter that came back".to_owned(), name(&told.about)),
            ("Answer of the mail server".to_owned(), name(&told.said)),
        ],
        Language::Arabic => vec![
            ("الرسالة التي عادت".to_owned(), name(&told.about)),
            ("جواب خادم البريد".to_owned(), name(&told.said)),
        ],
    };
    page.blocks.push(Block::Rows(rows));
    let command = code("mithaq mail resend");
    page.request(match language {
        Language::English => format!(
            "Please ask them for the right address and write it into their organization.toml; \
             if the address is right, {command} sends a held letter again."
        ),
        Language::Arabic => format!(
            "يُرجى سؤالهم عن العنوان الصحيح وكتابته في ملف organization.toml الخاص بهم؛ وإن كان \
             العنوان صحيحًا فالأمر {command} يعيد إرسال رسالة موقوفة."
        ),
    });
    phrases::foot(&mut page, letter);
    page
}

fn pick(language: Language, english: &str, arabic: &str) -> String {
    match language {
        Language::English => english.to_owned(),
        Language::Arabic => arabic.to_owned(),
    }
}
