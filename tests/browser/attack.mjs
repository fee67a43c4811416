// attack.mjs DIR...: opens every page of sites whose content is hostile, as tests/site/attack.rs
// leaves them (MORGUE_ATTACK=DIR). Nothing of the content may run, on load or when a link is
// followed, with no policy of a host to stop it. The exit status is the number of sites on which something did.
import path from 'node:path';
import { inParallel, launch } from './chromium.mjs';
import { serve, survey } from './site.mjs';

const browser = await launch();
let failed = 0;
for (const folder of process.argv.slice(2)) {
  const site = await serve(folder, { lenient: true });
  const pages = survey(path.resolve(folder));
  const ran = new Set();
  await inParallel(pages, 4, async ({ url }) => {
    const page = await browser.newPage();
    await page.exposeFunction('pwn', (what) => ran.add(`${url}: ${what}`));
    page.on('dialog', (dialog) => { ran.add(`${url}: a dialog`); dialog.dismiss(); });
    await page.goto(site.at(url), { waitUntil: 'load' });
    // What only runs when a reader acts: every handler and every address of the page.
    const found = await page.evaluate(() => [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].filter(({ name, value }) => /^on/i.test(name) || (/^(href|src|action|formaction|xlink:href)$/i.test(name)
        && /^(javascript|vbscript):/i.test(element[name]?.baseVal ?? element[name] ?? value))).map(({ name, value }) => `${name}=${value}`)));
    for (const what of found) ran.add(`${url}: ${what}`);
    await page.close();
  });
  site.close();
  console.log(`${ran.size ? 'FAILED' : 'ok'}  ${folder}: ${pages.length} pages, ${ran.size} acts of content`);
  for (const line of [...ran].slice(0, 20)) console.log(`    ${line}`);
  failed += Math.min(ran.size, 1);
}
await browser.close();
process.exit(failed);
