import type { ItemEntry } from '../../src/gallery/project/model/item-entry';

/** Words of names, comments and titles. */
const WORDS = (
  'login checkout invoice report billing screen shot error crash trace export import upload draft final order ' +
  'customer payment search filter layout printer network timeout backup mobile tablet desktop update install setup ' +
  'database migration session token header footer dialog button table chart profile address contract review'
).split(' ');

const EXTENSIONS = ['png', 'png', 'png', 'log', 'txt', 'pdf', 'docx', 'xlsx', 'mp4', 'zip', 'har', 'json'];

const PEOPLE = Array.from({ length: 200 }, (_, index) => `Person ${index}`);

/** Creates a pseudorandom generator (mulberry32). */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Makes work items of a project with files.
 *
 * @param items Number of work items with files, every third of the project.
 * @param filesPerItem On average.
 */
export function makeProject(items: number, filesPerItem: number): readonly ItemEntry[] {
  const dice = createDice(1);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(dice() * values.length)]!;
  const some = (count: number): string => Array.from({ length: count }, () => pick(WORDS)).join(' ');
  let files = 0;
  return Array.from({ length: items }, (_, index) => ({
    id: 1 + index * 3 + Math.floor(dice() * 3),
    revision: 1,
    title: some(6),
    type: pick(['Bug', 'Task', 'User Story']),
    state: pick(['New', 'Active', 'Resolved', 'Closed']),
    area: `Fabrikam\\${pick(WORDS)}\\${pick(WORDS.slice(0, 8))}`,
    files: Array.from({ length: 1 + Math.floor(dice() * (2 * filesPerItem - 1)) }, () => ({
      id: `00000000-0000-4000-8000-${String(files++).padStart(12, '0')}`,
      place: 'https://dev.azure.com/fabrikam/_apis/wit/attachments/',
      name: `${some(2).replace(' ', '-')}-${Math.floor(dice() * 1e5)}.${pick(EXTENSIONS)}`,
      size: Math.floor(10 ** (2 + dice() * 6)),
      comment: dice() < 0.3 ? some(4) : '',
      addedAt: Date.UTC(2020, 0, 1) + Math.floor(dice() * 6 * 365 * 86_400) * 1_000,
      addedBy: pick(PEOPLE),
      isInText: dice() < 0.2,
    })),
  }));
}
