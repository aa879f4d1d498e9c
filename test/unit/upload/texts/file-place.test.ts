import { placeOf } from '../../../../src/upload/texts/file-place';

const ID = '0c2d1a7e-5b1f-4c7a-9d57-0a6b1f2e3d4c';
const SERVICES = ['https://dev.azure.com/fabrikam/'];
const OLD_NAME = ['https://fabrikam.visualstudio.com/'];
const SERVER = ['http://tfs.contoso.local:8080/tfs/Main/'];

test.each<[string, readonly string[], string, string | undefined]>([
  ['of the organization', SERVICES, `https://dev.azure.com/fabrikam/_apis/wit/attachments/${ID}`, undefined],
  [
    'of a project',
    SERVICES,
    `https://dev.azure.com/fabrikam/My%20shop/_apis/wit/attachments/${ID}?fileName=a.png`,
    'My shop',
  ],
  [
    'with the old host name',
    SERVICES,
    `https://Fabrikam.visualstudio.com/Shop/_apis/wit/attachments/${ID}`,
    'Shop',
  ],
  [
    'with the old name and collection',
    SERVICES,
    `https://fabrikam.visualstudio.com/DefaultCollection/_apis/wit/attachments/${ID}`,
    undefined,
  ],
  [
    'with the new host name',
    OLD_NAME,
    `https://dev.azure.com/fabrikam/_apis/wit/attachments/${ID.toUpperCase()}`,
    undefined,
  ],
  [
    'with the old handler',
    OLD_NAME,
    `https://fabrikam.visualstudio.com/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=${ID}&FileName=a.png`,
    undefined,
  ],
  ['of a server', SERVER, `http://tfs.contoso.local:8080/tfs/Main/_apis/wit/attachments/${ID}`, undefined],
  ['of a project of a server', SERVER, `http://tfs:8080/tfs/main/Shop/_apis/wit/attachments/${ID}`, 'Shop'],
  [
    'with the old handler of a server',
    SERVER,
    `/tfs/Main/WorkItemTracking/v1.0/AttachFileHandler.ashx?fileNameGUID=${ID}`,
    undefined,
  ],
  [
    'with a malformed project',
    SERVICES,
    `https://dev.azure.com/fabrikam/100%/_apis/wit/attachments/${ID}`,
    '100%',
  ],
])('placeOf finds an attachment %s', (_title, baseUrls, address, project) => {
  expect(placeOf(address, baseUrls)).toEqual({ kind: 'attachment', id: ID, project });
});

test.each([
  ['another organization', SERVICES, `https://dev.azure.com/contoso/_apis/wit/attachments/${ID}`],
  [
    'another organization by its old name',
    OLD_NAME,
    `https://contoso.visualstudio.com/_apis/wit/attachments/${ID}`,
  ],
  ['another collection', SERVER, `http://tfs.contoso.local:8080/tfs/Other/_apis/wit/attachments/${ID}`],
  [
    'a host with a similar name',
    SERVICES,
    `https://dev.azure.com.example.com/fabrikam/_apis/wit/attachments/${ID}`,
  ],
  [
    'a user name that looks like a host',
    SERVICES,
    `https://dev.azure.com@example.com/fabrikam/_apis/wit/attachments/${ID}`,
  ],
])('placeOf finds an attachment of %s', (_title, baseUrls, address) => {
  expect(placeOf(address, baseUrls)).toMatchObject({ kind: 'attachment-elsewhere', id: ID });
});

test.each([
  ['https://images.example.com/a.png', 'web'],
  ['https://dev.azure.com/fabrikam/_apis/wit/attachments/7', 'web'],
  ['https://dev.azure.com/fabrikam/WorkItemTracking/v1.0/AttachFileHandler.ashx?FileNameGuid=7', 'web'],
  ['data:image/png;base64,iVBORw0KGgo=', 'embedded'],
  [' DATA:image/png,x', 'embedded'],
  ['image.png', 'unknown'],
  ['', 'unknown'],
  ['//example.com/a.png', 'web'],
  ['/\\[', 'unknown'],
  ['/a.png', 'web'],
  ['javascript:alert(1)', 'unknown'],
  ['mailto:a@example.com', 'unknown'],
  ['file://server/share/a.png', 'unknown'],
  ['https://', 'unknown'],
])('placeOf tells the kind of %s', (address, kind) => {
  expect(placeOf(address, SERVICES).kind).toBe(kind);
});
