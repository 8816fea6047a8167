//! Views: a saved search and grouping, chosen from a menu; and the menu of groupings.

use super::BacklogPane;
use crate::model::{Grouping, View};
use crate::ui::effect::Effect;
use crate::ui::overlays::{Menu, MenuRow, Prompt, Purpose};
use crate::ui::pane::Cx;

impl BacklogPane {
    /// Looks at the backlog through a query and in groups.
    pub fn look(&mut self, query: &str, group: Option<Grouping>, cx: &Cx) {
        self.groups.set(group);
        self.set_query(query, cx);
    }

    /// How the list is grouped and what is folded, to be kept for the next start.
    pub fn grouping(&self) -> serde_json::Value {
        self.groups.session()
    }

    /// Groups and folds the list as it was at the last start.
    pub fn regroup(&mut self, session: &serde_json::Value, cx: &Cx) {
        self.groups.restore(session);
        self.settle(cx);
    }

    /// The saved view that is looked through now.
    pub(super) fn view_in_force<'a>(&self, cx: &Cx<'a>) -> Option<&'a View> {
        let (query, group) = (self.filter.text().trim(), self.groups.by());
        if query.is_empty() && group.is_none() {
            return None;
        }
        let mut views = cx.backlog.product().views.iter();
        views.find(|view| view.query.as_str() == query && view.group == group)
    }

    /// The menu of saved views.
    pub(super) fn views_menu(&self, cx: &Cx) -> Effect {
        let views = &cx.backlog.product().views;
        let (query, group) = (self.filter.text().trim(), self.groups.by());
        let is_whole = query.is_empty() && group.is_none();
        let names = views.iter().map(|view| crate::ui::text::width(&view.name));
        let widest = names.max().unwrap_or(0).min(30);
        let mut rows: Vec<MenuRow> = letters(views)
            .into_iter()
            .zip(views)
            .map(|(letter, view)| MenuRow {
                letter,
                label: label(view, widest),
                refusal: None,
                effects: vec![Effect::Look {
                    query: view.query.to_string(),
                    group: view.group,
                }],
            })
            .collect();
        if !is_whole {
            rows.push(MenuRow {
                letter: '.',
                label: "the whole backlog".to_owned(),
                refusal: None,
                effects: vec![Effect::Look {
                    query: String::new(),
                    group: None,
                }],
            });
        }
        let save = Prompt::new(
            Purpose::SaveView(query.to_owned(), group),
            "Name this view",
            "",
        );
        rows.push(MenuRow {
            letter: '+',
            label: "save this search and grouping".to_owned(),
            refusal: is_whole
                .then(|| "Search (/) or group (F) first, then save it here.".to_owned()),
            effects: vec![Effect::open(save)],
        });
        let menu = Menu::new("Views", rows);
        Effect::open(if views.is_empty() {
            menu.with_body(vec![
                "A view is a search and a grouping with a name. None is saved yet.".to_owned(),
            ])
        } else {
            menu
        })
    }

    /// The menu of groupings.
    pub(super) fn groups_menu(&self) -> Effect {
        let query = self.filter.text().to_owned();
        let row = |letter, label: String, group| MenuRow {
            letter,
            label,
            refusal: (self.groups.by() == group).then(|| "It is so already.".to_owned()),
            effects: vec![Effect::Look {
                query: query.clone(),
                group,
            }],
        };
        let by = Grouping::ALL.into_iter().map(|by| {
            let (letter, label) = match by {
                Grouping::Epic => ('e', "epic"),
                Grouping::Persona => ('p', "persona"),
                Grouping::Label => ('l', "label: each story under its first"),
                Grouping::Problem => ('i', "problem: the largest impact first"),
                Grouping::Status => ('s', "status"),
            };
            row(letter, label.to_owned(), Some(by))
        });
        let none = row('n', "no groups: the one order".to_owned(), None);
        Effect::open(Menu::new("Group by", by.chain([none]).collect()))
    }
}

/// The letter that chooses each of some views: its own, else the first of its name that is free, else any.
pub(crate) fn letters(views: &[View]) -> Vec<char> {
    let mut taken: Vec<char> = views.iter().filter_map(|view| view.key).collect();
    let mut letters = Vec::new();
    for (index, view) in views.iter().enumerate() {
        let is_first = |key: &char| !views.iter().take(index).any(|v| v.key == Some(*key));
        let own = view.key.filter(is_first);
        let letter = own.unwrap_or_else(|| {
            let name = view.name.chars().flat_map(char::to_lowercase);
            let mut free = name
                .filter(|letter| letter.is_alphanumeric())
                .chain('1'..='9')
                .chain('a'..='z')
                .chain('A'..='Z');
            let letter = free.find(|letter| !taken.contains(letter)).unwrap_or(' ');
            taken.push(letter);
            letter
        });
        letters.push(letter);
    }
    letters
}

fn label(view: &View, widest: usize) -> String {
    let name = crate::ui::text::fit(&view.name, widest);
    let group = view.group.map(|by| format!("by {by}"));
    let query = (!view.query.is_empty()).then(|| view.query.to_string());
    let told: Vec<String> = query.into_iter().chain(group).collect();
    format!("{name}  {}", told.join(", ")).trim_end().to_owned()
}
