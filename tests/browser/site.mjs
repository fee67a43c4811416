// A built site: served as a plain host would, and surveyed for what kinds of pages it has.
import { createReadStream, readFileSync, readdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { createGzip } from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp',
  '.xml': 'application/xml', '.json': 'application/json', '.jsonl': 'application/jsonl',
  '.csv': 'text/csv; charset=utf-8', '.txt': 'text/plain; charset=utf-8', '.ico': 'image/x-icon',
};

// Under this policy a script, and whatever another host should send, is a message in the console.
const POLICY = "default-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'none'; object-src 'none'";

/** The file of an address, and its status: folders answer with index.html, the rest with 404.html. */
function resolve(root, base, address) {
  const missing = { file: path.join(root, '404.html'), status: 404 };
  let name;
  try { name = decodeURIComponent(new URL(address, 'http://host').pathname); } catch { return missing; }
  if (!name.startsWith(base)) return missing;
  let file = path.join(root, name.slice(base.length));
  if (file !== root && !file.startsWith(root + path.sep)) return missing;
  let stat = statSync(file, { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    if (!name.endsWith('/')) return { location: `${encodeURI(name)}/`, status: 301 };
    file = path.join(file, 'index.html');
    stat = statSync(file, { throwIfNoEntry: false });
  }
  return stat?.isFile() ? { file, status: 200 } : missing;
}

/**
 * Serves a folder on a free port of this computer, below `base` (`/` or `/archive/`).
 * `lenient` leaves the policy out, for tools that bring scripts of their own.
 */
export async function serve(folder, { base = '/', lenient = false, policy = POLICY } = {}) {
  const root = path.resolve(folder);
  const server = createServer((request, response) => {
    const { file, status, location } = resolve(root, base, request.url);
    if (location) return response.writeHead(status, { location }).end();
    if (!statSync(file, { throwIfNoEntry: false })) return response.writeHead(404).end();
    const headers = { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' };
    if (!lenient) headers['content-security-policy'] = policy;
    const body = createReadStream(file);
    if (!/\bgzip\b/.test(request.headers['accept-encoding'] ?? '') || /\.(png|jpe?g|gif|webp)$/.test(file)) {
      return body.pipe(response.writeHead(status, headers));
    }
    headers['content-encoding'] = 'gzip';
    body.pipe(createGzip()).pipe(response.writeHead(status, headers));
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base, at: (url) => origin + base + encodeURI(url.slice(1)), close: () => server.close() };
}

/** Which pages are made after one pattern: people/*, people/*\/1987, 1987/NN. */
function shape(url) {
  const parts = url.split('/').filter(Boolean);
  const cut = parts.map((part, at) => {
    if (/^\d{4}$/.test(part)) return 'YYYY';
    if (/^\d{2}(-\d{2})?$/.test(part)) return 'NN';
    return at === 0 || part === 'with' ? part : '*';
  });
  return cut.join('/');
}

/** What a page is, from its body's class and its address; nothing for one that only leads on. */
function kindOf(html, url) {
  const name = /<body class="is-([\w-]+)/.exec(html)?.[1];
  if (!name || name === 'redirect') return null;
  return ['front', 'article', 'page', '404'].includes(name) ? name : `${name} ${shape(url)}`;
}

/** Every page of a site, by address: `{ url, file, kind }`. */
export function survey(folder) {
  const pages = [];
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort();
  for (const name of names) {
    const file = path.join(folder, name);
    // The root element, the body's class and an article's head are all this needs, and it has to
    // read every page of archives with many thousands of them.
    const html = readFileSync(file, 'utf8');
    const url = `/${name.split(path.sep).join('/').replace(/(^|\/)index\.html$/, '$1')}`;
    const kind = kindOf(html, url);
    if (kind) pages.push({ url, file, kind, size: html.length, ...(kind === 'article' && { marks: marksOf(html) }) });
  }
  return pages;
}

// What makes one article look different from another.
const MARKS = {
  'right to left': /<article[^>]* dir="rtl"/,
  'left to right': /<article[^>]* dir="ltr"/,
  pictures: /<main[\s\S]*<img /,
  corrections: /class="corrections"/,
  table: /<main[\s\S]*<table/,
  code: /<pre/,
  footnotes: /class="footnotes"/,
  opinion: /class="kind kind-marked"/,
  print: /citation_firstpage|class="print"/,
  series: /class="turn"[^>]*aria-label="In the series/,
  embed: /class="embed/,
  translations: /hreflang=/,
};

function marksOf(html) {
  return Object.keys(MARKS).filter((mark) => MARKS[mark].test(html));
}

/** The largest page of each kind, the smallest of terms too, and articles until each mark was met. */
// With `few`, the largest page of each template, whatever it is a page of.
export function choose(pages, few = false) {
  const [largest, smallest] = [new Map(), new Map()];
  for (const page of pages) {
    if (page.kind === 'article') continue;
    if (!(largest.get(page.kind)?.size >= page.size)) largest.set(page.kind, page);
    if (page.kind.startsWith('term ') && !(smallest.get(page.kind)?.size <= page.size)) smallest.set(page.kind, page);
  }
  const chosen = [...new Set([...largest.values(), ...smallest.values()])];
  const unmet = new Set(Object.keys(MARKS));
  const articles = pages.filter((page) => page.kind === 'article');
  // Those with most to show come first, so that few pages show everything.
  articles.sort((a, b) => b.marks.length - a.marks.length || b.size - a.size);
  for (const article of articles) {
    if (!article.marks.some((mark) => unmet.has(mark))) continue;
    article.marks.forEach((mark) => unmet.delete(mark));
    chosen.push(article);
  }
  if (!few) return chosen;
  const templates = new Map();
  for (const page of chosen) {
    const template = page.kind.split(' ')[0];
    if (!(templates.get(template)?.size >= page.size)) templates.set(template, page);
  }
  return [...templates.values()];
}
