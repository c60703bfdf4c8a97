//! Every bound on what a paper, a rule file, a folder or a user may ask of us.
//!
//! One line of reason each, and a test at its edge. Knows nothing else of the program.

/// A paper larger than this is not read: 64 MiB holds a scanned annual report of 200 pages,
/// and what is larger is a video or a disk image.
pub const PAPER_BYTES_MAX: u64 = 64 << 20;

/// Files in one drop folder; ten years of an active organization's papers are below 20,000,
/// and a walk of this many takes under two seconds.
pub const FOLDER_FILES_MAX: usize = 200_000;

/// Folders below a drop folder: a year, a body, a meeting and a topic need four.
pub const FOLDER_DEPTH_MAX: usize = 32;

/// A configuration file; the largest real one (300 people, 20 years) is under 60 KiB.
pub const CONFIG_BYTES_MAX: u64 = 1 << 20;

/// All rule files of a network together: 2,000 rules with every label take 1 MiB.
pub const RULES_BYTES_MAX: u64 = 16 << 20;

/// One rule file, so that a grammar's worst case stays below a second.
pub const RULE_FILE_BYTES_MAX: u64 = 256 << 10;

/// Problems reported of one configuration file; more help nobody.
pub const CONFIG_PROBLEMS_MAX: usize = 50;

/// Problems of rule files that are explained with what may have been meant. Looking for that
/// takes a hundred times as long as reading the sentence, and nobody mends more at once.
pub const PROBLEMS_EXPLAINED_MAX: usize = 50;

/// Dimensions that a rulebook may declare: the indexes that are published have three to eight,
/// and nobody keeps more in mind.
pub const DIMENSIONS_MAX: usize = 12;

/// A dimension weighs at most as much as ten others: beyond it those say nothing, and the
/// roots that put dimensions together stay below 4,000 bits.
pub const DIMENSION_WEIGHT_MAX: u16 = 10;

/// Figures of fewer organizations are not shown: among four, each knows the others' by little
/// more than its own.
pub const GROUP_MIN: usize = 5;

/// Steps of a membership path: a federation, its governorates and their types are three, and
/// a table of more says nothing of anybody.
pub const GROUP_LEVELS_MAX: usize = 3;

/// The manifest of a release: a million organizations have 120 bytes each in two places.
pub const RELEASE_BYTES_MAX: u64 = 256 << 20;

/// The name of a release, in bytes: it is a file's, and a title.
pub const RELEASE_NAME_BYTES_MAX: usize = 64;

/// Runs of a sensitivity analysis: beyond it the shown tenth no longer changes.
pub const SENSITIVITY_RUNS_MAX: u32 = 20_000;

/// What a person states of one fact, in bytes: a sentence about what happened is below 300,
/// and a list of forty names below 2,000.
pub const STATED_BYTES_MAX: usize = 4_096;

/// How often reading a paper is tried when the reader dies under it.
pub const READ_ATTEMPTS_MAX: u32 = 3;

/// Papers read and committed together: enough to share one flush of the disk, few enough
/// that a stop loses under a second of work.
pub const PAPERS_PER_COMMIT_MAX: usize = 64;

/// Organizations that one commit is about, when a passing day, a changed rule or a look at folders
/// without a new paper touches many: their rows and letters take some 5 MiB until they are stored,
/// and ten thousand organizations share 40 flushes.
pub const ORGANIZATIONS_PER_COMMIT_MAX: usize = 256;

/// Organizations that are in memory with their papers, beside those that a step judges: one
/// with 25 papers takes 30 KiB, and on no day do more of a network's secretaries drop papers
/// than these. Others are read from the store when something happens to them.
pub const ORGANIZATIONS_AWAKE_MAX: usize = 256;

/// Dirty folders remembered between two passes; beyond it everything is walked, which
/// costs less than remembering.
pub const DIRTY_FOLDERS_MAX: usize = 10_000;

/// A path of a paper below its drop folder, in bytes: Linux refuses longer ones itself.
pub const PATH_BYTES_MAX: usize = 4096;

/// Slots that one verdict lists: a weekly duty over forty years. Older ones are left out.
pub const SLOTS_MAX: usize = 2080;
/// Characters of text taken from one paper: a 600-page report has about 2 million.
pub const TEXT_CHARS_MAX: usize = 8 << 20;

/// Lines taken from one paper, so that a file of line ends cannot fill the memory.
pub const TEXT_LINES_MAX: usize = 200_000;

/// Characters of one line of text; a longer one is cut into several, since recognition works line
/// by line and a page printed as one line is still legible.
pub const LINE_CHARS_MAX: usize = 4_000;

/// Properties and front-matter lines kept of one paper: real ones have below 60.
pub const PROPERTIES_MAX: usize = 256;

/// Characters of a passage, enough for two lines of a letter.
pub const PASSAGE_CHARS_MAX: usize = 240;

/// Facts kept of one paper: minutes of a large assembly name some 300 people.
pub const FACTS_MAX: usize = 2_000;

/// Meetings told apart in one paper: a year's book of weekly minutes has 53.
pub const MEETINGS_MAX: usize = 60;

/// A name, title or quotation inside a letter's sentence: a passage is 240 characters.
pub const LETTER_NAME_CHARS_MAX: usize = 300;

/// A subject or a display name: folded it fills eight lines, and no mail program shows
/// more than two.
pub const HEADER_CHARS_MAX: usize = 200;

/// Lines of one list in a letter; with more it says how many were left out, so that a
/// letter stays under the 100 KB at which mail programs cut.
pub const LETTER_ITEMS_MAX: usize = 25;
/// Members of an office file's archive; a book with 2,000 pictures has that many.
pub const ARCHIVE_MEMBERS_MAX: usize = 10_000;

/// Bytes unpacked of one member: the XML of a 2,000-page document is below 40 MiB.
pub const ARCHIVE_MEMBER_BYTES_MAX: u64 = 64 << 20;

/// Bytes unpacked of one archive in all.
pub const ARCHIVE_BYTES_MAX: u64 = 256 << 20;

/// Groups of an RTF text inside each other; those of real documents stay below 40.
pub const RTF_DEPTH_MAX: usize = 256;

/// Elements inside each other; Word's deepest tables in tables stay below 100.
pub const XML_DEPTH_MAX: usize = 256;

/// Files that came with one letter.
pub const ATTACHMENTS_MAX: usize = 100;

/// Files inside one dropped file, at every depth together: ten years of an active
/// organization's minutes and reports in one archive.
pub const ENCLOSED_MAX: usize = 500;

/// How deep a file may lie inside others: an archive in a forwarded letter in a letter.
pub const ENCLOSED_DEPTH_MAX: usize = 3;

/// Bytes of the files in one carrier: a worker's answer holds them beside the text.
pub const ENCLOSED_BYTES_MAX: usize = 128 << 20;

/// Bytes of all files inside one dropped file, so that archives of archives end.
pub const ENCLOSED_TOTAL_BYTES_MAX: u64 = 512 << 20;

/// Characters of the name of an enclosed file, folders and all; the end is kept.
pub const ENCLOSED_NAME_CHARS_MAX: usize = 200;

/// A picture of a letter that is not marked as attached and is no larger is a logo: the
/// smallest legible scan of a page takes twice as much.
pub const LETTER_PICTURE_BYTES_MAX: usize = 32 << 10;

/// Pages of a PDF; a bound volume of ten years' minutes has below 1,500.
pub const PDF_PAGES_MAX: usize = 2_000;

/// Glyphs taken from one PDF: 2,000 dense pages have 8 million.
pub const PDF_GLYPHS_MAX: usize = 8_000_000;

/// Characters of one sentence: the longest duty in the laws we read has 600.
pub const SENTENCE_CHARS_MAX: usize = 2_000;
/// Steps that the grammar may take over one sentence; a long one takes some thousands.
pub const PARSE_CALLS_MAX: usize = 200_000;
/// Words of one phrase of the vocabulary: "list of the members of the board" has seven.
pub const PHRASE_WORDS_MAX: usize = 10;
/// Terms of a vocabulary: numbered in 16 bits, with room to spare.
pub const TERMS_MAX: usize = 20_000;
/// Conditions inside one condition: `a and b or c …` nests no deeper in any rule we read.
pub const CONDITIONS_MAX: usize = 50;
/// Sentences inside a sentence: "if …, at least 2 of: … may …" needs three.
pub const NESTING_MAX: u8 = 4;
/// Days looked at for a span of working days: 1,000 of them are four years, and no calendar
/// keeps people from work for as long again.
pub const WORKING_DAYS_SEARCHED_MAX: u32 = 3_000;
/// Steps of one order: the longest chain of approvals that we read has four.
pub const STEPS_MAX: usize = 6;
/// Items that a document may be asked to contain.
pub const ITEMS_MAX: usize = 100;
/// Letters to one organization in an hour. More at once are the work of a mistake (an
/// unmounted share, a broken rule), and are held.
pub const LETTERS_PER_HOUR_MAX: u32 = 20;

/// Octets of a message that somebody sends us: mail servers stop near it themselves.
pub const ANSWER_BYTES_MAX: u64 = 32 << 20;

/// Lines of a reply in which its words are looked for; below them only the letter follows.
pub const ANSWER_LINES_MAX: usize = 60;

/// Characters of a reply that are kept and shown: a person who writes more is asked in person.
pub const ANSWER_CHARS_MAX: usize = 180;

/// Letters that one message may name; a thread has a handful.
pub const ANSWER_TOKENS_MAX: usize = 20;

/// Bounces that may have been a bad week, before an address counts as failing.
pub const SOFT_BOUNCES_MAX: u32 = 3;

/// Messages back to which those of strangers stay listed.
pub const ANSWERS_KEPT_MAX: i64 = 10_000;

/// Answers of one person in a day; beyond them two programs answer each other.
pub const ANSWERS_A_DAY_MAX: u32 = 20;

/// Memory of the process that reads one paper: a 60 MB scan needs a third of it.
pub const READER_BYTES_MAX: u64 = 1 << 30;

/// Processor seconds for one paper; the slowest real one measured took under two.
pub const READER_CPU_SECONDS_MAX: u64 = 30;

/// Seconds by the wall for one paper, on a machine that is busy with others.
pub const READER_SECONDS_MAX: u64 = 60;

/// Pages of a scan that are read: minutes have a few, and a book would keep others waiting.
pub const OCR_PAGES_MAX: u32 = 30;

/// Seconds by the wall for recognising one paper, all its pages together: thirty pages of
/// print take one to four each on one core, and a hostile scan costs the others no more.
pub const OCR_SECONDS_MAX: u64 = 120;

/// Seconds by the wall for recognising all that lies in one dropped file: five full scans. An
/// archive of five hundred hostile ones would else keep everybody waiting for sixteen hours.
pub const OCR_DROPPED_SECONDS_MAX: u64 = 600;

/// The long side of a page that is drawn: A4 at 300 dots an inch.
pub const OCR_SIDE_PIXELS: u32 = 3_508;

/// Bytes that a reader may answer with: the text limit in UTF-8, with its places.
pub const READER_ANSWER_BYTES_MAX: u64 = 256 << 20;

/// Known phrases weighed for one slip: beyond the nearest 24 none was ever the right one.
pub const NEAR_PHRASES_MAX: usize = 24;

/// Corrected sentences parsed to find one that a form takes. A parse costs 20–60 µs, so a
/// file with an error on each of its thousand sentences is answered in a second.
pub const CORRECTIONS_TRIED_MAX: usize = 16;

/// Words looked at on each side of an unknown one, when it is part of a longer phrase.
pub const CORRECTION_REACH_WORDS: usize = 5;

/// Tables of `in_office`: an assembly of 300 with two-year terms over twenty years has 3,000.
pub const SEATS_MAX: usize = 4_000;
/// Tables of `ties`: large families in a small town, several times over.
pub const TIES_MAX: usize = 1_000;
/// The farthest degree of kinship that is asked for: laws stop at the fourth, and beyond
/// the eighth nobody knows their relatives.
pub const DEGREE_MAX: u8 = 8;
/// People told apart in one organization's papers: a large assembly over twenty years.
pub const NAMES_MAX: usize = 20_000;
/// Occasions that a duty looks back on: five years of months.
pub const TIMES_MAX: u16 = 60;
/// Days in a time that a sentence names: ten years; more is a slip of a key.
pub const SPAN_DAYS_MAX: u16 = 3_660;
/// Groups, demands or signers that one sentence lists.
pub const LISTED_MAX: usize = 20;
/// Terms with no longer break than this follow each other: an election is some months late,
/// and nobody sat out a term.
pub const TERM_BREAK_DAYS: u16 = 183;
/// Organizations that could be, tried for one question between rules: thirteen types, three
/// numbers with three values each, and both sides of a characteristic make 702.
pub const WORLDS_MAX: usize = 4_096;
/// Pairs of rules about one matter that are compared: 2,000 rules have some 40,000, and each
/// takes a microsecond where the two do not touch.
pub const ANALYSIS_PAIRS_MAX: usize = 100_000;
/// Findings between rules that are told at once; nobody mends more before looking again.
pub const ANALYSIS_FINDINGS_MAX: usize = 100;

/// Parts of one example, and days of one of its lists: a page of them is no example any more.
pub const EXAMPLE_PARTS_MAX: usize = 60;

/// People of whom an example states only the number: the largest assembly that we know of
/// has 300.
pub const EXAMPLE_PEOPLE_MAX: usize = 500;

/// Organizations that are tried to find one that a rule speaks of: a scope with four
/// numbers and five types has fewer.
pub const EXAMPLE_TRIES_MAX: usize = 2_000;
/// Changes of one duty's state that are followed where duties or members are counted: forty
/// years of a duty of every quarter change it some 640 times.
pub const HISTORY_STEPS_MAX: usize = 4_000;
/// "And" and "or" at which a sentence may be cut into whole ones; nobody joins as many.
pub const JOINTS_MAX: usize = 8;

/// Days on which one rule of one organization may change while changed rules are tried: a
/// year of daily changes.
pub const TRIED_DAYS_MAX: usize = 400;

/// Completions for one place: the longest list, of the papers of a large vocabulary, is half
/// of it, and nobody reads further down.
pub const COMPLETIONS_MAX: usize = 500;

/// What a cell of a workbook holds, in units of UTF-16: the format's own bound. Whoever
/// writes more makes a file that spreadsheets call damaged.
pub const CELL_CHARS_MAX: usize = 32_767;

/// Letters of a name drawn in a chart: as many as fit beside its figures at the width of a
/// page. The chart's text has the whole name.
pub const CHART_NAME_CHARS_MAX: usize = 60;

/// Bytes of the file of the ledger's checkpoints, at which its earlier half is left out: ten
/// thousand commits, months of a busy network; each line proves all that stands before it.
pub const CHECKPOINTS_BYTES_MAX: u64 = 1_000_000;

/// Bytes of one file that people wrote, in a backup: a picture in a manual, and no film.
pub const WRITTEN_BYTES_MAX: u64 = 16 << 20;

/// Bytes of the list of a backup's hashes: two million papers.
pub const BACKUP_BYTES_MAX: u64 = 256 << 20;
