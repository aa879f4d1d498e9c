import { embeddedType, readEmbedded } from '../../../../src/gallery/texts/embedded';

test.each([
  ['data:image/png;base64,aGk=', 'image/png', 'hi'],
  ['data:image/PNG;name=a.png;base64, aG k=', 'image/png', 'hi'],
  ['data:image/svg+xml;charset=utf-8,%3Csvg%2F%3E', 'image/svg+xml', '<svg/>'],
  ['data:,hi', '', 'hi'],
  ['data:image/png;base64,%%%', 'image/png', '%%%'],
  ['data:image/png;base64,!', 'image/png', '!'],
  ['no address', '', ''],
])('%s is decoded', async (url, type, text) => {
  expect(embeddedType(url)).toBe(type);
  expect(await readEmbedded(url).text()).toBe(text);
});
