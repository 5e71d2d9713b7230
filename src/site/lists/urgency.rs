//! The list of each class of urgency.

use super::{Filter, Kind, List};
use crate::assess::Status;
use crate::facts::Urgency;
use crate::model::{Agency, Id};
use crate::site::route::Route;

impl Urgency {
    /// Whether the list is told by status alone, on the page of that status.
    pub fn status(self) -> Option<Status> {
        match self {
            Urgency::Deficient => Some(Status::Deficient),
            Urgency::Unknown => Some(Status::Unknown),
            _ => None,
        }
    }

    /// The list of a class, of all agencies or of one.
    pub fn list(self, agency: Option<Id<Agency>>) -> List {
        match (self.status(), agency) {
            (Some(status), None) => List::of(Kind::Occurrences, Filter::Status(status)),
            _ => List::of(Kind::Due, Filter::Urgency(self, agency)),
        }
    }

    /// The first page of the whole list.
    pub fn route(self) -> Route {
        self.list(None).page(1)
    }
}
