//! Asks at the terminal for what a record must have: a choice where the site offers one.

use dialoguer::{Input, Select};

use super::{Context, Draft, scaffold, value};
use crate::parse::fields::descriptions;
use crate::parse::intake::field;

/// Most things a choice is offered from; more are typed.
const MOST_CHOICES: usize = 40;

/// Asks for every key that is missing.
pub fn ask(context: &Context, draft: &mut Draft) -> dialoguer::Result<()> {
    let said = descriptions(context.parsed.kinds);
    for key in scaffold::missing(context, draft) {
        let prompt = said.get(&format!("{}.{key}", context.kind.name)).unwrap_or(&key);
        let Some(field) = field(context.kind, &key) else { continue };
        let choices = scaffold::choices(context, field);
        let answer = if choices.is_empty() || choices.len() > MOST_CHOICES {
            let check = |text: &String| value(context, &key, text).map(|_| ());
            Input::<String>::new().with_prompt(prompt).validate_with(check).interact_text()?
        } else {
            let label = |(value, name): &(String, String)| match value == name {
                true => value.clone(),
                false => format!("{name}（{value}）"),
            };
            let labels: Vec<String> = choices.iter().map(label).collect();
            let at = Select::new().with_prompt(prompt).items(&labels).default(0).interact()?;
            choices[at].0.clone()
        };
        if let Ok(value) = value(context, &key, &answer) {
            draft.set(&key, value);
        }
    }
    Ok(())
}
