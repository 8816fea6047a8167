//! How a row of the table is written: the macros that make the actions and their rows of it.

/// Declares the actions. A row reads
/// `Name "What it does." ["words to search by"] => Scope "keys" foot weight "label", …;`
macro_rules! actions {
    (
        commands { $($command:ident $command_doc:literal $([$command_words:literal])?
            => $($command_scope:ident $command_keys:literal $(foot $command_weight:literal $command_label:literal)?),+ ;)+ }
        motions { $($motion:ident $motion_doc:literal
            => $($motion_scope:ident $motion_keys:literal $(foot $motion_weight:literal $motion_label:literal)?),+ ;)+ }
    ) => {
        /// Everything a key or the palette can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $command_doc] $command,)+
            $(#[doc = $motion_doc] $motion,)+
        }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$command,)+ $(Self::$motion,)+];

            /// Says in one sentence what the action does.
            pub const fn doc(self) -> &'static str {
                match self {
                    $(Self::$command => $command_doc,)+
                    $(Self::$motion => $motion_doc,)+
                }
            }

            /// Gives further words by which the palette finds the action.
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$command => concat!("" $(, $command_words)?),)+
                    $(Self::$motion => "",)+
                }
            }

            /// Says whether the palette offers the action; walking about and typing are not for it.
            pub const fn is_command(self) -> bool {
                match self {
                    $(Self::$command => true,)+
                    $(Self::$motion => false,)+
                }
            }
        }

        const ROWS: &[Row] = &[
            $($(Row {
                action: Action::$command,
                scope: Scope::$command_scope,
                keys: $command_keys,
                footer: foot!($($command_weight $command_label)?),
            },)+)+
            $($(Row {
                action: Action::$motion,
                scope: Scope::$motion_scope,
                keys: $motion_keys,
                footer: foot!($($motion_weight $motion_label)?),
            },)+)+
        ];
    };
}

macro_rules! foot {
    () => {
        None
    };
    ($weight:literal $label:literal) => {
        Some(Footer {
            weight: $weight,
            label: $label,
        })
    };
}
