// The pages of the comparison, with the chart's own files as they lie in the repository.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = dirname(fileURLToPath(import.meta.url));
export const repository = join(here, '../..');

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

// The plotly.js that Plotly.Blazor brings and the chart uses: its basic bundle.
function plotly() {
  const version = readFileSync(join(repository, 'Directory.Packages.props'), 'utf8').match(/"Plotly\.Blazor" Version="([^"]+)"/)[1];
  const assets = join(process.env.NUGET_PACKAGES ?? join(homedir(), '.nuget/packages'), 'plotly.blazor', version, 'staticwebassets');
  return join(assets, readdirSync(assets).find(name => name.startsWith('plotly-basic')));
}

async function fileOf(path) {
  const folders = { '/contestants/': join(here, 'contestants'), '/npm/': join(here, 'node_modules'),
    '/_content/LiveViz/Charts/': join(repository, 'LiveViz.Shared/Charts'), '/_content/LiveViz/': join(repository, 'LiveViz.Shared/wwwroot') };
  if (path === '/plotly.js') return plotly();
  const root = Object.keys(folders).find(folder => path.startsWith(folder));
  return root ? join(folders[root], normalize(`/${path.slice(root.length)}`)) : null;
}

export async function serve() {
  const server = createServer(async (request, response) => {
    try {
      const file = await fileOf(new URL(request.url, 'http://localhost').pathname);
      const content = await readFile(file);
      response.writeHead(200, { 'Content-Type': types[extname(file)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
