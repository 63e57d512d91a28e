// Writes an experiment in an editor (Monaco, which VS Code is made of) that knows the schema, as its writer does: node editor.mjs FOLDER SCHEMA [PICTURE]
//
// Keys, providers, kinds of faults and their arguments are offered with what they mean; a kind and a key that are misspelt, and a value that cannot be, are underlined with what was
// meant; an experiment that is all right has no line under it. Nobody but the server on the loopback is asked for anything. PICTURE takes the one of the manual.
import { createServer } from 'node:http';
import { readFileSync, mkdirSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(process.env.NODE_FOLDER ? `${process.env.NODE_FOLDER}/` : import.meta.url);
const { chromium } = require('playwright-core');
const [folder, schema, picture] = process.argv.slice(2);
const monacoFolder = join(process.env.NODE_FOLDER, 'node_modules/monaco-editor/min');
const problems = [];
const expect = (what, holds, problem) => { if (!holds) problems.push(`${what}: ${problem}`); };

const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>editor</title><style>html, body, #editor { height: 100%; margin: 0; }</style></head><body><div id="editor"></div>
<script src="/vs/loader.js"></script><script>
require.config({ paths: { vs: '/vs' } });
require(['vs/editor/editor.main'], () => fetch('/schema').then(one => one.json()).then(schema => {
  const json = monaco.json ?? monaco.languages.json;
  json.jsonDefaults.setDiagnosticsOptions({ validate: true, schemas: [{ uri: 'file:///experiment.schema.json', fileMatch: ['*'], schema }] });
  const model = monaco.editor.createModel('', 'json', monaco.Uri.parse('file:///experiment.json'));
  window.editor = monaco.editor.create(document.getElementById('editor'), { model, minimap: { enabled: false }, fontSize: 14, scrollBeyondLastLine: false,
    wordBasedSuggestions: 'off', quickSuggestions: false, suggest: { showStatusBar: false, preview: false }, automaticLayout: true });
  window.ready = true;
}));
</script></body></html>`;
const types = { '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf', '.json': 'application/json' };
const server = createServer((request, response) => {
  const path = new URL(request.url, 'http://localhost').pathname;
  try {
    const [type, body] = path === '/' ? ['text/html', page]
      : path === '/schema' ? ['application/json', readFileSync(schema)]
      : path === '/favicon.ico' ? ['image/x-icon', '']
      : [types[extname(path)] ?? 'application/octet-stream', readFileSync(join(monacoFolder, normalize(path)))];
    response.writeHead(200, { 'Content-Type': type }).end(body);
  } catch {
    response.writeHead(404).end();
    problems.push(`there is no ${path}`);
  }
});
await new Promise(listening => server.listen(0, '127.0.0.1', listening));
const address = `http://127.0.0.1:${server.address().port}/`;
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1240, height: 450 } });
const tab = await context.newPage();
tab.on('pageerror', error => problems.push(`${error}`));
tab.on('console', message => { if (message.type() === 'error') problems.push(`console: ${message.text()}`); });
tab.on('request', request => { if (!request.url().startsWith(address) && !request.url().startsWith('blob:') && !request.url().startsWith('data:')) problems.push(`asks for ${request.url()}`); });
await tab.goto(address);
await tab.waitForFunction(() => window.ready);

// The text with a | at the place of the cursor.
async function write(text) {
  const at = text.indexOf('|');
  await tab.evaluate(({ text, at }) => {
    editor.setValue(text);
    if (at >= 0) editor.setPosition(editor.getModel().getPositionAt(at));
    editor.focus();
  }, { text: text.replace('|', ''), at });
}

// Each edit is looked at a moment after it was made: what was found before it is gone when a mistake is marked in a line below, which no edit before had.
let below = 0;
async function markers(text) {
  below += 10;
  await write(`${text}${'\n'.repeat(below)}§`);
  const found = async () => tab.evaluate(() => monaco.editor.getModelMarkers({}).map(one => ({ line: one.startLineNumber, text: one.message })));
  const last = text.split('\n').length + below;
  for (let tries = 0; tries < 300; tries++) {
    const all = await found();
    if (all.some(one => one.line === last)) return all.filter(one => one.line !== last);
    await tab.waitForTimeout(50);
  }
  problems.push('the editor does not look at what is written');
  return [];
}

async function offered(text) {
  await write(text);
  await tab.evaluate(() => editor.trigger('', 'editor.action.triggerSuggest', {}));
  await tab.waitForSelector('.suggest-widget.visible .monaco-list-row', { timeout: 30000 });
  return tab.evaluate(async () => {
    const all = editor.getContribution('editor.contrib.suggestController').model._completionModel.items;
    return all.map(one => ({ label: typeof one.completion.label === 'string' ? one.completion.label : one.completion.label.label,
      told: one.completion.documentation?.value ?? one.completion.documentation ?? '' }));
  });
}

async function offers(what, text, ...labels) {
  const all = await offered(text);
  for (const label of labels) {
    const one = all.find(item => item.label.replaceAll('"', '') === label);
    expect(what, one, `'${label}' is not offered among ${all.map(item => item.label)}`);
    expect(what, !one || one.told.length > 3, `nothing is told of '${label}'`);
  }
  await tab.evaluate(() => editor.trigger('', 'hideSuggestWidget', {}));
  return all;
}

const experiment = (activity, rest = '') => `{\n  "title": "t", "description": "d",\n  "method": [\n    ${activity}\n  ]${rest}\n}`;
const fault = provider => experiment(`{ "type": "action", "name": "a", "provider": { "type": "fault", ${provider} } }`);
await offers('the top', '{ | }', 'title', 'method', 'steady-state-hypothesis', 'extensions', 'rollbacks');
await offers('an activity', experiment('{ | }'), 'type', 'name', 'provider', 'tolerance', 'retries', 'ref');
await offers('a type', experiment('{ "type": | }'), 'probe', 'action');
await offers('a provider', experiment('{ "type": "action", "name": "a", "provider": { "type": | } }'), 'http', 'process', 'fault', 'load');
await offers('http', experiment('{ "type": "probe", "name": "a", "provider": { "type": "http", | } }'), 'url', 'headers', 'timeout', 'expected_status');
const kinds = await offers('a kind', fault('"kind": |'), 'process.kill', 'network.latency', 'file.readonly', 'stress.memory');
expect('kinds', kinds.length >= 40, `${kinds.length} are offered`);
await offers('arguments', fault('"kind": "process.kill", "arguments": { | }'), 'service', 'pid', 'signal');
await offers('a choice', fault('"kind": "network.latency", "arguments": { "service": "a", "latency": 5, "stream": | }'));
await offers('a strategy', '{ "title": "t", "description": "d", "method": [], "runtime": { "hypothesis": { "strategy": | } } }', 'continuously');
await offers('a service', '{ "title": "t", "description": "d", "method": [], "extensions": [{ "name": "turbulence", "services": { "a": { | } } }] }', 'run', 'ready', 'needs');

const misspelt = await markers(fault('\n"kind": "process.kil", "arguments": { "service": "a" }'));
expect('a misspelt kind', misspelt.length === 1 && misspelt[0].line === 5 && misspelt[0].text.includes('"process.kill"'), JSON.stringify(misspelt).slice(0, 300));
const key = await markers(experiment('{ "type": "probe", "name": "a", "tolerence": 200, "provider": { "type": "http", "url": "http://localhost/" } }'));
expect('a misspelt key', key.length === 1 && key[0].line === 4 && key[0].text.includes("did you mean 'tolerance'?"), JSON.stringify(key));
const value = await markers(fault('"kind": "process.kill", "duration": 0, "arguments": { "service": "a", "pid": 5 }'));
expect('values that cannot be', value.length === 2 && value.some(one => one.text.includes('exactly one of')), JSON.stringify(value));
for (const [what, text] of [['an experiment that is all right', fault('"kind": "process.kill", "duration": "${seconds}", "arguments": { "service": "a" }')], ['a note', experiment('{ "ref": "a", "x-note": 1, "note": 2 }')]]) {
  const found = await markers(text);
  expect(what, found.length === 0, JSON.stringify(found));
}

const shown = `{
  "$schema": "./experiment.schema.json",
  "title": "The shop sells while its database is slow",
  "description": "Orders go through within a second.",
  "steady-state-hypothesis": {
    "title": "the shop sells",
    "probes": [{ "type": "probe", "name": "an order goes through", "tolerence": 200,
                 "provider": { "type": "http", "url": "http://localhost:8080/orders" } }]
  },
  "method": [
    { "type": "action", "name": "the database answers late",
      "provider": { "type": "fault", "kind": "network.|" } }
  ]
}`;
await write(shown);
await tab.waitForTimeout(1000);
await tab.evaluate(() => editor.trigger('', 'editor.action.triggerSuggest', {}));
await tab.waitForSelector('.suggest-widget.visible .monaco-list-row', { timeout: 30000 });
await tab.keyboard.press('ArrowDown');
if (await tab.locator('.suggest-details').count() === 0 || !await tab.locator('.suggest-details').isVisible()) await tab.evaluate(() => editor.trigger('', 'toggleSuggestionDetails', {}));
for (const key of ['ArrowDown', 'ArrowUp', 'ArrowDown']) {
  await tab.waitForTimeout(300);
  await tab.keyboard.press(key);
}
await tab.waitForTimeout(1000);
await tab.screenshot({ path: picture ?? join(folder, 'editor.png') });
await browser.close();
server.close();
for (const problem of problems) console.log(problem);
console.log(`an experiment was written in an editor, ${problems.length} problems`);
process.exit(problems.length === 0 ? 0 : 1);
