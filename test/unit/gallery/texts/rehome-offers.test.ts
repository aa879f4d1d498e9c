import type { AttachedFile } from '../../../../src/gallery/model/attached-file';
import { rehomeOffers } from '../../../../src/gallery/texts/rehome-offers';

const GUID = '0e6d8a31-7c52-4f9b-b1a4-3d5c2f8e7a60';

function imageAt(url: string, change: Partial<AttachedFile> = {}): AttachedFile {
  return {
    ...{ workItemId: 7, workItemType: 'Bug', reference: { id: url, url }, name: 'a.png', kind: 'image' },
    ...{ size: undefined, comment: '', folder: '', addedAt: NaN, addedBy: '' },
    inText: { place: 'elsewhere', uses: [] },
    ...change,
  };
}

function commandsFor(...files: readonly AttachedFile[]): readonly string[] {
  return rehomeOffers(7, files).map(({ command }) => command);
}

test('rehomeOffers returns one command for each other organization', () => {
  const commands = commandsFor(
    imageAt(`https://dev.azure.com/contoso/_apis/wit/attachments/${GUID}?fileName=a.png`),
    imageAt(`https://dev.azure.com/contoso/Shop/_apis/wit/attachments/${GUID}`),
    imageAt(`https://tfs.contoso.example:8080/tfs/Old/_apis/wit/attachments/${GUID}`),
  );
  expect(commands).toEqual([
    'stapler rehome 7 --from https://dev.azure.com/contoso --from-token-env OTHER_TOKEN',
    'stapler rehome 7 --from https://tfs.contoso.example:8080/ --from-token-env OTHER_TOKEN',
  ]);
});

test.each([
  ['an image of the web', imageAt('https://www.example.com/a.png')],
  ['a file that is no image', imageAt(`https://x.example/_apis/wit/attachments/${GUID}`, { kind: 'other' })],
  [
    'an image of another project',
    imageAt(`https://x.example/_apis/wit/attachments/${GUID}`, {
      inText: { place: 'other-project', uses: [] },
    }),
  ],
  ['plain http', imageAt(`http://x.example/_apis/wit/attachments/${GUID}`)],
  ['an address with signs of a shell', imageAt(`https://dev.azure.com/a$(b)/_apis/wit/attachments/${GUID}`)],
])('rehomeOffers returns no command for %s', (_, file) => {
  expect(commandsFor(file)).toEqual([]);
});
