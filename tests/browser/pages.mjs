// One page of every kind: accessible, no wider than the window, silent, and without help from others.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { inParallel } from './chromium.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
// 320 px is a window of 1280 × 1024 px at 400 %.
const WINDOWS = [[1440, 900], [768, 1024], [360, 740], [320, 256]];
const AXE_WIDTHS = [1440, 360];

/** What goes over the edge of the window, seen from the page. */
function overflow() {
  const root = document.scrollingElement;
  const hidden = [document.documentElement, document.body]
    .filter((element) => /hidden|clip/.test(getComputedStyle(element).overflowX));
  if (hidden.length) return { by: 0, hides: hidden[0].localName };
  const by = root.scrollWidth - root.clientWidth;
  if (by < 1) return null;
  const { direction } = getComputedStyle(document.documentElement);
  // What is placed absolutely is held by the scrolling box it is placed in, not by the one it stands in.
  const holder = (element) => (getComputedStyle(element).position === 'absolute' ? element.offsetParent : element.parentElement);
  const held = (element) => element && element !== root && element !== document.body
    && (getComputedStyle(element).overflowX !== 'visible' || held(holder(element)));
  const name = (element) => element.localName + (element.id && `#${element.id}`)
    + [...element.classList].map((one) => `.${one}`).join('');
  const wide = [...document.body.querySelectorAll('*')].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    const over = direction === 'rtl' ? left < -0.5 : right > root.clientWidth + 0.5;
    return width > 0 && over && !held(holder(element));
  });
  return { by, elements: wide.slice(-3).map((element) => `${name(element.parentElement)} > ${name(element)}`) };
}

async function axe(page, rules = {}) {
  const violations = await page.evaluate(async (rules) => {
    const { violations } = await globalThis.axe.run(document, {
      resultTypes: ['violations'],
      rules: { 'target-size': { enabled: true }, ...rules },
    });
    return violations.map(({ id, help, nodes }) => ({
      id, help, count: nodes.length, at: nodes[0].target.join(' '),
      why: nodes[0].failureSummary.split('\n').slice(1).map((line) => line.trim()).join('; '),
    }));
  }, rules);
  return violations.map((one) => `axe ${one.id}: ${one.help} – ${one.at}${one.count > 1 ? ` and ${one.count - 1} more` : ''} (${one.why})`);
}

/** What a page says and asks for, whatever is done to it. */
function listen(page, site, tell) {
  page.on('console', (message) => tell(`console ${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => tell(`script error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(site.origin + site.base) && !url.startsWith('data:')) tell(`asks for ${url}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400) tell(`${response.status()} ${response.url()}`);
  });
}

async function inAllWindows(page, note) {
  for (const [width, height] of WINDOWS) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const over = await page.evaluate(overflow);
      if (over) note(over.hides ? `${over.hides} hides what is too wide` : `scrolls sideways by ${over.by} px: ${over.elements.join(', ')}`, width, colorScheme);
      if (!AXE_WIDTHS.includes(width)) continue;
      for (const violation of await axe(page)) note(violation, width, colorScheme);
    }
  }
}

/** Forced colours, and motion that is not wanted. */
async function inOtherForms(page, note) {
  // The system puts its own colours in the place of those that axe reads.
  const rules = { 'color-contrast': { enabled: false } };
  for (const violation of await axe(page, rules)) note(violation, 360, 'forced colours');
  const over = await page.evaluate(overflow);
  if (over) note(`scrolls sideways by ${over.by} px`, 360, 'forced colours');
  const moves = await page.evaluate(() => {
    const lasts = (element) => /[1-9]/.test(getComputedStyle(element).animationDuration + getComputedStyle(element).transitionDuration);
    return getComputedStyle(document.documentElement).scrollBehavior === 'smooth' ? 'scrolling'
      : [...document.querySelectorAll('*')].find(lasts)?.localName;
  });
  if (moves) note(`moves: ${moves}`, 360, 'reduced motion');
}

async function one(contexts, site, { url, kind }) {
  const problems = [];
  const note = (what, width, form) => problems.push(`${url} (${kind})${width ? `, ${width} px, ${form}` : ''}: ${what}`);
  const page = await contexts.withScripts.newPage();
  listen(page, site, note);
  await page.goto(site.at(url), { waitUntil: 'load' });
  const text = await page.innerText('main');
  await page.evaluate(AXE);
  await inAllWindows(page, note);
  await page.close();
  const other = await contexts.otherForms.newPage();
  listen(other, site, note);
  await other.goto(site.at(url), { waitUntil: 'load' });
  await other.evaluate(AXE);
  await inOtherForms(other, note);
  await other.close();
  const plain = await contexts.withoutScripts.newPage();
  listen(plain, site, note);
  await plain.goto(site.at(url), { waitUntil: 'load' });
  const [alike, seen] = [await plain.innerText('main') === text, await plain.isVisible('main h1, header h1')];
  if (!alike) note('another text without JavaScript');
  if (!seen) note('no heading to be seen without JavaScript');
  await plain.close();
  return [...new Set(problems)];
}

/** Gives what is wrong with the chosen pages. */
export async function check(browser, site, pages) {
  const viewport = { width: 1440, height: 900 };
  const contexts = {
    withScripts: await browser.newContext({ viewport }),
    otherForms: await browser.newContext({ viewport: { width: 360, height: 740 }, forcedColors: 'active', reducedMotion: 'reduce' }),
    withoutScripts: await browser.newContext({ viewport, javaScriptEnabled: false }),
  };
  const problems = [];
  await inParallel(pages, 2, async (page) => problems.push(...await one(contexts, site, page)));
  await Promise.all(Object.values(contexts).map((context) => context.close()));
  const forms = `${pages.length} pages at ${WINDOWS.map(([width]) => width).join(', ')} px, light and dark`;
  return [{ name: `pages: ${forms}, forced colours, reduced motion, without JavaScript`, problems }];
}
