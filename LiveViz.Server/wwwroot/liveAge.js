// Says how old the newest sample on the screen is, and where the time went. Every figure is measured: when a sample was
// measured and when it arrived stands in the frame, when it was painted the charts note down.
//
// When it was painted is told by this browser's clock, the rest by the server's. How far they are apart is asked of the
// server now and then: its clock against the middle of the way there and back. Of the last answers the one that came back
// fastest counts, and is wrong by no more than half of its way.

import { ages } from './_content/LiveViz/Charts/LiveChart.razor.js';

const showPeriod = 500, askPeriod = 30_000, asksAtFirst = 5, answersKept = 10, readingsKept = 5, silence = 3000;
let shows, asks, onDown, onKey;

export function start(badge, component) {
  stop();
  const answers = [], readings = [];
  const ask = async () => {
    const sent = Date.now(), server = await component.invokeMethodAsync('Clock'), back = Date.now();
    answers.push({ way: back - sent, apart: server - (sent + back) / 2 });
    if (answers.length > answersKept) answers.shift();
  };
  const askOften = async () => { for (let n = 0; n < asksAtFirst; n++) await ask(); };
  // Refused while the connection is cut: it is asked again.
  askOften().catch(() => {});
  asks = setInterval(() => ask().catch(() => {}), askPeriod);
  shows = setInterval(() => { if (answers.length > 0) show(badge, readings, answers.reduce((best, answer) => answer.way <= best.way ? answer : best)); }, showPeriod);
  onDown = event => { if (badge.open && !badge.contains(event.target)) badge.open = false; };
  onKey = event => {
    if (event.key !== 'Escape' || !badge.open) return;
    badge.open = false;
    badge.firstElementChild.focus();
  };
  addEventListener('pointerdown', onDown);
  badge.addEventListener('keydown', onKey);
}

export function stop() {
  clearInterval(shows);
  clearInterval(asks);
  removeEventListener('pointerdown', onDown);
}

function show(badge, readings, { way, apart }) {
  const newest = ages().reduce((newest, age) => newest && newest.received >= age.received ? newest : age, null);
  if (newest && newest.painted !== readings.at(-1)?.painted) readings.push(newest);
  if (readings.length > readingsKept) readings.shift();
  const last = readings.at(-1), isCut = document.body.classList.contains('is-cut');
  const isSilent = !last || Date.now() - last.painted > silence;
  const of = pick => median(readings.map(pick));
  const stages = last && {
    source: last.measured === null ? null : of(age => age.received - age.measured),
    hub: of(age => age.framed - age.received),
    screen: of(age => age.painted + apart - age.framed),
    whole: of(age => age.painted + apart - (age.measured ?? age.received)),
  };
  // A sample does not arrive before it was measured: that it seems to is the clocks' comparison, as far as that is in error.
  const error = Math.max(1, way / 2), whole = stages && (Math.abs(stages.whole) <= error ? Math.max(0, stages.whole) : stages.whole);
  const state = badge.dataset.held === 'yes' ? 'held' : !last ? 'empty' : isCut || isSilent ? 'silent' : 'live';
  const words = {
    held: () => 'held', empty: () => '–', live: () => `${last.measured === null ? 'replay' : 'live'}, ${text(whole)}`,
    silent: () => `newest ${text(Date.now() + apart - (last.measured ?? last.received))} old`,
  };
  badge.dataset.age = state;
  put(badge.querySelector('summary span'), words[state]());
  if (!badge.open) return;
  for (const stage of ['source', 'hub', 'screen', 'whole']) {
    put(badge.querySelector(`[data-stage=${stage}]`), !stages ? '–' : stages[stage] === null ? 'recorded' : text(stages[stage]));
  }
  put(badge.querySelector('[data-stage=clocks]'), `clocks compared to ± ${text(error)}`);
}

function put(element, words) {
  if (element.textContent !== words) element.textContent = words;
}

const median = values => [...values].sort((a, b) => a - b)[values.length >> 1];

// In two digits that say something.
function text(milliseconds) {
  const size = Math.abs(milliseconds), sign = milliseconds <= -0.5 ? '−' : '';
  if (size < 100) return `${sign}${Math.round(size)} ms`;
  if (size < 1000) return `${sign}${Math.round(size / 10) * 10} ms`;
  if (size < 10_000) return `${sign}${(size / 1000).toFixed(1)} s`;
  return size < 120_000 ? `${sign}${Math.round(size / 1000)} s` : size < 7_200_000 ? `${sign}${Math.round(size / 60_000)} min` : `${sign}${Math.round(size / 3_600_000)} h`;
}
