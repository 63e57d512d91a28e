// Looks at pages that a server shows as browsers, keyboards and screen readers do: node live.mjs FOLDER LIVE HISTORY
//
// LIVE is the address of a run that goes on, and is halted by keyboard alone at the end; HISTORY that of a folder of runs. Both are valid HTML, complain about nothing on the
// console, ask nobody but their server, and have no violation that axe-core knows of, in light and dark, wide and narrow. FOLDER takes pictures.
import { readFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_FOLDER ? `${process.env.NODE_FOLDER}/` : import.meta.url);
const { chromium } = require('playwright-core');
const { HtmlValidate } = require('html-validate');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [folder, live, history] = process.argv.slice(2);
const problems = [];
const expect = (what, holds, problem) => { if (!holds) problems.push(`${what}: ${problem}`); };

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const validator = new HtmlValidate({ extends: ['html-validate:standard'] });

async function open(what, address, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', message => { if (['error', 'warning'].includes(message.type())) problems.push(`${what}: console: ${message.text()}`); });
  page.on('pageerror', error => problems.push(`${what}: ${error}`));
  page.on('request', request => expect(what, request.url().startsWith(new URL(address).origin), `asks for ${request.url()}`));
  await page.goto(address);
  expect(what, !page.url().includes('token'), 'the token stays in the address');
  return page;
}

// Scripts from elsewhere are forbidden on these pages, so axe-core is run by the browser itself.
async function check(what, page) {
  await page.evaluate(axe);
  for (const one of (await page.evaluate(() => globalThis.axe.run())).violations) {
    problems.push(`${what}: ${one.impact}: ${one.id}: ${one.nodes[0].html.slice(0, 160)}`);
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(what, wide <= 0, `${wide} pixels wider than the screen`);
}

async function validate(what, page) {
  const text = await page.evaluate(async () => (await fetch(location.href)).text()).catch(() => page.content());
  for (const message of (await validator.validateString(text)).results.flatMap(result => result.messages)) problems.push(`${what}:${message.line}: ${message.ruleId}: ${message.message}`);
}

for (const colorScheme of ['light', 'dark']) {
  for (const width of [400, 1000]) {
    for (const [what, address] of [['live', live], ['history', history]]) {
      const name = `${what}-${colorScheme}-${width}`;
      const page = await open(name, address, { colorScheme, viewport: { width, height: 900 } });
      if (what === 'live') await page.locator('.lane canvas').nth(2).waitFor();
      await check(name, page);
      if (width === 1000 && colorScheme === 'light' && what === 'live') await validate(name, page);
      if (what === 'history' && width === 400 && colorScheme === 'light') {
        for (const message of (await validator.validateString(await page.content())).results.flatMap(result => result.messages)) problems.push(`${name}: ${message.ruleId}: ${message.message}`);
      }
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
      await page.context().close();
    }
  }
}

const page = await open('live by keyboard', live, { viewport: { width: 1000, height: 900 } });
const focused = id => page.evaluate(name => document.activeElement?.id === name, id);
const tabTo = async id => { for (let tab = 0; tab < 20 && !await focused(id); tab++) await page.keyboard.press('Tab'); expect('live', await focused(id), `#${id} is not reached by Tab`); };
await page.locator('#halt').waitFor();
await tabTo('recent');
await page.keyboard.press('Enter');
expect('live', await page.locator('#recent[aria-pressed=true]').count() === 1, 'the last minute is not shown');
await page.keyboard.press('Shift+Tab');
await page.keyboard.press('Shift+Tab');
await tabTo('halt');
await page.keyboard.press('Enter');
expect('live', await page.locator('dialog[open]').count() === 1, 'Enter on the button asks nothing');
await check('live, asked', page);
await page.keyboard.press('Escape');
expect('live', await page.locator('dialog[open]').count() === 0, 'Escape does not close the question');
expect('live', await page.locator('#word').textContent() === 'running', 'Escape has halted the run');
await tabTo('halt');
await page.keyboard.press('Enter');
await tabTo('yes');
await page.keyboard.press('Enter');
await page.waitForURL('**/report');
expect('live', (await page.title()).startsWith('interrupted: '), `after the halt there is: ${await page.title()}`);
await browser.close();
for (const problem of problems) console.log(problem);
console.log(`the live page and the history looked at, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
