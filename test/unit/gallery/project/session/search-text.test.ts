import fc from 'fast-check';
import {
  hasCondition,
  toggleCondition,
  withCondition,
  withoutCondition,
  withoutKeywordsOf,
} from '../../../../../src/gallery/project/session/search-text';

describe('search text', () => {
  test('has a condition in any case and order, also one with spaces or several parts', () => {
    const text = 'login BY:"anna smith" before:2026-02 after:2026-01';
    expect(hasCondition(text, 'by:"Anna Smith"')).toBe(true);
    expect(hasCondition(text, 'after:2026-01 before:2026-02')).toBe(true);
    expect(hasCondition(text, 'by:anna')).toBe(false);
    expect(hasCondition(text, '')).toBe(false);
  });

  test('replaces a condition with the same keyword and keeps words', () => {
    expect(withCondition('login type:log', 'type:png')).toBe('login type:png');
    expect(withCondition('', 'type:png')).toBe('type:png');
    expect(withoutKeywordsOf('a size:>1mb b', 'size:<2mb')).toBe('a b');
    expect(withoutCondition('login type:log', 'type:log')).toBe('login');
  });

  test('keeps a quotation mark that is not closed', () => {
    expect(withCondition('area:"Fabrikam bill', 'type:log')).toBe('area:"Fabrikam bill type:log');
  });

  test('has a condition after it is added, and not after it is toggled again', () => {
    const condition = fc.constantFrom(
      'type:log',
      'by:"Anna Smith"',
      'after:2026-01 before:2026-02',
      'size:>10mb',
    );
    const text = fc
      .array(fc.constantFrom('login', 'type:png', 'by:ben', '-state:closed', 'before:2025-01', 'a:b'))
      .map((parts) => parts.join(' '));
    fc.assert(
      fc.property(text, condition, (before, added) => {
        const after = toggleCondition(before, added);
        expect(hasCondition(after, added)).toBe(true);
        expect(toggleCondition(after, added)).toBe(withoutKeywordsOf(before, added));
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, condition) => {
        toggleCondition(text, condition);
      }),
    );
  });
});
