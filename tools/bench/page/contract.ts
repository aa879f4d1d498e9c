/** What a contestant may be told beside the work. */
export interface Settings {
  /** Files under way at once, where the contestant lets us choose. */
  readonly atOnce?: number;
  /** Sends each file once more for each of its work items, as samples do that know one file and one work item. */
  readonly perPair?: boolean;
  /** Sends all files to one address, their names travelling in the link. */
  readonly oneAddress?: boolean;
  /** Has every file sent in chunks, or none; otherwise the contestant decides by itself. */
  readonly chunks?: 'always' | 'never';
  /** Whether it keeps what must survive the page: `browser` in the browser's database. */
  readonly journal?: 'browser' | 'none';
}

/** The work, as the driver tells it. The files are in the page's file input, in this order. */
export interface Order {
  /** Of the server, with a slash at its end. */
  readonly baseUrl: string;
  readonly workItemIds: readonly number[];
  /** Files that each work item gets: those that come next, or all of them for each. */
  readonly filesEach: number;
  readonly isBulk: boolean;
  /** See `Workload`. */
  readonly lingers: boolean;
  readonly settings: Settings;
}

/** What happens in the bulk panel, one after another: `running` ends with the last link, `checking` with the last read. */
type BulkPhase = 'planning' | 'running' | 'checking' | 'report';

/**
 * What happens in a gallery: `first-row` ends when the first row is drawn, `thumbnails` when every picture on the screen
 * is, `scrolling` when a grid of all of them was scrolled through and each picture was seen, `zip` when there is one.
 */
type GalleryPhase = 'first-row' | 'thumbnails' | 'scrolling' | 'zip';

/** A part of a run. */
export type Phase = BulkPhase | GalleryPhase;

/** How time went, in milliseconds. */
export interface TimeFigures {
  readonly wallMs: number;
  readonly longestTaskMs: number;
  readonly longTasksMs: number;
}

/** How a phase went. */
export interface PhaseTimes extends TimeFigures {
  /** When it began, in milliseconds since the epoch. */
  readonly beganAt: number;
}

/** What the page sees of a run, in milliseconds; `wallMs` ends with the last link, or the last thumbnail. */
export interface PageFigures extends TimeFigures {
  readonly phases: Readonly<Partial<Record<Phase, PhaseTimes>>>;
  readonly progressGapMs: number;
  /** Transactions that write to a database of the browser's, from the start to the last link. */
  readonly databaseWrites: number;
}

/** What a page offers to the driver, as `window.bench`. */
export interface Bench {
  /** Everything that a person does not wait for: it is not measured. */
  readonly prepare: (order: Order) => Promise<void>;
  readonly run: () => Promise<PageFigures>;
}
