import { htmlEntities } from '../../../../../src/gallery/viewers/email/html-entities';
// By its path: jest replaces the import of this module inside of postal-mime, as the build does.
import { htmlEntities as original } from '../../../../../node_modules/postal-mime/dist/cjs/html-entities';

test('htmlEntities has the references of postal-mime', () => {
  const references = Object.keys(original);
  expect(references.length).toBeGreaterThan(2_000);
  const decoded = Object.fromEntries(references.map((reference) => [reference, htmlEntities[reference]]));
  expect(decoded).toEqual(original);
});

test.each(['&unknown;', '&'])('htmlEntities has no text for %s', (reference) => {
  expect(htmlEntities[reference]).toBeUndefined();
});
