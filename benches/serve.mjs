// serve.mjs MORGUE SITE FILE ADDRESS [PAGE…]: what the preview of a site costs.
//
// Starts `morgue serve` and prints how long it takes until the first answer, how long each PAGE
// takes (the median of nine requests), and how long it takes from the saving of FILE, an article
// at ADDRESS, until an open browser shows its new headline. FILE is put back as it was.
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { launch } from '../tests/browser/chromium.mjs';

const [morgue, site, file, address, ...pages] = process.argv.slice(2);
if (!address) {
  console.error('usage: serve.mjs MORGUE SITE FILE ADDRESS [PAGE…]');
  process.exit(2);
}
const PORT = 8765;
const base = `http://127.0.0.1:${PORT}`;
const median = (times) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
const told = (what, times) =>
  console.log(`${what}: ${median(times).toFixed(1)} ms (${Math.min(...times).toFixed(1)} to ${Math.max(...times).toFixed(1)})`);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

const begun = performance.now();
const server = spawn(morgue, ['serve', '--site', site, '--port', String(PORT), '--quiet'], { stdio: 'inherit' });
for (;;) {
  const answer = await fetch(`${base}/`).catch(() => null);
  if (answer?.ok) break;
  await pause(5);
}
console.log(`first answer: ${(performance.now() - begun).toFixed(0)} ms`);

for (const page of pages) {
  const times = [];
  for (let run = 0; run < 9; run += 1) {
    const from = performance.now();
    await (await fetch(base + page)).text();
    times.push(performance.now() - from);
  }
  told(page, times);
}

// A save as editors make it: whole, then under its name.
const save = (text) => {
  writeFileSync(`${file}.tmp`, text);
  renameSync(`${file}.tmp`, file);
};
const before = readFileSync(file, 'utf8');
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(base + address);
  await pause(500);
  const times = [];
  for (let run = 1; run <= 9; run += 1) {
    const title = `Edited for the ${run}. time`;
    const from = performance.now();
    save(before.replace(/^title: .*$/m, `title: ${title}`));
    await page.waitForFunction((title) => document.querySelector('h1')?.textContent.includes(title), title, { polling: 'raf' });
    times.push(performance.now() - from);
    await pause(300);
  }
  told('from saving to the screen', times);
} finally {
  save(before);
  await browser.close();
  server.kill();
}
