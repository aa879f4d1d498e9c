import type { XmlElement } from './xml-tree';
import { childOf, valueOf } from './xml-tree';

/** Returns an equation as one line of text: `(a+b)/2`, `x^2`, `√(y)`. */
export function textOfEquation(element: XmlElement): string {
  const inside = (name: string): string => {
    const child = childOf(element, name);
    return child ? textOfChildren(child) : '';
  };
  switch (element.name) {
    case 't':
      return element.text;
    case 'f':
      return `${grouped(inside('num'))}/${grouped(inside('den'))}`;
    case 'sSup':
      return `${inside('e')}^${grouped(inside('sup'))}`;
    case 'sSub':
      return `${inside('e')}_${grouped(inside('sub'))}`;
    case 'sSubSup':
      return `${inside('e')}_${grouped(inside('sub'))}^${grouped(inside('sup'))}`;
    case 'rad':
      return `${inside('deg')}√(${inside('e')})`;
    case 'nary':
      return `${operatorOf(element)}${limit('_', inside('sub'))}${limit('^', inside('sup'))} ${inside('e')}`;
    case 'd':
      return delimited(element);
    case 'mr':
      return `${element.children.map(textOfChildren).join(', ')}; `;
    default:
      return textOfChildren(element);
  }
}

function textOfChildren({ children }: XmlElement): string {
  return children.map(textOfEquation).join('');
}

/** Adds parentheses to more than one letter. */
function grouped(text: string): string {
  return text.length > 1 ? `(${text})` : text;
}

function limit(sign: string, text: string): string {
  return text === '' ? '' : sign + grouped(text);
}

/** Operator of a sum, a product or, by default, an integral. */
function operatorOf(element: XmlElement): string {
  return valueOf(childOf(element, 'naryPr'), 'chr') ?? '∫';
}

function delimited(element: XmlElement): string {
  const properties = childOf(element, 'dPr');
  const [begin = '(', separator = '|', end = ')'] = ['begChr', 'sepChr', 'endChr'].map((name) =>
    valueOf(properties, name),
  );
  const parts = element.children.filter(({ name }) => name === 'e').map(textOfChildren);
  return begin + parts.join(separator) + end;
}
