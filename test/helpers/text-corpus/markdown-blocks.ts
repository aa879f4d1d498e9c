import { attribute, type Block } from './html-blocks';

/** Address of a link or picture, escaped as an editor does. */
function destination(address: string): string {
  return address.replace(/[()\\]|&(?=\w+;)/g, '\\$&');
}

/** Address in angle brackets. */
function pointed(address: string): string {
  return `<${address.replace(/&(?=\w+;)/g, '\\&')}>`;
}

/** As the editor of Azure DevOps writes, and as people type in it. */
const editorBlocks: readonly Block[] = [
  () => 'The cart shows the wrong total after a coupon.\nIt is right after a reload.',
  () => '## Steps\n\n1. Open the cart\n2. Apply **SPRING**\n   - as a guest\n   - signed in',
  ({ picture }) => `![image.png](${destination(picture())})`,
  ({ picture }) => `![image.png](${destination(picture())} =300x200)`,
  ({ picture }) =>
    `Before ![wide](${destination(picture())} =300x) and after ![](${destination(picture())} =x200).`,
  ({ picture }) => `![a size with spaces](${destination(picture())}  =640x480 )`,
  ({ link }) => `See [the log](${destination(link())}) for details.`,
  ({ link }) => `[console.log](${destination(link())} "Console")`,
  ({ picture }) => `- [x] Reviewed\n- [ ] Tested: ![not yet](${destination(picture())})`,
  ({ picture }) =>
    `| Browser | Picture |\n| --- | :-: |\n| Firefox | ![x](${destination(picture())}) |\n| Edge | – |`,
  ({ picture, link }) =>
    `a | b | c\n--|--|--\n[log](${destination(link())}) | \`a \\| b\` | ![y](${destination(picture())} =100x)`,
  ({ picture }) => `> On Monday, Jamal wrote:\n>\n> ![quoted](${destination(picture())})\n>> and more`,
  ({ picture, link }) => `[![preview](${destination(picture())})](${destination(link())})`,
  () => '@<8C8C7D32-6B1B-47F4-B2E9-30B477B5AB3D> please check #4711, !42 and AB#12',
  () => '@<D291B0C4-A05C-4EA6-8DF1-4B41D5F39EFF> and @jamal, see ~~that~~ this :smile:',
  () => '[Bug 4711](https://dev.azure.com/fabrikam/Shop/_workitems/edit/4711) ~ [wiki](/Home/Cart.md#total)',
  ({ picture }) => `1. First\n\n   ![in a list](${destination(picture())})\n\n2. Second`,
  ({ picture }) => `* a\n  * b\n    * c ![deep](${destination(picture())})`,
  () => '---\n\n***Important***\n\n___',
  ({ picture }) => `### ![in a heading](${destination(picture())}) Result ###`,
  ({ picture }) => `Setext with ![x](${destination(picture())})\n===`,
  () => '```mermaid\ngraph LR\n  A[![no](no.png)] --> B\n```',
  () => '$$\n\\frac{a}{b} ![no]\n$$\n\n[[_TOC_]]',
  ({ word, picture }) => {
    const note = word();
    return `Text[^${note}].\n\n[^${note}]: See ![in a note](${destination(picture())}).`;
  },
];

/** Addresses in other places and forms. */
const formBlocks: readonly Block[] = [
  ({ picture }) => `![pointed](${pointed(picture())})`,
  ({ picture }) => `![titled](${pointed(picture())} 'A (long) "title"')`,
  ({ picture }) => `![broken\nalt text](\n${destination(picture())}\n"title over\ntwo lines")`,
  ({ picture }) => `![a \\] b [c] \`d]\`](${destination(picture())})`,
  ({ picture }) => `![**bold** _and_ [brackets]](${destination(picture())})!`,
  ({ fullLink }) => `See <${fullLink()}>.`,
  ({ fullLink }) => `See ${fullLink()}, and more.`,
  ({ word, picture }) => {
    const label = word();
    return `Before ![alt][${label}] after.\n\n[${label.toUpperCase()}]: ${destination(picture())} 'title'`;
  },
  ({ word, picture }) => {
    const label = word();
    return `![${label}][] and ![${label}]\n\n[${label}]: ${pointed(picture())}`;
  },
  ({ word, link }) => {
    const label = `the log ${word()}`;
    return `[${label}], [again][ ${label}  ]\n\n[${label}]:\n   ${destination(link())}\n   (title)`;
  },
  ({ word, picture, none }) => {
    const label = word();
    return `![first][${label}]\n\n[${label}]: ${destination(picture())}\n[${label}]: ${destination(none())}`;
  },
  ({ word, none }) => `[unused ${word()}]: ${destination(none())}`,
  ({ word }) => `![no definition][${word()}] and [x][]`,
  ({ picture, link }) =>
    `![one](${destination(picture())})![two](${destination(picture())})[three](${destination(link())})`,
  ({ picture }) => `**![in bold](${destination(picture())})** *~~![struck](${destination(picture())})~~*`,
  ({ picture }) => `Line one  \n![after a hard break](${destination(picture())})\\\nend`,
  ({ picture }) => `\t\n\r\n-\t![after a tab](${destination(picture())})\r\n`,
];

/** Addresses in code and escaped text, and anything else that is no picture. */
const decoyBlocks: readonly Block[] = [
  ({ none }) => `\`\`\`md\n![code](${none()})\n\`\`\``,
  ({ none }) => `~~~~\n<img src="${none()}">\n\`\`\`\n![still code](${none()})\n~~~~`,
  ({ none }) => `Text:\n\n    ![indented](${none()})\n    [code](${none()})\n\nText`,
  ({ none }) => `Write \`![alt](${none()})\` for pictures, or \`\`[a](${none()}) \` b\`\`.`,
  ({ none }) =>
    `\\![escaped](no.png) !\\[escaped](${
      none()
        .split('?')[0]
        ?.replace(/.*attachments/, 'no') ?? ''
    })`,
  ({ none }) => `<!-- ![comment](${none()}) -->`,
  ({ none }) => `<!--\n[many](${none()})\n\n<img src="${attribute(none())}">\n-->`,
  ({ none }) => `- item\n\n      ![code in a list](${none()})`,
  ({ none }) => `> \`\`\`\n> ![code in a quote](${none()})\n> \`\`\``,
  () => '![no address]() [none](<>) ![a](b c) [x] (y.png) ! [z](#top)',
  () => '[mail](mailto:x@example.com) <x@example.com> [top](#steps) www.example.com',
  () => 'C:\\temp\\![a](b.txt)\\image.png and 5 < 6, array[0](call), footnote[1]',
];

/** HTML in Markdown. */
const htmlBlocks: readonly Block[] = [
  ({ picture }) => `<p align="center"><img src="${attribute(picture())}" width="300"></p>`,
  ({ picture }) => `Text <img src='${attribute(picture())}' alt="inline"/> text <br> text`,
  ({ picture }) =>
    `<details>\n<summary>More</summary>\n\n![inside](${destination(picture())})\n\n<img src="${attribute(picture())}">\n\n</details>`,
  ({ picture, link }) => `<a href="${attribute(link())}"><img src="${attribute(picture())}"></a>`,
  ({ picture, none }) =>
    `<div>\n![not Markdown here](${none().replace(/^\//, 'no/')})\n<img src="${attribute(picture())}">\n</div>`,
  ({ picture }) =>
    `<table><tr><td>\n\n![cell](${destination(picture())})\n\n</td><td><img src="${attribute(picture())}"></td></tr></table>`,
  ({ none }) => `<pre><code>\n&lt;img src="${attribute(none())}"&gt;\n![no](${none()})\n</code></pre>`,
  ({ picture }) => `<kbd>Ctrl</kbd>+<kbd>V</kbd> gives ![x](${destination(picture())})`,
  ({ none }) => `<script>\nvar a = '![no](${none()})';\n</script>`,
  ({ picture }) => `<img\nsrc="${attribute(picture())}"\nwidth=100>`,
];

/** All parts of Markdown texts. */
export const MARKDOWN_BLOCKS: readonly Block[] = [
  ...editorBlocks,
  ...formBlocks,
  ...decoyBlocks,
  ...htmlBlocks,
];

/** Ends of Markdown texts that swallow everything after them. */
export const MARKDOWN_ENDS: readonly Block[] = [
  ({ none }) => `\`\`\`\n![never closed](${none()})`,
  ({ none }) => `<!-- never closed ![x](${none()})`,
  ({ fullLink }) => `![cut off](${fullLink()}`,
  ({ none }) => `<pre>\n![x](${none()})`,
  () => '![',
];

/** Lists and quotes around a part. */
export const MARKDOWN_FRAMES: readonly ((content: string) => string)[] = [
  (content) => content.replace(/^/gm, '> '),
  (content) => `- item\n\n${content.replace(/^(?=.)/gm, '  ')}`,
  (content) => `10. item\n\n${content.replace(/^(?=.)/gm, '    ')}`,
];
