import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, MessageElement } from './language';

const PLAIN = 'aceinouyACEINOUY';
const ACCENTED = 'áçéíñöüýÁÇÉÍÑÖÜÝ';

/**
 * Pseudo-localized English: accented, a third longer, in brackets. Text without brackets is not translated; text
 * without a closing bracket is cut off.
 */
export function pseudoLanguage(direction: Language['direction']): Language {
  return {
    tag: direction === 'rtl' ? 'qps-plocm' : 'qps-ploc',
    locale: 'en-US',
    culture: 'en-US',
    direction,
    find(english) {
      const elements = parse(english);
      const length = english.replace(/\{[^{}]*\}/g, '').length;
      const room = ' ~'.repeat(Math.ceil(length / 6));
      const disguised = [literal('['), ...elements.map(disguise), literal(`${room}]`)];
      const texts = disguised.flatMap((element) => textOf(element) ?? []);
      return texts.length === disguised.length ? texts.join('') : disguised;
    },
  };
}

function parse(message: string): MessageElement[] {
  return new IntlMessageFormat(message, 'en-US').getAst();
}

function literal(text: string): MessageElement {
  return { ...parse('text')[0], value: text } as MessageElement;
}

/** Text of a message element; `undefined` for a placeholder, a choice or a tag. */
function textOf(element: MessageElement): string | undefined {
  return 'value' in element && element.type === literal('').type ? element.value : undefined;
}

/** Pseudo-localizes the text of a message element, including plurals and tags. */
function disguise(element: MessageElement): MessageElement {
  if ('children' in element) return { ...element, children: element.children.map(disguise) };
  if ('options' in element) {
    const options: typeof element.options = {};
    for (const [key, option] of Object.entries(element.options))
      options[key] = { ...option, value: option.value.map(disguise) };
    return { ...element, options };
  }
  const text = textOf(element);
  return text === undefined ? element : literal(text.replace(/[a-z]/gi, accent));
}

function accent(letter: string): string {
  return ACCENTED[PLAIN.indexOf(letter)] ?? letter;
}
