// The same live data drawn by each library, in one browser, a page of its own for each.
import { framesPerSecond } from './contestants/feed.js';
import { mostMilliseconds } from './contestants/overTime.js';
import { drawers, launch, load, spent, threads } from './browser.mjs';
import { count, mean, median, table, text } from './numbers.mjs';
import { serve } from './site.mjs';

const thisChart = 'this chart, reduced to the pixels', everyFrame = 'plotly ExtendTraces, a call a frame', uPlot = 'uPlot, all points';

const rareIn = 'liveChart';

const contestants = [
  { name: 'plotly ExtendTraces, a call a point', module: 'plotly', start: 'perPoint' },
  { name: everyFrame, module: 'plotly', start: 'perFrame' },
  { name: thisChart, module: 'liveChart', start: 'start' },
  { name: uPlot, module: 'uplot', start: 'start' },
  { name: 'ECharts, all points', module: 'echarts', start: 'all' },
  { name: 'ECharts, its sampling (lttb)', module: 'echarts', start: 'lttb' },
];

// Where frames are slow, fewer are enough.
const warmup = 20, frames = 60, framesOfSlow = 40, slow = 200, mostSeconds = 180;

// Frames come as a server sends them, or as fast as they are drawn where that is slower.
const period = 1000 / framesPerSecond;

// This chart has plotly draw as rarely as that is dear: the mean is of whole rounds, from one such drawing to another.
const rounds = 2;

export async function compare(options, say) {
  const site = await serve(), browser = await launch();
  try {
    say(`\n## Drawing\n\nChromium ${browser.version()}, ${options.Traces.join(', ')} traces of ${options.Points.map(count).join(', ')} points in view, ${load()} the machine's load at the beginning.\n`);
    const empty = await measure(browser, site, { module: 'nothing', start: 'start' }, 1, 1000);
    say(`An empty frame takes ${text(median(empty.main))} ms of the main thread and ${text(median(empty.all))} ms of all; that is taken off below.\n`);
    for (const traces of options.Traces) {
      const skipped = new Map();
      for (const points of options.Points) {
        const results = new Map();
        for (const contestant of contestants.filter(({ name }) => options.Only === '' || name.includes(options.Only) || name === thisChart)) {
          // What is too slow for fewer points is not tried with more.
          const result = skipped.get(contestant) ?? await measure(browser, site, contestant, traces, points, options.Style);
          if (result.skipped) skipped.set(contestant, result);
          results.set(contestant.name, result);
        }

        say(`\n### ${traces} × ${count(points)} points, ${points / 1000} new a trace and frame\n`);
        say(tableOf(results, empty));
        const own = results.get(thisChart);
        if (own?.rare > 0) say(`\n${own.rare} of ${own.call.length} frames of this chart were plotly's, at most ${text(Math.max(...own.main))} ms of the main thread.`);
      }
    }
  } finally {
    await browser.close();
    site.close();
  }
}

async function measure(browser, site, contestant, traces, points, style = '') {
  const context = await browser.newContext({ viewport: { width: 1600, height: 800 } });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(`${site.address}/contestants/page.html`);
    await page.addStyleTag({ content: style || ' ' });
    await page.waitForFunction(() => globalThis.begin);
    const session = await context.newCDPSession(page);
    const evaluate = async expression => {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    return await Promise.race([
      take(browser, evaluate, contestant, traces, points),
      new Promise((_, reject) => page.once('crash', () => reject(new Error('the page crashed')))),
      new Promise((_, reject) => setTimeout(() => reject(new Error(`not done in ${mostSeconds} s`)), mostSeconds * 1000).unref()),
    ]);
  } catch (problem) {
    return { skipped: problem.message.includes('over time') ? `over ${mostMilliseconds / 1000} s a frame` : problem.message.split('\n')[0] };
  } finally {
    await context.close();
  }
}

async function take(browser, evaluate, { module, start }, traces, points) {
  await evaluate(`begin('${module}', '${start}', ${traces}, ${points})`);
  let longest = 0, due = performance.now(), isRare = false;
  const next = async () => {
    due = Math.max(due + period, performance.now());
    await new Promise(resolve => setTimeout(resolve, due - performance.now()));
  };
  for (let n = 0; n < warmup || (module === rareIn && !isRare); n++) {
    await next();
    const begun = performance.now();
    ({ isRare } = await evaluate('frame()'));
    longest = performance.now() - begun;
    if (longest > mostMilliseconds) throw new Error('over time');
  }

  // Pages that wait in reserve have processes too; they do nothing.
  const processes = await drawers(browser);
  const look = () => processes.map(({ id }) => threads(id));
  const result = { call: [], main: [], all: [], rare: 0 };
  for (let n = 0; n < (longest > slow ? framesOfSlow : frames) || (module === rareIn && result.rare < rounds); n++) {
    await next();
    const before = look(), { call, isRare } = await evaluate('frame()');
    result.call.push(call);
    result.rare += isRare ? 1 : 0;
    const after = look(), took = processes.map(({ type, id }, i) => ({ type, ...spent(id, before[i], after[i]) }));
    result.main.push(took.reduce((sum, { type, first }) => sum + (type === 'renderer' ? first : 0), 0));
    result.all.push(took.reduce((sum, { all }) => sum + all, 0));
  }

  return result;
}

function tableOf(results, empty) {
  const off = (values, of) => ({ median: median(values) - median(of), mean: mean(values) - median(of) });
  const known = [...results].filter(([, result]) => !result.skipped)
    .map(([name, result]) => [name, { call: { median: median(result.call), mean: mean(result.call) }, main: off(result.main, empty.main), all: off(result.all, empty.all) }]);
  const own = new Map(known).get(thisChart);
  const ratio = (value, of) => own === undefined ? '–' : `${text(value / of)}`;
  const rows = [...results].map(([name, { skipped }]) => {
    if (skipped) return [name, ...Array(7).fill('–'), skipped];
    const { call, main, all } = new Map(known).get(name);
    return [name, text(call.median), text(main.median), text(main.mean), text(all.median), text(all.mean), ratio(main.mean, own?.main.mean), ratio(all.mean, own?.all.mean), ''];
  });
  return table(['ms a frame', 'call, median', 'call + paint, median', 'mean', 'all threads, median', 'mean', 'call + paint ÷ this chart', 'all threads ÷ this chart', ''], rows);
}
