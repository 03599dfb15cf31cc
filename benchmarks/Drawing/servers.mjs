// A LiveViz server with the source of FanOut, and the app whose page shows its sensors, each in a process of its own.
import { execFileSync, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { here, repository } from './site.mjs';

const fanOut = join(repository, 'benchmarks/FanOut'), page = join(here, 'Page');

// As FanOut has it: the log is full before anyone looks, and holds twice the window of a minute.
const logSeconds = 120, bytesASample = 17.2, samplesABlock = 1024, mebi = 1024 * 1024;

export function build() {
  for (const project of [fanOut, page]) execFileSync('dotnet', ['build', '-c', 'Release', '--nologo', '-v', 'quiet', project], { stdio: ['ignore', 'ignore', 'inherit'] });
}

// What .NET holds shows only where it collects its garbage early.
const collectEarly = { DOTNET_gcServer: '0', DOTNET_GCConserveMemory: '9', DOTNET_GCgen0size: '0x400000' };

// between: what lies between app and server, and between page and app, where it is to be cut; log: told each line of both.
export async function start({ sensors, rate, collectsEarly = false, between = null, log = () => {} }) {
  const env = { ...process.env, ...(collectsEarly ? collectEarly : {}) };
  const [serverPort, pagePort] = [await freePort(), await freePort()];
  const megabytes = Math.ceil(sensors * (Math.max(rate * logSeconds, samplesABlock) + samplesABlock) * bytesASample / mebi);
  const server = await ready(join(fanOut, 'bin/Release/net10.0/FanOut.dll'), ['server', `--urls=http://127.0.0.1:${serverPort}`,
    `--LiveViz:LogMegabytes=${megabytes}`, '--LiveViz:History:Store=None', '--LiveViz:Sources:0:Type=Bench', `--LiveViz:Sources:0:Sensors=${sensors}`, `--LiveViz:Sources:0:Rate=${rate}`,
    `--LiveViz:Sources:0:History=${megabytes * mebi / bytesASample / sensors / rate * 1.2}`], env, log);
  const dataLine = await between?.(serverPort), pageLine = await between?.(pagePort);
  const app = await ready(join(page, 'bin/Release/net10.0/DrawingPage.dll'), [`--urls=http://127.0.0.1:${pagePort}`, `--LiveVizServer=http://127.0.0.1:${dataLine?.port ?? serverPort}`], env, log);
  const processes = [server, app];
  const stop = () => {
    processes.forEach(process => process.kill('SIGKILL'));
    dataLine?.close();
    pageLine?.close();
  };
  return { address: `http://127.0.0.1:${pageLine?.port ?? pagePort}`, server: server.pid, app: app.pid, dataLine, pageLine, stop };
}

// Each says so when it is.
async function ready(program, args, env, log) {
  const process = spawn('dotnet', [program, ...args, '--Logging:LogLevel:Default=Warning'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: process.stdout });
  await new Promise((resolve, reject) => {
    lines.on('line', line => { if (line === 'ready') resolve(); else log(line); });
    process.on('exit', () => reject(new Error(`${program} ended before it was ready.`)));
  });
  return process;
}

async function freePort() {
  const listener = createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => listener.on('listening', resolve));
  const { port } = listener.address();
  await new Promise(resolve => listener.close(resolve));
  return port;
}
