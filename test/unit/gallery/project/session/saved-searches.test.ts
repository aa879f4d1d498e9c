import {
  MAX_SAVED_SEARCHES,
  readSavedSearches,
  withSavedSearch,
} from '../../../../../src/gallery/project/session/saved-searches';

const SEARCH = {
  name: 'Large logs',
  text: 'type:log size:>10mb',
  sortBy: 'size',
  isDescending: true,
} as const;

describe('saved searches', () => {
  test('are read as they were written', () => {
    expect(readSavedSearches(JSON.stringify([SEARCH]))).toEqual([SEARCH]);
  });

  test.each([undefined, '', 'no JSON', '{}', 'null', '[1, null, {"name": "x"}]'])(
    'are none in the setting %j',
    (setting) => {
      expect(readSavedSearches(setting)).toEqual([]);
    },
  );

  test('leave out an unknown sort key', () => {
    expect(readSavedSearches(JSON.stringify([{ ...SEARCH, sortBy: 'color' }, SEARCH]))).toEqual([SEARCH]);
  });

  test('have one entry per name, the last one first, and a maximum', () => {
    const other = { ...SEARCH, name: 'Other' };
    const changed = { ...SEARCH, text: 'type:har' };
    expect(withSavedSearch([other, SEARCH], changed)).toEqual([changed, other]);
    const many = Array.from({ length: MAX_SAVED_SEARCHES }, (_, at) => ({ ...SEARCH, name: String(at) }));
    expect(withSavedSearch(many, SEARCH)).toHaveLength(MAX_SAVED_SEARCHES);
  });
});
