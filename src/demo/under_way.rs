//! What is delivered, sent back or in work.

use super::tale::{BLANK, End, Tale, What, agreed, owner, rejected, reviewed, said, step};
use crate::model::Kind;
use crate::model::Step::{Deliver, Restart, Start};
use crate::model::Verdict::{CannotTell, Met, NotMet};

pub(super) const TALES: &[Tale] = &[
    Tale {
        title: "Return a parcel from the sofa",
        persona: "returning customer",
        want: "print a return label at home and see when I get my money back",
        benefit: "I need no phone call",
        notes: "Problem: returns are our most frequent phone call, 31 of 88 last week. Leyla's recordings: people do not mind sending a parcel back, they mind waiting on the line to ask how.",
        criteria: &[
            "Given an order that was delivered at most 30 days ago\nWhen I choose what goes back\nThen I can print a label with its own number",
            "The date by which the money is back is shown before I confirm",
            "A mail confirms the return and repeats the date",
            "Opened tea cannot be chosen, and the page says why",
        ],
        questions: &[(
            "Who pays for the label?",
            "We do, from 20 euros of goods on.",
        )],
        points: 8,
        labels: &["returns", "phone-calls"],
        epic: "Returns without a phone call",
        wsjf: [13, 8, 5, 8],
        written: 55,
        life: &[
            agreed(33),
            step(31, "Mira", Start),
            step(16, "Mira", Deliver),
            rejected(
                15,
                &[
                    (1, Met, "", "label 7741 printed and scanned by the carrier"),
                    (
                        2,
                        NotMet,
                        "shows 1 Jan 1970 for orders paid by invoice",
                        "order 20931",
                    ),
                    (3, CannotTell, "staging sends no mail", ""),
                    (4, Met, "", ""),
                ],
            ),
            step(14, "Mira", Restart),
            owner(
                11,
                What::Reword(
                    3,
                    "A mail confirms the return within 5 minutes and repeats the date",
                ),
            ),
            said(
                4,
                "Mira",
                "The date was read from the payment, which an invoice does not have yet. It now comes from the return itself.",
            ),
            step(2, "Mira", Deliver),
            reviewed(
                1,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", "order 20931 again: 3 December"),
                ],
                &[1],
                End::GoesOn,
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Log in with a link from a mail",
        persona: "returning customer",
        want: "log in with a link that is mailed to me",
        benefit: "I order again without hunting for a password",
        notes: "Problem: 4 of 9 returning customers in October's interviews made a second account because they had forgotten the password of the first. Their old orders are then out of reach.",
        criteria: &[
            "The link logs me in once and for 15 minutes",
            "An address we do not know gets the same answer on the page as one we know",
            "After five links in an hour the page says when the next one can be sent",
        ],
        points: 5,
        labels: &["account"],
        epic: "Faster checkout",
        wsjf: [8, 5, 5, 5],
        written: 41,
        life: &[agreed(26), step(13, "Tom", Start), step(1, "Tom", Deliver)],
        ..BLANK
    },
    Tale {
        title: "VAT is wrong when tea and teapots are in one order",
        kind: Kind::Bug,
        persona: "customer service agent",
        want: "see the right VAT on every line of an invoice",
        benefit: "I no longer write corrections by hand",
        notes: "Seen by Leyla on 9 invoices this month: all lines get the rate of the first one. Tea has 7 %, a teapot 19 %.",
        criteria: &[
            "Each line of the invoice has the rate of its goods",
            "The total equals the sum of the lines to the cent",
        ],
        points: 2,
        labels: &["invoice", "phone-calls"],
        written: 12,
        life: &[
            agreed(12),
            step(9, "Ben", Start),
            said(
                5,
                "Ben",
                "The nine invoices are in the tests now, with the amounts Leyla corrected them to.",
            ),
            step(2, "Ben", Deliver),
        ],
        ..BLANK
    },
    Tale {
        title: "See the delivery date before paying",
        persona: "gift giver",
        want: "see on which day the parcel arrives before I pay",
        benefit: "the present is there on the birthday",
        notes: "Problem: \"I ordered elsewhere because you would not say when\" (three of the eight people who left a full basket and answered our mail). The carrier's interface knows the date.",
        criteria: &[
            "The date is shown in the basket and again above the pay button",
            "Given it is past 14:00\nWhen I look at the date\nThen it counts from tomorrow",
            "Sundays and public holidays of the sender's state are left out",
        ],
        points: 5,
        labels: &["checkout", "delivery"],
        epic: "Faster checkout",
        wsjf: [8, 8, 3, 5],
        written: 50,
        life: &[
            agreed(28),
            step(20, "Ben", Start),
            step(6, "Ben", Deliver),
            rejected(
                3,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", "tried at 13:59 and 14:01"),
                    (
                        3,
                        NotMet,
                        "promises 26 December, which is a holiday",
                        "screenshot in the shared folder",
                    ),
                ],
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Wrap an order as a gift",
        persona: "gift giver",
        want: "have my order wrapped and add a card with my words",
        benefit: "the parcel is a present when it is opened",
        notes: "Problem: in December every fourth order has another delivery address than the payer's. The shop on Market Street wraps 60 a day; online nobody can ask for it.",
        criteria: &[
            "Wrapping can be chosen for the whole order, with its price",
            "The card takes 200 characters and is shown as it will be printed",
            "The packing list shows \"gift\" and leaves the prices out",
        ],
        points: 5,
        labels: &["gifts", "checkout"],
        epic: "Gifts",
        wsjf: [8, 5, 1, 5],
        written: 48,
        life: &[
            agreed(30),
            step(27, "Tom", Start),
            step(21, "Tom", Deliver),
            rejected(
                20,
                &[
                    (1, Met, "", ""),
                    (2, NotMet, "line breaks of the card are lost in print", ""),
                    (
                        3,
                        NotMet,
                        "prices are still on the packing list",
                        "list of order 20777",
                    ),
                ],
            ),
            step(19, "Tom", Restart),
            step(10, "Tom", Deliver),
            rejected(
                8,
                &[
                    (1, Met, "", ""),
                    (
                        2,
                        NotMet,
                        "emoji on the card come out as boxes",
                        "card of order 21003",
                    ),
                    (3, Met, "", "order 21003"),
                ],
            ),
            said(
                7,
                "Tom",
                "The printer's own font has no emoji. Either another font or we say so while typing. Ana?",
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Check out as a guest",
        persona: "new customer",
        want: "order without making an account",
        benefit: "my first tea is paid for in two minutes",
        notes: "Problem: of 100 people who reach the account page 38 leave there. Five of eight we called said the same: \"I did not know yet whether I would come back.\"",
        criteria: &[
            "Name, mail and address are enough to order",
            "After paying I may keep the order in an account by choosing a password, and need not",
            "A guest finds the order again by its number and mail address",
        ],
        questions: &[("May guests pay by invoice?", "Not in the first month.")],
        points: 8,
        labels: &["checkout", "account"],
        epic: "Faster checkout",
        wsjf: [13, 5, 3, 8],
        written: 52,
        life: &[
            agreed(24),
            step(8, "Mira", Start),
            owner(5, What::Also("Paying by invoice is not offered to guests")),
        ],
        ..BLANK
    },
    Tale {
        title: "Packing list in the order of the shelves",
        persona: "warehouse packer",
        want: "get each packing list in the order of the shelves",
        benefit: "I walk the aisle once for an order",
        notes: "Problem: Jo wore a step counter for a week: 14 km a day, a third of it back to a shelf passed before.",
        criteria: &[
            "Lines are sorted by aisle, then shelf, then box",
            "Goods without a shelf come last and are marked",
        ],
        points: 3,
        labels: &["warehouse"],
        wsjf: [3, 2, 2, 3],
        written: 22,
        life: &[agreed(15), step(4, "Ben", Start)],
        ..BLANK
    },
    Tale {
        title: "Move the pictures to the new server",
        kind: Kind::Chore,
        notes: "The old one is paid for until the end of the year. Addresses of the pictures stay as they are.",
        points: 2,
        labels: &["operations"],
        written: 18,
        life: &[agreed(14), step(6, "Tom", Start)],
        ..BLANK
    },
    Tale {
        title: "How long do people look for a tea they had before?",
        kind: Kind::Spike,
        notes: "Two days, five customers, their own phones. We watch them order \"the one from last time\" and count taps. Answers whether ordering again needs a page of its own.",
        labels: &["discovery"],
        epic: "Find the right tea",
        written: 10,
        life: &[
            agreed(7),
            step(3, super::OWNER, Start),
            said(
                1,
                super::OWNER,
                "Three of five watched: 41, 28 and 63 taps. All three looked in their mail first.",
            ),
        ],
        ..BLANK
    },
];
