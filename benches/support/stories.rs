//! Backlogs of any size to measure with.

use backstory::model::{Line, Product, Prose, Rank, Story, StoryId, Title};
use uuid::Uuid;

/// What titles are made of, so that searches find some stories and not others.
const DEEDS: [&str; 8] = [
    "Pay", "Order", "Return", "Wrap", "Search", "Compare", "Rate", "Track",
];
const THINGS: [&str; 9] = [
    "a parcel",
    "the invoice",
    "a gift",
    "my basket",
    "a card",
    "the tea",
    "an offer",
    "a voucher",
    "my address",
];
const WAYS: [&str; 7] = [
    "on the phone",
    "as a guest",
    "at night",
    "from abroad",
    "in one step",
    "without an account",
    "for a friend",
];

/// The product "Webshop".
pub(crate) fn product() -> Product {
    Product::new("Webshop", None).unwrap()
}

/// So many open stories of 2 kB each, in order; a product owner's ideas, no two alike.
pub(crate) fn stories(count: usize) -> Vec<Story> {
    let first: Story = serde_json::from_str(FIRST).unwrap();
    let notes = "What a customer said about paying, once more and in other words. ".repeat(18);
    let ranks = Rank::spread(None, None, count).unwrap();
    let make = |(index, rank): (usize, Rank)| {
        let [deed, thing, way] = [
            DEEDS[index % DEEDS.len()],
            THINGS[index % THINGS.len()],
            WAYS[index % WAYS.len()],
        ];
        Story {
            id: StoryId::new(Uuid::from_u128((7 << 76) | index as u128)),
            number: u32::try_from(index + 1).unwrap(),
            title: Title::parse(&format!("{deed} {thing} {way}")).unwrap(),
            want: Line::parse(&format!("{deed} {thing}")),
            notes: Prose::parse(&format!("{notes}Call {index}.")),
            rank,
            ..first.clone()
        }
    };
    ranks.into_iter().enumerate().map(make).collect()
}

const FIRST: &str = r#"{
    "format": 1, "id": "019ab3c4-7c3e-7d5a-9b1e-2f6c1d0a8e4b", "number": 1, "title": "Pay", "rank": "a0",
    "persona": "returning customer", "benefit": "checkout takes one step", "estimate": 3, "labels": ["checkout", "cards"],
    "created": "2026-11-19T16:00:00Z", "updated": "2026-11-20T09:12:00Z"
}"#;
