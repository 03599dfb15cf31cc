// Debian's Chromium, and what its processes and the servers' take of the machine.
import { readdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    // As in LiveViz.Tests; and room for the plots with most points.
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
      '--js-flags=--max-old-space-size=8192'],
  });
}

// The processes that draw: the pages' and the one that puts their pictures together.
export async function drawers(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer' || type === 'GPU').map(({ type, id }) => ({ type, id }));
}

// CPU time so far in milliseconds, as the kernel's scheduler counts it in nanoseconds: of the process's first thread, and
// of all. A thread that ends takes its own with it; those of a page's end seldom.
export function cpu(pid) {
  let first = 0, all = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    try {
      const time = Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
      all += time;
      if (thread === String(pid)) first = time;
    } catch {
      // It has just ended.
    }
  }
  return { first, all };
}

export function residentMiB(pid) {
  return Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024;
}

// How busy the machine is with others, as the kernel's average of the last minute.
export const load = () => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
