import { textOfHtml } from '../../../../../src/gallery/viewers/email/html-text';

describe('textOfHtml', () => {
  it('keeps the text and its lines without scripts', () => {
    const text = textOfHtml(
      '<title>t</title><style>p {}</style><h1>Head</h1><p>one\n  two<br>three</p><ul><li>a<li>b</ul>' +
        '<img src=x onerror="window.hacked = true"><script>window.hacked = true</script>&lt;b&gt;',
    );
    expect(text).toBe('Head\none two\nthree\na\nb\n<b>');
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
    ['pre, but no line end at its start', 'a<pre>\nb\n</pre>c', 'a\nb\nc'],
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

  it('reads elements nested 100,000 deep', () => {
    expect(textOfHtml(`${'<b>'.repeat(100_000)}deep`)).toBe('deep');
  });

  // In a browser's tree, each paragraph would have all open elements again: 25 million.
  it('reads a small document that would be a large tree', () => {
    const open = Array.from({ length: 5_000 }, (_, index) => `<b id=${index}>`).join('');
    expect(textOfHtml(open + '<p>x'.repeat(5_000)).split('\n')).toHaveLength(5_000);
  });
});
