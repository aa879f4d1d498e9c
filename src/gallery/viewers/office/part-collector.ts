import type { Budget } from './budget';
import type { Block, Part } from './nodes';

/** Number of nodes in a part, apart from a part of one large block. Drawing them takes some milliseconds. */
const NODES_OF_PART = 500;

/** Collects the blocks of a document in parts that are small enough to be drawn at once. */
export class PartCollector {
  readonly #parts: Block[][] = [];
  #nodesOfPart = 0;
  #nodesBefore: number;

  constructor(private readonly budget: Budget) {
    this.#nodesBefore = budget.nodes;
  }

  /** Parts so far. */
  get parts(): readonly Part[] {
    return this.#parts;
  }

  /** Adds blocks. They are the last ones whose nodes were taken from the budget. */
  add(blocks: readonly Block[]): void {
    const nodes = this.budget.nodes - this.#nodesBefore;
    this.#nodesBefore = this.budget.nodes;
    if (blocks.length === 0) return;
    const last = this.#parts.at(-1);
    if (last && this.#nodesOfPart + nodes <= NODES_OF_PART) {
      last.push(...blocks);
      this.#nodesOfPart += nodes;
    } else {
      this.#parts.push([...blocks]);
      this.#nodesOfPart = nodes;
    }
  }
}
