// Looks at pages as browsers, keyboards and screen readers do: node check.mjs FOLDER PAGE...
//
// Each page is valid HTML, complains about nothing on the console, asks no network for anything, has no violation that axe-core knows of, in light and dark, on a
// wide and a narrow screen, is on three sizes not wider than the screen, shows the same without scripts, and its picture is moved, zoomed and read off by keyboard alone. FOLDER takes a picture of each.
import { readFileSync, mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(process.env.NODE_FOLDER ? `${process.env.NODE_FOLDER}/` : import.meta.url);
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [folder, ...pages] = process.argv.slice(2);
const sizes = [[400, 900], [1000, 800], [1800, 1000]];
const problems = [];
const expect = (page, holds, what) => { if (!holds) problems.push(`${basename(page)}: ${what}`); };

mkdirSync(folder, { recursive: true });
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

async function look(file, options, act) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const asked = [];
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) problems.push(`${basename(file)}: console: ${message.text()}`); });
  page.on('pageerror', error => problems.push(`${basename(file)}: ${error}`));
  page.on('request', request => asked.push(request.url()));
  const url = pathToFileURL(resolve(file)).href;
  await page.goto(url);
  await act(page);
  expect(file, asked.every(one => one === url), `asks for ${asked.filter(one => one !== url)}`);
  await context.close();
}

async function checkKeys(file) {
  await look(file, { viewport: { width: 1000, height: 800 } }, async page => {
    if (await page.locator('.lanes').count() === 0) return;
    const lanes = page.locator('.lanes').first();
    for (let tab = 0; tab < 60 && !await lanes.evaluate(one => one === document.activeElement); tab++) await page.keyboard.press('Tab');
    expect(file, await lanes.evaluate(one => one === document.activeElement), 'the picture is not reached by Tab');
    const width = () => lanes.locator('.zoomed').first().getAttribute('width');
    const told = () => page.locator('.tools output').first().textContent();
    await page.keyboard.press('ArrowRight');
    const first = await told();
    await page.keyboard.press('ArrowRight');
    expect(file, /^\d/.test(first) && first !== await told(), 'arrows do not read the picture off');
    await page.keyboard.press('+');
    expect(file, await width() === '200%', `'+' does not zoom: ${await width()}`);
    await page.keyboard.press('-');
    await page.keyboard.press('+');
    await page.keyboard.press('0');
    expect(file, await width() === '100%', `'0' does not show all: ${await width()}`);
    await page.keyboard.press('Escape');
    expect(file, await told() === '', 'Escape does not end the reading');
  });
}

// A page mostly waits for the browser: they are looked at side by side.
async function check(file) {
  const report = await validator.validateFile(file);
  for (const message of report.results.flatMap(result => result.messages)) problems.push(`${basename(file)}:${message.line}: ${message.ruleId}: ${message.message}`);
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of sizes) {
      await look(file, { colorScheme, viewport: { width, height } }, async page => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(file, wide <= width, `${wide} pixels wide on a screen of ${width}`);
        // What axe-core looks for depends on the colours, and on whether the page is narrow.
        const isNew = width === 1000 || (width === 400 && colorScheme === 'light');
        if (isNew) await page.evaluate(axe);
        for (const one of isNew ? (await page.evaluate(() => globalThis.axe.run())).violations : []) {
          problems.push(`${basename(file)} (${colorScheme}, ${width}): ${one.impact}: ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
        }
        await page.screenshot({ path: `${folder}/${basename(file, '.html')}-${colorScheme}-${width}.png`, fullPage: true });
      });
    }
  }
  let plain, lively;
  await look(file, { javaScriptEnabled: false }, async page => { plain = await page.locator('main .lane').count(); });
  await look(file, {}, async page => { lively = await page.locator('main .lane').count(); });
  expect(file, plain === lively, `${plain} lanes without scripts, ${lively} with them`);
  await checkKeys(file);
}

await Promise.all(pages.map(check));
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`${pages.length} pages looked at, ${problems.length} problems`);
process.exit(problems.length === 0 && pages.length > 0 ? 0 : 1);
