// run.mjs SITE_DIR [--base PATH]: holds a built site against a real browser.
// The exit status is the number of checks that failed. --only NAME runs one of them, --few looks
// at one page of each template.
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as budget from './budget.mjs';
import { launch } from './chromium.mjs';
import * as keyboard from './keyboard.mjs';
import * as pages from './pages.mjs';
import * as policy from './policy.mjs';
import * as print from './print.mjs';
import { choose, serve, survey } from './site.mjs';

const MOST_TOLD = 40;
const { positionals: [folder], values: { base, only, few } } = parseArgs({
  allowPositionals: true,
  options: { base: { type: 'string', default: '/' }, only: { type: 'string' }, few: { type: 'boolean', default: false } },
});
if (!folder) {
  console.error('usage: run.mjs SITE_DIR [--base PATH] [--only pages|keyboard|print|budget|policy] [--few]');
  process.exit(2);
}
const all = survey(path.resolve(folder));
const chosen = choose(all, few);
if (!all.length) throw new Error(`${folder} has no pages`);
const own = only === 'policy' ? policy.policyOf(folder) : undefined;
if (own === null) throw new Error(`${folder} has no policy: build it with [publish] host = "netlify"`);
const site = await serve(folder, { base: `/${base}/`.replace(/\/+/g, '/'), policy: own });
const browser = await launch();
const checks = {
  budget: () => budget.check(folder, site.base, all),
  pages: () => pages.check(browser, site, chosen),
  keyboard: () => keyboard.check(browser, site, chosen, all),
  print: () => print.check(browser, site, chosen),
  // Under a policy of its own, so only when it is asked for.
  ...(only === 'policy' && { policy: () => policy.check(browser, site, folder, chosen) }),
};
let failed = 0;
console.log(`${folder}: ${all.length} pages of ${new Set(all.map(({ kind }) => kind)).size} kinds`);
for (const [name, run] of Object.entries(checks)) {
  if (only && only !== name) continue;
  const begun = performance.now();
  const results = await run().catch((error) => [{ name, problems: [error.message] }]);
  for (const { name: told, problems, notes = [] } of results) {
    console.log(`${problems.length ? 'FAILED' : 'ok'}  ${told}${problems.length ? `: ${problems.length} problems` : ''}`);
    for (const line of [...problems.slice(0, MOST_TOLD), ...notes]) console.log(`    ${line}`);
    if (problems.length > MOST_TOLD) console.log(`    … and ${problems.length - MOST_TOLD} more`);
    failed += Math.min(problems.length, 1);
  }
  console.log(`    (${((performance.now() - begun) / 1000).toFixed(0)} s)`);
}
await browser.close();
site.close();
process.exit(failed);
