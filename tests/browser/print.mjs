// What comes out on paper: a clipping with its address and date, a list without the ways about the site.
import { spawnSync } from 'node:child_process';

const squeezed = (text) => text.replace(/[\s\u00ad\u200e\u200f\u2066-\u2069]+/g, '');

/** The text of a PDF, where poppler's tools are installed. */
function textOf(pdf) {
  const { status, stdout } = spawnSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

async function one(context, site, { url, kind }) {
  const problems = [];
  const note = (what) => problems.push(`${url} (${kind}): ${what}`);
  const page = await context.newPage();
  await page.goto(site.at(url));
  await page.emulateMedia({ media: 'print' });
  const text = await page.innerText('body');
  const canonical = await page.getAttribute('link[rel=canonical]', 'href');
  const wants = { heading: await page.innerText('main h1'), address: canonical };
  if (kind === 'article') wants.date = await page.locator('.slip time').first().textContent();
  for (const [what, words] of Object.entries(wants)) {
    const is = [words, decodeURI(words)].some((form) => squeezed(text).includes(squeezed(form)));
    if (!is) note(`the ${what} is not printed: ${words}`);
  }
  for (const nav of await page.locator('nav, .skip').all()) {
    if (await nav.isVisible()) note(`${await nav.getAttribute('aria-label') ?? await nav.innerText()} is printed`);
  }
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  const printed = textOf(pdf);
  // Letters of joined scripts come out of a PDF in their printed forms, so only the address is compared;
  // hyphens at the end of a line do not come out at all.
  const joined = (words) => squeezed(words).replaceAll('-', '');
  if (printed !== null && !joined(printed).includes(joined(canonical))) note(`the PDF lacks ${canonical}`);
  await page.close();
  return { problems, sheets: (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length, read: printed !== null };
}

export async function check(browser, site, chosen) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const [articles, others] = [chosen.filter(({ kind }) => kind === 'article'), chosen.filter(({ kind }) => !/^(article|404|front|page)$/.test(kind))];
  // One of each template is enough: they print alike.
  const lists = others.filter(({ kind }, at) => others.findIndex((other) => other.kind.split(' ')[0] === kind.split(' ')[0]) === at);
  const pages = [...articles.slice(0, 3), ...lists];
  const [problems, notes] = [[], []];
  for (const page of pages) {
    const { problems: found, sheets, read } = await one(context, site, page);
    problems.push(...found);
    if (!sheets) problems.push(`${page.url}: the PDF has no page`);
    if (!read && !notes.length) notes.push('pdftotext is not installed: the text of the PDFs is not read');
  }
  await context.close();
  return [{ name: `print: ${pages.length} pages`, problems, notes }];
}
