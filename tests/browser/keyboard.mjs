// From the front page to a citation: by the keyboard alone, and in as few clicks as a reader has patience for.
import { inParallel } from './chromium.mjs';

const PATIENCE = 5;
const MOST_STOPS = 120;
const MOST_STOPS_ELSEWHERE = 40;

/** Where the focus is: what, where to, whether it is seen, and whether it stands after the last stop. */
function stop() {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  const { outlineStyle, outlineWidth, outlineColor, visibility } = getComputedStyle(here);
  const box = [...here.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
  const marked = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1 && !/, 0\)$/.test(outlineColor);
  const inWindow = box && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  const last = globalThis.lastStop;
  const after = !last || Boolean(last.compareDocumentPosition(here) & Node.DOCUMENT_POSITION_FOLLOWING);
  globalThis.lastStop = here;
  return {
    what: `${here.localName}${here.className && `.${here.className}`} “${here.textContent.trim().slice(0, 40)}”`,
    path: here.localName === 'a' ? here.pathname : null,
    skip: here.matches('a.skip'), inMain: Boolean(here.closest('main')), inList: Boolean(here.closest('main .list, main .columns, main .brief')),
    cites: here.localName === 'summary' && Boolean(here.closest('.cite, .citations, .provenance') || here.parentElement.querySelector('.citation')),
    seen: marked && inWindow && visibility === 'visible', after,
  };
}

/** Presses Tab until a stop is the one that is wanted; tells what is wrong with the stops on the way. */
async function tabTo(page, note, wanted, most = MOST_STOPS) {
  await page.evaluate(() => { globalThis.lastStop = null; });
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(stop);
    if (!at) return null;
    if (!at.seen) note(`the focus cannot be seen on ${at.what}`);
    if (!at.after) note(`the focus goes back to ${at.what}`);
    if (wanted(at)) return at;
  }
  return null;
}

const enter = (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);

async function skipLink(page, note) {
  await page.keyboard.press('Tab');
  const first = await page.evaluate(stop);
  if (!first?.skip || !first.seen) return note(`the first stop is ${first?.what ?? 'nothing'}, not a skip link that is seen`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const next = await page.evaluate(stop);
  if (!next?.inMain) note(`the skip link leads before ${next?.what ?? 'nothing'}, which is not in the content`);
}

/** Opens the citation of an article, unless a theme has it in plain sight. */
async function cite(page, note) {
  let cited = await page.locator('.citation:visible').count() && await page.innerText('main');
  if (!cited) {
    const summary = await tabTo(page, note, (at) => at.cites);
    if (!summary) return note('no way to the citation');
    await page.keyboard.press('Enter');
    cited = await page.evaluate(() => document.activeElement.parentElement.open && document.activeElement.parentElement.innerText);
    if (!cited) return note('Enter does not open the citation');
    const next = await tabTo(page, note, () => true);
    if (next && !await page.evaluate(() => Boolean(document.activeElement.closest('details')))) note('nothing in the citation can be reached');
  }
  const canonical = await page.getAttribute('link[rel=canonical]', 'href');
  if (!cited.includes(canonical) && !cited.includes(decodeURI(canonical))) note(`the citation lacks the address ${canonical}`);
}

/** Front page → term → article → citation. */
async function walk(context, site, kinds) {
  const problems = [];
  const page = await context.newPage();
  const here = () => decodeURI(new URL(page.url()).pathname);
  const note = (what) => problems.push(`${here()}: ${what}`);
  const kind = (at) => at.path && kinds.get(`/${decodeURI(at.path).slice(site.base.length)}`);
  const way = [
    ['a term', (at) => at.inMain && /^term /.test(kind(at) ?? '')],
    ['an article', (at) => at.inList && kind(at) === 'article'],
  ];
  await page.goto(site.at('/'));
  await skipLink(page, note);
  await page.goto(site.at('/'));
  for (const [name, wanted] of way) {
    if (!await tabTo(page, note, wanted)) { note(`no way to ${name} within ${MOST_STOPS} stops`); return problems; }
    await enter(page);
  }
  await cite(page, note);
  await page.close();
  return problems;
}

/** All stops of a page, up to some. */
async function everywhere(context, site, pages) {
  const problems = [];
  await inParallel(pages, 2, async ({ url, kind }) => {
    const page = await context.newPage();
    await page.goto(site.at(url));
    await tabTo(page, (what) => problems.push(`${url} (${kind}): ${what}`), () => false, MOST_STOPS_ELSEWHERE);
    await page.close();
  });
  return problems;
}

/** The person of the front page with most articles, their busiest year, an article of it, cited; and their company. */
async function research(context, site) {
  const problems = [];
  const page = await context.newPage();
  const clicks = [];
  const click = async (link, what) => {
    clicks.push(what);
    await link.click();
    await page.waitForLoadState();
  };
  const people = `${site.base}people/`;
  await page.goto(site.at('/'));
  const person = page.locator(`main a[href^="${people}"]:not([href="${people}"])`).first();
  if (!await person.count()) return { problems, notes: ['no person on the front page: left out'] };
  await click(person, await person.innerText());
  const address = new URL(page.url()).pathname;
  const company = await page.locator(`.rail .tally li, .companions li`).count();
  if (!company) problems.push(`${address}: nobody and nothing is said to appear with this person`);
  const dates = await page.locator('main .list time').evaluateAll((times) => times.map((time) => time.dateTime.slice(0, 4)));
  const often = (year) => dates.filter((one) => one === year).length;
  const [year] = [...dates].sort((a, b) => often(b) - often(a));
  const shelf = page.locator(`main a[href="${address}${year}/"]:visible`).first();
  if (await shelf.count()) await click(shelf, year);
  const article = page.locator('main .list > li', { has: page.locator(`time[datetime^="${year}"]`) }).locator('.title a, h3 a').first();
  const title = await article.innerText();
  await click(article, title);
  const summary = page.locator('details:has(.citation) > summary').first();
  if (await summary.count()) await click(summary, await summary.innerText());
  const citation = page.locator('.citation:visible').first();
  if (!await citation.count()) problems.push(`${page.url()}: no citation`);
  else if (!(await citation.innerText()).includes(year)) problems.push(`${page.url()}: the citation does not name the year ${year}`);
  const back = page.locator(`main a[href="${address}"]`).first();
  if (!await back.count()) problems.push(`${page.url()}: no way back to the person`);
  if (clicks.length > PATIENCE) problems.push(`${clicks.length} clicks: ${clicks.join(' › ')}`);
  await page.close();
  return { problems, notes: [`${clicks.length} clicks: ${clicks.join(' › ')}; appears with ${company}`] };
}

export async function check(browser, site, chosen, all) {
  const kinds = new Map(all.map(({ url, kind }) => [url, kind]));
  const viewport = { width: 1280, height: 800 };
  // Where the window scrolls smoothly, a stop is not yet in sight when it is looked at.
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const plain = await browser.newContext({ viewport, javaScriptEnabled: false });
  const results = [
    { name: 'keyboard: front page, term, article, citation', problems: await walk(context, site, kinds) },
    { name: `keyboard: focus seen and in order on ${chosen.length} pages`, problems: await everywhere(context, site, chosen) },
    { name: `reader: a person, a year, a citation, their company, in ${PATIENCE} clicks without JavaScript`, ...await research(plain, site) },
  ];
  await context.close();
  await plain.close();
  return results;
}
