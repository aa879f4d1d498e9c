import { withComment } from './comments';
import { jamal, johnnie, otherProject, project } from './fabrikam';
import { attachmentRelation } from './relation-values';
import { screenshotPng } from './screenshot-png';
import type { Author } from './new-work-item';
import type { Store } from './store';
import type { Fields, TextFormat } from './work-item';

/** Long texts of a seeded work item, in addition to its other fields. */
export interface SeedTexts {
  readonly fields: Fields;
  readonly markdownFields?: readonly string[];
}

const description = 'System.Description';
const pastedOn = '2026-03-06T09:30:00.000Z';

/** No attachment has these ids. */
const missing = {
  purged: '5b1f0c9e-2d47-4a86-8f35-9c7e1d0a6b42',
  ofOtherOrganization: '0e6d8a31-7c52-4f9b-b1a4-3d5c2f8e7a60',
};

type Color = Parameters<typeof screenshotPng>[0];
const amber: Color = [255, 185, 0];
const blue: Color = [0, 90, 158];
const green: Color = [16, 124, 16];
const purple: Color = [92, 45, 145];
const red: Color = [196, 49, 75];

/**
 * Long texts of bug 9, in HTML, and of story 12, in Markdown except on a server. Their pictures were pasted, so they have
 * no relation. One of bug 9 was purged; others lead to another project, another organization and another host.
 */
export function seedTexts(store: Store, baseUrl: string): ReadonlyMap<number, SeedTexts> {
  const addresses = addressesOf(store, baseUrl);
  return new Map([
    [9, { fields: textsOfBug(addresses) }],
    [12, textsOfStory(store, addresses)],
  ]);
}

/** Adds comments, two of them with a picture. */
export function seedComments(store: Store, baseUrl: string, id: number): void {
  const { pasted, addressOf } = addressesOf(store, baseUrl);
  const page = pasted('last-page.png', red, 3);
  const inMarkdown = `The last page:\n\n![Last page](${page})`;
  const inHtml = `<div>The last page:</div><div><img src="${page}" alt="Last page"></div>`;
  const second: TextFormat = store.mode === 'server' ? 'html' : 'markdown';
  const scan = addressOf(missing.purged, 'scan.png');
  const comments = [
    { by: johnnie, text: '<div>Only with the new driver.</div>', format: 'html' },
    { by: jamal, text: second === 'html' ? inHtml : inMarkdown, format: second },
    { by: johnnie, text: `<div>With the old one: <img src="${scan}" alt=""></div>`, format: 'html' },
  ] as const;
  comments.forEach(({ by, ...comment }, index) => {
    const author: Author = { by, date: `2026-01-2${index + 1}T10:00:00.000Z` };
    store.save(withComment(store, store.workItem(id), comment, author), author);
  });
}

/** Attaches a picture that the description shows as well. */
export function seedReceipt(store: Store, baseUrl: string, id: number, author: Author): void {
  const name = 'receipt.png';
  const content = screenshotPng(green, 5);
  const attachment = store.attachments.put(name, content, author.date);
  const { addressOf } = addressesOf(store, baseUrl);
  const item = store.workItem(id);
  const given = { name, comment: '', resourceSize: content.length };
  const shown = `<div><img src="${addressOf(attachment.id, name)}" alt="Receipt" width="300"></div>`;
  store.save(
    {
      ...item,
      fields: {
        ...item.fields,
        [description]: `<div>99 receipts are attached; there is room for one.</div>${shown}`,
      },
      relations: [...item.relations, attachmentRelation(store, attachment.id, given, author.date)],
    },
    author,
  );
}

function textsOfBug({ baseUrl, pasted, stored, addressOf }: Addresses): Fields {
  const image = (url: string, alt: string) => `<div><img src="${url}" alt="${alt}"></div>`;
  const ofOrganization = `https://dev.azure.com/contoso/_apis/wit/attachments/${missing.ofOtherOrganization}`;
  const cursor = `data:image/png;base64,${screenshotPng(blue, 1).toString('base64')}`;
  const ofProject = (segment: string, name: string) =>
    `${baseUrl}${segment}/_apis/wit/attachments/${pictureOf(stored, name)}?fileName=${encodeURIComponent(name)}`;
  return {
    [description]:
      '<div>The box is one letter too narrow.</div>' +
      image(pasted('search box.png', amber, 1), 'Search box') +
      '<div>The mobile site has the same box:</div>' +
      image(ofProject(otherProject.id, 'box on a phone.png'), 'Box on a phone') +
      image(ofProject(encodeURIComponent(otherProject.name), 'box on a tablet.png'), 'Box on a tablet'),
    'Microsoft.VSTS.TCM.ReproSteps':
      '<ol><li>Open the page in Firefox.</li><li>Type <i>printer</i>.</li></ol>' +
      image(pasted('image.png', purple, 4), '') +
      image(addressOf(missing.purged, 'before.png'), 'Before the update') +
      image(`${ofOrganization}?fileName=image.png`, 'At Contoso') +
      image('https://www.example.com/images/firefox.png', 'Firefox') +
      image(cursor, 'Cursor') +
      `<div>Console: <a href="${addressOf(stored('console.log', consoleLog), 'console.log')}">console.log</a></div>`,
  };
}

const consoleLog = Buffer.from('[warn] search-box: width 119 px, text 124 px\n');

function textsOfStory({ mode }: Store, { pasted, stored, addressOf }: Addresses): SeedTexts {
  const text = 'Customers have an account already. They must not need a second one.';
  const page = pasted('sign-in.png', blue, 3);
  const steps = pasted('steps of the sign-in.png', green, 6);
  const terms = addressOf(stored('terms.txt', Buffer.from('Terms of the sign-in.\n')), 'terms.txt');
  if (mode === 'server')
    return {
      fields: {
        [description]:
          `<div>${text}</div><div><img src="${page}" alt="Sign-in page"></div>` +
          `<div><img src="${steps}" alt="Steps" width=400></div><div>See <a href="${terms}">the terms</a>.</div>`,
      },
    };
  const markdown = [
    `${text}\n`,
    `![Sign-in page](${page})\n`,
    `## Steps\n`,
    `![Steps](${steps} =400x)\n`,
    `See [the terms](${terms}).`,
  ];
  return { fields: { [description]: markdown.join('\n') }, markdownFields: [description] };
}

/** Stores files for texts, and has their addresses. */
interface Addresses {
  readonly baseUrl: string;
  /** Stores a picture as a paste does; returns its address. */
  readonly pasted: (fileName: string, color: Color, lines: number) => string;
  /** Stores a file and returns its id. */
  readonly stored: (fileName: string, content: Buffer) => string;
  /** Address as the form writes it into a text. */
  readonly addressOf: (id: string, fileName: string) => string;
}

function addressesOf(store: Store, baseUrl: string): Addresses {
  const stored: Addresses['stored'] = (fileName, content) =>
    store.attachments.put(fileName, content, pastedOn).id;
  const addressOf: Addresses['addressOf'] = (id, fileName) =>
    `${baseUrl}${project.id}/_apis/wit/attachments/${id}?fileName=${encodeURIComponent(fileName)}`;
  const pasted: Addresses['pasted'] = (fileName, color, lines) =>
    addressOf(stored(fileName, screenshotPng(color, lines)), fileName);
  return { baseUrl, stored, addressOf, pasted };
}

function pictureOf(stored: Addresses['stored'], name: string): string {
  return stored(name, screenshotPng(amber, name.length % 5));
}
