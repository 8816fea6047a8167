//! What is done and accepted.

use super::tale::{
    BLANK, End, Tale, What, accepted, agreed, owner, rejected, reviewed, said, step,
};
use crate::model::Kind;
use crate::model::Step::{Deliver, Restart, Start};
use crate::model::Verdict::{Met, NotMet};

pub(super) const TALES: &[Tale] = &[
    Tale {
        title: "Search by name while typing",
        persona: "returning customer",
        want: "see teas while I type their name",
        benefit: "I am at my tea in seconds",
        notes: "Problem: the old search needed a whole word and a page load; half of all searches were tried twice.",
        criteria: &[
            "Results change with every letter",
            "Ten results at most, the best first",
        ],
        points: 8,
        labels: &["search"],
        epic: "Find the right tea",
        life: &[
            agreed(59),
            step(58, "Tom", Start),
            step(55, "Tom", Deliver),
            accepted(54, &[(1, Met, "", ""), (2, Met, "", "")]),
        ],
        ..BLANK
    },
    Tale {
        title: "Keep the address of the last order",
        persona: "returning customer",
        want: "have my last address filled in",
        benefit: "I do not type it every month",
        notes: "Problem: typing the address is the longest part of a checkout on a phone: 48 seconds in the middle.",
        criteria: &[
            "The last address is filled in and can be changed",
            "A new address does not overwrite the old one unasked",
        ],
        points: 5,
        labels: &["checkout"],
        epic: "Faster checkout",
        life: &[
            agreed(59),
            step(57, "Ben", Start),
            step(53, "Ben", Deliver),
            rejected(
                52,
                &[
                    (1, Met, "", ""),
                    (
                        2,
                        NotMet,
                        "the old address was gone after I changed the street",
                        "",
                    ),
                ],
            ),
            step(52, "Ben", Restart),
            step(50, "Ben", Deliver),
            accepted(
                49,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", "both addresses stand in the account"),
                ],
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Pay by invoice",
        persona: "returning customer",
        want: "pay after the tea has arrived",
        benefit: "I pay for what I have",
        notes: "Problem: customers over 60 leave at the pay page twice as often as others; in six calls all six asked for an invoice.",
        criteria: &[
            "From the second order on an invoice can be chosen",
            "The invoice is in the parcel and in the mail",
            "Reminders are written by hand in the first months",
        ],
        points: 13,
        labels: &["payment", "invoice"],
        epic: "Faster checkout",
        life: &[
            agreed(58),
            step(56, "Mira", Start),
            step(46, "Mira", Deliver),
            accepted(
                45,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", "order 20418"),
                    (3, Met, "", ""),
                ],
            ),
            said(
                20,
                super::OWNER,
                "A month later: 22 % choose it, and leaving at the pay page is down from 31 to 24 %.",
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Delivery costs are shown in the basket",
        persona: "new customer",
        want: "see what delivery costs before I begin to pay",
        benefit: "there is no surprise at the end",
        notes: "Problem: \"4.90 out of nowhere\" (two of eight who left a full basket).",
        criteria: &["The basket shows the costs, and from which amount on there are none"],
        points: 3,
        labels: &["checkout", "delivery"],
        epic: "Faster checkout",
        life: &[
            agreed(57),
            step(49, "Tom", Start),
            step(47, "Tom", Deliver),
            accepted(46, &[(1, Met, "", "")]),
        ],
        ..BLANK
    },
    Tale {
        title: "Orders twice when the button is pressed twice",
        kind: Kind::Bug,
        persona: "new customer",
        want: "be charged once however often I press",
        benefit: "I need not phone to get my money back",
        notes: "Seen six times in August. The page gives no sign for three seconds, so people press again.",
        criteria: &[
            "However often the button is pressed, there is one order",
            "The button says that it is working",
        ],
        points: 2,
        labels: &["checkout", "payment"],
        life: &[
            agreed(56),
            step(46, "Ben", Start),
            step(44, "Ben", Deliver),
            accepted(
                43,
                &[
                    (1, Met, "", "pressed nine times on a slow line"),
                    (2, Met, "", ""),
                ],
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Packing lists print by themselves",
        persona: "warehouse packer",
        want: "find each list printed when the order is paid",
        benefit: "I need no computer at the table",
        notes: "Problem: Jo walked to the office for every batch, 9 times a day.",
        criteria: &[
            "A paid order is printed within a minute",
            "When the printer is out of paper, nothing is lost",
        ],
        points: 5,
        labels: &["warehouse"],
        life: &[
            agreed(48),
            step(43, "Tom", Start),
            step(38, "Tom", Deliver),
            accepted(
                37,
                &[
                    (1, Met, "", ""),
                    (
                        2,
                        Met,
                        "",
                        "took the paper out for an hour: 7 lists came after",
                    ),
                ],
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Cancel an order until it is packed",
        persona: "returning customer",
        want: "cancel an order until it is packed",
        benefit: "a slip of the finger costs nobody a parcel",
        notes: "Problem: 8 calls a week; four of the parcels had left by the time the mail was read.",
        criteria: &[
            "Until it is packed an order can be cancelled in the account",
            "The money goes back the way it came",
            "The warehouse hears of it within a minute",
        ],
        points: 8,
        labels: &["returns", "phone-calls"],
        epic: "Returns without a phone call",
        life: &[
            agreed(44),
            step(42, "Ben", Start),
            step(32, "Ben", Deliver),
            reviewed(
                30,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", "card and invoice tried"),
                    (3, NotMet, "took four minutes twice", ""),
                ],
                &[1, 2],
                End::Waive(
                    "Four minutes are enough as long as lists are fetched by the hour. To be looked at again when they print at once.",
                ),
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Vouchers can be paid with in part",
        persona: "gift giver",
        want: "use a voucher for part of an order",
        benefit: "the voucher I was given is not lost",
        notes: "Problem: vouchers had to be spent at once; 23 people phoned because the rest had vanished.",
        criteria: &[
            "The rest stays on the voucher",
            "The rest is shown before and after paying",
        ],
        points: 8,
        labels: &["gifts", "payment"],
        epic: "Gifts",
        life: &[
            agreed(40),
            step(37, "Mira", Start),
            owner(35, What::Also("A voucher that is used up says so")),
            step(29, "Mira", Deliver),
            accepted(
                28,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", ""),
                    (3, Met, "", "voucher 118"),
                ],
            ),
        ],
        ..BLANK
    },
    Tale {
        title: "Update the shop's framework",
        kind: Kind::Chore,
        notes: "The old version gets no security updates from November on.",
        points: 3,
        labels: &["operations"],
        life: &[
            agreed(38),
            step(36, "Tom", Start),
            step(24, "Tom", Deliver),
            reviewed(23, &[], &[1, 2], End::Accept),
        ],
        ..BLANK
    },
    Tale {
        title: "Read the shop aloud",
        persona: "new customer",
        want: "have every page read by a screen reader",
        benefit: "I can order without somebody's eyes",
        notes: "Problem: a blind customer wrote us what it is like to order here. Her list had 14 points; this story is the nine that stop her.",
        criteria: &[
            "Every picture and button has words",
            "The order of reading is the order of the page",
            "An error is read as soon as it appears",
        ],
        points: 8,
        labels: &["account", "checkout"],
        life: &[
            agreed(32),
            step(28, "Mira", Start),
            step(18, "Mira", Deliver),
            rejected(
                17,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", ""),
                    (
                        3,
                        NotMet,
                        "the error is shown, but not read",
                        "tried with two readers",
                    ),
                ],
            ),
            step(17, "Mira", Restart),
            step(12, "Mira", Deliver),
            accepted(
                10,
                &[
                    (1, Met, "", ""),
                    (2, Met, "", ""),
                    (3, Met, "", "she tried it herself and ordered"),
                ],
            ),
        ],
        ..BLANK
    },
];
