// Watches a run in a browser, and says how often it was drawn while events came: node frames.mjs ADDRESS
import { createRequire } from 'node:module';
const { chromium } = createRequire(`${process.env.NODE_FOLDER}/`)('playwright-core');
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
await page.goto(process.argv[2]);
await page.waitForTimeout(1000);
const frames = await page.evaluate(seconds => new Promise(done => {
  const times = [];
  const tick = now => {
    times.push(now);
    if (now - times[0] < seconds * 1000) return requestAnimationFrame(tick);
    const gaps = times.slice(1).map((time, number) => time - times[number]).sort((one, other) => one - other);
    done({ rate: 1000 * gaps.length / (times.at(-1) - times[0]), late: gaps[Math.floor(gaps.length * 0.99)], longest: gaps.at(-1) });
  };
  requestAnimationFrame(tick);
}), 8);
await browser.close();
console.log(`${frames.rate.toFixed(1)} | ${frames.late.toFixed(0)} ms | ${frames.longest.toFixed(0)} ms`);
