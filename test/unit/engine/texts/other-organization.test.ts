import { isBelowUrl } from '../../../../src/engine/texts/other-organization';

const BASE = 'https://dev.azure.com/contoso/';

test.each([
  'https://dev.azure.com/contoso/_apis/wit/attachments/1?fileName=a.png',
  'https://dev.azure.com/Contoso/Shop/a.png',
  'https://dev.azure.com:443/contoso/a.png',
  'https://dev.azure.com/fabrikam/../contoso/a.png',
])('isBelowUrl accepts %s', (address) => {
  expect(isBelowUrl(address, BASE)).toBe(true);
});

test.each([
  'https://dev.azure.com/contoso-2/a.png',
  'https://dev.azure.com/fabrikam/a.png',
  'https://dev.azure.com/contoso/../fabrikam/a.png',
  'https://dev.azure.com/contoso/%2e%2e/fabrikam/a.png',
  'https://dev.azure.com/contoso\\..\\fabrikam/a.png',
  'http://dev.azure.com/contoso/a.png',
  'https://dev.azure.com:8443/contoso/a.png',
  'https://dev.azure.com.example/contoso/a.png',
  'https://dev.azure.com@example.com/contoso/a.png',
  'https://token@dev.azure.com/contoso/a.png',
  'ftp://dev.azure.com/contoso/a.png',
  'data:image/png;base64,AAAA',
  '/contoso/a.png',
  '//dev.azure.com/contoso/a.png',
])('isBelowUrl refuses %s', (address) => {
  expect(isBelowUrl(address, BASE)).toBe(false);
});
