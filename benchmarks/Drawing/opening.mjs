// How long a page of charts takes to open, from the first byte asked for until lines are painted on its charts:
//   node benchmarks/Drawing/opening.mjs "http://localhost:5000/?range=24h" [times]
// In a browser that has had the page before, as an operator's has: its files and their compiled form are kept.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load, openContext } from './browser.mjs';
import { quantile, text } from './numbers.mjs';

const [address, times = '15'] = process.argv.slice(2);
if (!address) throw new Error('Which page? Such as "http://localhost:5000/?range=24h".');
const warmups = 3, between = 500;
const folder = mkdtempSync(join(tmpdir(), 'liveviz-opening-'));
const context = await openContext(folder);
try {
  await context.addInitScript(inPage);
  const firsts = [], alls = [];
  for (let i = -warmups; i < Number(times); i++) {
    const page = await context.newPage();
    await page.goto(address, { waitUntil: 'commit' });
    const { first, all } = await page.waitForFunction(() => globalThis.opened?.all && globalThis.opened).then(handle => handle.jsonValue());
    if (i >= 0) { firsts.push(first); alls.push(all); }
    await page.close();
    await new Promise(resolve => setTimeout(resolve, between));
  }
  for (const [what, values] of [['first chart', firsts], ['all charts', alls]]) {
    console.log(`${what}: median ${text(quantile(values, 0.5))} ms, nine of ten within ${text(quantile(values, 0.9))} ms (${values.length} times, load of the machine ${load()})`);
  }
} finally {
  await context.close();
  rmSync(folder, { recursive: true });
}

function inPage() {
  const opened = globalThis.opened = {};
  const look = () => {
    const charts = [...document.querySelectorAll('.liveviz-chart')], drawn = charts.filter(chart => chart.querySelector('.js-line[d]')).length;
    if (drawn > 0) note('first');
    if (drawn > 0 && drawn === charts.length) note('all'); else requestAnimationFrame(look);
  };
  // A message sent in a frame of the screen arrives once that is laid out and painted.
  const note = what => {
    if (what in opened) return;
    opened[what] = null;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => { port1.close(); opened[what] = performance.now(); };
    port2.postMessage(0);
  };
  requestAnimationFrame(look);
}
