/** Maximum number of nodes in a document: texts, pictures, paragraphs, cells. More elements make the page slow. */
const MAX_NODES = 40_000;

/** Maximum number of nodes in a paragraph or row. It is drawn at once, and more take the page too long. */
const MAX_UNIT_NODES = 5_000;

/** Maximum length of all texts, in UTF-16 units. */
const MAX_LENGTH = 4 * 1024 * 1024;

/** Limits the nodes of a document. */
export class Budget {
  #nodes = 0;
  #unitNodes = 0;
  #length = 0;
  #isCut = false;

  /** Nodes so far. */
  get nodes(): number {
    return this.#nodes;
  }

  /** Whether something did not fit. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether nothing more fits. */
  get isSpent(): boolean {
    return this.#nodes >= MAX_NODES || this.#length >= MAX_LENGTH;
  }

  /** Starts a paragraph or row. */
  startUnit(): void {
    this.#unitNodes = 0;
  }

  /**
   * Takes a node, if it fits.
   *
   * @param length Length of its text, in UTF-16 units.
   */
  take(length = 0): boolean {
    if (this.isSpent || this.#unitNodes >= MAX_UNIT_NODES || this.#length + length > MAX_LENGTH) {
      this.cut();
      return false;
    }
    this.#nodes++;
    this.#unitNodes++;
    this.#length += length;
    return true;
  }

  /** Takes the node of a paragraph, whose content was taken before. It fits if some of the content did. */
  takeBlock(): void {
    this.#nodes++;
  }

  /** Takes text that joins the last node, if it fits. */
  takeText(length: number): boolean {
    if (this.#length + length > MAX_LENGTH) {
      this.cut();
      return false;
    }
    this.#length += length;
    return true;
  }

  /** Notes that something did not fit. */
  cut(): void {
    this.#isCut = true;
  }
}
