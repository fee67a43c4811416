// shots.mjs SITE_DIR OUT_DIR: pictures of the pages that make a theme, narrow and wide, light and dark.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inParallel, launch } from './chromium.mjs';
import { choose, serve, survey } from './site.mjs';

const WIDTHS = [360, 1440];
const MOST_HEIGHT = 4000;
// What is in each picture; of a kind the largest page. What a site does not have is left out.
const SUBJECTS = {
  front: /^front$/,
  article: /^article$/,
  person: /^term people\/\*$/,
  place: /^term places\/\*$/,
  topic: /^term topics\/\*$/,
  with: /\/with\//,
  year: /^\S+ YYYY$/,
  month: /^\S+ YYYY\/NN$/,
  day: /^\S+ YYYY\/NN\/NN$/,
  'on-this-day': /^on-this-day on\/NN$/,
  map: /^term-index places$/,
  people: /^term-index people$/,
  topics: /^term-index topics$/,
  coverage: /^coverage\b/,
  corrections: /^corrections\b/,
  data: /^data\b/,
};

const [folder, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: shots.mjs SITE_DIR OUT_DIR');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
const pages = choose(survey(path.resolve(folder)));
const found = Object.entries(SUBJECTS).map(([name, kind]) => ({ name, url: pages.find((page) => kind.test(page.kind))?.url }));
for (const { name } of found.filter(({ url }) => !url)) console.log(`${name}: not in this site`);
const site = await serve(folder);
const browser = await launch();
await inParallel(found.filter(({ url }) => url), 2, async ({ name, url }) => {
  for (const colorScheme of ['light', 'dark']) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme, reducedMotion: 'reduce' });
    const page = await context.newPage();
    await page.goto(site.at(url), { waitUntil: 'load' });
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      const height = Math.min(await page.evaluate(() => document.scrollingElement.scrollHeight), MOST_HEIGHT);
      await page.setViewportSize({ width, height });
      // Pictures further down are only fetched when the window reaches them.
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: path.join(out, `${name}-${width}-${colorScheme}.png`) });
    }
    await context.close();
  }
  console.log(`${name}: ${url}`);
});
await browser.close();
site.close();
