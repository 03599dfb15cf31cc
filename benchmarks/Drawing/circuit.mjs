// From the source to the pixel: samples through a LiveViz server, an app's Blazor circuit, and onto its page.
import { drawers, launch, load, residentMiB, seconds } from './browser.mjs';
import { mean, quantile, table, text } from './numbers.mjs';
import { build, start } from './servers.mjs';
import { watch } from './watch.mjs';

const pages = [
  { name: '1 chart, 8 sensors at 1,000/s', charts: 1, sensors: 8, rate: 1000 },
  { name: '10 charts, 50 sensors at 100/s', charts: 10, sensors: 5, rate: 100 },
];

// Each page at each rate that its charts ask for.
const chosen = options => pages.filter(({ charts }) => options.Charts.includes(charts))
  .flatMap(page => options.FramesPerSecond.map(framesPerSecond => ({ ...page, framesPerSecond, name: `${page.name}, ${framesPerSecond} frames/s` })));

const pause = seconds => new Promise(resolve => setTimeout(resolve, seconds * 1000));

export async function circuit(options, say) {
  build();
  say(`\n## From source to pixel\n\n${options.Seconds} s measured, ${load()} the machine's load at the beginning.\n`);
  const rows = [];
  for (const scenario of chosen(options)) {
    await withPage(scenario, options, watch, async ({ page, servers, browser }) => {
      const processes = await drawers(browser);
      const look = () => [servers.server, servers.app, ...processes.map(({ id }) => id)].map(seconds);
      const before = look(), begun = performance.now();
      await page.evaluate(() => watched.begin());
      await pause(options.Seconds);
      const charts = await page.evaluate(() => watched.result());
      const [server, app, ...browsers] = look().map((now, i) => 1000 * (now - before[i]) / (performance.now() - begun));
      const lags = charts.flatMap(({ lags }) => lags), frames = charts.map(({ frames }) => frames);
      rows.push([scenario.name, text(mean(frames)), text(Math.min(...frames)), text(mean(charts.map(({ drawings }) => drawings))), text(Math.max(...charts.flatMap(({ gaps }) => gaps))),
        text(quantile(lags, 0.5)), text(quantile(lags, 0.95)), text(Math.max(...lags)), text(server), text(app), text(browsers.reduce((sum, cores) => sum + cores))]);
    });
  }

  say(table(['page', 'frames/s a chart', 'of the slowest', 'of these by plotly', 'longest gap ms', 'lag p50 ms', 'p95 ms', 'most ms', 'server, cores', 'app, cores', 'browser, cores'], rows));
}

export async function soak(options, say) {
  build();
  for (const scenario of chosen({ ...options, FramesPerSecond: options.FramesPerSecond.slice(0, 1) })) {
    say(`\n## ${options.Minutes} minutes: ${scenario.name}\n\n${load()} the machine's load at the beginning.\n`);
    // Without the watch: what it notes down would grow.
    await withPage({ ...scenario, collectsEarly: true }, options, async () => {}, async ({ servers, session }) => {
      await session.send('HeapProfiler.enable');
      await session.send('Performance.enable');
      const readings = [];
      for (let minute = 1; minute <= options.Minutes; minute++) {
        await pause(60);
        await session.send('HeapProfiler.collectGarbage');
        const { metrics } = await session.send('Performance.getMetrics');
        const of = name => metrics.find(metric => metric.name === name).value;
        readings.push([of('JSHeapUsedSize') / 2 ** 20, of('Nodes'), of('JSEventListeners'), residentMiB(servers.server), residentMiB(servers.app)]);
        console.log(`${minute}: ${readings.at(-1).map(text).join(' ')}`);
      }

      sayFlat(readings, say);
    });
  }
}

// The first minute fills the window. After it, the mean of the last third is held against that of the first.
function sayFlat(readings, say) {
  const settled = readings.slice(1), third = Math.max(1, Math.floor(settled.length / 3));
  const rows = ['heap after collection, MiB', 'DOM nodes', 'listeners', 'LiveViz server, MiB', 'app with the page, MiB'].map((name, i) => {
    const values = settled.map(reading => reading[i]);
    const first = mean(values.slice(0, third)), last = mean(values.slice(-third));
    return [name, text(first), text(last), `${(100 * (last / first - 1)).toFixed(1)} %`, `${text(Math.min(...values))}–${text(Math.max(...values))}`, last <= first * 1.05 ? 'yes' : 'no'];
  });
  say(table(['', 'first third', 'last third', 'grown by', 'least–most', 'flat within 5 %'], rows));
}

async function withPage({ charts, sensors, rate, framesPerSecond, collectsEarly }, options, prepare, use) {
  const servers = await start({ sensors: charts * sensors, rate, collectsEarly }), browser = await launch();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
    page.on('pageerror', problem => console.error(`The page: ${problem.message}`));
    await prepare(page);
    await page.goto(`${servers.address}/?charts=${charts}&sensors=${sensors}&framesPerSecond=${framesPerSecond}`);
    await page.addStyleTag({ content: options.Style || ' ' });
    await page.waitForFunction(lines => document.querySelectorAll('.scatterlayer .js-line').length >= lines, charts * sensors, { timeout: 60_000 });
    await pause(options.Warmup);
    await use({ page, servers, browser, session: await page.context().newCDPSession(page) });
  } finally {
    await browser.close();
    servers.stop();
  }
}
