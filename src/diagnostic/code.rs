//! Every kind of fault the inputs can have, each with severity, a line and an explanation.
//! A code is a slug that names the fault, not the remedy.

/// How bad a fault is: an error keeps the site from being published, a warning does not, and a
/// note is advice that no gate counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
    /// Nothing is wrong: something would help later.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($variant:ident $slug:literal $severity:ident $summary:literal $explanation:literal)*) => {
        /// A kind of fault. The slug is its public name, for `explain` and for filters.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $summary] $variant,)* }

        impl Code {
            /// Every code there is, in the order of the table.
            pub const ALL: &[Code] = &[$(Code::$variant,)*];

            /// The public name, such as `unknown-clause`.
            pub fn slug(self) -> &'static str {
                match self { $(Code::$variant => $slug,)* }
            }

            /// How bad it is.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whether it stops the site from being published.
            pub fn is_error(self) -> bool {
                self.severity() == Severity::Error
            }

            /// Whether it is about what is personal.
            pub fn is_personal(self) -> bool {
                matches!(self, Code::NationalId | Code::PossibleNationalId | Code::PersonalData)
            }

            /// The fault in one line.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$variant => $summary,)* }
            }

            /// Why it is a fault and how to mend it, in a few sentences.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$variant => $explanation,)* }
            }
        }
    };
}

codes! {
    // Files
    MissingFile "missing-file" Error
        "a file that must be there is not"
        "A site needs `clausebook.yaml`; each folder under `regulations/` needs `regulation.yaml` and the texts it names; evidence needs the file it names. Create the file, or correct the name that points at it."
    UnreadableText "unreadable-text" Error
        "the file is not UTF-8 text"
        "Records and regulation texts are UTF-8 (a byte order mark is allowed). A Big5 or UTF-16 file must be converted first, for instance with `iconv -f BIG5 -t UTF-8`."
    FileTooLarge "file-too-large" Error
        "the file is larger than the limit"
        "A record file may have 2 MiB, a guidance page 768 KiB and a regulation text 4 MiB: larger ones are nearly always a mistake. Split the file."
    SymbolicLink "symbolic-link" Error
        "a symbolic link stands among the inputs"
        "Links could publish files from outside the site, so they are refused. Put the file itself there."
    HiddenCharacter "hidden-character" Error
        "the text holds an invisible or direction-changing character"
        "Zero-width and direction-override characters can make a name or number look like another one. Delete the character; the message names its code point."
    PrivateCharacter "private-character" Warning
        "the text holds a character of the private use area"
        "Rare names are often typed with characters that an agency or 全字庫 gave a code of its own (U+E000 to U+F8FF, planes 15 and 16). Other computers show an empty box or another character, and search does not find it. Most have a Unicode character by now: enter that one. If there is none, describe it in words."
    LostCharacter "lost-character" Warning
        "the text holds U+FFFD, which stands for a character that was lost"
        "A program that cannot read a byte writes U+FFFD in its place: the text was once read in the wrong encoding, and what stood there is gone. Look the character up in the original, and enter it. Markdown writes it as well for `&#0;` and other numbers that are no character."
    HiddenInCopy "hidden-in-copy" Warning
        "a file that is published as it is holds characters nobody sees"
        "Files of evidence, attachments, files under `static/` and those of the templates are published to the byte. A direction override or a zero-width character in them makes a name or number look like another one, and U+FFFD stands for a character that was lost. The message counts them and names the first. File a copy without them; where the original has them, `waive` it with a reason."
    SettlesNothing "settles-nothing" Warning
        "a finding names a failure that nobody knows"
        "`settles` of a finding names occurrences as `REGULATION/OBLIGATION/SCOPE/PERIOD` and kept records as `REGULATION/OBLIGATION/RECORD`, as of the day of the report. Nothing has this id, so nothing is settled by it. `clausebook status` lists the ids."
    UnfitPage "unfit-page" Error
        "a finished page breaks a promise, so nothing was published"
        "Before the swap every finished file is looked through: a template that does not load, a link that leads nowhere, a script in the page, or something its readers may not see keeps the old site in place. The message names the page. What stands in templates of the site is mended there; anything else is a fault of the program."
    NationalId "national-id" Error
        "a national ID or residence certificate number stands in the inputs"
        "Numbers of identity are what these audits protect, and what a site may never publish. The check digit is right, so it is hardly another number. Delete it, or write a staff code or the last three digits. Messages show where it stands, never the number."
    PossibleNationalId "possible-national-id" Warning
        "something has the form of a national ID number, with a check digit that is wrong"
        "It is a slip of the pen, or the number of something else. If it is a person's, delete it. If not, `pii_ok: {reason: …, until: …}` in the record says so. It is published masked all the same."
    PersonalData "personal-data" Warning
        "a telephone number, mail or street address, date of birth or household number stands in the inputs"
        "Only what the purpose needs may be processed (個人資料保護法第5條). It is published masked. Delete it; if it must be published, such as the telephone of an office, write `pii_ok: {reason: …, until: …}` in the record."
    NameInText "name-in-text" Error
        "a name that is masked elsewhere stands in a text in full"
        "The site masks display names, so a text that has one in full would give it away. Write the post or the staff code, or set `show_names: true` if names are to be published."
    ExpiredWaiver "expired-waiver" Error
        "the day has passed until which a waiver holds"
        "A waiver lets something through until a day, so that somebody looks at it again. Look again: mend the fault, or give the waiver a new day."
    EndlessWaiver "endless-waiver" Error
        "the day until which a waiver holds is so far off that it is none"
        "A waiver lets something through until a day, so that somebody looks at it again. It ends five years after the year of the report, or after the last year of the office calendar, at the latest. Give it a nearer day."
    UnusedWaiver "unused-waiver" Warning
        "a waiver waives nothing"
        "What it was for is mended, or its code or file is misspelt. Remove it, or correct it."
    OverLimit "over-limit" Error
        "an input is larger than anything a site needs"
        "Each input has a bound, so that a slip cannot hang the program: 1,000 keys in a mapping, 20,000 characters in a text, 10,000 members of a list, 5,000 records in a file. The message names the bound. Split what is too large."
    LookAlike "look-alike" Warning
        "a character looks like another one and is not the same"
        "Search and comparison do not find it: bopomofo ㄧ for 一, compatibility forms such as U+F963 for 北, letters of other alphabets among Latin ones. Official texts are published as they are; if the slip is the source's own, leave it, else type the usual character."
    UnusedFile "unused-file" Warning
        "a file of evidence or of the templates is named by nothing"
        "It is not published, so whoever filed it believes it is on record when it is not. Add the record that names it, or remove the file."
    UnexpectedFile "unexpected-file" Warning
        "a file stands where it is not read"
        "Records end in `.yaml`, guidance pages in `.md`; anything else in these folders is ignored. Move or rename the file so that nobody thinks it counts."
    InvalidRegister "invalid-register" Error
        "a register is defined in a way that cannot be"
        "A definition under `content/registers` names the fields of its entries and says which of them are what: `since` a day that must be there, `ended` a day that need not, `unique` and `named` a text. Its name and its folder are nobody else's, and its fields hold what `shape` can say. The help says what to write."
    // YAML
    InvalidYaml "invalid-yaml" Error
        "the file is not valid YAML"
        "The YAML reader could not make sense of the file at this place. Common causes: a tab for indentation, a colon inside an unquoted text, a missing closing quote."
    DuplicateKey "duplicate-key" Error
        "a key stands twice in one mapping"
        "YAML readers differ on which one counts, so neither does. Keep one."
    ForbiddenYaml "forbidden-yaml" Error
        "anchors, aliases, tags and merge keys are not used here"
        "Records are plain data: what is written at a place is what counts there. Write the value out, or quote a text that begins with `&`, `*` or `!`."
    // Shapes
    UnknownKey "unknown-key" Error
        "the key is not known here"
        "A misspelt key would silently lose its value, so unknown keys are refused. The help names the nearest known key."
    MissingKey "missing-key" Error
        "a required key is missing"
        "Add the key with its value."
    WrongType "wrong-type" Error
        "the value is not of the kind this key takes"
        "The message says what is expected, for instance a list, a whole number or a date."
    UnknownWord "unknown-word" Error
        "the value is none of the words this key takes"
        "The help lists the words, nearest first."
    InvalidId "invalid-id" Error
        "the id has characters or a length that ids may not have"
        "Ids are addresses: lower-case letters, digits and hyphens, beginning with a letter or digit, at most 63 characters."
    InvalidDate "invalid-date" Error
        "the date, or the time of a day, does not exist or is not written in a known form"
        "Write `2026-11-21`, or quoted `\"115-11-21\"` or `\"民國115年11月21日\"`. Two-digit years, slashes and undivided digits are refused, because they can be read in two ways. A time is written `2026-11-20T16:40+08:00`; without an offset it is of Taiwan."
    InvalidPeriod "invalid-period" Error
        "the period does not exist or is not of the kind the duty takes"
        "Periods are written `2026-09`, `2026-W37`, `2026-Q3`, `2026-H1` or `2026`; the duty's `every` says which form it takes."
    InvalidNumber "invalid-number" Error
        "the number is out of range or not written exactly"
        "Counts are whole numbers from 0; rates are written like `6%` or `0.5%`, with at most two decimals."
    InvalidDuration "invalid-duration" Error
        "the duration is not one of days, working days, months or years"
        "Write for instance `5 days`, `10 working days`, `3 months` or `1 year`; hours, `72 hours`, only as the `deadline` of an event."
    InvalidHash "invalid-hash" Error
        "the value is not a SHA-256 in hexadecimal"
        "A SHA-256 has 64 hexadecimal digits. `sha256sum FILE` prints it."
    UnsafePath "unsafe-path" Error
        "the path leaves its folder or has a name some systems cannot hold"
        "Evidence paths are relative to `content/evidence/files`, without `..`, drive letters, back slashes or names Windows reserves."
    InvalidColour "invalid-colour" Error
        "the value is not a colour in hexadecimal"
        "Colours are written with six hexadecimal digits, in quotes: `\"#17344f\"`."
    LowContrast "low-contrast" Error
        "a colour of the site cannot be read on its ground"
        "Text needs a contrast of 4.5 : 1 with what it stands on (WCAG 2.2, 1.4.3). The message gives the contrast there is. Choose a darker colour."
    // References between records
    UnknownId "unknown-id" Error
        "no record has this id"
        "The help names the nearest id of that kind. Add the record, or correct the id."
    AmbiguousPerson "ambiguous-person" Error
        "people of several agencies have this staff code"
        "Within an agency a staff code is one person's; another agency may give it to another person. Write the agency beside the code."
    DuplicateId "duplicate-id" Error
        "two records of one kind have the same id"
        "An id is the permanent address of a record. Give one of them another id."
    UnknownObligation "unknown-obligation" Error
        "no regulation has this obligation"
        "Obligations are named `REGULATION/OBLIGATION`, as in `regulations/REGULATION/obligations.yaml`."
    UnknownClause "unknown-clause" Error
        "the regulation has no such clause"
        "Clauses are named by their numbers, such as `7.1.1` for 第七點第一款第一目."
    WrongScope "wrong-scope" Error
        "the record answers a duty for something the duty is not laid on"
        "A duty of units is answered for a unit, one of agencies for an agency, and only where a system under the regulation is in use."
    InconsistentDates "inconsistent-dates" Error
        "two dates stand in an order that cannot be"
        "An end before its beginning, an approval before the act, a date after the record was cancelled, a time that lies on another day than the day beside it: correct one of the two."
    InconsistentFigures "inconsistent-figures" Error
        "two figures contradict each other"
        "A sample cannot be larger than its population; active users cannot outnumber all users. Correct one of the two."
    CircularReference "circular-reference" Error
        "records lead to themselves by one key"
        "A finding cannot repeat itself, nobody is their own deputy, and two that name each other say nothing. Name another record, or none."
    UnreadFile "unread-file" Error
        "a file is not read because of its name or kind"
        "Records end in `.yaml`, and are plain files. One in `.yml` would be passed over, and so would a pipe, a socket or a device anywhere among the inputs: the site would lack what stands in it without a word. Rename it, or remove it."
    DayTwice "day-twice" Error
        "one day is a holiday and a working day"
        "A due date depends on which one counts. Keep the one that the published office calendar has."
    PlainWorkday "plain-workday" Warning
        "a make-up working day is a weekday that is worked anyway"
        "`workdays` lists Saturdays and Sundays on which offices work. An entry on another day is a slip: often the holiday it makes up for was meant."
    DuplicateRecord "duplicate-record" Error
        "two records state the same thing"
        "For instance two usage records for one unit, system and month: the program cannot know which one counts."
    // Doubts: the records may be right, but somebody must look
    DoubtfulFigures "doubtful-figures" Warning
        "an audit looked at more than there was"
        "By the usage records and accounts of its period there were fewer records or users than the audit says it looked at. Correct the sample, or the usage."
    AnomalyWithoutFinding "anomaly-without-finding" Warning
        "an audit found an anomaly that no finding describes"
        "What was found, its grade and what was done about it stand in a finding. Without one nobody can follow it up."
    SelfAudit "self-audit" Warning
        "an audit was done by the person whose use it looked at, and by nobody else"
        "Nobody checks what they did themselves. Let another person look at that use, or correct `auditors` or `audited_staff`."
    AnsweredBefore "answered-before" Warning
        "an answer is dated before the event it answers"
        "What must be done within a time after an event cannot be done before the event is known. Correct one of the days, or say with `known_on` when the event was known."
    DoubtfulPaper "doubtful-paper" Warning
        "a paper cannot prove what it is named for"
        "One filled form does not prove two periods, and one from before a period does not prove what was done for it. Name the paper of each act."
    DoubtfulWaiver "doubtful-waiver" Warning
        "a waiver has no ground, came late, ends never, or is of nobody who may"
        "A waiver rests on a clause, or on a letter of the authority that issued the regulation (`basis`), and is approved before the duty is due by a post whose role has `may_waive`. One that came later forgives nothing that was due before. It ends with the fifth year after its approval at the latest, so that somebody looks at it again."
    DoubtfulFinding "doubtful-finding" Warning
        "a finding was verified or closed before its action was done"
        "Verification looks at what was done, and closing ends the matter: both come after the last action. Correct the days, or verify it again."
    DoubtfulUse "doubtful-use" Warning
        "an account was used or opened when it should not have been, or is seen by no duty"
        "A use after the suspension or after the holder left, an opening before the approval: correct the day, or record the finding. A unit whose `uses` do not name the system of its account has no duty about it."
    UnknownRole "unknown-role" Warning
        "a role of a post is no record of a role and no word of a rule"
        "Duties are matched with posts by their roles. A misspelt role makes a post one that nothing is asked of, and an approval one that nobody can judge."
    EventStartsNothing "event-starts-nothing" Warning
        "an event is recorded, but no duty follows from it"
        "Either it lies ahead without `known_on`, or it is about a person without an account, about a unit where the duty is of accounts, or about what was not under the duty on that day."
    EmptyCalendarYear "empty-calendar-year" Warning
        "a year of the office calendar has no holiday"
        "No such year was ever published: working days would be counted wrongly. Enter the year from the office calendar, or take it out."
    // Regulations
    UnreadableClause "unreadable-clause" Error
        "a line of the regulation could not be placed in its numbering"
        "Official texts are read by their numbers (一、 （一） 1. (1)). Check the line against the published text; nothing is dropped silently."
    ClauseGap "clause-gap" Warning
        "the numbering skips or repeats a number"
        "Usually a line was lost or doubled when the text was copied. Compare with the published text."
    DoubtfulClause "doubtful-clause" Warning
        "a line begins with the next number, but in the middle of a sentence"
        "It was taken as text, because the line above breaks off without the end of a sentence. If it is a clause after all, the line above lost its end when the text was copied: compare with the published text."
    UnmatchedDrop "unmatched-drop" Error
        "a rule to drop a line does not match the line"
        "Lines of a regulation are left out only where `drop` names the line and exactly what stands in it. Correct the rule, or remove it: white space and blank lines need none."
    UnresolvedReference "unresolved-reference" Warning
        "words of a clause point at a place that is not there"
        "A citation such as 前款 or 第五點第二款 was found that fits no clause of the text, or names a place of a text that is not listed. Compare with the published text. Official texts do have such slips: they are published as they are, and `readings` in `regulation.yaml` says what is meant. Other texts are listed under `cites`."
    UnmatchedReading "unmatched-reading" Error
        "a reading does not match the words of its clause"
        "An entry of `readings` names words that its clause does not have in any version. Write them as they stand in the text, or remove the entry."
    InvalidChange "invalid-change" Error
        "a reading changes rules in a way that cannot be"
        "`set` of an option names `DUTY.KEY` and the YAML to stand there. The duty must be one of the regulation, the key one it may have, and the changed rule must be sound by itself. What the chosen option sets must be what the rule says."
    ReadingDue "reading-due" Warning
        "a choice between readings is past the day by which it had to be looked at again"
        "`review_by` of a question is the last day on which its choice holds without another look. Ask again, then record who chose what on which day, and a new `review_by`. The gate `--fail-on reading-due` counts them."
    ReadingDecides "reading-decides" Note
        "a question that nobody has settled decides a status"
        "By another reading of the clause some duties would have another status, and no post has chosen on a letter or a ruling. The page of the question lists them. The gate `--fail-on reading-decides` counts such questions."
    ReadingOpen "reading-open" Note
        "a rule leaves open how its time is counted"
        "前十日 can end on the tenth day before an event or leave ten days between; hours can run from when something happened or from when it was known. Where the rule does not say, the first is taken. Something on record would be judged otherwise by the second; the note names it. Write the key as the clause means it, or ask the question in `readings.yaml`."
    UnclassifiedClause "unclassified-clause" Error
        "a clause neither carries a duty nor says why not"
        "Every clause is either named by an obligation in `obligations.yaml` or by an entry with a reason in `clauses.yaml`."
    MovedClause "moved-clause" Warning
        "a version gave the number a rule stands in to another clause, or to none"
        "Clause numbers are those of the versions in force while a rule is law. Where an amendment put a clause in, the later ones have other numbers from its day on: end the rule with `until`, and let another one with the new numbers follow it (`from`, `succeeds`). The help says which; clauses that only moved are known by equal words."
    ClassifiedTwice "classified-twice" Error
        "a clause is said to carry no duty, but an obligation names it"
        "Remove one of the two statements."
    VersionOverlap "version-overlap" Error
        "two versions of a regulation are in force on the same day"
        "Versions follow each other by `in_force`; no two may share the day."
    UndatedVersion "undated-version" Warning
        "one of several versions does not say when it came into force"
        "Periods are judged by the version in force on their last day. Without `in_force` the day of the amendment is used; without that nothing is judged by the version."
    UnfingerprintedRule "unfingerprinted-rule" Warning
        "a rule of a regulation with several versions does not record for which text it was written"
        "`written_for` names the version and a fingerprint of each clause. Where a later version says something else the rule is suspect until somebody has read it again. The help prints the line to enter."
    UnrecordedText "unrecorded-text" Note
        "rules of a regulation with one version do not record for which text they were written"
        "With one version nothing can differ yet. When the next one comes, `written_for` tells which rules must be read again; without it, the rule counts as written for the first version that has its clauses. The help prints the lines to enter, while the text that was read is at hand."
    WrongFingerprint "wrong-fingerprint" Warning
        "a recorded fingerprint is not that of the clause in the version it names"
        "Either the text was changed after the rule was written, or the fingerprint was copied wrongly. Read the clause again, then enter the fingerprint the help prints. RetentionTerm then the rule is suspect."
    // Rules
    IncompleteRule "incomplete-rule" Error
        "the rule lacks a part that its kind needs"
        "A periodic rule needs `every`, an interval `no_more_than`, an event `on`, an invariant `must`, a retention `keep`."
    MisplacedRulePart "misplaced-rule-part" Error
        "the rule has a part that its kind does not take"
        "For instance `every` on an invariant. Remove it, or change the kind."
    InvalidTiers "invalid-tiers" Error
        "the tiers of a sample do not cover the populations exactly once"
        "Tiers rise by `up_to`; only the last one is open."
    InvalidExpression "invalid-expression" Error
        "the condition cannot be read or names something unknown"
        "Conditions are one expression over the declared inputs, for instance `unit.kind == \"office\"`."
    SampleFalls "sample-falls" Warning
        "a larger population asks for a smaller sample"
        "At the border of two tiers the number that must be looked at falls: the message names both populations. Mostly a rate or a number is mistaken. Where the clause means it, `accept: [{lint: sample-falls, because: …}]` in the rule says so."
    BoundNeverBinds "bound-never-binds" Warning
        "a bound of a sample, a due date, or another part of a rule makes no difference"
        "With and without it every population asks for the same, or no period uses the entry of `due`. A number or a tier is mistaken, or it can go."
    ConditionNever "condition-never" Warning
        "no record meets a condition, or a part of it"
        "The message names the parts that cannot be so together, or a record that the rule applies to and that cannot meet it. A `when` that is never so makes a duty that nobody has."
    ConditionAlways "condition-always" Warning
        "no record can fail a condition, or a part of it"
        "A `must` that is always so proves nothing, and a `when` leaves nothing out. What a record must have is not counted as given: its absence is refused when the record is read."
    DutiesContradict "duties-contradict" Warning
        "two duties cannot both be met by the same record"
        "Both apply to the record of the message, and whatever meets one fails the other. Narrow one with `when`, or compare both with their clauses."
    DutyImplied "duty-implied" Note
        "whoever meets one duty meets another"
        "Nothing is wrong: the stricter duty covers the other wherever it applies, so doing it once does for both."
    DutyImpossible "duty-impossible" Warning
        "a duty that nobody can meet"
        "It is due before it may be done, its answer before its event, or by somebody whom another rule refuses. The message names the days or the role."
    TwoDutiesOneClause "two-duties-one-clause" Warning
        "two duties of one clause ask for the same act at different times"
        "They have the same scope and period and differ in the day. One of them is mistaken, or says too little of what sets it apart."
    DayNotInMonth "day-not-in-month" Warning
        "a due date names a day that its month does not have"
        "It would silently be the last day of that month. Write `day: last`, or a day that each of the months has."
    MonthsBefore "months-before" Error
        "a deadline lies so many months before a day"
        "The law counts months forward (行政程序法第48條第3項). Backward, one month before 31 March is 28 February, and so it is for 28 March; no article says which. State the time in days or working days."
    RulesOverlap "rules-overlap" Warning
        "a rule and the one it takes the place of are law on the same day"
        "`succeeds` means that one rule ends and the other goes on. On a day that both are law a duty would be owed twice. End the old rule the day before the new one begins."
    RulesGap "rules-gap" Warning
        "no rule stands for a clause on days between two rules"
        "The clause says something on those days, but one rule has ended and the next has not begun: nothing is judged. Let them meet."
    ListedTwice "listed-twice" Warning
        "a list of a rule names the same twice"
        "Who takes part, a form, a month or a clause counts once, however often it is written. Remove one of the two, or correct the one that was meant otherwise."
    TwoSpellings "two-spellings" Warning
        "words for an event or an answer differ in one letter"
        "Events and answers are matched by their words, to the letter. Of two that differ in one letter one is mostly a slip, and what it names never happens. Where both are meant, `accept` says so."
    LintUndecided "lint-undecided" Note
        "whether a condition can be met and missed was not decided"
        "Lints decide what is there, words, numbers and the order of days. What a condition compares beyond that they leave open, and say so. Tests of the rule show what it does."
    MissingCalendarYear "missing-calendar-year" Error
        "a duty counts working days in a year the calendar does not have"
        "Add the year to `content/calendar.yaml` from the office calendar published for it."
    // Tests of rules
    FailingTest "failing-test" Error
        "a test of a rule does not come out as it says"
        "The rule says otherwise than the person who wrote the test. Read the clause again: either the rule is wrong, or the test. What the program says is never a reason to change a test."
    UnfilledTest "unfilled-test" Error
        "a test of a rule expects `?`"
        "Somebody has to read the clause and write what it asks. The program does not fill in its own answer."
    InvalidTest "invalid-test" Error
        "a test of a rule cannot be run"
        "It tests a duty that is not there, asks what the kind of duty does not have, or gives what no record can hold."
    RepeatedTest "repeated-test" Warning
        "a test of a rule asks what another asks"
        "The same size, day or period of the same duty stands there twice with the same answer: the second proves nothing more. Remove it, or ask what was meant."
    UntestedDuty "untested-duty" Note
        "a duty is judged, and its rule is not tested, or not enough"
        "Said only where the gate `--fail-on untested` asks for it. Every judged duty needs a test, and as much of it exercised as `tested_min` in `clausebook.yaml` asks. `clausebook test --coverage` lists what no test exercises."
    // Guidance pages
    RawHtml "raw-html" Warning
        "a guidance page holds something that is not shown as it was meant"
        "Guidance pages are Markdown. Tags are shown as text and pictures as their words, so that nothing an author writes can run in a reader's browser."
    UnseenEmphasis "unseen-emphasis" Warning
        "marks of emphasis on a guidance page are not seen as such"
        "Markdown was made for texts with spaces: a mark with punctuation inside and a Han character outside, as in `**注意:**應辦理` or `應**「稽核紀錄」**保存`, is shown as it stands. Put the punctuation outside the marks (`**注意**:應辦理`, `應「**稽核紀錄**」保存`), or a space between mark and character. If the signs are meant as they stand, write a backslash before them."
    UnsafeLink "unsafe-link" Error
        "an address cannot become a link"
        "On guidance pages links go to `http`, `https` or `mailto` addresses, or by a relative path to a file of the site; laws that a text cites, to `https` or `http` addresses. Anything else could run script, or lead off the site unseen."
    BrokenLink "broken-link" Error
        "a link of a guidance page leads nowhere"
        "The address is relative to the guidance page, and names a file of the published site or another `.md` page. Correct it, or remove the link."
    // Words
    DeadOverride "dead-override" Warning
        "a text or template of the site's own replaces nothing"
        "No page asks for a text of this key, or the text has a `{place}` that no value goes to. It is most likely misspelt; the help names the nearest."
    // Evidence
    HashMismatch "hash-mismatch" Error
        "the evidence file is not the one that was recorded"
        "The SHA-256 of the file differs from the recorded one: the file was changed or the wrong file was named. Restore it, or record a new piece of evidence."
    UnsafeEvidence "unsafe-evidence" Error
        "the file's type is not one that may be published"
        "Allowed are pdf, png, jpg, webp, txt, csv, xlsx, docx, odt, ods and zip, and the content must be what the ending says. HTML and SVG could run script in the reader's browser."
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_unique_and_spelt_like_slugs() {
        let mut slugs: Vec<_> = Code::ALL.iter().map(|code| code.slug()).collect();
        slugs.sort_unstable();
        let count = slugs.len();
        slugs.dedup();
        assert_eq!(slugs.len(), count);
        assert!(slugs.iter().all(|slug| slug.chars().all(|c| c.is_ascii_lowercase() || c == '-')));
    }
}
