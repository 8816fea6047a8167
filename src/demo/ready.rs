//! What is agreed and waits for the team.

use super::tale::{BLANK, Tale, What, agreed, owner, said};
use crate::model::Kind;

pub(super) const TALES: &[Tale] = &[
    Tale {
        title: "Pay with a saved card",
        persona: "returning customer",
        want: "pay with a card I saved before",
        benefit: "checkout takes one step",
        notes: "Problem: every second order is somebody's third or later, and typing the card again takes 50 of the 130 seconds a checkout lasts (measured in September, 400 orders).",
        criteria: &[
            "Given a saved card\nWhen I choose it\nThen I pay without typing its number",
            "Only the last four digits are ever shown",
            "A card that has expired is shown as expired and cannot be chosen",
        ],
        questions: &[("Which cards?", "Visa and Mastercard.")],
        points: 3,
        labels: &["checkout", "payment"],
        epic: "Faster checkout",
        // The certificate stands further down: the sign for that is to be seen.
        blocked_by: &[
            "Log in with a link from a mail",
            "Renew the payment provider's certificate",
        ],
        wsjf: [13, 8, 3, 3],
        written: 39,
        life: &[agreed(21)],
        ..BLANK
    },
    Tale {
        title: "Order the same again",
        persona: "returning customer",
        want: "put an earlier order into the basket at once",
        benefit: "my breakfast tea is ordered in the time the kettle takes",
        notes: "Problem: 3 of 5 people we watched opened an old confirmation mail to find what their tea is called.",
        criteria: &[
            "Every earlier order can be put into the basket with one tap",
            "What is sold out is named, and the rest goes into the basket",
            "Prices are today's, and a changed price is marked",
        ],
        points: 5,
        labels: &["checkout"],
        epic: "Find the right tea",
        wsjf: [8, 3, 1, 5],
        written: 30,
        life: &[
            agreed(9),
            owner(
                5,
                What::Reword(
                    2,
                    "What is sold out is named with the nearest tea we have, and the rest goes into the basket",
                ),
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "See why a payment failed",
        persona: "new customer",
        want: "be told why my payment failed and what I can do",
        benefit: "I try another way in place of giving up",
        notes: "Problem: \"Error 402\" is all the page says. 61 of 74 people who saw it last month never came back.",
        criteria: &[
            "Declined, expired and not confirmed have a sentence each, without a number",
            "The basket and the address are still there",
            "Another way to pay is offered on the same page",
        ],
        points: 3,
        labels: &["checkout", "payment"],
        epic: "Faster checkout",
        wsjf: [13, 8, 5, 2],
        written: 27,
        life: &[agreed(8)],
        ..BLANK
    },
    Tale {
        title: "The search forgets umlauts",
        kind: Kind::Bug,
        persona: "new customer",
        want: "find Grüner Tee by typing grüner tee",
        benefit: "I find what is on the shelf",
        notes: "Searching \"grüner\" finds nothing, \"gruner\" finds all. Since the update of 2 October.",
        criteria: &[
            "\"grüner\", \"gruener\" and \"GRÜNER\" find the same teas",
            "A search without a result offers the three nearest names",
        ],
        points: 1,
        labels: &["search"],
        epic: "Find the right tea",
        wsjf: [5, 3, 1, 1],
        written: 11,
        life: &[
            agreed(6),
            said(
                6,
                "Ben",
                "One index setting; the second criterion is the larger part.",
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Tell customers when a parcel is late",
        persona: "gift giver",
        want: "get a mail as soon as my parcel is late",
        benefit: "I can tell the person whose birthday it is",
        notes: "Problem: 19 of 88 calls last week were \"where is my parcel?\". The carrier knew in every case before the customer did.",
        criteria: &[
            "The mail goes out within an hour of the carrier's message",
            "It names the new date and the reason the carrier gave",
            "No parcel gets more than one such mail a day",
        ],
        points: 5,
        labels: &["delivery", "phone-calls"],
        epic: "Returns without a phone call",
        blocked_by: &["See the delivery date before paying"],
        wsjf: [8, 5, 3, 5],
        written: 25,
        life: &[agreed(5)],
        ..BLANK
    },
    Tale {
        title: "Renew the payment provider's certificate",
        kind: Kind::Chore,
        notes: "Runs out on 15 January. Last year the shop could not take cards for three hours.",
        points: 1,
        labels: &["operations", "payment"],
        wsjf: [1, 20, 13, 1],
        written: 45,
        life: &[agreed(16)],
        ..BLANK
    },
];
