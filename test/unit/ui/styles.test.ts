import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const source = join(__dirname, '../../../src');

test.each(readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.css')))(
  'The style sheet %s has a prefix for Safari next to each user-select',
  (path) => {
    const css = readFileSync(join(source, path), 'utf8');
    for (const [, before = '', value = ''] of css.matchAll(/([^\n]*)\n\s*(?<!-)user-select: (\w+);/g))
      expect(before.trim()).toBe(`-webkit-user-select: ${value};`);
  },
);
