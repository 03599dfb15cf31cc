export const quantile = (values, part) => values.length === 0 ? NaN : [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(part * values.length))];
export const median = values => quantile(values, 0.5);
export const mean = values => values.reduce((sum, value) => sum + value, 0) / values.length;

// With three digits that say something.
export const text = value => Number.isNaN(value) ? '–' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
export const count = value => value.toLocaleString('en');

export function table(heads, rows) {
  const line = cells => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map((_, i) => i === 0 ? '---' : '--:')), ...rows.map(line)].join('\n');
}
