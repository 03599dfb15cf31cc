// A page of ten charts under a hand that does not rest: everything a person does to charts, in an order that a seed
// fixes, with the network cut now and then. What page and servers complain of is counted; there must be none.
import { launch, load } from './browser.mjs';
import { between } from './network.mjs';
import { build, start } from './servers.mjs';

const charts = 10, sensors = 5, rate = 20;
const pause = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

// What the browser itself and Blazor say while there is no network, and shortly after.
const ofTheCut = /WebSocket|net::ERR_|Failed to (load resource|fetch|start the|complete negotiation)|Connection disconnected|Cannot send data if the connection|Error: (Connection|Failed|Server)|circuit|reconnect/i;
const grace = 10_000;

export async function hands(options, say) {
  build();
  say(`\n## ${options.HandsMinutes} minutes of use\n\nSeed ${options.Seed}, ${load()} the machine's load at the beginning.\n`);
  const complaints = [], log = [];
  const servers = await start({ sensors: charts * sensors, rate, log: line => log.push(line), between });
  const browser = await launch();
  let lastCut = -Infinity, misses = 0;
  try {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 }, acceptDownloads: true })).newPage();
    page.setDefaultTimeout(10_000);
    const complain = words => {
      if (performance.now() - lastCut > grace || !ofTheCut.test(words)) complaints.push(words);
    };
    page.on('console', message => { if (message.type() === 'error') complain(message.text()); });
    page.on('pageerror', problem => complain(problem.stack ?? problem.message));
    await page.goto(`${servers.address}/?charts=${charts}&sensors=${sensors}&framesPerSecond=20`);
    await isLive(page);
    const random = generator(options.Seed), done = new Map();
    const until = performance.now() + options.HandsMinutes * 60_000;
    while (performance.now() < until) {
      const [name, act] = actions[Math.floor(random() * actions.length)];
      done.set(name, (done.get(name) ?? 0) + 1);
      // While a page is loaded anew there is no chart: a hand misses too. Where it stays so, the end says so.
      await act({ page, random, servers, noteCut: () => { lastCut = performance.now(); } }).catch(() => { misses++; });
      await pause(50 + random() * 1000);
    }

    for (let i = 0; i < charts; i++) await key(page, i, 'Home');
    await isLive(page);
    say([...done].map(([name, times]) => `${name} ${times}`).join(', ') + `; missed ${misses}.\n`);
  } finally {
    await browser.close();
    servers.stop();
    for (const words of [...complaints, ...log]) console.error(words);
  }

  const failures = log.filter(line => /^(fail|crit):|Unhandled exception/.test(line));
  say(`Complaints of the page: ${complaints.length}. Errors in the servers' logs: ${failures.length}; warnings: ${log.filter(line => line.startsWith('warn:')).length}. All charts live at the end.`);
  if (complaints.length + failures.length > 0) process.exitCode = 1;
}

// Every chart is live, and has painted a sample a moment ago.
async function isLive(page) {
  await page.waitForFunction(async count => {
    const { ages } = await import('/_content/LiveViz/Charts/LiveChart.razor.js');
    return document.querySelectorAll('figure.liveviz-chart[data-state=live]').length === count && ages().filter(age => Date.now() - age.painted < 3000).length === count;
  }, charts, { timeout: 120_000, polling: 1000 });
}

function generator(seed) {
  let state = seed >>> 0;
  return () => (state = (state * 1664525 + 1013904223) >>> 0) / 2 ** 32;
}

const plots = page => page.locator('.js-plotly-plot');

async function place(page, random) {
  const plot = plots(page).nth(Math.floor(random() * charts));
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  return (part, height = 0.5) => [box.x + 60 + part * (box.width - 80), box.y + 40 + height * (box.height - 80)];
}

async function key(page, chart, name) {
  await page.locator('figure.liveviz-chart').nth(chart).focus();
  await page.keyboard.press(name);
}

const someKey = (...names) => async ({ page, random }) => key(page, Math.floor(random() * charts), names[Math.floor(random() * names.length)]);

// The page in the background, as the charts are told of it.
const setHidden = (page, isHidden) => page.evaluate(isHidden => {
  Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}, isHidden);

const drag = async ({ page, random }) => {
  const at = await place(page, random);
  await page.mouse.move(...at(random()));
  await page.mouse.down();
  await page.mouse.move(...at(random()), { steps: 6 });
  await page.mouse.up();
};

// What lies on a chart may be under something else, or gone: a hand misses too.
const click = (selector, options = {}) => async ({ page, random }) => {
  const all = page.locator(selector), count = await all.count();
  if (count > 0) await all.nth(Math.floor(random() * count)).click({ timeout: 1000, force: true, ...options }).catch(() => {});
};

const cut = line => async ({ random, servers, noteCut }) => {
  noteCut();
  servers[line].cut();
  await pause(500 + random() * 3000);
  servers[line].mend();
  noteCut();
  await pause(3000);
};

const actions = [
  ['drag', drag], ['drag', drag],
  ['point', async ({ page, random }) => { const at = await place(page, random); for (let i = 0; i < 8; i++) await page.mouse.move(...at(random(), random())); }],
  ['zoom and move by keys', someKey('+', '-', 'ArrowLeft', 'ArrowRight', 'Shift+ArrowLeft', 'Shift+ArrowRight', 'Escape')],
  ['hold or let go', someKey(' ', ' ', 'Home')],
  ['double click', async ({ page, random }) => { const at = await place(page, random); await page.mouse.dblclick(...at(random())); }],
  ['bar', click('.modebar-btn:not([data-title^=Download])')],
  ['legend', click('.legendtoggle')],
  ['back to live', click('button.liveviz-held')],
  ['save', async ({ page, random }) => { await click('[data-save=svg]')({ page, random }); }],
  ['resize', async ({ page, random }) => page.setViewportSize({ width: 390 + Math.floor(random() * 1530), height: 500 + Math.floor(random() * 580) })],
  ['theme', async ({ page, random }) => page.emulateMedia({ colorScheme: random() < 0.5 ? 'dark' : 'light' })],
  ['background', async ({ page, random }) => { await setHidden(page, true); await pause(500 + random() * 4000); await setHidden(page, false); }],
  ['cut the page off', cut('pageLine')],
  ['cut the data off', cut('dataLine')],
];
