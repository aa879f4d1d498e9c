import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { runAtOnce } from '../../src/base/steps';
import { createIsClosed } from '../../src/gallery/project/model/closed-states';
import type { ItemEntry } from '../../src/gallery/project/model/item-entry';
import type { ItemTable } from '../../src/gallery/project/model/item-table';
import { createItemTable } from '../../src/gallery/project/model/item-table';
import { parseSearch } from '../../src/gallery/project/model/parse-search';
import { readRows, searchRows } from '../../src/gallery/project/model/search-rows';
import type { Segment } from '../../src/gallery/project/model/segment';
import { isSegment, segmentKeyOf } from '../../src/gallery/project/model/segment';
import type { Snapshot } from '../../src/gallery/project/model/snapshot';
import { createSnapshot } from '../../src/gallery/project/model/snapshot';
import { handleErrors } from '../command.mjs';
import { progress } from '../progress.mjs';
import { makeProject } from './hub-data';
import { createMiniSearch, createTrigrams } from './hub-engines';

/**
 * The index of 300,000 files on 30,000 work items: time of a search for each key typed, heap, and the time to open the
 * stored index. Two other engines find the words alone, without conditions, facets, sums and order.
 */
const ITEMS = 30_000;
const FILES_PER_ITEM = 10;

/** Goals: a search per key and the opening, in milliseconds of the processor; the heap, in MiB. */
const GOAL = { searchMs: 50, openMs: 1_500, heapMib: 150 };

const TYPED = ['login error', 'screenshot', 'invoice-billing', 'trace export', 'xyz', 'a', 'png', '1234'];

const CONDITIONS = [
  'type:log size:>10mb',
  'by:"person 7" state:closed',
  'duplicate:yes',
  'before:2022 login',
];

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
const context = { isClosed: createIsClosed([]), digestsOf: () => undefined, compare };

handleErrors();
void main();

async function main(): Promise<void> {
  const lines = await progress.step('Measuring the index of a project', () => Promise.resolve(measure()));
  for (const line of lines) console.log(line);
}

function measure(): readonly string[] {
  const keys = TYPED.flatMap((text) => Array.from(text, (_, end) => text.slice(0, end + 1)));
  const minisearch = measureEngine('MiniSearch, words alone', keys, createMiniSearch);
  const trigrams = measureEngine('trigrams, words alone', keys, createTrigrams);
  const { stored, files, packMs } = makeStored();

  const before = heap();
  let snapshot: Snapshot | undefined;
  const open = timeOf(() => {
    const segments = deserialize(stored) as Map<number, Segment>;
    if (![...segments.values()].every(isSegment)) throw new Error('The index is damaged.');
    snapshot = createSnapshot(createItemTable(segments).segments(), context);
    find(snapshot, '');
  });
  const sort = timeOf(() => find(snapshot!, '', 'name'));
  // The numbers of the segments stay in the memory that they were read from.
  const size = heap() - before + stored.length;
  const times = [...keys, ...CONDITIONS].map((text) => ({ text, ms: timeOf(() => find(snapshot!, text)) }));
  const search = percentile(times.map(({ ms }) => ms));
  const [slowest] = times.sort((a, b) => b.ms - a.ms);
  return [
    `hub: ${files} files; search per key, 95th percentile: ${search.toFixed(0)} ms (goal: ${GOAL.searchMs}), slowest ${slowest!.ms.toFixed(0)} ms for ${slowest!.text}`,
    `hub: opening ${toMib(stored.length)}: ${open.toFixed(0)} ms (goal: ${GOAL.openMs}); first sort by name ${sort.toFixed(0)} ms; packing ${packMs.toFixed(0)} ms`,
    `hub: heap ${toMib(size)} (goal: ${GOAL.heapMib} MiB)`,
    minisearch,
    trigrams,
  ];
}

/** Makes the stored index; nothing else stays in memory. */
function makeStored(): { readonly stored: Buffer; readonly files: number; readonly packMs: number } {
  const changes = new Map(makeProject(ITEMS, FILES_PER_ITEM).map((item) => [item.id, item]));
  const table = createItemTable();
  const packMs = timeOf(() => runAtOnce(table.change(changes)));
  return { stored: serialize(segmentsOf(table)), files: table.files(), packMs };
}

function measureEngine(
  name: string,
  keys: readonly string[],
  create: (items: readonly ItemEntry[]) => { readonly find: (words: readonly string[]) => number },
): string {
  const items = makeProject(ITEMS, FILES_PER_ITEM);
  const before = heap();
  let engine = create([]);
  const build = timeOf(() => (engine = create(items)));
  const size = heap() - before;
  const times = keys.map((text) => timeOf(() => engine.find(text.split(' ').filter((word) => word !== ''))));
  return `hub: ${name}: 95th percentile ${percentile(times).toFixed(0)} ms, build ${build.toFixed(0)} ms, heap ${toMib(size)}`;
}

function find(snapshot: Snapshot, text: string, sortBy: 'addedAt' | 'name' = 'addedAt'): void {
  const { conditions } = parseSearch(text);
  readRows(runAtOnce(searchRows(snapshot, { conditions, sortBy, isDescending: true })), 0, 50);
}

function segmentsOf(table: ItemTable): ReadonlyMap<number, Segment> {
  return new Map(table.segments().map((segment) => [segmentKeyOf(segment.ids[0] ?? 0), segment]));
}

/** Returns the time of the processor: other programs make no difference. */
function timeOf(task: () => unknown): number {
  const start = process.cpuUsage();
  task();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function heap(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function toMib(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}

/** Returns the 95th percentile. */
function percentile(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? 0;
}
