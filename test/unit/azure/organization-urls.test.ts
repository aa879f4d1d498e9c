import { organizationUrls } from '../../../src/azure/organization-urls';

test.each([
  [
    'the page has another name',
    'http://tfs.corp.example:8080/tfs/Main/',
    'http://tfs:8080/',
    'http://tfs:8080/tfs/Main/',
  ],
  [
    'its whole address is known',
    'https://api.example/fabrikam/',
    'https://a.example/x?y',
    'https://a.example/fabrikam/',
  ],
])('organizationUrls adds the address of the page if %s', (_, baseUrl, referrer, second) => {
  expect(organizationUrls(baseUrl, referrer)).toEqual([baseUrl, second]);
});

test.each([
  ['the page hides its address', 'https://dev.azure.com/fabrikam/', ''],
  ['the address is none', 'https://dev.azure.com/fabrikam/', 'about:client'],
  ['the base URL is none', '', 'https://dev.azure.com/'],
])('organizationUrls returns the base URL alone if %s', (_, baseUrl, referrer) => {
  expect(organizationUrls(baseUrl, referrer)).toEqual([baseUrl]);
});
