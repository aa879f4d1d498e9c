import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createNodeHttpStack } from '../../src/azure/rest/node-http-stack';
import type { HttpRequest } from '../../src/azure/rest/http-stack';
import { openDiskFile } from '../../src/upload/intake/disk-file';
import { createCertificate } from '../../test/helpers/certificate';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { root, runNode } from '../process.mjs';
import type { RestServer } from './server/rest-server';
import { startRestServer } from './server/rest-server';
import { verify } from './server/verify';
import { median } from './statistics';

/** The command line against raw requests of six workers: 1,000 × 20 KiB to 10 work items, at 40 ms. */
const FILES = 1_000;
const BYTES = 20 * 1024;
const ITEMS = 10;
const LATENCY_MS = 40;
const ROUNDS = 3;
const WORKERS = 6;

/** Upper bounds of the ratios. */
const MAX_TO_EACH_LINK = 0.45;
const MAX_TO_ONE_PATCH = { 'HTTP/1.1': 0.8, 'HTTP/2': 0.5 };

/** Upper bound of the time from the start of the program to its first request, in milliseconds. */
const MAX_START_MS = 250;

const ids = Array.from({ length: ITEMS }, (_, index) => index + 1);
const names = Array.from({ length: FILES }, (_, index) => `f${index}.bin`);
const idOf = (index: number): number => ids[index % ITEMS] ?? 1;
const certificate = createCertificate(1);

/** Sends all files to a server. */
type Contestant = (server: RestServer, folder: string) => Promise<unknown>;

handleErrors();
void main();

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'stapler-bench-'));
  try {
    await runNode(['packages/cli/build.mjs']);
    await mkdir(join(folder, 'files'));
    for (const name of names) await writeFile(join(folder, 'files', name), randomBytes(BYTES));
    await writeFile(join(folder, 'ca.pem'), certificate.cert);
    const rows = names.map((name, index) => `${idOf(index)},files/${name}`);
    await writeFile(join(folder, 'list.csv'), `Work item,File\n${rows.join('\n')}\n`);
    for (const version of ['HTTP/1.1', 'HTTP/2'] as const) await compare(version, folder);
    await measureStart(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function compare(version: 'HTTP/1.1' | 'HTTP/2', folder: string): Promise<void> {
  const contestants = { stapler, uploadAndLinkEach, uploadEachAndLinkOnce } as const;
  const times = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++)
    for (const [name, contestant] of Object.entries(contestants)) {
      const seconds = await progress.step(`${version}: ${name}`, () => timeOf(contestant, version, folder));
      times.set(name, [...(times.get(name) ?? []), seconds]);
    }
  const of = (name: keyof typeof contestants): number => median(times.get(name) ?? []);
  report(`${version}: to a patch for each file`, of('stapler') / of('uploadAndLinkEach'), MAX_TO_EACH_LINK);
  report(
    `${version}: to a patch for each work item`,
    of('stapler') / of('uploadEachAndLinkOnce'),
    MAX_TO_ONE_PATCH[version],
  );
  const all = Object.keys(contestants).map((name) => `${name} ${median(times.get(name) ?? []).toFixed(2)} s`);
  console.log(`  ${all.join(', ')}`);
}

function report(what: string, value: number, limit: number, unit = ''): void {
  const verdict = value <= limit ? 'ok' : `more than ${limit}${unit}`;
  console.log(`cli, ${what}: ${value.toFixed(2)}${unit} (${verdict})`);
  if (value > limit) process.exitCode = 1;
}

/** Returns the seconds that a contestant takes, and verifies its work. */
async function timeOf(
  contestant: Contestant,
  version: 'HTTP/1.1' | 'HTTP/2',
  folder: string,
): Promise<number> {
  const connection = { latencyMs: LATENCY_MS, bytesPerSecond: undefined, http2: version === 'HTTP/2' };
  const server = await startRestServer(connection, certificate);
  try {
    const startedAt = performance.now();
    await contestant(server, folder);
    const seconds = (performance.now() - startedAt) / 1000;
    verify(
      server,
      ids.map((workItemId) => ({
        workItemId,
        names: names.filter((_, index) => idOf(index) === workItemId),
        bytesEach: BYTES,
      })),
    );
    return seconds;
  } finally {
    await server.close();
  }
}

/** The whole program, from its start to its end. */
async function stapler({ baseUrl }: RestServer, folder: string): Promise<void> {
  const state = await mkdtemp(join(folder, 'state-'));
  const args = ['attach', '--manifest', 'list.csv', '--organization', baseUrl, '--quiet'];
  const child = start(args, folder, { XDG_STATE_HOME: state });
  const code = await new Promise<number | null>((resolve) => child.on('exit', resolve));
  if (code !== 0) throw new Error(`stapler ended with ${code}.`);
}

function start(args: readonly string[], folder: string, env: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [join(root, 'packages/cli/bin/stapler.mjs'), ...args], {
    cwd: folder,
    env: { ...process.env, AZURE_DEVOPS_EXT_PAT: 'pat', NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** 2,000 requests: each file is uploaded and linked. */
const uploadAndLinkEach: Contestant = (server, folder) =>
  withWorkers(server, async (send, index) => {
    const url = await upload(send, folder, index);
    await link(send, idOf(index), [{ url, name: names[index] ?? '' }]);
  });

/** 1,010 requests: each file is uploaded, and each work item patched once at the end. */
const uploadEachAndLinkOnce: Contestant = async (server, folder) => {
  const linked = new Map<number, { url: string; name: string }[]>(ids.map((id) => [id, []]));
  await withWorkers(server, async (send, index) => {
    const url = await upload(send, folder, index);
    linked.get(idOf(index))?.push({ url, name: names[index] ?? '' });
  });
  await withWorkers(
    server,
    (send, index) => link(send, ids[index] ?? 1, linked.get(ids[index] ?? 1) ?? []),
    ITEMS,
  );
};

/** Sends a request and returns the JSON of its answer. */
type Send = (request: Pick<HttpRequest, 'method' | 'body' | 'headers'>, path: string) => Promise<unknown>;

async function withWorkers(
  { baseUrl }: RestServer,
  work: (send: Send, index: number) => Promise<void>,
  total = FILES,
): Promise<void> {
  const stack = createNodeHttpStack({ version: 'bench', env: {}, ca: certificate.cert });
  const send: Send = async (request, path) => {
    const { status, text } = await stack.send({
      ...request,
      url: `${baseUrl}_apis/wit/${path}api-version=7.1`,
    });
    if (status >= 300) throw new Error(`${status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < total; index = next++) await work(send, index);
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, worker));
  } finally {
    await stack.close();
  }
}

async function upload(send: Send, folder: string, index: number): Promise<string> {
  const name = names[index] ?? '';
  const body = await openDiskFile(join(folder, 'files', name));
  const headers = { 'Content-Type': 'application/octet-stream' };
  const answer = await send({ method: 'POST', headers, body }, `attachments?fileName=${name}&`);
  return (answer as { url: string }).url;
}

async function link(send: Send, id: number, files: readonly { url: string; name: string }[]): Promise<void> {
  const operations = files.map(({ url, name }) => ({
    op: 'add',
    path: '/relations/-',
    value: { rel: 'AttachedFile', url, attributes: { name, comment: '', resourceSize: BYTES } },
  }));
  const headers = { 'Content-Type': 'application/json-patch+json' };
  await send({ method: 'PATCH', headers, body: JSON.stringify(operations) }, `workitems/${id}?`);
}

/** Measures from the start of the program to its first request. */
async function measureStart(folder: string): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS * 2; round++) {
    const server = await startRestServer(
      { latencyMs: 0, bytesPerSecond: undefined, http2: false },
      certificate,
    );
    const startedAt = performance.now();
    const child = start(['list', '1', '--organization', server.baseUrl, '--quiet'], folder, {});
    const ended = new Promise((resolve) => child.on('exit', resolve));
    while (server.tally.requests === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    times.push(performance.now() - startedAt);
    await ended;
    await server.close();
  }
  report('start to first request', median(times), MAX_START_MS, ' ms');
}
