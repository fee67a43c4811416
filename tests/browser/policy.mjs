// Every kind of page under the Content-Security-Policy that the site's own `_headers` send: nothing
// that a page shows or does breaks it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inParallel } from './chromium.mjs';

/** The policy that a site sends with every answer; nothing without one. */
export function policyOf(folder) {
  const file = path.join(folder, '_headers');
  if (!existsSync(file)) return null;
  return /^ {2}Content-Security-Policy: (.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? null;
}

/** A page that redirects: the survey leaves them out, because a browser does not stay. */
function redirect(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('index.html'));
  const name = names.find((one) => readFileSync(path.join(folder, one), 'utf8').includes('http-equiv="refresh"'));
  return name ? [{ url: `/${name.replace(/index\.html$/, '')}`, kind: 'redirect' }] : [];
}

export async function check(browser, site, folder, chosen) {
  const results = [];
  const pages = [...chosen, ...redirect(folder)];
  const context = await browser.newContext();
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
    });
  });
  await inParallel(pages, 2, async ({ url, kind }) => {
    const page = await context.newPage();
    const problems = [];
    page.on('console', (message) => problems.push(message.text()));
    // What a page asks for while it is left is aborted.
    if (kind !== 'redirect') page.on('requestfailed', (request) => problems.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.goto(site.at(url), { waitUntil: kind === 'redirect' ? 'commit' : 'load' });
    if (kind === 'redirect') {
      const away = page.waitForURL((now) => now.href !== site.at(url), { timeout: 5000 });
      await away.catch(() => problems.push('does not redirect'));
    }
    // The style sheet came through, or the page would be without it in silence.
    const styled = await page.evaluate(() => [...document.styleSheets].some((sheet) => sheet.cssRules.length > 0));
    if (!styled) problems.push('no style sheet');
    results.push({ name: `policy ${kind}: ${url}`, problems });
    await page.close();
  });
  await context.close();
  // The policy must be one that holds, or this check sees nothing.
  const page = await browser.newPage();
  await page.goto(site.at(pages[0].url));
  const ran = await page.evaluate(() => new Promise((done) => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    document.body.append(script);
    setTimeout(() => done(globalThis.ran === true), 50);
  }));
  await page.close();
  results.push({ name: 'policy: no script inside a page runs', problems: ran ? ['one ran'] : [] });
  return results;
}
