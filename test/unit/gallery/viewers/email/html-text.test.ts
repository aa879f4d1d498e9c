/** @jest-environment jsdom */
import { textOfHtml } from '../../../../../src/gallery/viewers/email/html-text';

describe('textOfHtml', () => {
  it('keeps the text and its lines, and runs no script', () => {
    const text = textOfHtml(
      '<title>t</title><style>p {}</style><h1>Head</h1><p>one\n  two<br>three</p><ul><li>a<li>b</ul>' +
        '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>&lt;b&gt;',
    );
    expect(text).toBe('Head\none two\nthree\na\nb\n<b>');
    expect('hacked' in window).toBe(false);
  });

  it.each([
    ['<div>div one</div>bare text<div>x</div>tail', 'div one\nbare text\nx\ntail'],
    ['<p>one<p>two', 'one\ntwo'],
    ['one<br><br>two', 'one\n\ntwo'],
    ['one<br><br><br><br>two', 'one\n\ntwo'],
    ['a <b> b</b> <i>c</i>', 'a b c'],
    ['a&nbsp;b', 'a\u00a0b'],
  ])('breaks lines before and after blocks of %s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each([
    [
      'pre',
      '<pre>line one\n  at Foo.bar(Foo.java:12)\n\tat Baz</pre>after',
      'line one\n  at Foo.bar(Foo.java:12)\n\tat Baz\nafter',
    ],
    ['a style', '<div style="color:red; white-space: pre-wrap">a\n  b</div>', 'a\n  b'],
    ['its parent', '<pre><span>a  b</span></pre>', 'a  b'],
  ])('keeps the white space of %s', (_name, html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it('separates the cells of a table by tabs, and its rows by lines', () => {
    const html =
      '<table>\n<tr>\n<th>Name</th>\n<th>Value</th></tr><tr><td>CPU</td> <td> 99% </td></tr></table>';
    expect(textOfHtml(html)).toBe('Name\tValue\nCPU\t99%');
  });

  it.each([
    '<span style="display:none">',
    '<div style="color:#fff; DISPLAY : none !important">',
    '<div hidden>',
    '<p style="mso-hide:all">',
    '<p style="visibility:hidden">',
  ])('leaves out the hidden text of %s', (tag) => {
    expect(textOfHtml(`a ${tag}secret`)).toBe('a');
  });

  it.each([
    ['<a href="https://evil.example/x">our bank</a>', 'our bank <https://evil.example/x>'],
    [
      '<a href="https://evil.example/">https://bank.example</a>',
      'https://bank.example <https://evil.example/>',
    ],
    ['<a href="https://Bank.example/">bank.example</a>', 'bank.example'],
    ['<a href="mailto:a@example.com">a@example.com</a>', 'a@example.com'],
    ['<a href="javascript:alert(1)">press</a>', 'press'],
    ['<a href="#part">part</a>', 'part'],
    ['<a href="https://example.com/x"><img src="x"></a>', ''],
  ])('shows the target of %s', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it('reads elements nested a thousand deep', () => {
    expect(textOfHtml(`${'<b>'.repeat(1_000)}deep`)).toBe('deep');
  });
});
