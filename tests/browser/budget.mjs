// What every page of a site weighs: as hosts send it, compressed.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { inParallel } from './chromium.mjs';

const KB = 1024;
/** The most that a reader is sent: an article with its CSS, any other page, one stylesheet. */
const MOST = { article: 30 * KB, page: 60 * KB, css: 12 * KB };
const TAG = /<([a-z][\w-]*)((?:\s+[^\s=>"'/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]*))?)*)\s*\/?>/gi;
const ATTRIBUTE = /([^\s=>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*)))?/g;

const weigh = async (bytes) => (await promisify(gzip)(bytes)).length;
const kb = (bytes) => `${(bytes / KB).toFixed(1)} KB`;

/** The stylesheets of a page, and everything in it that is a script. */
function inside(html) {
  const [styles, scripts] = [[], []];
  for (const [tag, name, attributes] of html.matchAll(TAG)) {
    const has = new Map();
    for (const [, key, ...values] of attributes.matchAll(ATTRIBUTE)) has.set(key.toLowerCase(), values.find((v) => v !== undefined) ?? '');
    if (name === 'link' && has.get('rel') === 'stylesheet') styles.push(has.get('href'));
    const runs = name === 'script' && has.get('type') !== 'application/ld+json';
    const handles = [...has].some(([key, value]) => /^on[a-z]+$/.test(key) || /^\s*javascript:/i.test(value));
    if (runs || handles) scripts.push(tag.slice(0, 80));
  }
  return { styles, scripts };
}

/** Measures all pages of a site; gives what is over its budget, and the largest of each kind. */
export async function check(folder, base, pages) {
  const [problems, sheets, largest] = [[], new Map(), new Map()];
  const sheet = (href, url) => {
    const name = new URL(href, `http://host${base}${url.slice(1)}`).pathname.slice(base.length);
    if (!sheets.has(name)) sheets.set(name, readFile(path.join(folder, decodeURIComponent(name))).then(weigh));
    return sheets.get(name);
  };
  await inParallel(pages, 8, async ({ url, file, kind }) => {
    const bytes = await readFile(file);
    const { styles, scripts } = inside(bytes.toString());
    let size = await weigh(bytes);
    if (kind === 'article') for (const href of styles) size += await sheet(href, url);
    const most = kind === 'article' ? MOST.article : MOST.page;
    if (size > most) problems.push(`${url} (${kind}): ${kb(size)} compressed, ${kb(most)} are allowed`);
    for (const script of scripts) problems.push(`${url} (${kind}): a script: ${script}`);
    const name = kind.split('/')[0];
    if (!(largest.get(name)?.size >= size)) largest.set(name, { size, url });
  });
  for (const [name, size] of sheets) if (await size > MOST.css) problems.push(`${name}: ${kb(await size)} compressed, ${kb(MOST.css)} are allowed`);
  const notes = [];
  for (const [name, size] of sheets) notes.push(`${kb(await size)}  ${name}`);
  for (const [kind, { size, url }] of [...largest].sort()) notes.push(`${kb(size)}  largest ${kind}${kind === 'article' ? ' with its CSS' : ''}: ${url}`);
  return [{ name: `budget: ${pages.length} pages, no JavaScript in any`, problems, notes }];
}
