import { expect } from './fixtures';
import { story } from './gallery-story';
import { expectNoViolations } from './looks';

/** A bug without attachments. */
const EMPTY = 7;

const CODE = `/* Adds
   a cart. */
public class Cart : ICart
{
    [Obsolete("use Basket")]
    public string Name { get; } = "cart";
    public int Add(int count) => count + 1; // one more
}
`;

const MARKDOWN = '# Notes\n\n```diff\n-old\n+new\n```\n\n```yaml\nname: "a" # b\ncount: 2\n```\n';

story('Code has the colors of its language, readable in each look @both', async ({ gallery }) => {
  const { page, emulator, preview } = gallery;
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  emulator.store.attach(EMPTY, [
    { name: '1.cs', content: Buffer.from(CODE) },
    { name: '2.md', content: Buffer.from(MARKDOWN) },
    { name: '3.html', content: Buffer.from('<p class="a">Text</p><script>let b = `x\ny`;</script>\n') },
    { name: '4.log', content: Buffer.from('return "a plain line";\n') },
  ]);
  await gallery.open(EMPTY);
  await gallery.button('Name').click();
  await gallery.row('1.cs').getByRole('button', { name: '1.cs', exact: true }).click();
  await expect(preview.locator('.code-comment')).toHaveText(['/* Adds', '   a cart. */', '// one more']);
  await expect(preview.locator('.code-string').last()).toHaveText('"cart"');
  await expectNoViolations(page, 'code');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('ask');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('"car');
  await expect(preview.locator('mark')).toHaveText('"car');
  await expect(preview.getByText('1 of 1', { exact: true })).toBeVisible();
  await expectNoViolations(page, 'code with a match');

  const next = preview.getByRole('button', { name: 'Next file' });
  await next.click();
  await expect(preview.locator('.code-removed')).toHaveText('-old');
  await expect(preview.locator('.code-added')).toHaveText('+new');
  await expectNoViolations(page, 'code in Markdown');

  await next.click();
  await expect(preview.locator('.code-string')).toHaveText(['"a"', '`x', 'y`']);

  await next.click();
  await expect(preview.getByText('return "a plain line";')).toBeVisible();
  await expect(preview.locator('[class^=code-]')).toHaveCount(0);
  await gallery.expectInWorkersOnly(requests, 'highlight-code.js', 'code-csharp.js', 'code-xml.js');
});
