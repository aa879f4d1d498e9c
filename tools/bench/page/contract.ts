/** Options of a contestant. */
export interface Settings {
  /** Files under way at once, if the contestant supports it. */
  readonly atOnce?: number;
  /** Sends each file again for each of its work items, like samples for one file and one work item. */
  readonly perPair?: boolean;
  /** Sends a slice of each file: the browser hands whole files of the disk over faster. */
  readonly sliced?: boolean;
  /** Sends all files to one address, their names travelling in the link. */
  readonly oneAddress?: boolean;
  /** Has every file sent in chunks, or none; otherwise the contestant decides by itself. */
  readonly chunks?: 'always' | 'never';
  /** Sends each file in parts, as one over the limit of Azure DevOps Services. */
  readonly isSplit?: boolean;
  /** The first use in an organization: its answers to open questions (docs/assumptions.md) are unknown. */
  readonly isFirstUse?: boolean;
  /** Journal: `browser` in the browser's database. */
  readonly journal?: 'browser' | 'none';
}

/** The work, as the driver tells it. The files are in the page's file input, in this order. */
export interface Order {
  /** Of the server, with a slash at its end. */
  readonly baseUrl: string;
  readonly workItemIds: readonly number[];
  /** Files of each work item: the next ones, or all of them. */
  readonly filesEach: number;
  readonly isBulk: boolean;
  /** See `Workload`. */
  readonly lingers: boolean;
  readonly settings: Settings;
}

/**
 * Phases in the bulk panel, in order: `planning` ends with the plan on the screen, `editing` with all its changes,
 * `running` with the last link, `checking` with the last read, `report` with the report on the screen, `reading` with
 * its last row.
 */
type BulkPhase = 'planning' | 'editing' | 'running' | 'checking' | 'report' | 'reading';

/**
 * Phases in a gallery: `first-row` ends with the first drawn row, `thumbnails` with all visible pictures,
 * `scrolling` with a grid scrolled to its end and each picture seen, `zip` with the archive.
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

/** Measurements in the page, in milliseconds; `wallMs` ends with the last link, or the last thumbnail. */
export interface PageFigures extends TimeFigures {
  readonly phases: Readonly<Partial<Record<Phase, PhaseTimes>>>;
  readonly progressGapMs: number;
  /** Write transactions of the browser's databases, from the start to the last link. */
  readonly databaseWrites: number;
}

/** Interface of a page to the driver, as `window.bench`. */
export interface Bench {
  /** Preparation before the measured part. */
  readonly prepare: (order: Order) => Promise<void>;
  readonly run: () => Promise<PageFigures>;
}
