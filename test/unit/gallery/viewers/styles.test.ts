import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const VIEWERS = 'src/gallery/viewers';

/** Classes with a rule of their own, by style sheet. */
function classesOf(path: string): readonly string[] {
  const rules = readFileSync(path, 'utf8')
    .replace(/\/\*.*?\*\//gs, '')
    .match(/[^{}]+(?=\{)/g);
  const selectors = (rules ?? []).flatMap((rule) => rule.split(',')).map((selector) => selector.trim());
  return [...new Set(selectors.filter((selector) => /^\.[\w-]+$/.test(selector)))];
}

test('No two style sheets of viewers have rules for the same class', () => {
  // A page keeps the style sheets of all viewers that it has loaded.
  const paths = readdirSync(VIEWERS, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.css'),
  );
  const owners = new Map<string, string[]>();
  for (const path of paths)
    for (const name of classesOf(join(VIEWERS, path))) owners.set(name, [...(owners.get(name) ?? []), path]);
  expect([...owners].filter(([, sheets]) => sheets.length > 1)).toEqual([]);
  expect(owners.size).toBeGreaterThan(100);
});
