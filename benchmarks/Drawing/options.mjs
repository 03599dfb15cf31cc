// What is given as --Name=value holds in place of these.
const defaults = { Output: 'drawing.md', Traces: [1, 8, 50], Points: [1000, 10_000, 100_000], Charts: [1, 10], Seconds: 20, Warmup: 10, Minutes: 30, HandsMinutes: 10, Seed: 1, FramesPerSecond: [20, 30], Style: '', Only: '' };

export function optionsFrom(args) {
  const options = { ...defaults }, parts = [];
  for (const arg of args) {
    const given = arg.match(/^--(\w+)=(.*)$/);
    if (!given) { parts.push(arg); continue; }
    const [, name, value] = given;
    if (!(name in defaults)) throw new Error(`There is no option ${name}; there are ${Object.keys(defaults).join(', ')}.`);
    options[name] = Array.isArray(defaults[name]) ? value.split(',').map(Number) : typeof defaults[name] === 'number' ? Number(value) : value;
  }
  return { options, parts };
}
