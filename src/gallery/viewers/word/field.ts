import type { XmlElement } from '../office/xml-tree';
import { attributeOf, childOf, integerOf, valueOf } from '../office/xml-tree';

/** Maximum number of fields inside each other. */
const MAX_FIELDS = 20;

/** Maximum length of an instruction, in UTF-16 units. */
const MAX_LENGTH = 4_000;

/** Follows the fields of a paragraph: an instruction, then its result, which is shown. */
export class Fields {
  readonly #open: { instruction: string; href: string | undefined }[] = [];

  /** Address of the innermost link whose result is being read. */
  get href(): string | undefined {
    return this.#open.filter(({ href }) => href !== undefined).at(-1)?.href;
  }

  /** Reads `w:fldChar`. Returns the text of a form field, if it is one. */
  read(element: XmlElement): string {
    const field = this.#open.at(-1);
    switch (attributeOf(element, 'fldCharType')) {
      case 'begin':
        if (this.#open.length < MAX_FIELDS) this.#open.push({ instruction: '', href: undefined });
        return textOfFormField(childOf(element, 'ffData'));
      case 'separate':
        if (field) field.href = hrefIn(field.instruction);
        return '';
      case 'end':
        this.#open.pop();
        return '';
      default:
        return '';
    }
  }

  /** Adds a part of the instruction. */
  instruct(text: string): void {
    const field = this.#open.at(-1);
    if (field && field.instruction.length + text.length <= MAX_LENGTH) field.instruction += text;
  }
}

/** Returns the address in the instruction of a link. */
export function hrefIn(instruction: string): string | undefined {
  return /^\s*HYPERLINK\s+"([^"]+)"/i.exec(instruction)?.[1];
}

/** Returns the state of a check box, or the choice in a list. */
function textOfFormField(data: XmlElement | undefined): string {
  const box = childOf(data, 'checkBox');
  if (box) {
    const state = childOf(box, 'checked') ?? childOf(box, 'default');
    const isChecked = state && !['0', 'false', 'off'].includes(attributeOf(state, 'val') ?? '');
    return isChecked ? '☒' : '☐';
  }
  const list = childOf(data, 'ddList');
  const choice = integerOf(valueOf(list, 'result') ?? valueOf(list, 'default')) ?? 0;
  const entries = list?.children.filter(({ name }) => name === 'listEntry') ?? [];
  return attributeOf(entries[choice], 'val') ?? '';
}
