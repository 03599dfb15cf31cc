// Debian's Chromium, and what its processes and the servers' take of the machine.
import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const options = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // As in LiveViz.Tests; and room for the plots with most points.
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--js-flags=--max-old-space-size=8192'],
};

export const launch = () => chromium.launch(options);

// One that keeps what it has read, in a folder.
export const openContext = folder => chromium.launchPersistentContext(folder, { ...options, viewport: { width: 1920, height: 1080 } });

// The processes that draw: the pages' and the one that puts their pictures together.
export async function drawers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ type, id }) => ({ type, id }));
}

// CPU time so far of each of a process's threads in milliseconds, as the kernel's scheduler counts it in nanoseconds.
export function threads(pid) {
  const times = new Map();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      times.set(Number(thread), Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6);
    } catch {
      // It has just ended.
    }
  }
  return times;
}

// What they took between two looks: the process's first thread, and all. One that has ended since is not counted; all it
// ever took would be taken off.
export function spent(pid, before, after) {
  const of = thread => after.get(thread) - (before.get(thread) ?? 0);
  return { first: of(pid), all: [...after.keys()].reduce((sum, thread) => sum + of(thread), 0) };
}

// Processor seconds of a process so far, its ended threads included, in the kernel's hundredths.
export function seconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

export function residentMiB(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

// How busy the machine is with others, as the kernel's average of the last minute.
export const load = () => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
