//! Products and where they are kept.

use std::fs;

use super::program::{Program, answer};

#[test]
fn a_product_is_made_and_listed() {
    let program = Program::empty();
    let said = program.run(["init", "Night", "bus", "--key", "bus"]).ok();
    assert!(said.contains("BUS-1"), "{said}");
    let made = program.run(["init", "Webshop", "--json"]).json("product");
    assert_eq!(made["product"]["slug"], "webshop");
    assert_eq!(made["product"]["key"], "WEB");
    let list = program.run(["products", "--json"]).json("product-list");
    let slugs: Vec<&str> = list["products"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["slug"].as_str().unwrap())
        .collect();
    assert_eq!(slugs, ["night-bus", "webshop"]);
    assert_eq!(list["products"][1]["used"], true);
    assert!(
        program
            .run(["products"])
            .ok()
            .starts_with("   night-bus  BUS  Night bus")
    );
}

#[test]
fn names_and_prefixes_that_are_none_are_refused() {
    let program = Program::empty();
    assert!(
        program
            .run(["init", "--", "--"])
            .refused()
            .contains("needs a name")
    );
    assert!(
        program
            .run(["init", "Webshop", "--key", "1A"])
            .refused()
            .contains("no key prefix")
    );
    program.run(["init"]).usage();
    assert!(!program.data().exists());
}

#[test]
fn a_second_product_of_the_same_name_is_refused() {
    let program = Program::with_product();
    let sentence = program.run(["init", "WEBSHOP"]).refused();
    assert!(
        sentence.starts_with("There is a product named Webshop already"),
        "{sentence}"
    );
}

#[test]
fn two_products_that_got_the_same_name_are_told_apart_by_their_folders() {
    let program = Program::with_product();
    fs::create_dir(program.data().join("copy")).unwrap();
    fs::copy(
        program.data().join("webshop/product.json"),
        program.data().join("copy/product.json"),
    )
    .unwrap();
    let sentence = program.run(["list", "-p", "Web"]).refused();
    assert_eq!(
        sentence,
        "Several products are called `Web`. Choose one by its folder's name: copy, webshop."
    );
    program.run(["add", "a", "-p", "copy"]).ok();
    assert_eq!(program.run(["list", "-p", "webshop"]).ok(), "");
}

#[test]
fn the_product_is_chosen_by_folder_name_key_or_variable() {
    let program = Program::with_product();
    program.run(["init", "Night bus", "--key", "BUS"]).ok();
    for word in ["webshop", "Webshop", "web"] {
        program.run(["-p", word, "add", "a"]).ok();
    }
    program.run(["-p", "bus", "add", "b"]).ok();
    assert_eq!(program.order(), ["BUS-1"], "the last used is the default");
    let listed = answer(
        program
            .command()
            .arg("list")
            .env("BACKSTORY_PRODUCT", "webshop"),
    );
    assert_eq!(listed.ok().lines().count(), 3);
    assert_eq!(program.order().len(), 3);
    let sentence = program.run(["list", "-p", "till"]).refused();
    assert_eq!(
        sentence,
        "There is no product `till`. There is: night-bus, webshop."
    );
}

#[test]
fn several_products_and_none_used_yet_need_a_choice() {
    let program = Program::empty();
    for name in ["Webshop", "Night bus"] {
        program.run(["init", name]).ok();
    }
    fs::remove_dir_all(program.data().join(".local")).unwrap();
    assert!(program.run(["list"]).usage().contains("night-bus, webshop"));
}

#[test]
fn without_a_product_every_command_says_how_to_make_one() {
    let program = Program::empty();
    for arguments in [vec!["list"], vec!["add", "a"], vec!["undo"], vec!["doctor"]] {
        assert!(
            program
                .run(&arguments)
                .refused()
                .contains("backstory init NAME"),
            "{arguments:?}"
        );
    }
    assert!(
        program
            .run(Vec::<&str>::new())
            .ok()
            .contains("backstory init NAME")
    );
    let products = program.run(["products"]);
    assert_eq!((products.code, products.out.as_str()), (0, ""));
    assert!(products.err.contains("backstory init NAME"));
}

#[test]
fn the_data_directory_is_chosen() {
    let program = Program::empty();
    let option = program.root().join("option");
    program
        .run(["--data-dir", option.to_str().unwrap(), "init", "Webshop"])
        .ok();
    assert!(option.join("webshop/product.json").is_file());

    let shared = program.root().join("repository/.backstory");
    let below = program.root().join("repository/src");
    fs::create_dir_all(&shared).unwrap();
    fs::create_dir_all(&below).unwrap();
    let init = |name: &str| {
        let mut command = program.command();
        command
            .args(["init", name])
            .current_dir(&below)
            .env_remove("BACKSTORY_DATA_DIR");
        command
    };
    answer(&mut init("Team")).ok();
    assert!(shared.join("team/product.json").is_file());

    answer(
        init("Own")
            .current_dir(program.root())
            .env("XDG_DATA_HOME", program.root().join("own")),
    )
    .ok();
    #[cfg(target_os = "linux")]
    assert!(
        program
            .root()
            .join("own/backstory/own/product.json")
            .is_file()
    );
}

#[test]
fn without_a_command_and_a_terminal_the_backlog_is_printed() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    assert_eq!(program.run(Vec::<&str>::new()).ok(), "1  WEB-1  a  idea\n");
    let document = program.run(["--json"]).json("story-list");
    assert_eq!(document["stories"][0]["key"], "WEB-1");
}

#[test]
fn help_version_completions_and_manual_are_printed() {
    let program = Program::empty();
    assert!(program.run(["--version"]).ok().starts_with("backstory "));
    let help = program.run(["--help"]).ok();
    for command in ["init", "add", "review", "doctor"] {
        assert!(help.contains(command), "{command}");
        assert!(
            program
                .run([command, "--help"])
                .ok()
                .contains("Usage: backstory")
        );
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            program
                .run(["completions", shell])
                .ok()
                .contains("backstory"),
            "{shell}"
        );
    }
    program.run(["completions", "tcsh"]).usage();
    assert!(program.run(["man"]).ok().contains(".TH backstory 1"));
    assert!(
        program
            .run(["man", "review"])
            .ok()
            .contains(".TH backstory-review 1")
    );
    assert!(program.run(["man", "frob"]).usage().contains("`frob`"));
}

#[test]
fn help_is_a_command_too() {
    let program = Program::empty();
    assert_eq!(program.run(["help"]).ok(), program.run(["--help"]).ok());
    for command in [vec!["list"], vec!["views"], vec!["problem", "add"]] {
        let asked = program.run([&["help"], command.as_slice()].concat()).ok();
        let usual = program.run([command.as_slice(), &["--help"]].concat()).ok();
        assert_eq!(asked, usual);
        assert!(asked.contains(&format!("Usage: backstory {}", command.join(" "))));
    }
    assert_eq!(
        program.run(["help", "frob"]).usage(),
        "Unrecognized subcommand 'frob'. See `backstory --help`."
    );
}

#[test]
fn wrong_usage_is_one_sentence() {
    let program = Program::with_product();
    assert_eq!(
        program.run(["frobnicate"]).usage(),
        "Unrecognized subcommand 'frobnicate'. See `backstory --help`."
    );
    assert_eq!(
        program.run(["list", "--frob"]).usage(),
        "Unexpected argument '--frob' found. See `backstory list --help`."
    );
    program.run(["show"]).usage();
}

#[test]
fn a_negative_number_is_answered_as_the_number_it_is() {
    let program = Program::with_product();
    program.run(["add", "a"]).ok();
    for arguments in [
        vec!["add", "b", "--estimate", "-3"],
        vec!["move", "1", "--to", "-1"],
    ] {
        let sentence = program.run(&arguments).usage();
        assert!(sentence.contains("Invalid value '-"), "{sentence}");
    }
    let sentence = program.run(["edit", "1", "--estimate", "-3"]).usage();
    assert!(sentence.starts_with("`-3` is no estimate."), "{sentence}");
}

#[test]
fn a_commands_own_options_stand_above_those_of_every_command() {
    let help = Program::empty().run(["edit", "--help"]).ok();
    let place = |words: &str| help.find(words).unwrap();
    let heading = place("Options of every command:");
    assert!(place("--no-blocked-by") < heading && heading < place("--product"));
}

#[test]
fn the_demo_is_a_new_product_in_a_temporary_folder() {
    let program = Program::with_product();
    let first = program.run(["demo"]);
    assert_eq!(first.code, 0);
    assert!(first.out.lines().count() > 20, "{}", first.out);
    let folder = |err: &str| {
        let path = err.strip_prefix("The demo is kept in ").unwrap();
        path.split(". Go on").next().unwrap().to_owned()
    };
    let second = program.run(["demo", "--json"]);
    assert_ne!(folder(&first.err), folder(&second.err));
    assert!(second.out.contains("\"kind\": \"story-list\""));
    let data_dir = folder(&first.err);
    assert!(data_dir.starts_with(program.root().to_str().unwrap()));
    assert_eq!(
        program.run(["--data-dir", &data_dir, "list"]).ok(),
        first.out
    );
    program.run(["--data-dir", &data_dir, "undo"]).ok();
    assert_eq!(program.order().len(), 0, "the own product was not touched");
}
