import { createDice, type Dice } from '../../dice';
import type { Attachment } from '../attachment';
import { distributeFiles } from './distribution';
import { fileKinds, type FileKind } from './file-kinds';
import { hashContent, type ContentPlan } from './generated-content';

/** Size of a project with generated files. */
export interface GeneratedSize {
  /** Work items in addition to the seeded ones. */
  readonly items: number;
  /** Their attachments, altogether. */
  readonly files: number;
}

/** Properties of a generated file, without its bytes. */
export interface GeneratedFile extends ContentPlan {
  readonly id: string;
  readonly name: string;
}

/** Attachment without a file on the disk. */
export interface GeneratedAttachment extends Attachment {
  readonly plan: ContentPlan;
}

/** Place of a file: its work item, and its number there. */
interface FilePlace {
  readonly item: number;
  readonly index: number;
}

/** Percentage of files with the bytes of an earlier one, and of those with its size only. */
const shares = { duplicates: 8, twins: 4 };

const idPattern = /^5eed(?<index>[0-9a-f]{4})-f11e-4000-8000-(?<item>[0-9a-f]{12})$/;

/**
 * Files of many work items. Nothing of them is kept: an id tells the place of a file, and the place tells everything
 * else. Always the same for the same size.
 */
export class GeneratedFiles {
  private readonly counts: Uint8Array;
  /** Places of work items that have files. */
  private readonly carriers: Uint32Array;

  constructor(readonly size: GeneratedSize) {
    this.counts = distributeFiles(size.items, size.files);
    this.carriers = Uint32Array.from([...this.counts.keys()].filter((item) => (this.counts[item] ?? 0) > 0));
  }

  /** Number of files of a work item, by its place. */
  countOf(item: number): number {
    return this.counts[item] ?? 0;
  }

  /** Place of the work item to which an attachment was first linked; `undefined` for others. */
  itemOf(attachmentId: string): number | undefined {
    return this.placeOf(attachmentId)?.item;
  }

  /** @param index From 0 to `countOf(item)`, exclusive. */
  file(item: number, index: number): GeneratedFile {
    return { ...this.planOf({ item, index }), id: idOf({ item, index }) };
  }

  /** Returns the attachment with an id, as others are stored; `undefined` if there is none. */
  attachment(id: string, createdDate: (item: number) => string): GeneratedAttachment | undefined {
    const place = this.placeOf(id);
    if (place === undefined) return undefined;
    const { kind, bytes, seed, name } = this.planOf(place);
    const plan = { kind, bytes, seed };
    return {
      ...{ id, fileName: name, bytes, path: '', plan, createdDate: createdDate(place.item) },
      get sha256() {
        return hashContent(plan);
      },
    };
  }

  private placeOf(id: string): FilePlace | undefined {
    const { index = '', item = '' } = idPattern.exec(id)?.groups ?? {};
    const place = { item: Number.parseInt(item, 16), index: Number.parseInt(index, 16) };
    return place.index < this.countOf(place.item) ? place : undefined;
  }

  private planOf(place: FilePlace): Omit<GeneratedFile, 'id'> {
    const seed = place.item * 64 + place.index;
    const dice = createDice(seed);
    const chance = dice.roll() * 100;
    const example = chance < shares.duplicates + shares.twins ? this.earlier(place, dice) : undefined;
    if (example) {
      const plan = this.planOf(example);
      if (chance >= shares.duplicates) return { ...plan, seed, name: nameOf(plan.kind, dice) };
      // Copies often keep their name.
      return dice.percent(70) ? plan : { ...plan, name: nameOf(plan.kind, dice) };
    }
    const kind = kindOf(dice);
    const [least, most] = kind.range;
    // Seldom large: as the logarithm of the size is spread evenly.
    const bytes = Math.round(least * (most / least) ** dice.roll());
    return { kind, bytes, seed, name: nameOf(kind, dice) };
  }

  /** Returns a file of an earlier work item; `undefined` for those of the first one. */
  private earlier({ item }: FilePlace, dice: Dice): FilePlace | undefined {
    const before = dice.roll() * this.rankOf(item);
    const from = this.carriers[Math.floor(before)];
    if (from === undefined || from >= item) return undefined;
    return { item: from, index: dice.between(0, this.countOf(from) - 1) };
  }

  /** Number of earlier work items with files. They are spread evenly, so it need not be counted. */
  private rankOf(item: number): number {
    return Math.floor((item / this.size.items) * this.carriers.length);
  }
}

/** Whether the bytes of an attachment are generated. */
export function isGenerated(attachment: Attachment): attachment is GeneratedAttachment {
  return 'plan' in attachment;
}

function idOf({ item, index }: FilePlace): string {
  const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
  return `5eed${hex(index, 4)}-f11e-4000-8000-${hex(item, 12)}`;
}

const totalWeight = fileKinds.reduce((sum, { weight }) => sum + weight, 0);

function kindOf(dice: Dice): FileKind {
  let left = dice.roll() * totalWeight;
  return fileKinds.find(({ weight }) => (left -= weight) < 0) ?? fileKinds[0]!;
}

function nameOf({ names, extension }: FileKind, dice: Dice): string {
  const name = dice.pick(names);
  const number = dice.between(1, 9999);
  return dice.percent(15) ? `${name}.${extension}` : `${name}-${number}.${extension}`;
}
