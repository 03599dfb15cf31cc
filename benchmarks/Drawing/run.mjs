// node benchmarks/Drawing/run.mjs [drawing] [circuit] [soak] [hands] [--Name=value …]: see benchmarks/README.md.
import { appendFileSync, writeFileSync } from 'node:fs';
import { compare } from './comparison.mjs';
import { circuit, soak } from './circuit.mjs';
import { hands } from './hands.mjs';
import { optionsFrom } from './options.mjs';

const all = { drawing: compare, circuit, soak, hands };
const { options, parts } = optionsFrom(process.argv.slice(2));
const unknown = parts.find(part => !(part in all));
if (unknown) throw new Error(`There is no part ${unknown}; there are ${Object.keys(all).join(', ')}.`);

writeFileSync(options.Output, '');
const say = line => { console.log(line); appendFileSync(options.Output, `${line}\n`); };
for (const part of parts.length > 0 ? parts : ['drawing', 'circuit']) await all[part](options, say);
