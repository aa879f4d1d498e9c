import { CancelledError } from '../../src/base/errors';
import { extensionOf } from '../../src/base/file-kind';
import { createStateStore } from '../../src/base/store';
import type {
  DuplicateSet,
  DuplicateSummary,
  FacetGroup,
  IndexState,
  ProjectFacet,
  ProjectFile,
  ProjectIndex,
  ProjectItem,
  ProjectSearch,
} from '../../src/gallery/project/project-index';
import { PROJECT_FACETS } from '../../src/gallery/project/project-index';

/** Parts of the state; `undefined` takes an optional one away. */
export type IndexFacts = { readonly [Key in keyof IndexState]?: IndexState[Key] | undefined };

/** An index in memory, controlled by the test. */
export interface FakeProjectIndex extends ProjectIndex {
  /** Changes parts of its state. */
  readonly set: (facts: IndexFacts) => void;
  /** Replaces its files, as after a refresh. */
  readonly replace: (files: readonly ProjectFile[]) => void;
  /** Searches, in order. */
  readonly searches: readonly ProjectSearch[];
  /** Calls of `readRows`: start and count. */
  readonly reads: readonly (readonly [number, number])[];
  /** Commands, by name. */
  readonly commands: readonly string[];
  /** Rejects the next call of `search`, `readRows` or `readReport`. */
  failNext: Error | undefined;
}

const DAY_MS = 86_400_000;

const NAMES = [
  ...['build.log', 'Screenshot 2026-11-03 at 14.05.12 of the checkout page.png', 'invoice.pdf', 'trace.zip'],
  ...['screen recording.mp4', 'orders.csv', 'notes.md', 'response.har', 'تقرير الشهر.docx'],
];
const PEOPLE = ['Anna Smith', 'Ben Okafor', 'Chiara Rossi', 'Dai Tanaka', ''];
const AREAS = ['Fabrikam', 'Fabrikam\\Billing', 'Fabrikam\\Web\\Checkout', 'Fabrikam\\Mobile'];
const TYPES = ['Bug', 'Task', 'User Story'];
const STATES = ['Active', 'New', 'Closed', 'Resolved'];

/** Work item of a generated project. */
function projectItem(id: number, facts: Partial<ProjectItem> = {}): ProjectItem {
  const state = STATES[id % STATES.length]!;
  return {
    id,
    title: ['Checkout fails for gift cards', 'Show the total in the cart', 'Login loops'][id % 3]!,
    type: TYPES[id % TYPES.length]!,
    state,
    isClosed: state === 'Closed',
    area: AREAS[id % AREAS.length]!,
    fileCount: 1 + (id % 99),
    ...facts,
  };
}

/** File of a generated project; each property follows from its number. */
export function projectFile(number: number, facts: Partial<ProjectFile> = {}): ProjectFile {
  const id = number.toString(16).padStart(12, '0');
  const guid = `00000000-0000-4000-8000-${id}`;
  const name = NAMES[number % NAMES.length]!;
  return {
    reference: { id: guid, url: `https://example.test/_apis/wit/attachments/${guid}` },
    item: projectItem(1_000 + Math.floor(number / 3)),
    name: name.replace('.', `-${number}.`),
    size: number % 17 === 16 ? undefined : Math.floor(1_000 * 1.7 ** (number % 23)),
    comment: number % 5 === 0 ? 'from the nightly run' : '',
    folder: '',
    addedAt: Date.UTC(2026, 10, 20) - (number % 400) * DAY_MS,
    addedBy: PEOPLE[number % PEOPLE.length]!,
    isInText: number % 7 === 0,
    isDuplicate: number % 11 === 0,
    ...facts,
  };
}

/** Files of a generated project. */
export function projectFiles(count: number): readonly ProjectFile[] {
  return Array.from({ length: count }, (_, number) => projectFile(number));
}

/** Label and condition of a file in each facet. The real index has more conditions. */
const GROUPS: Readonly<Record<ProjectFacet, (file: ProjectFile) => readonly [string, string]>> = {
  type: ({ name }) => [extensionOf(name), `type:${extensionOf(name)}`],
  size: ({ size = 0 }) => (size > 1e7 ? ['Over 10 MB', 'size:>10mb'] : ['Up to 10 MB', 'size:<=10mb']),
  person: ({ addedBy }) => [addedBy || 'Unknown', `by:"${addedBy}"`],
  area: ({ item }) => [item.area, `area:"${item.area}"`],
  state: ({ item }) => [item.state, `state:${item.state}`],
  month: ({ addedAt }) => {
    const month = new Date(addedAt).toISOString().slice(0, 7);
    return [month, `after:${month} before:${month}`];
  },
};

/** Creates an index of these files. Words of a search must be in the name or the title; conditions are those of facets. */
export function createFakeProjectIndex(
  files: readonly ProjectFile[],
  state: IndexFacts = {},
): FakeProjectIndex {
  const store = createStateStore<IndexState>(
    {
      ...{ phase: 'ready', items: files.length, files: files.length, isKept: true, version: 1 },
      ...{ asOf: Date.UTC(2026, 10, 3, 14, 5) },
      ...state,
    } as IndexState,
    { notify: 'at-once' },
  );
  let all = files;
  let lastId = 0;
  let found: readonly ProjectFile[] = [];
  const searches: ProjectSearch[] = [];
  const reads: (readonly [number, number])[] = [];
  const commands: string[] = [];
  const set = (facts: IndexFacts): void =>
    store.setState((before) => ({ ...before, ...facts }) as IndexState);
  const command = (name: string) => () => {
    commands.push(name);
    return Promise.resolve();
  };
  const answer = async (): Promise<void> => {
    await Promise.resolve();
    const error = index.failNext;
    index.failNext = undefined;
    if (error) throw error;
  };

  const authorless = (): readonly ProjectFile[] => found.filter(({ addedBy }) => addedBy === '');
  const idsOf = (some: readonly ProjectFile[]): readonly number[] => [
    ...new Set(some.map(({ item }) => item.id)),
  ];

  const index: FakeProjectIndex = {
    failNext: undefined,
    state: store,
    set,
    searches,
    reads,
    commands,
    replace(next) {
      all = next;
      set({ files: next.length, version: store.getSnapshot().version + 1 });
    },
    open: command('open'),
    build: command('build'),
    pause: () => void commands.push('pause'),
    refresh: command('refresh'),
    remove: command('remove'),
    onItemChanged: (...ids) => command(`changed ${ids.join(' ')}`)(),

    async search(search) {
      searches.push(search);
      const id = ++lastId;
      await answer();
      if (id !== lastId) throw new CancelledError();
      const parts = search.text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
      const problems = parts
        .filter((part) => part.endsWith(':'))
        .map((condition) => ({ condition, message: 'The value is missing.' }));
      found = sorted(
        all.filter((file) => parts.every((part) => part.endsWith(':') || matches(file, part))),
        search,
      );
      const facets = Object.fromEntries(PROJECT_FACETS.map((facet) => [facet, groupsOf(found, facet)]));
      return { id, count: found.length, bytes: bytesOf(found), facets: facets as never, problems };
    },

    async readRows(resultId, start, count) {
      reads.push([start, count]);
      await answer();
      return resultId === lastId ? found.slice(start, start + count) : [];
    },

    aside: createAside(() => all),

    async readReport() {
      await answer();
      return {
        largest: [...found].sort((a, b) => (b.size ?? 0) - (a.size ?? 0)).slice(0, 10),
        oldestOnClosed: found
          .filter(({ item }) => item.isClosed)
          .sort((a, b) => a.addedAt - b.addedAt)
          .slice(0, 10),
        nearLimit: [...new Map(found.map(({ item }) => [item.id, item])).values()]
          .filter(({ fileCount }) => fileCount >= 80)
          .slice(0, 10),
        duplicates: summaryOf(found),
        authors: { files: authorless().length, requests: idsOf(authorless()).length },
      };
    },

    async readDuplicates(_, start, count) {
      await answer();
      return setsOf(found).slice(start, start + count);
    },

    async readCopies() {
      await answer();
      const oldest = new Set(setsOf(found).map(({ files: [first] }) => first));
      return found.flatMap((file, row) => (file.hasSameContent && !oldest.has(file) ? [row] : []));
    },

    async readCandidates(resultId, start, count) {
      await answer();
      const candidates = found.filter(({ isDuplicate, hasSameContent }) => isDuplicate && !hasSameContent);
      return resultId === lastId ? candidates.slice(start, start + count) : [];
    },

    async readAuthorless(resultId) {
      await answer();
      return resultId === lastId ? idsOf(authorless()) : [];
    },

    async addAuthors(items) {
      const named = new Set<ProjectFile>();
      const next = all.map((file) => {
        const { authors } = items.find(({ workItemId }) => workItemId === file.item.id) ?? {};
        const addedBy = file.addedBy || authors?.get(file.reference.id);
        if (addedBy === undefined || addedBy === file.addedBy) return file;
        named.add(file);
        return { ...file, addedBy };
      });
      await command(`authors ${named.size}`)();
      index.replace(next);
      return named.size;
    },

    addContents: (contents) => command(`contents ${contents.length}`)(),
  };
  return index;
}

/** Creates searches with results of their own. They find all files: the real index has the conditions of rules. */
function createAside(filesOf: () => readonly ProjectFile[]): ProjectIndex['aside'] {
  const results: (readonly ProjectFile[])[] = [];
  return {
    search(search) {
      const found = sorted(filesOf(), search);
      const id = results.push(found) - 1;
      const facets = Object.fromEntries(PROJECT_FACETS.map((facet) => [facet, groupsOf(found, facet)]));
      return Promise.resolve({
        ...{ id, count: found.length, bytes: bytesOf(found), facets: facets as never, problems: [] },
      });
    },
    readRows: (id, start, count) => Promise.resolve(results[id]?.slice(start, start + count) ?? []),
  };
}

function matches(file: ProjectFile, part: string): boolean {
  if (!part.includes(':'))
    return `${file.name}\n${file.item.title}`.toLowerCase().includes(part.toLowerCase());
  return PROJECT_FACETS.some((facet) =>
    GROUPS[facet](file)[1]
      .split(/ (?=[a-z]+:)/)
      .includes(part),
  );
}

function sorted(
  files: readonly ProjectFile[],
  { sortBy, isDescending }: ProjectSearch,
): readonly ProjectFile[] {
  const valueOf = (file: ProjectFile): string | number =>
    sortBy === 'item' ? file.item.id : sortBy === 'area' ? file.item.area : (file[sortBy] ?? 0);
  const sign = isDescending ? -1 : 1;
  return [...files].sort((a, b) => {
    const [first, second] = [valueOf(a), valueOf(b)];
    return first < second ? -sign : first > second ? sign : 0;
  });
}

function groupsOf(files: readonly ProjectFile[], facet: ProjectFacet): readonly FacetGroup[] {
  const groups = new Map<string, FacetGroup>();
  for (const file of files) {
    const [label, condition] = GROUPS[facet](file);
    const { count = 0, bytes = 0 } = groups.get(condition) ?? {};
    groups.set(condition, { label, condition, count: count + 1, bytes: bytes + (file.size ?? 0) });
  }
  return [...groups.values()].sort((a, b) =>
    facet === 'month' ? (a.label < b.label ? -1 : 1) : b.bytes - a.bytes,
  );
}

/** Duplicates of one size are equal here. */
function setsOf(files: readonly ProjectFile[]): readonly DuplicateSet[] {
  const bySize = new Map<number, ProjectFile[]>();
  for (const file of files) {
    const { size = 0, isDuplicate } = file;
    if (isDuplicate && size > 0) bySize.set(size, [...(bySize.get(size) ?? []), file]);
  }
  return [...bySize]
    .filter(([, some]) => some.length > 1)
    .map(([size, some]) => ({
      condition: `duplicate:${some[0]!.reference.id.slice(-8)}`,
      isProven: some.every(({ hasSameContent }) => hasSameContent),
      ...{ size, files: [...some].sort((a, b) => a.addedAt - b.addedAt), copies: some.length - 1 },
      freedBytes: size * (some.length - 1),
    }))
    .sort((a, b) => b.freedBytes - a.freedBytes);
}

function summaryOf(files: readonly ProjectFile[]): DuplicateSummary {
  const figures = (some: readonly DuplicateSet[]) => {
    const bytes = some.reduce((sum, { freedBytes }) => sum + freedBytes, 0);
    return { groups: some.length, copyBytes: bytes, freedBytes: bytes };
  };
  const sets = setsOf(files);
  const unknown = files.filter(({ isDuplicate, hasSameContent }) => isDuplicate && !hasSameContent);
  return {
    proven: figures(sets.filter(({ isProven }) => isProven)),
    probable: figures(sets.filter(({ isProven }) => !isProven)),
    cost: { files: unknown.length, bytes: bytesOf(unknown), requests: unknown.length },
  };
}

function bytesOf(files: readonly ProjectFile[]): number {
  return files.reduce((sum, { size = 0 }) => sum + size, 0);
}
