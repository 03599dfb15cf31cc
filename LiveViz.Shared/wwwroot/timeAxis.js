// Times on an axis of numbers. plotly's own date axis takes numbers for the viewer's local time and folds back in the
// hour that daylight saving repeats; milliseconds since 1970 never do.

const second = 1000, minute = 60 * second, hour = 60 * minute, day = 24 * hour;
const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, second, 2 * second, 5 * second, 10 * second, 15 * second, 30 * second,
  minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour, 6 * hour, 12 * hour,
  day, 2 * day, 7 * day, 14 * day, 28 * day];

// At most so many ticks from one time to another, at round local times: { tickvals, ticktext }.
export function ticks(from, to, most) {
  const step = steps.find(step => (to - from) / step <= most) ?? Math.ceil((to - from) / most / day) * day;
  const local = -new Date(from).getTimezoneOffset() * minute;
  const tickvals = [], ticktext = [];
  let dayBefore = dateOf(Date.now());
  for (let t = Math.ceil((from + local) / step) * step - local; t <= to; t += step) {
    const date = dateOf(t);
    const time = step >= day ? '' : timeOf(t, step);
    tickvals.push(t);
    // The date is said where it is not the one last said, or today's.
    ticktext.push(date === dayBefore ? time || date : time ? `${time}<br>${date}` : date);
    dayBefore = date;
  }
  return { tickvals, ticktext };
}

// A time to the millisecond, with its date where that is not today's.
export function exactly(t) {
  const date = dateOf(t);
  return (date === dateOf(Date.now()) ? '' : `${date}, `) + timeOf(t, 1);
}

// A time to the second, with its date.
export const dated = t => `${dateOf(t)}, ${timeOf(t, second)}`;

function timeOf(t, step) {
  const d = new Date(t), two = n => String(n).padStart(2, '0');
  const whole = `${two(d.getHours())}:${two(d.getMinutes())}`;
  if (step >= minute) return whole;
  return `${whole}:${two(d.getSeconds())}` + (step >= second ? '' : `.${String(d.getMilliseconds()).padStart(3, '0')}`);
}

function dateOf(t) {
  const d = new Date(t);
  return `${d.getDate()} ${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][d.getMonth()]} ${d.getFullYear()}`;
}
