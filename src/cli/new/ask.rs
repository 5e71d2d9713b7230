//! Asks at the terminal for what a record must have: a choice where the site offers one.

use dialoguer::{Input, Select};

use super::{Context, Draft, scaffold, value};
use crate::parse::fields::descriptions;
use crate::parse::intake::field;
use crate::record::schema::Shape;

/// Most things a choice is offered from; more are typed.
const MOST_CHOICES: usize = 40;

/// Asks for every key that is missing.
pub fn ask(context: &Context, draft: &mut Draft) -> dialoguer::Result<()> {
    let said = descriptions();
    for key in scaffold::missing(context, draft) {
        let prompt = said.get(&format!("{}.{key}", context.kind.name)).unwrap_or(&key);
        let Some(field) = field(context.kind, &key) else { continue };
        let choices: Vec<(String, String)> = match field.shape {
            Shape::Ref(kind) => context
                .names
                .of(kind)
                .map(|(id, name)| (id.to_owned(), format!("{name}（{id}）")))
                .collect(),
            Shape::Word(words) | Shape::Term(_, words) => {
                words.iter().map(|word| ((*word).to_owned(), (*word).to_owned())).collect()
            }
            _ => Vec::new(),
        };
        let answer = if choices.is_empty() || choices.len() > MOST_CHOICES {
            let check = |text: &String| value(context, &key, text).map(|_| ());
            Input::<String>::new().with_prompt(prompt).validate_with(check).interact_text()?
        } else {
            let labels: Vec<&String> = choices.iter().map(|(_, label)| label).collect();
            let at = Select::new().with_prompt(prompt).items(&labels).default(0).interact()?;
            choices[at].0.clone()
        };
        if let Ok(value) = value(context, &key, &answer) {
            draft.set(&key, value);
        }
    }
    Ok(())
}
