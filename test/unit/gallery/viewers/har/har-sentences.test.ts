import {
  nameOfBody,
  nameWithType,
  placeOf,
  shortType,
} from '../../../../../src/gallery/viewers/har/har-sentences';

test.each([
  ['https://a.example/folder/page.html?x=1#top', 'page.html?x=1', 'a.example'],
  ['https://user:secret@a.example:8080/', '/', 'a.example:8080'],
  ['https://a.example/folder/', 'folder', 'a.example'],
  ['data:image/png;base64,AAAA', 'data:image/png;base64,AAAA', ''],
  ['no address', 'no address', ''],
])('placeOf splits %s', (url, name, host) => {
  expect(placeOf(url)).toEqual({ name, host });
});

test.each([
  ['https://a.example/app.js', 'application/javascript', 'app.js'],
  ['https://a.example/orders', 'application/vnd.api+json', 'orders.json'],
  ['https://a.example/index.php?x=1', 'text/html', 'index.php.html'],
  ['https://a.example/', 'text/html', 'response.html'],
  ['https://a.example/..%2f..%2fx', 'image/png', '..%2f..%2fx.png'],
  ['https://a.example/x', '', 'x.txt'],
  ['data:text/plain,x', 'text/plain', 'response.txt'],
])('nameOfBody names the content of %s as %s: %s', (url, type, name) => {
  expect(nameOfBody(url, type)).toBe(name);
});

test('nameWithType keeps no folder and no reordering character', () => {
  expect(nameWithType('../a\u202egnp', 'image/png')).toBe('a_gnp.png');
});

test('shortType shortens a MIME type', () => {
  expect(['application/json', 'image/svg+xml', 'application/x-font', ''].map(shortType)).toEqual([
    ...['json', 'svg+xml', 'font', ''],
  ]);
});
