// preview.mjs MORGUE SITE_DIR FILE ADDRESS: edits an article of a site under `morgue serve` and
// looks at the page that stays open meanwhile. The exit status is the number of failures.
import { spawn } from 'node:child_process';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { launch } from './chromium.mjs';

const [morgue, site, file, address] = process.argv.slice(2);
const PORT = 8764;
const base = `http://127.0.0.1:${PORT}`;
const server = spawn(morgue, ['serve', '--site', site, '--port', String(PORT), '--quiet'], { stdio: 'ignore' });
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
while (!(await fetch(`${base}/`).catch(() => null))?.ok) await pause(20);

const before = readFileSync(file, 'utf8');
const save = (text, name = file) => {
  writeFileSync(`${name}.tmp`, text);
  renameSync(`${name}.tmp`, name);
};
const titled = (title) => before.replace(/^title: .*$/m, `title: ${title}`);
let failed = 0;
const check = (what, right, found = '') => {
  console.log(`${right ? 'ok' : 'FAILED'}  ${what} ${right ? '' : found}`);
  failed += right ? 0 : 1;
};

const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 800, height: 300 } });
  const complaints = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(base + address);
  await pause(500);
  const shows = (title) => page.waitForFunction(
    (title) => document.querySelector('h1')?.textContent.includes(title), title, { timeout: 10_000 },
  ).then(() => true, () => false);
  const overlaid = (is) => page.waitForFunction(
    (is) => [...document.body.children].some((part) => part.shadowRoot?.querySelector('dialog')) === is, is, { timeout: 10_000 },
  ).then(() => true, () => false);

  await page.evaluate(() => { window.mark = 1; scrollTo({ top: 150, behavior: 'instant' }); });
  save(titled('Edited once'));
  check('a new headline is shown', await shows('Edited once'));
  check('its title too', (await page.title()).includes('Edited once'), await page.title());
  const at = await page.evaluate(() => scrollY);
  check('the page stays where it was', at === 150, at);
  check('and is not loaded anew', (await page.evaluate(() => window.mark)) === 1);
  save(titled('Edited twice'));
  check('a second headline is shown', await shows('Edited twice'));
  save(`${titled('Edited twice')}\n[nowhere](/nowhere/)\n`);
  check('an error lies over the page', await overlaid(true));
  save(titled('Mended'));
  check('the mended page is shown', await shows('Mended'));
  check('without the error', await overlaid(false));
  save(titled('Moved').replace(/^people:.*$/m, 'people: [Somebody New]'));
  check('a new person is shown', await shows('Moved'));
  const person = await fetch(`${base}/people/somebody-new/`);
  check('and has a page', person.ok, person.status);
  check('nothing is complained of', complaints.length === 0, complaints.join('; '));
} finally {
  save(before);
  await browser.close();
  server.kill();
}
process.exit(failed);
