//! Files that come, go and change all the time while builds read them.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::press::{Press, State, put, said, tree};

#[test]
fn while_files_come_and_go_a_build_gives_a_whole_site_or_leaves_the_old_one() {
    let press = Press::new(80);
    let clean = press.clean(State::Before);
    press.build();
    let is_over = AtomicBool::new(false);
    let (mut done, mut refused) = (0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| shake(&press, &is_over));
        for nth in 0..6 {
            let before = tree(&press.output());
            let run = press.run();
            let said = said(&run);
            assert!(!said.contains("panicked"), "{said}");
            match run.status.code() {
                Some(0) => done += 1,
                Some(1) => {
                    refused += 1;
                    assert!(said.contains("error[M"), "{said}");
                    assert!(tree(&press.output()) == before, "run {nth}: {said}");
                }
                other => panic!("run {nth} ended with {other:?}: {said}"),
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    println!("while files came and went: {done} builds done, {refused} refused");
    press.write(State::Before);
    press.build();
    press.expect(&clean, "after all of it");
}

/// Deletes, cuts and rewrites articles, each of which is there half of the time.
fn shake(press: &Press, is_over: &AtomicBool) {
    for n in (0..80).cycle() {
        if is_over.load(Ordering::Relaxed) {
            return;
        }
        let file = press.folder.join(format!("content/articles/a{n}.md"));
        match n % 3 {
            0 => drop(fs::remove_file(&file)),
            1 => put(&file, "---\ntitle: Cut"),
            _ => put(
                &file,
                &format!("---\ntitle: Rewritten {n}\ndate: 2001\n---\nAnother.\n"),
            ),
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
        put(
            &file,
            &format!("---\ntitle: Reported {n}\ndate: 2001\n---\nText.\n"),
        );
    }
}
