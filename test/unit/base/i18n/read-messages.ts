import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import * as ts from 'typescript';
import type { Message } from '../../../../src/base/i18n/language';

const root = resolve(__dirname, '../../../..');

/** A source position in a finding. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** A message in the source code. */
export interface Said extends Place {
  readonly message: string;
  readonly by: string;
  /** Names of the values passed by the call, if literal. */
  readonly values: readonly string[] | undefined;
  /** Whether the call runs at module load. */
  readonly isAtOnce: boolean;
}

/** Messages and findings of the source code. */
export interface Findings {
  readonly said: readonly Said[];
  /** Calls without a literal message. */
  readonly unread: readonly string[];
  /** Texts of elements outside of translations. */
  readonly bare: readonly string[];
}

/** Functions with a message as first argument. */
const SPEAKERS = new Set(['t', 'words', 'parts', 'rich']);

/** Attributes of elements and components shown or read to the user. */
const SPOKEN =
  /^(aria-label|aria-description|aria-roledescription|aria-valuetext|ariaLabel|title|alt|placeholder|label|text|tooltip|heading|hint|unit|what|summary|description)$/;

/** Reads all files of `src`, or the given text. */
export function readMessages(
  sources: readonly (readonly [file: string, text: string])[] = readSources(),
): Findings {
  const said: Said[] = [];
  const unread: string[] = [];
  const bare: string[] = [];
  for (const [file, text] of sources) {
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true, ts.ScriptKind.TSX);
    const placeOf = (node: ts.Node): Place => ({
      file,
      line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1,
    });
    const visit = (node: ts.Node, isAtOnce: boolean): void => {
      const place = (): string => `${file}:${placeOf(node).line} ${node.getText().trim().slice(0, 80)}`;
      if (
        ts.isCallExpression(node) &&
        ts.isIdentifier(node.expression) &&
        SPEAKERS.has(node.expression.text)
      ) {
        const [first, second] = node.arguments;
        if (first && ts.isStringLiteralLike(first))
          said.push({
            ...placeOf(node),
            message: first.text,
            by: node.expression.text,
            values: valuesOf(second),
            isAtOnce,
          });
        else if (!file.startsWith('src/base/i18n/') && file !== 'src/ui/rich-text.tsx') unread.push(place());
      }
      if (ts.isJsxText(node) && /\p{L}/u.test(node.text)) bare.push(place());
      if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText()) && isBare(node.initializer))
        bare.push(place());
      if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent) && isBareText(node.expression))
        bare.push(place());
      const isLater = ts.isFunctionLike(node);
      node.forEachChild((child) => visit(child, isAtOnce && !isLater));
    };
    visit(source, true);
  }
  return { said, unread, bare };
}

function isBare(initializer: ts.JsxAttributeValue | undefined): boolean {
  if (!initializer) return false;
  if (ts.isJsxExpression(initializer)) return isBareText(initializer.expression);
  return isBareText(initializer);
}

/** Whether an expression shows literal letters: a literal, a template, or a choice of them. */
function isBareText(expression: ts.Expression | undefined): boolean {
  if (!expression) return false;
  if (ts.isStringLiteralLike(expression)) return /\p{L}/u.test(expression.text);
  if (ts.isTemplateExpression(expression))
    return /\p{L}/u.test(
      expression.head.text + expression.templateSpans.map(({ literal }) => literal.text).join(''),
    );
  if (ts.isParenthesizedExpression(expression)) return isBareText(expression.expression);
  if (ts.isConditionalExpression(expression))
    return isBareText(expression.whenTrue) || isBareText(expression.whenFalse);
  if (ts.isBinaryExpression(expression)) return isBareText(expression.right);
  return false;
}

function valuesOf(argument: ts.Expression | undefined): string[] | undefined {
  if (!argument) return [];
  if (!ts.isObjectLiteralExpression(argument)) return undefined;
  return argument.properties.map(({ name }) => name?.getText() ?? '…').sort();
}

function readSources(): [string, string][] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [`src/${path}`, readFileSync(join(root, 'src', path), 'utf8')]);
}

/** Element of a parsed message: a text, a placeholder, a tag or a plural. */
export interface Part {
  /** 0 is text, 7 is `#`. */
  readonly type: number;
  /** The text, or the name of a placeholder or tag. */
  readonly value?: string;
  readonly children?: readonly Part[];
  readonly options?: Readonly<Record<string, { readonly value: readonly Part[] }>>;
}

/** Returns all parts of a message, with those inside of others. @throws for an invalid message. */
export function partsOf(message: Message): readonly Part[] {
  const flatten = (parts: readonly Part[]): readonly Part[] =>
    parts.flatMap((part) => [
      part,
      ...flatten(part.children ?? []),
      ...Object.values(part.options ?? {}).flatMap(({ value }) => flatten(value)),
    ]);
  return flatten(new IntlMessageFormat(message, 'en').getAst());
}

/** Names of placeholders and tags of a message with their types, sorted. @throws for an invalid message. */
export function argumentsOf(message: Message): string[] {
  const names = partsOf(message).flatMap(({ type, value, children }) => {
    if (type === 0 || value === undefined) return [];
    return [children ? `<${value}>` : value];
  });
  return [...new Set(names)].sort();
}

/** Returns the words of a message, of all its forms, without placeholders. @throws for an invalid message. */
export function wordsOf(message: Message): string {
  return partsOf(message)
    .flatMap(({ type, value = '' }) => (type === 0 ? [value] : []))
    .join(' ');
}
