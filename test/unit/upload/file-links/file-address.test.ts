import type { FileAddress } from '../../../../src/upload/file-links/file-address';
import {
  isSameAddress,
  readFileAddress,
  readTransferred,
} from '../../../../src/upload/file-links/file-address';

const FILES: readonly (readonly [string, Partial<FileAddress>])[] = [
  [
    'https://contoso.sharepoint.com/sites/qa/Shared%20Documents/Crash%20dump.dmp?web=1',
    { place: 'sharepoint', name: 'Crash dump.dmp', hasSecret: false },
  ],
  [
    'https://contoso.sharepoint.com/:x:/r/sites/qa/_layouts/15/Doc.aspx?sourcedoc=%7B1%7D&file=Plan.xlsx',
    { place: 'sharepoint', name: 'Plan.xlsx' },
  ],
  ['https://contoso.sharepoint.com/:v:/s/qa/EZx1?e=4a', { place: 'sharepoint', name: '' }],
  [
    'https://contoso-my.sharepoint.com/my?id=%2Fpersonal%2Fme%2FDocuments%2Fclip.mp4',
    { place: 'onedrive', name: 'clip.mp4' },
  ],
  ['https://1drv.ms/v/s!AbC?e=1', { place: 'onedrive', name: '' }],
  [
    'https://logs.blob.core.windows.net/run/memory.dmp?sv=2022-11-02&sig=a%2Fb%3D',
    { place: 'blob', name: 'memory.dmp', hasSecret: true },
  ],
  ['https://logs.blob.core.windows.net/run/memory', { place: 'blob', name: '' }],
  [
    'https://dev.azure.com/contoso/shop/_git/shop?path=/docs/read%20me.md&version=GBmain',
    { place: 'repos', name: 'read me.md' },
  ],
  [
    'https://pkgs.dev.azure.com/contoso/_packaging/feed/nuget/v3/flat2/a/1.0.0/a.1.0.0.nupkg',
    { place: 'artifacts', name: 'a.1.0.0.nupkg' },
  ],
  ['http://files.contoso.local/trace.7z', { place: 'other', name: 'trace.7z', host: 'files.contoso.local' }],
  ['https://files.contoso.com/dump.zip.001', { name: 'dump.zip.001' }],
  ['https://me:pass@files.contoso.com/a.log', { name: 'a.log', hasSecret: true }],
];

test.each(FILES)('%s leads to a file', (url, facts) => {
  expect(readFileAddress(` ${url}\n`)).toMatchObject({ ...facts, url, isFile: true });
});

test.each([
  'https://contoso.com/',
  'https://contoso.com',
  'https://dev.azure.com/contoso/shop/_git/shop',
  'https://contoso.com/docs/guide.html',
  'https://contoso.com/release/v1.2',
  'https://contoso.sharepoint.com/:f:/s/qa/EZx1',
  'https://logs.blob.core.windows.net/run/',
  'https://contoso.com/.well-known',
])('%s leads to a web page', (url) => {
  expect(readFileAddress(url)).toMatchObject({ url, isFile: false, name: '' });
});

test.each([
  '',
  'a.txt',
  'ftp://h/a.txt',
  'javascript:alert(1)',
  'https://',
  'https://a b/c.txt',
  'see https://h/a.txt',
])('"%s" is no address', (text) => {
  expect(readFileAddress(text)).toBeUndefined();
});

test('A domain that only begins like that of a service has no service', () => {
  expect(readFileAddress('https://x.sharepoint.com.example/a.txt')).toMatchObject({ place: 'other' });
});

function transfer(data: Readonly<Record<string, string>>): Pick<DataTransfer, 'getData'> {
  return { getData: (type) => data[type] ?? '' };
}

test('The first address of a list counts before the text', () => {
  const list = '# A comment\r\nhttps://h/a.txt\r\nhttps://h/b.txt';
  const read = readTransferred(transfer({ 'text/uri-list': list, 'text/plain': 'A file' }));
  expect(read).toMatchObject({ url: 'https://h/a.txt' });
  expect(readTransferred(transfer({ 'text/plain': 'https://h/c.txt' }))).toMatchObject({ name: 'c.txt' });
  expect(readTransferred(transfer({ 'text/plain': 'https://h/c.txt https://h/d.txt' }))).toBeUndefined();
});

test('Addresses are the same after the normalization of a server', () => {
  expect(isSameAddress('https://H/a b.txt', 'https://h/a%20b.txt')).toBe(true);
  expect(isSameAddress('https://h/a.txt?sig=1', 'https://h/a.txt?sig=2')).toBe(false);
  expect(isSameAddress('no address', 'no address')).toBe(true);
});
