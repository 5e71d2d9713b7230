//! Who must get a paper: the recipient of what is sent (函送、備查), the offices to be told (知會、通報).

use super::Element;
use crate::assess::case::Case;
use crate::assess::{Act, Reason};
use crate::time::Moment;

/// The recipient and the offices, since each got it.
pub fn elements(case: &Case, acts: &[Act]) -> Vec<Element> {
    let model = case.index.model;
    let mut elements = Vec::new();
    if let Some(to) = case.demand.to {
        let sent = acts.iter().filter_map(|act| match act {
            Act::Submission(id) => Some(&model.submissions[*id]),
            _ => None,
        });
        let got = sent.clone().find(|one| model.same_party(to, one.to));
        elements.push(match got {
            Some(one) => Element::since(Moment::of(one.sent_on, one.sent_at), Vec::new()),
            None => {
                let instead = sent.map(|one| one.to).next();
                Element::missing(vec![Reason::WrongRecipient { to, instead }])
            }
        });
    }
    for party in &case.demand.notify {
        let told = acts.iter().find(|act| match act {
            Act::Answer(event, place) => {
                let answer = &model.events[*event].answers[*place];
                // Who took part need not be told besides.
                answer.to.iter().chain(&answer.joint).any(|one| model.same_party(*party, *one))
            }
            _ => false,
        });
        elements.push(match told {
            Some(act) => Element::since(act.moment(model), Vec::new()),
            None => Element::missing(vec![Reason::NotTold { party: *party }]),
        });
    }
    elements
}
