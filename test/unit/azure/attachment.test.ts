import { attachmentIdOf } from '../../../src/azure/work-item';

const ID = '6b2266bf-a155-4582-a475-ca4da68193ef';
const PROJECT = 'aaaaaaaa-1111-4111-8111-bbbbbbbbbbbb';

test.each([
  ['from an upload', `https://dev.azure.com/fabrikam/_apis/wit/attachments/${ID}?fileName=a.txt`],
  ['from a relation', `https://dev.azure.com/fabrikam/${PROJECT}/_apis/wit/attachments/${ID}`],
  ['with the name of a project', `https://dev.azure.com/fabrikam/My%20Project/_apis/wit/attachments/${ID}`],
  ['of the older host', `https://fabrikam.visualstudio.com/_apis/wit/attachments/${ID}`],
  ['of Server', `http://tfs:8080/tfs/Collection/_apis/wit/attachments/${ID}?fileName=a.txt&download=true`],
  ['in upper case', `https://dev.azure.com/fabrikam/_APIS/WIT/Attachments/${ID.toUpperCase()}`],
  ['with a slash at the end', `https://dev.azure.com/fabrikam/_apis/wit/attachments/${ID}/`],
  ['with a fragment', `https://dev.azure.com/fabrikam/_apis/wit/attachments/${ID}#x`],
  ['with another GUID in its name', `https://h/c/_apis/wit/attachments/${ID}?fileName=${PROJECT}.txt`],
  ['without a host', `/_apis/wit/attachments/${ID}`],
  [
    'of an organization called attachments',
    `https://dev.azure.com/attachments/${PROJECT}/_apis/wit/attachments/${ID}`,
  ],
])('attachmentIdOf returns the GUID from a URL %s', (_, url) => {
  expect(attachmentIdOf(url)).toBe(ID);
});

test.each([
  ['an empty URL', ''],
  ['a work item', `https://dev.azure.com/fabrikam/${PROJECT}/_apis/wit/workItems/7`],
  ['the list of attachments', 'https://dev.azure.com/fabrikam/_apis/wit/attachments'],
  ['an attachment without a GUID', 'https://dev.azure.com/fabrikam/_apis/wit/attachments/7'],
  ['a page that names an attachment', `https://example.com/?url=/_apis/wit/attachments/${ID}`],
  ['a short GUID', `https://h/_apis/wit/attachments/${ID.slice(1)}`],
])('attachmentIdOf returns undefined for %s', (_, url) => {
  expect(attachmentIdOf(url)).toBeUndefined();
});

test('attachmentIdOf searches from the start with each call', () => {
  const url = `https://h/_apis/wit/attachments/${ID}`;
  expect([attachmentIdOf(url), attachmentIdOf(url), attachmentIdOf(url)]).toEqual([ID, ID, ID]);
});
