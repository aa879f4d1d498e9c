import { extensionDataUrl } from '../../../../src/azure/rest/extension-documents';
import { allowedHosts } from '../../../../src/azure/rest/token-guard';

test.each([
  ['https://dev.azure.com/fabrikam/', 'https://extmgmt.dev.azure.com/fabrikam/'],
  ['https://fabrikam.visualstudio.com/', 'https://extmgmt.dev.azure.com/fabrikam/'],
  ['https://tfs.fabrikam.com/tfs/DefaultCollection/', 'https://tfs.fabrikam.com/tfs/DefaultCollection/'],
  ['http://127.0.0.1:8081/fabrikam/', 'http://127.0.0.1:8081/fabrikam/'],
])('The data of extensions of %s are at %s, where the token may go', (organization, data) => {
  expect(extensionDataUrl(organization)).toBe(data);
  expect(allowedHosts(organization, { allowHttp: false })(data)).toBe(true);
});

test('The token goes to no host that only looks like the one of the data', () => {
  const allows = allowedHosts('https://dev.azure.com/fabrikam/', { allowHttp: true });
  for (const url of [
    'http://extmgmt.dev.azure.com/fabrikam/',
    'https://extmgmt.dev.azure.com.evil.example/',
    'https://evil.extmgmt.dev.azure.com/',
  ])
    expect(allows(url)).toBe(false);
});
