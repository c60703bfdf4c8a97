//! Letters as programs that are not ours read them: calendars by calcard, HTML by the parser of
//! a browser engine, which both tell of what is not well formed.

use std::borrow::Cow;
use std::cell::RefCell;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarMethod,
    ICalendarProperty, ICalendarStatus, ICalendarValue,
};
use calcard::{Entry, Parser};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, ParseOpts, QualName, parse_document};
use mail_parser::{MessageParser, MimeHeaders};

use super::samples::every_kind;
use super::{LANGUAGES, rendered};
use mithaq::text::Language;

/// An element as it was built, with all that it says of itself.
#[derive(Debug)]
struct Element {
    name: QualName,
    attributes: Vec<(String, String)>,
    within: Vec<usize>,
    text: String,
}

/// A document in the order of its elements; nodes are their numbers.
#[derive(Debug, Default)]
struct Tree {
    elements: RefCell<Vec<Element>>,
    wrong: RefCell<Vec<String>>,
}

impl Tree {
    fn read(html: &str) -> Tree {
        let opts = ParseOpts {
            tokenizer: html5ever::tokenizer::TokenizerOpts {
                exact_errors: true,
                ..Default::default()
            },
            ..Default::default()
        };
        parse_document(Tree::default(), opts).one(html)
    }

    fn put(&self, parent: usize, child: NodeOrText<usize>) {
        let mut elements = self.elements.borrow_mut();
        match child {
            NodeOrText::AppendText(text) => elements[parent].text.push_str(&text),
            NodeOrText::AppendNode(node) => elements[parent].within.push(node),
        }
    }

    fn add(&self, name: QualName, attributes: Vec<Attribute>) -> usize {
        let attributes = attributes.into_iter();
        let attributes = attributes
            .map(|one| (one.name.local.to_string(), one.value.to_string()))
            .collect();
        let mut elements = self.elements.borrow_mut();
        elements.push(Element {
            name,
            attributes,
            within: Vec::new(),
            text: String::new(),
        });
        elements.len() - 1
    }
}

fn nameless() -> QualName {
    QualName::new(None, html5ever::ns!(), "#document".into())
}

impl TreeSink for Tree {
    type Handle = usize;
    type Output = Tree;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Tree {
        self
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.wrong.borrow_mut().push(message.into_owned());
    }

    fn get_document(&self) -> usize {
        if self.elements.borrow().is_empty() {
            self.add(nameless(), Vec::new());
        }
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> ExpandedName<'a> {
        // Names live as long as the tree: elements are only ever added.
        let name = self.elements.borrow()[*target].name.clone();
        Box::leak(Box::new(name)).expanded()
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> usize {
        self.add(name, attributes)
    }

    fn create_comment(&self, _text: StrTendril) -> usize {
        self.add(nameless(), Vec::new())
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> usize {
        self.add(nameless(), Vec::new())
    }

    fn append(&self, parent: &usize, child: NodeOrText<usize>) {
        self.put(*parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &usize,
        _previous: &usize,
        child: NodeOrText<usize>,
    ) {
        self.parse_error("something stands where a table has no place for it".into());
        self.put(*element, child);
    }

    fn append_doctype_to_document(
        &self,
        name: StrTendril,
        _public: StrTendril,
        _system: StrTendril,
    ) {
        assert_eq!(&*name, "html");
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        assert_eq!(mode, QuirksMode::NoQuirks);
    }

    fn append_before_sibling(&self, _sibling: &usize, _new: NodeOrText<usize>) {
        self.parse_error("something was moved before a table".into());
    }

    fn add_attrs_if_missing(&self, _target: &usize, _attributes: Vec<Attribute>) {
        self.parse_error("the root or the body was opened twice".into());
    }

    fn remove_from_parent(&self, _target: &usize) {}

    fn reparent_children(&self, _node: &usize, _parent: &usize) {
        self.parse_error("elements are not closed in their order".into());
    }
}

impl Element {
    fn is(&self, name: &str) -> bool {
        &*self.name.local == name
    }

    fn says(&self, attribute: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(name, _)| name == attribute).map(|(_, value)| value.as_str())
    }
}

/// Whatever letter it is, in either language: a page that a browser has nothing to mend in.
#[test]
fn every_html_part_is_well_formed_and_says_what_it_is() {
    for language in LANGUAGES {
        let dir = if language == Language::Arabic { "rtl" } else { "ltr" };
        for (kind, letter) in every_kind(language) {
            let html = rendered(&letter).html;
            let name = format!("{kind}.{}", language.code());
            assert!(html.len() < 100_000, "{name} would be clipped");
            let tree = Tree::read(&html);
            assert!(tree.wrong.borrow().is_empty(), "{name}: {:?}", tree.wrong.borrow());
            check_elements(&name, &tree.elements.borrow(), (language.code(), dir));
        }
    }
}

fn check_elements(name: &str, elements: &[Element], (lang, dir): (&str, &str)) {
    let of = |wanted: &'static str| elements.iter().filter(move |one| one.is(wanted));
    let root = of("html").next().expect("a root");
    let body = of("body").next().expect("a body");
    let wrapper = &elements[*body.within.first().expect("a wrapper")];
    for one in [root, wrapper] {
        assert_eq!(
            (one.says("lang"), one.says("dir")),
            (Some(lang), Some(dir)),
            "{name}"
        );
    }
    let style = wrapper.says("style").unwrap_or_default();
    assert!(style.contains(&format!("direction:{dir}")), "{name}: {style}");
    assert_eq!(of("title").count(), 1, "{name}");
    assert!(!of("title").next().unwrap().text.trim().is_empty(), "{name}");
    for one in elements {
        for (attribute, value) in &one.attributes {
            let fetches = ["src", "background", "srcset", "action", "href", "data"];
            assert!(!fetches.contains(&attribute.as_str()), "{name}: {one:?}");
            assert!(
                !value.contains("url(") && !attribute.starts_with("on"),
                "{name}: {one:?}"
            );
        }
        let active = ["script", "link", "img", "iframe", "object", "form", "input", "a"];
        assert!(!active.iter().any(|active| one.is(active)), "{name}: {one:?}");
        assert!(!one.text.contains("@import"), "{name}");
    }
    for head in of("th") {
        assert!(matches!(head.says("scope"), Some("row" | "col")), "{name}: {head:?}");
    }
    for (number, table) in elements.iter().enumerate().filter(|(_, one)| one.is("table"))
    {
        let heads = below(elements, number).filter(|one| one.is("th")).count();
        let layout = table.says("role") == Some("presentation");
        assert_eq!(layout, heads == 0, "{name}: a table of data has heads, another none");
    }
    for isolated in of("bdi") {
        assert!(
            matches!(isolated.says("dir"), None | Some("ltr")),
            "{name}: {isolated:?}"
        );
    }
}

/// Everything within an element, itself left out.
fn below(elements: &[Element], number: usize) -> impl Iterator<Item = &Element> {
    let mut waiting = elements[number].within.clone();
    let mut found = Vec::new();
    while let Some(next) = waiting.pop() {
        found.push(&elements[next]);
        waiting.extend(&elements[next].within);
    }
    found.into_iter()
}

/// One calendar object with one event, of which the reader passed over no line.
fn calendar(ics: &str) -> ICalendar {
    let mut parser = Parser::new(ics);
    let Entry::ICalendar(calendar) = parser.entry() else { panic!("no calendar: {ics}") };
    assert_eq!(parser.entry(), Entry::Eof, "{ics}");
    let entries = || calendar.components.iter().flat_map(|one| &one.entries);
    for entry in entries() {
        assert!(!matches!(entry.name, ICalendarProperty::Other(_)), "{entry:?}");
        assert_eq!(entry.values.len(), 1, "{entry:?}");
    }
    let lines =
        ics.split("\r\n").filter(|line| !line.is_empty() && !line.starts_with(' '));
    let own = |line: &&str| !line.starts_with("BEGIN:") && !line.starts_with("END:");
    assert_eq!(entries().count(), lines.filter(own).count(), "{ics}");
    let events = calendar.components.iter().filter(|one| one.component_type.is_event());
    assert_eq!(events.count(), 1, "{ics}");
    calendar
}

fn event(calendar: &ICalendar) -> &ICalendarComponent {
    calendar.components.iter().find(|one| one.component_type.is_event()).unwrap()
}

fn text(component: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let entry = component.property(property).unwrap_or_else(|| panic!("no {property:?}"));
    entry.values[0].as_text().unwrap_or_default().to_owned()
}

/// The day of an all-day property.
fn day(component: &ICalendarComponent, property: &ICalendarProperty) -> String {
    let value = component.property(property).unwrap().values[0].as_partial_date_time();
    let date = value.expect("a date");
    assert!(date.hour.is_none() && date.minute.is_none(), "{date:?}");
    let (year, month, day) = (date.year.unwrap(), date.month.unwrap(), date.day.unwrap());
    format!("{year}-{month:02}-{day:02}")
}

fn method(calendar: &ICalendar) -> ICalendarMethod {
    let entry = calendar.components[0].property(&ICalendarProperty::Method).unwrap();
    match &entry.values[0] {
        ICalendarValue::Method(method) => method.clone(),
        other => panic!("{other:?}"),
    }
}

fn sequence(calendar: &ICalendar) -> i64 {
    let entry = event(calendar).property(&ICalendarProperty::Sequence).unwrap();
    entry.values[0].as_integer().unwrap()
}

fn entry_of(kind: &str, language: Language) -> ICalendar {
    let (_, letter) =
        every_kind(language).into_iter().find(|(name, _)| *name == kind).unwrap();
    calendar(&rendered(&letter).ics[0])
}

#[test]
fn every_calendar_entry_reads_as_it_was_meant() {
    let mut seen = 0;
    for language in LANGUAGES {
        for (kind, letter) in every_kind(language) {
            let rendered = rendered(&letter);
            for ics in &rendered.ics {
                seen += 1;
                let read = calendar(ics);
                let event = event(&read);
                assert!(!text(event, &ICalendarProperty::Summary).is_empty(), "{kind}");
                assert!(
                    !text(event, &ICalendarProperty::Description).is_empty(),
                    "{kind}"
                );
                let organizer = event.property(&ICalendarProperty::Organizer).unwrap();
                assert_eq!(
                    organizer.calendar_address(),
                    Some("governance@sharek.example.org")
                );
                let (from, to) = (
                    day(event, &ICalendarProperty::Dtstart),
                    day(event, &ICalendarProperty::Dtend),
                );
                let next = super::samples::day(&from).next().to_string();
                assert_eq!(to, next, "{kind}: a whole day");
                let alarms = read.components.iter();
                let alarms = alarms
                    .filter(|one| one.component_type == ICalendarComponentType::VAlarm);
                let cancels = method(&read) == ICalendarMethod::Cancel;
                assert_eq!(alarms.count(), usize::from(!cancels), "{kind}");
                let cancelled = event.status() == Some(&ICalendarStatus::Cancelled);
                assert_eq!(cancelled, cancels, "{kind}");
                check_type(&rendered.eml, if cancels { "CANCEL" } else { "PUBLISH" });
            }
        }
    }
    assert!(seen >= 8, "{seen}");
}

/// The part says the same method as the object in it, or mail programs show neither.
fn check_type(eml: &[u8], method: &str) {
    let message = MessageParser::default().parse(eml).unwrap();
    let parts =
        message.parts.iter().filter(|part| part.is_content_type("text", "calendar"));
    let methods: Vec<_> =
        parts.map(|part| part.content_type().unwrap().attribute("method")).collect();
    assert_eq!(methods, [Some(method), Some(method)], "inline and attached");
}

/// A duty has one id in all letters and both languages, and its sequence only rises.
#[test]
fn an_entry_is_changed_and_taken_away_by_its_id() {
    for language in LANGUAGES {
        let first = entry_of("due_soon", language);
        let last = entry_of("due_tomorrow", language);
        let done = entry_of("receipt_done", language);
        let uid = event(&first).uid().unwrap().to_owned();
        assert_eq!(event(&last).uid(), Some(uid.as_str()));
        assert_eq!(event(&done).uid(), Some(uid.as_str()));
        assert_eq!(
            event(&entry_of("due_soon", Language::English)).uid(),
            Some(uid.as_str())
        );
        assert_ne!(event(&entry_of("resolved", language)).uid(), Some(uid.as_str()));
        let sequences = [&first, &last, &done].map(sequence);
        assert!(sequences.is_sorted_by(|one, other| one < other), "{sequences:?}");
        let due = [&first, &last, &done]
            .map(|one| day(event(one), &ICalendarProperty::Dtstart));
        assert!(due.iter().all(|one| *one == due[0]), "{due:?}");
    }
}
