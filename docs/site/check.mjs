// Opens every page of the site in a browser that has no network but this server, and finds words by the search: node check.mjs SITE
// PLAYWRIGHT names the folder with node_modules/playwright-core, CHROMIUM the browser (default: /usr/bin/chromium).
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFile, readdir } from 'node:fs/promises';
import { join, extname, sep } from 'node:path';

const { chromium } = createRequire(join(process.env.PLAYWRIGHT, 'x.js'))('playwright-core');
const site = process.argv[2];
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };
const server = createServer(async (request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  try {
    const body = await readFile(join(site, path.endsWith('/') ? `${path}index.html` : path));
    response.writeHead(200, { 'content-type': types[extname(path) || '.html'] ?? 'text/plain' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const problems = [];
try {
  const page = await browser.newPage();
  await page.route('**', (route) => {
    if (route.request().url().startsWith(origin)) {
      return route.continue();
    }

    problems.push(`asked for ${route.request().url()}`);
    return route.abort();
  });
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('response', (answer) => answer.status() < 400 || problems.push(`${page.url()}: ${answer.url()} is ${answer.status()}`));
  const linked = new Map();
  const pages = (await readdir(site, { recursive: true })).filter((file) => file.endsWith('.html') && file !== '404.html');
  for (const file of pages) {
    await page.goto(`${origin}/${file.split(sep).join('/')}`, { waitUntil: 'networkidle' });
    if ((await page.locator('h1').count()) === 0) {
      problems.push(`${file} has no heading`);
    }

    for (const link of await page.locator('.vp-doc a, .VPSidebar a').evaluateAll((all) => all.map((one) => one.href))) {
      linked.set(link.split('#')[0], file);
    }
  }

  // A folder of the sources is nothing here.
  for (const [link, file] of linked) {
    if (link.startsWith(origin) && extname(new URL(link).pathname) !== '' && !(await fetch(link)).ok) {
      problems.push(`${file} leads to ${link}`);
    }
  }

  await page.goto(`${origin}/`, { waitUntil: 'networkidle' });
  await page.keyboard.press('Control+k');
  await page.locator('.VPLocalSearchBox input').fill('blackhole');
  await page.locator('.VPLocalSearchBox .result').first().waitFor({ timeout: 10_000 }).catch(() => problems.push('the search finds nothing'));
  console.log(`${pages.length} pages, ${problems.length} problems`);
} finally {
  await browser.close();
  server.close();
}

problems.forEach((problem) => console.log(problem));
process.exit(problems.length === 0 ? 0 : 1);
