//! What a new site is about: from the flags, or asked at the terminal, or taken for granted.

use dialoguer::{Input, MultiSelect};

use crate::cli::args::InitArgs;
use crate::cli::{Exit, is_interactive, say};
use crate::diagnostic::did_you_mean;
use crate::parse::check::is_id;
use crate::parse::{library, yaml};
use crate::record::value::Group;
use crate::source::{FileId, embedded};
use crate::time::Day;

/// Something with an id and an official name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub id: String,
    pub name: String,
}

/// A system and the regulations its use falls under.
#[derive(Clone, Debug)]
pub struct SystemAnswer {
    pub named: Named,
    pub regulations: Vec<String>,
}

/// What was answered.
#[derive(Clone, Debug)]
pub struct Answers {
    pub site: String,
    pub agency: Named,
    pub units: Vec<Named>,
    pub systems: Vec<SystemAnswer>,
    /// In the order they were named, each once.
    pub regulations: Vec<String>,
    /// First day the units use the systems.
    pub since: Day,
    pub today: Day,
    /// Whether the examples stand as records; otherwise they stand behind `#`.
    pub examples: bool,
}

/// Takes the answers from the flags; asks for them if there is none and somebody is there.
pub fn answers(args: &InitArgs, today: Day) -> Result<Answers, Exit> {
    let defaults = Defaults::read();
    let nothing_said = args.agency.is_none()
        && args.name.is_none()
        && args.unit.is_empty()
        && args.system.is_empty()
        && args.regulation.is_empty();
    let mut given = args.clone();
    if nothing_said && is_interactive() && !args.yes {
        ask(&mut given, &defaults).map_err(|error| {
            say(&format!("error: {error}"));
            Exit::Usage
        })?;
    }
    let chosen = or(given.regulation.clone(), &defaults.regulations);
    let agency = one(given.agency.as_deref().unwrap_or(&defaults.agency), "agency", None)?;
    let units = or(given.unit.clone(), &defaults.units);
    let unit = |(text, number): (&String, usize)| one(text, "unit", Some(number));
    let units: Vec<Named> = units.iter().zip(1..).map(unit).collect::<Result<_, _>>()?;
    let systems = or(given.system.clone(), std::slice::from_ref(&defaults.system));
    let system = |(text, number): (&String, usize)| {
        let (named, laws) = match text.rsplit_once(':') {
            Some((named, laws)) => (named, laws.split('+').map(str::to_owned).collect()),
            None => (text.as_str(), chosen.clone()),
        };
        Ok(SystemAnswer { named: one(named, "system", Some(number))?, regulations: laws })
    };
    let systems: Vec<SystemAnswer> =
        systems.iter().zip(1..).map(system).collect::<Result<_, _>>()?;
    let mut regulations: Vec<String> = Vec::new();
    for id in systems.iter().flat_map(|system| &system.regulations) {
        if !regulations.contains(id) {
            regulations.push(id.clone());
        }
    }
    known(&regulations)?;
    distinct(units.iter().chain(systems.iter().map(|system| &system.named)))?;
    Ok(Answers {
        site: given.name.clone().unwrap_or(defaults.site),
        agency,
        units,
        systems,
        regulations,
        since: args.since.unwrap_or(today),
        today,
        examples: args.examples,
    })
}

fn or(given: Vec<String>, default: &[String]) -> Vec<String> {
    if given.is_empty() { default.to_vec() } else { given }
}

/// Reads `ID=NAME`, or a name that gets `kind` (and its number from the second on) as its id.
fn one(text: &str, kind: &str, number: Option<usize>) -> Result<Named, Exit> {
    let text = text.trim();
    let (id, name) = match text.split_once('=') {
        Some((id, name)) => (id.trim().to_owned(), name.trim().to_owned()),
        None => {
            let id = number.map_or_else(|| kind.to_owned(), |number| format!("{kind}-{number}"));
            (id, text.to_owned())
        }
    };
    if name.is_empty() || name.chars().any(char::is_control) {
        say(&format!("error: a {kind} needs a name in one line"));
        return Err(Exit::Usage);
    }
    if !is_id(&id) {
        say(&format!("error: `{}` is no id", crate::source::escape(&id)));
        say("help: write ID=NAME; an id is lower-case letters, digits and hyphens");
        return Err(Exit::Usage);
    }
    Ok(Named { id, name })
}

fn known(regulations: &[String]) -> Result<(), Exit> {
    let library = embedded::regulation_ids();
    let mut outcome = Ok(());
    for id in regulations.iter().filter(|id| !library.contains(*id)) {
        say(&format!("error: the library has no regulation `{}`", crate::source::escape(id)));
        let near = did_you_mean(id, library.iter().map(String::as_str));
        let all = || library.iter().cloned().collect::<Vec<_>>().join(", ");
        say(&format!("help: {}", near.unwrap_or_else(|| format!("it has {}", all()))));
        outcome = Err(Exit::Usage);
    }
    outcome
}

fn distinct<'a>(all: impl Iterator<Item = &'a Named>) -> Result<(), Exit> {
    let mut ids: Vec<&str> = all.map(|named| named.id.as_str()).collect();
    ids.sort_unstable();
    if let Some(pair) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
        say(&format!("error: the id `{}` is given twice", pair[0]));
        return Err(Exit::Usage);
    }
    Ok(())
}

fn ask(given: &mut InitArgs, defaults: &Defaults) -> dialoguer::Result<()> {
    let line = |prompt: &str, default: &str| {
        Input::<String>::new().with_prompt(prompt).default(default.to_owned()).interact_text()
    };
    let several = |text: String| {
        let names = text.split(['、', ',', '，']).map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect::<Vec<String>>()
    };
    given.agency = Some(line("機關全銜", &defaults.agency)?);
    given.name = Some(line("網站名稱", &defaults.site)?);
    given.unit = several(line("單位（多個以、分開）", &defaults.units.join("、"))?);
    let library: Vec<(String, String)> = library::regulations();
    let labels: Vec<String> = library.iter().map(|(id, name)| format!("{name}（{id}）")).collect();
    let preset: Vec<bool> =
        library.iter().map(|(id, _)| defaults.regulations.contains(id)).collect();
    let chosen = MultiSelect::new()
        .with_prompt("適用法規（空白鍵選取，Enter 完成）")
        .items(&labels)
        .defaults(&preset)
        .interact()?;
    given.regulation = chosen.into_iter().map(|at| library[at].0.clone()).collect();
    given.system = several(line("系統（多個以、分開）", &defaults.system)?);
    Ok(())
}

/// `starter/defaults.yaml`.
struct Defaults {
    agency: String,
    site: String,
    units: Vec<String>,
    system: String,
    regulations: Vec<String>,
}

impl Defaults {
    fn read() -> Self {
        use crate::record::schema::{Field, Shape, required};
        const FIELDS: &[Field] = &[
            required("agency", Shape::Text, "the agency"),
            required("site", Shape::Text, "the site's name"),
            required("units", Shape::List(&Shape::Text), "the units"),
            required("system", Shape::Text, "the system"),
            required("regulations", Shape::List(&Shape::Regulation), "the regulations"),
        ];
        let text = embedded::starter("defaults.yaml").expect("the starter has it");
        let mut faults = Vec::new();
        let node = yaml::parse(FileId(0), &text, &mut faults).expect("the starter is YAML");
        let group: Group = crate::parse::check::group(&node, "starter", FIELDS, &mut faults)
            .expect("the starter has every key");
        let texts =
            |key: &str| group.texts(key).map(|text| text.value.to_owned()).collect::<Vec<_>>();
        Self {
            agency: group.string("agency"),
            site: group.string("site"),
            units: texts("units"),
            system: group.string("system"),
            regulations: texts("regulations"),
        }
    }
}
