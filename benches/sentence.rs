//! The sentence parser: stories a second, in every language it knows.

use std::hint::black_box;

use backstory::language::sentence::parse;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// A sentence of each form that people write.
const SENTENCES: [&str; 16] = [
    "As a returning customer, I want to pay with a card I saved before, so that checkout takes one step",
    "As an editor I want to see what changed since yesterday",
    "In order to plan my week, as a nurse, I want to see my shifts a month ahead",
    "As a visitor\nI would like to filter by date\nSo that I find what is on tonight",
    "#G03# As a clerk, I can merge two files because the same person is often there twice.",
    "**As a** host **I want** to close my calendar **so that** nobody books while I am away",
    "As a l Staff member I want to search the archive so that I can answer a letter",
    "Als Kundin möchte ich mein Paket umleiten, damit es nicht beim Nachbarn liegt",
    "En tant que lectrice, je veux garder un article afin de le lire plus tard",
    "Como cliente quiero ver el precio total para que no haya sorpresas",
    "Como comprador, quero receber um aviso para que eu saiba quando o pedido chega",
    "Come ospite voglio cambiare la data per non perdere la prenotazione",
    "Als klant wil ik mijn bestelling volgen, zodat ik thuis ben",
    "Som kunde ønsker jeg å bytte størrelse slik at skoene passer",
    "利用者として、予約を変更したい。なぜなら予定が変わるからだ",
    "作为读者，我想收藏文章，以便以后阅读",
];

fn sentences(c: &mut Criterion) {
    let mut group = c.benchmark_group("sentence");
    group.throughput(Throughput::Elements(SENTENCES.len() as u64));
    group.bench_function("taken apart", |b| {
        b.iter(|| {
            for sentence in SENTENCES {
                black_box(parse(black_box(sentence)));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, sentences);
criterion_main!(benches);
