//! What is written down and not yet agreed, and what will not be done.

use super::tale::{BLANK, Moment, Tale, What, agreed, owner, said, step};
use crate::model::Kind;
use crate::model::Step::{Drop, Start};

/// Dropped so many days ago, for a reason.
const fn dropped(days: u16, reason: &'static str) -> Moment {
    owner(days, What::Because(Drop, reason))
}

pub(super) const TALES: &[Tale] = &[
    Tale {
        title: "Send a gift to several addresses",
        persona: "gift giver",
        want: "send the same tea to several people with one order",
        benefit: "my four sisters get theirs without four checkouts",
        notes: "Problem: firms that order presents for their clients phone us; Leyla types 20 to 70 orders for each by hand, 11 firms last December.",
        criteria: &[
            "Up to 100 addresses can be pasted from a table",
            "Each address gets its own delivery date",
            "One payment covers all parcels",
        ],
        questions: &[("Does each parcel need its own card?", "")],
        points: 8,
        labels: &["gifts"],
        epic: "Gifts",
        blocked_by: &["Wrap an order as a gift"],
        wsjf: [5, 2, 1, 8],
        written: 35,
        life: &[said(
            9,
            "Mira",
            "One payment for many parcels touches refunds too. Could the first version be one date for all?",
        )],
        ..BLANK
    },
    Tale {
        title: "Taste advice in three questions",
        persona: "new customer",
        want: "answer three questions and see three teas that suit me",
        benefit: "I dare to buy something I have never tasted",
        notes: "Problem: 240 teas, and 7 of 10 new customers buy the one at the top. In the shop on Market Street people ask \"something like Earl Grey, but softer\". Two paper prototypes were tried with six people; four would have bought.",
        criteria: &[
            "Three questions with pictures, answered without typing",
            "Each tea says in one sentence why it was chosen",
        ],
        questions: &[
            (
                "Which three questions? The paper ones were: when, how strong, with milk?",
                "As on paper.",
            ),
            ("Who writes the reasons for 240 teas?", ""),
        ],
        points: 8,
        labels: &["discovery"],
        epic: "Find the right tea",
        wsjf: [8, 3, 8, 8],
        written: 33,
        ..BLANK
    },
    Tale {
        title: "Choose a pick-up shop in place of an address",
        persona: "returning customer",
        want: "have the parcel sent to a shop near my work",
        benefit: "I do not queue at the post office on Saturday",
        notes: "Problem: 17 % of parcels are not handed over at the first try (carrier's report, October), and each costs us 2.10 euros.",
        criteria: &[
            "Shops within 5 km are shown with their hours",
            "The chosen shop is remembered for the next order",
        ],
        points: 5,
        labels: &["delivery", "checkout"],
        epic: "Faster checkout",
        wsjf: [5, 2, 2, 5],
        written: 20,
        ..BLANK
    },
    Tale {
        title: "See the whole return on one page",
        persona: "customer service agent",
        want: "see parcel, refund and mails of a return on one page",
        benefit: "a call about a return takes two minutes, not six",
        notes: "Problem: Leyla has four windows open in every such call. She showed us; the clock ran to 6:20.",
        criteria: &["The page opens from the order's number or the label's"],
        points: 3,
        labels: &["returns", "phone-calls"],
        epic: "Returns without a phone call",
        blocked_by: &["Return a parcel from the sofa"],
        wsjf: [5, 2, 1, 3],
        written: 19,
        life: &[owner(
            3,
            What::Ask("Which of the four windows can be left out?"),
        )],
        ..BLANK
    },
    Tale {
        title: "Tea by subscription",
        persona: "returning customer",
        want: "get my tea every month without ordering",
        benefit: "the tin is never empty",
        notes: "Problem: assumed, not seen yet. 212 customers order the same tea every 3 to 5 weeks; nobody has asked for a subscription. To be examined before anything is built.",
        questions: &[
            (
                "Would any of the 212 really let us send without asking?",
                "",
            ),
            ("What happens when the price changes?", ""),
        ],
        points: 13,
        labels: &["discovery"],
        epic: "Subscriptions",
        wsjf: [13, 2, 8, 20],
        written: 37,
        life: &[said(
            17,
            super::OWNER,
            "Too large as it stands. First five interviews, then split.",
        )],
        ..BLANK
    },
    Tale {
        title: "Ask five regulars about subscriptions",
        kind: Kind::Spike,
        notes: "Five calls of 20 minutes with people who order every month. We ask about the last time the tin was empty, not about subscriptions.",
        labels: &["discovery"],
        epic: "Subscriptions",
        written: 17,
        ..BLANK
    },
    Tale {
        title: "Filter teas by caffeine",
        persona: "returning customer",
        want: "see only teas without caffeine",
        benefit: "I find something for the evening",
        notes: "Problem: \"without caffeine\" is the third most frequent search and finds two teas; we have 31.",
        criteria: &[
            "Every tea is marked as none, little or much",
            "The choice stays while I look around",
        ],
        points: 2,
        labels: &["search"],
        epic: "Find the right tea",
        wsjf: [3, 1, 1, 2],
        written: 15,
        ..BLANK
    },
    Tale {
        title: "Weigh a parcel before it is closed",
        persona: "warehouse packer",
        want: "be warned when a parcel's weight does not fit its list",
        benefit: "a missing tin is found before the customer finds it",
        notes: "Problem: 12 complaints about missing goods a month; each costs a second parcel and an apology. Jo has a scale at the table already.",
        questions: &[(
            "How far off may the weight be? Loose tea is filled by hand.",
            "",
        )],
        labels: &["warehouse"],
        wsjf: [2, 1, 0, 0],
        written: 14,
        ..BLANK
    },
    Tale {
        title: "Pictures show how much 100 g is",
        persona: "new customer",
        want: "see how many cups a bag makes",
        benefit: "I order the right size the first time",
        notes: "Problem: every tenth return is \"more than I thought\" or \"less than I thought\" (38 slips read in October).",
        criteria: &[
            "Each size says how many cups it makes",
            "One picture shows all sizes beside a cup",
        ],
        points: 2,
        labels: &["returns"],
        epic: "Find the right tea",
        wsjf: [5, 2, 1, 1],
        written: 13,
        ..BLANK
    },
    Tale {
        title: "A gift receipt without prices",
        persona: "gift giver",
        want: "enclose a receipt without prices",
        benefit: "the gift can be exchanged without anybody asking me",
        notes: "Problem: people phone to exchange a present and we ask for the order number, which only the giver has. About five calls a week after Christmas.",
        criteria: &[
            "The receipt names the goods and a number, and no price",
            "With that number the goods can be exchanged once",
        ],
        points: 3,
        labels: &["gifts", "returns"],
        epic: "Gifts",
        blocked_by: &["Wrap an order as a gift"],
        wsjf: [8, 8, 1, 2],
        written: 9,
        ..BLANK
    },
    Tale {
        title: "The basket is empty after switching to the phone",
        kind: Kind::Bug,
        persona: "returning customer",
        want: "find my basket again on my phone",
        benefit: "I finish at lunch what I chose at breakfast",
        notes: "Told by two customers. The basket lives in the browser; for people who are logged in it need not.",
        questions: &[("Is it a bug or something new? It never was otherwise.", "")],
        labels: &["checkout", "account"],
        written: 6,
        ..BLANK
    },
    Tale {
        title: "Show how old our tea is",
        persona: "returning customer",
        want: "see the harvest of a tea",
        benefit: "I know what I pay for",
        notes: "Problem: one customer, once, but in detail: she buys green tea by its harvest and left because we do not name it. To be heard from others.",
        labels: &["discovery"],
        epic: "Find the right tea",
        written: 4,
        ..BLANK
    },
    Tale {
        title: "Invoices as a file the accountant can read",
        persona: "returning customer",
        want: "get invoices as an electronic invoice file",
        benefit: "my accountant does not type them",
        notes: "Problem: from January firms must take such invoices. 140 of our customers are firms; nine have asked.",
        questions: &[("Which of the two formats do the nine need?", "")],
        labels: &["invoice"],
        written: 3,
        ..BLANK
    },
    Tale {
        title: "A chat window on every page",
        persona: "new customer",
        want: "ask a question while I look around",
        benefit: "I get an answer before I leave",
        notes: "Problem: assumed. It was asked for by us, not by customers.",
        points: 8,
        labels: &["phone-calls"],
        written: 54,
        life: &[dropped(
            29,
            "A week's trial brought 14 chats, 12 of them about returns. Those are solved by the return page.",
        )],
        ..BLANK
    },
    Tale {
        title: "Stars and reviews for teas",
        persona: "new customer",
        want: "read what others say about a tea",
        benefit: "I trust a tea I have never tasted",
        notes: "Problem: new customers choose by chance (see the taste advice). Reviews would need some 2,000 before they help.",
        criteria: &["Only people who bought a tea can review it"],
        points: 8,
        epic: "Find the right tea",
        written: 51,
        life: &[
            agreed(43),
            step(40, "Tom", Start),
            dropped(
                34,
                "After two weeks there were nine reviews. Taste advice looks like the better answer to the same problem.",
            ),
        ],
        ..BLANK
    },
];
