import { IntlMessageFormat } from 'intl-messageformat';
import type { Language, MessageElement } from './language';

const PLAIN = 'aceinouyACEINOUY';
const ACCENTED = 'áçéíñöüýÁÇÉÍÑÖÜÝ';

/**
 * English that looks foreign: accented, a third longer, each message in brackets. A text on the screen without
 * brackets is not translated; one without its closing bracket is cut.
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

/** The text that an element of a message is; none where it is a placeholder, a choice or a tag. */
function textOf(element: MessageElement): string | undefined {
  return 'value' in element && element.type === literal('').type ? element.value : undefined;
}

/** Disguises every text of an element of a message, those of its plurals and inside its tags included. */
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
