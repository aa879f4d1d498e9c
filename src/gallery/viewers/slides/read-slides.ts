import type { TaskContext } from '../../workers/task-context';
import { Budget } from '../office/budget';
import { Graphics } from '../office/graphics';
import type { InertParts } from '../office/inert-parts';
import { findInertParts } from '../office/inert-parts';
import type { Block, Inline } from '../office/nodes';
import type { OfficePackage, Relationships } from '../office/open-package';
import { openPackage } from '../office/open-package';
import type { XmlReader } from '../office/read-xml';
import { readXml } from '../office/read-xml';
import type { UnitReader } from '../office/xml-tree';
import { readUnits } from '../office/xml-tree';
import { ViewerProblem } from '../viewer-problem';
import { readComments, readSpeakerNotes } from './slide-notes';
import type { ShapeContext } from './shape-reader';
import { ShapeReader } from './shape-reader';

/** Slide of a presentation. */
export interface Slide {
  /** From 1. */
  readonly number: number;
  readonly isHidden: boolean;
  /** Empty if missing. */
  readonly title: readonly Inline[];
  readonly blocks: readonly Block[];
  /** Notes of the speaker. */
  readonly notes: readonly Block[];
  readonly comments: readonly Block[];
  /** Whether the slide is missing in the file, or damaged. */
  readonly isDamaged: boolean;
}

/** A PowerPoint presentation. */
export interface Presentation {
  /** The first slides in the order of the presentation. */
  readonly slides: readonly Slide[];
  /** Number of all slides. */
  readonly total: number;
  readonly inert: InertParts;
  /** Whether the slides have more than is shown. */
  readonly isCut: boolean;
}

/** Where PowerPoint writes the presentation. */
const USUAL_PATH = 'ppt/presentation.xml';

/** Maximum size of the presentation or a slide, in bytes without compression. */
const MAX_BYTES = 16 * 1024 * 1024;

/** Maximum depth of elements. Groups inside each other have the most. */
const MAX_DEPTH = 200;

/** Maximum number of slides. */
const MAX_SLIDES = 500;

/** Time for the slides, in milliseconds. Later ones are not read, so that the task ends within its time. */
const MAX_TIME_MS = 2_500;

/**
 * Reads a presentation in the format of Office Open XML. Nothing in it runs, and no link is followed.
 *
 * @throws ViewerProblem If it is no presentation, damaged, too large, or has a password.
 */
export async function readSlides(bytes: Blob, task: TaskContext): Promise<Presentation> {
  const start = performance.now();
  const opened = await openPackage(bytes, USUAL_PATH, task);
  const paths = await readOrder(opened, task);
  const reader = new SlideReader(opened, task);
  const slides: Slide[] = [];
  for (const path of paths.slice(0, MAX_SLIDES)) {
    if (reader.isFull || performance.now() - start > MAX_TIME_MS) break;
    slides.push(await reader.read(path, slides.length + 1));
  }
  const { inert, isCut } = await reader.finish();
  return { slides, total: paths.length, inert, isCut: isCut || slides.length < paths.length };
}

/** Returns the paths of the slides in their order. */
async function readOrder(
  { main: { entry, relationships } }: OfficePackage,
  context: TaskContext,
): Promise<readonly (string | undefined)[]> {
  const paths: (string | undefined)[] = [];
  const found = { presentation: false };
  const reader: XmlReader = {
    open: (name, attributes) => {
      if (name === 'presentation') found.presentation = true;
      if (name !== 'sldId') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const slide = relationships.get(id);
      paths.push(slide?.isExternal === false ? slide.target : undefined);
    },
  };
  const isWhole = await readXml(entry, reader, { maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, context });
  if (!found.presentation || !isWhole) throw new ViewerProblem('entry-damaged');
  return paths;
}

/** Reads slides one after the other. */
class SlideReader {
  readonly #budget = new Budget();
  readonly #graphics = new Graphics();
  readonly #found = { hasFooters: false };
  #links = 0;

  constructor(
    private readonly opened: OfficePackage,
    private readonly task: TaskContext,
  ) {}

  /** Whether no more content fits. */
  get isFull(): boolean {
    return this.#budget.isSpent;
  }

  /** Reads a slide. One that is damaged has the content before the damage. */
  async read(path: string | undefined, number: number): Promise<Slide> {
    const empty = { number, isHidden: false, title: [], blocks: [], notes: [], comments: [] };
    const entry = path === undefined ? undefined : this.opened.partAt(path);
    if (path === undefined || !entry) return { ...empty, isDamaged: true };
    let isHidden = false;
    let relationships: Relationships;
    try {
      relationships = await this.opened.relationshipsOf(path);
    } catch {
      this.task.signal.throwIfAborted();
      return { ...empty, isDamaged: true };
    }
    this.#links += [...relationships.values()].filter(isLoadedLink).length;
    const context: ShapeContext = {
      relationships,
      graphics: this.#graphics,
      budget: this.#budget,
      found: this.#found,
    };
    const shapes = new ShapeReader(context);
    const reader: UnitReader = {
      units: new Set(['sp', 'pic', 'graphicFrame', 'AlternateContent']),
      unit: (element) => shapes.read(element),
      open: (name, attributes) => {
        if (name === 'sld') isHidden = ['0', 'false'].includes(attributes['show'] ?? '');
      },
      cut: () => this.#budget.cut(),
      isDone: () => this.#budget.isSpent,
    };
    let isDamaged = false;
    try {
      const options = { maxBytes: MAX_BYTES, maxDepth: MAX_DEPTH, context: this.task };
      const isWhole = await readUnits(entry, reader, options);
      if (!isWhole || this.#budget.isSpent) this.#budget.cut();
    } catch {
      this.task.signal.throwIfAborted();
      isDamaged = true;
    }
    const { title, blocks } = shapes;
    const notes = await readSpeakerNotes(this.opened, context, this.task);
    const comments = await readComments(this.opened, context, this.task);
    return { number, isHidden, title, blocks, notes, comments, isDamaged };
  }

  /** Completes the slides, and finds the parts that are not shown. */
  async finish(): Promise<Pick<Presentation, 'inert' | 'isCut'>> {
    await this.#graphics.readWords(this.opened, this.task);
    const inert = findInertParts(this.opened.archive, true);
    return {
      inert: { ...inert, hasHeaders: this.#found.hasFooters, links: inert.links + this.#links },
      isCut: this.#budget.isCut,
    };
  }
}

function isLoadedLink({ type, isExternal }: { type: string; isExternal: boolean }): boolean {
  return isExternal && type !== 'hyperlink';
}
