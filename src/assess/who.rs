//! Who speaks for whom: whether a post held, on a day, a role that the rule's words mean, in the
//! agency concerned. Words mean roles as `parties` of role records say; a post may act for another
//! (授權), and nobody checks what they did themselves.

use crate::model::{Id, Model, Party, Post, Reach, Role, RoleName, Scope};
use crate::time::Day;

/// Whether a post is whom the rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    Yes,
    No,
    /// The words mean no role, the post has none recorded, or it stands in for the one that has it.
    Indeterminate,
}

/// Whether a party outside is whom a rule names: what a post of the agency itself is to do, nobody
/// outside does for it.
pub fn is_outside_party(model: &Model, party: Id<Party>, asked: Id<Party>, scope: Scope) -> bool {
    let agency = model.scope_agency(scope);
    let is_own = |role: &Id<Role>| {
        let name = model.roles[*role].name;
        let posts = model.posts.iter().map(|(_, post)| post);
        posts.filter(|post| post.agency == agency).any(|post| post.roles.contains(&name))
    };
    model.same_party(party, asked) && !model.parties[asked].roles.iter().any(is_own)
}

/// Whether `post` speaks on `day` for the party that a rule names, for `scope`.
pub fn speaks_for(
    model: &Model,
    post: Id<Post>,
    party: Id<Party>,
    scope: Scope,
    day: Day,
) -> Match {
    let roles = model.parties[party].roles.iter();
    let roles: Vec<&Role> = roles.map(|role| &model.roles[*role]).collect();
    if roles.is_empty() { Match::Indeterminate } else { holds(model, post, &roles, scope, day) }
}

/// Whether `post` held on `day` one of some roles, for `scope`.
pub fn holds_role(
    model: &Model,
    post: Id<Post>,
    names: &[Id<RoleName>],
    scope: Scope,
    day: Day,
) -> Match {
    let roles = names.iter().filter_map(|name| model.role_names[*name].role);
    let roles: Vec<&Role> = roles.map(|role| &model.roles[role]).collect();
    if roles.is_empty() { Match::Indeterminate } else { holds(model, post, &roles, scope, day) }
}

/// Whether two posts are of one person. Staff codes are unique within an agency.
pub fn same_person(model: &Model, a: Id<Post>, b: Id<Post>) -> bool {
    let (a, b) = (&model.posts[a], &model.posts[b]);
    a.person == b.person
}

fn holds(model: &Model, id: Id<Post>, roles: &[&Role], scope: Scope, day: Day) -> Match {
    let post = &model.posts[id];
    if !post.is_held_on(day) {
        return Match::No;
    }
    if is_one(model, post, roles, scope, day) {
        return Match::Yes;
    }
    if post.acts_for.is_some_and(|other| is_one(model, &model.posts[other], roles, scope, day)) {
        return Match::Yes;
    }
    // A deputy acts while the holder is away; whether he was on that day is not recorded.
    let stands_in = model
        .posts
        .iter()
        .any(|(_, other)| other.deputy == Some(id) && is_one(model, other, roles, scope, day));
    let unrecorded = post.roles.is_empty() && post.agency == model.scope_agency(scope);
    if stands_in || unrecorded { Match::Indeterminate } else { Match::No }
}

/// Whether the holder of a post has one of the roles for a scope: in its agency, and where the role
/// is of a unit, in that unit.
fn is_one(model: &Model, post: &Post, roles: &[&Role], scope: Scope, day: Day) -> bool {
    let unit = model.scope_unit(scope);
    post.is_held_on(day)
        && post.agency == model.scope_agency(scope)
        && roles.iter().any(|role| {
            let near = role.reach == Reach::Agency
                || post.unit.is_none_or(|own| unit.is_none_or(|asked| asked == own));
            near && post.roles.contains(&role.name)
        })
}
