import type { Slots } from './addresses';

/** A part of a text. No part changes the meaning of the others. */
export type Block = (slots: Slots) => string;

/** Address in a quoted attribute. */
export function attribute(address: string): string {
  return address.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

const src = (address: string): string => `src="${attribute(address)}"`;
const href = (address: string): string => `href="${attribute(address)}"`;

/** As the editors of Azure DevOps and Team Foundation Server write. */
const editorBlocks: readonly Block[] = [
  () => '<div>The cart shows the wrong total after a coupon.</div>',
  () => '<div><br></div><div>Steps:&nbsp;</div><ol><li>Open the cart.</li><li>Apply <b>SPRING</b>.</li></ol>',
  () => '<div style="box-sizing:border-box;">Expected: 12.50 &lt; 13.00 &amp; no warning</div>',
  ({ picture }) => `<div><img ${src(picture())} alt="Image"><br></div>`,
  ({ picture }) => `<div><img ${src(picture())} alt=image.png style="width:300px;"><br> </div>`,
  ({ picture }) =>
    `<div>Before:<br><img ${src(picture())}></div><div>After:<br><img alt="" ${src(picture())}></div>`,
  ({ link }) => `<div>See <a ${href(link())} target="_blank">the log</a> for details.</div>`,
  ({ picture }) =>
    `<p style="margin:0px 0px 10px;"><span style="font-size:9pt;"><img ${src(picture())} style="width:100%;" /></span></p>`,
  ({ none }) => `<div>${attribute(none())}</div>`,
  ({ link }) => {
    const address = link();
    return `<div><a ${href(address)}>${attribute(address)}</a>&nbsp;</div>`;
  },
  () =>
    '<div><a href="#" data-vss-mention="version:2.0,8c8c7d32-6b1b-47f4-b2e9-30b477b5ab3d">@Johnnie McLeod</a>&nbsp;please check</div>',
  () =>
    '<div>Same as <a href="https://dev.azure.com/fabrikam/Shop/_workitems/edit/4711/" data-vss-mention="version:1.0">Bug 4711</a></div>',
  () =>
    '<div><a href="https://dev.azure.com/fabrikam/Shop/_wiki/wikis/Shop.wiki/12/attachments">wiki</a></div>',
  ({ picture, link }) =>
    `<a ${href(link())} target="_blank" rel="noopener noreferrer"><img ${src(picture())} width=160></a>`,
  ({ picture }) =>
    `<table border="1" style="border-collapse:collapse;"><tbody><tr><th>Browser</th><th>Picture</th></tr><tr><td>Firefox</td><td><img ${src(picture())}></td></tr></tbody></table>`,
  ({ picture, none }) =>
    `<table><tr><td><table><tr><td>${attribute(none())}</td><td><img ${src(picture())}></td></tr></table></td><td><table><tr><td><img ${src(picture())}></td></tr></table></td></tr></table>`,
  ({ picture }) => `<ul><li>First<ul><li><img ${src(picture())}></li></ul></li><li>Second</li></ul>`,
  ({ picture }) =>
    `<blockquote style="margin-left:15px;">On Monday, Jamal wrote:<div><img ${src(picture())} alt="quoted"></div></blockquote>`,
  () => '<pre><code>const image = "&lt;img src=\'no.png\'&gt;";</code></pre>',
  ({ none }) => `<code>curl -O "${attribute(none())}"</code>`,
  () => '<div><input type="checkbox" checked> Reviewed&emsp;<input type=checkbox> Tested</div>',
  ({ picture }) => `<div dir="rtl" lang="he">שלום <img ${src(picture())} alt="תמונה"></div>`,
];

/** As Word, Outlook, Excel, OneNote and Teams put on the clipboard. */
const officeBlocks: readonly Block[] = [
  ({ picture, none }) =>
    `<p class=MsoNormal><!--[if gte vml 1]><v:shape id="Picture_x0020_1" type="#_x0000_t75"><v:imagedata src="${attribute(none())}" o:title=""/></v:shape><![endif]--><![if !vml]><img width=624 height=351 ${src(picture())} v:shapes="Picture_x0020_1"><![endif]><o:p></o:p></p>`,
  ({ none }) =>
    `<v:shape id="x" style='width:468pt'><v:imagedata src="${attribute(none())}" o:href="${attribute(none())}"/></v:shape>`,
  () =>
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span lang="EN-US" style=\'font-family:"Segoe UI",sans-serif;mso-fareast-language:EN-US\'>Hi all,<o:p></o:p></span></p>',
  ({ none }) =>
    `<style><!-- /* Font Definitions */ @font-face {font-family:Calibri;} p.MsoNormal {background:url("${none()}");} --></style>`,
  () =>
    '<!--StartFragment--><p class=MsoListParagraph>1.<span>&nbsp;&nbsp; </span>Open</p><!--EndFragment-->',
  () => '<xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml>',
  ({ picture }) =>
    `<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p><b>From:</b> Johnnie &lt;johnnie@example.com&gt;<br><b>Subject:</b> RE: cart</p></div><p><img border=0 id="_x0000_i1025" ${src(picture())}></p></div>`,
  () => '<p>Best regards <img src="cid:image001.png@01D9A3B2.5C1F" alt="Logo"></p>'.replace(/<img[^>]*>/, ''),
  ({ picture, link }) =>
    `<table class=MsoTableGrid border=1><tr style='mso-yfti-irow:0'><td width=312 valign=top style='width:233.75pt'><p class=MsoNormal><a ${href(link())}><span style='color:#0563C1'>Log</span></a><o:p></o:p></p></td><td><p><img ${src(picture())}></p></td></tr></table>`,
  ({ picture }) =>
    `<div itemscope itemtype="http://schema.skype.com/AMSImage"><img alt="Image" itemid="0-eus" ${src(picture())} itemprop="image" target-src="no.png"></div>`,
  ({ picture }) =>
    `<google-sheets-html-origin><style type="text/css"><!--td {border: 1px solid #ccc;}--></style><img ${src(picture())}></google-sheets-html-origin>`,
  ({ none }) => `<meta name="x" content="${attribute(none())}"><link rel=File-List href="filelist.xml">`,
];

/** As people, tools and importers write by hand, with faults. Browsers have an answer to each. */
const roughBlocks: readonly Block[] = [
  ({ picture }) => `<IMG SRC='${picture().replaceAll('&', '&amp;').replaceAll("'", '&#x27;')}' ALT='a > b'>`,
  ({ picture }) => `<img\n  alt="line\nbreaks"\n  src =\n  "${attribute(picture())}"\n/>`,
  ({ picture }) => `<img ${src(picture())} src="no.png"><img alt="no address"><img src="">`,
  ({ picture }) => `<p>Never closed <b>bold <i>both <img ${src(picture())}></b> still</p>`,
  ({ picture }) => `<tr><td>no table <img ${src(picture())}></td></tr>`,
  ({ picture }) => `<!--><img ${src(picture())}><!---><p>text</p>`,
  ({ picture }) => `<!--[if !mso]><!--><img ${src(picture())}><!--<![endif]-->`,
  ({ none }) =>
    `<!--[if mso]><img ${src(none())}><![endif]--><?xml:namespace prefix = o ns = "urn:x" /><![CDATA[x]]>`,
  ({ picture }) => `<div class="a" <img><img ${src(picture())}>`,
  ({ picture }) => `<div></span></p><img/${src(picture())}/></div>`,
  ({ picture }) => `<center><font color=red size=+1>!!! <img ${src(picture())} border=0></font></center>`,
  ({ picture, none }) =>
    `<!-- <img ${src(none())}> --><img ${src(picture())}><!-- ![x](${none().replaceAll('--', '-')}) -->`,
  ({ none }) => `<!--- old <a ${href(none())}>x</a> --!><p>5 < 6 && 7 > 3, x<y, a <- b</p>`,
  ({ none }) => `<script>var a = '<img ${src(none())}>'; // </p></script>`,
  ({ none }) => `<textarea><img ${src(none())}></textarea>`,
  ({ none }) => `<title><img ${src(none())}></title>`,
  ({ none }) =>
    `<p>![Markdown](${attribute(none())}) and [a link](${attribute(none())}) stay as they are</p>`,
  ({ none }) => `<p title='<img ${src(none()).replaceAll("'", '&#39;')}>'>tool tip</p>`,
  ({ none }) => `<div data-image="${attribute(none())}" longdesc="no.html">lazy</div>`,
  ({ picture, none }) => `<img data-src="${attribute(none())}" ${src(picture())} title="src='no.png'">`,
  ({ picture }) =>
    `<img src=" ${attribute(picture())} " alt="spaces"> <a name="anchor">anchor</a> <a href="mailto:x@example.com">mail</a>`,
  ({ picture }) => `<svg width="1"><circle r="1"/></svg><img ${src(picture())}>`,
  ({ picture }) => `<details><summary>More</summary><img ${src(picture())}></details>`,
  ({ picture }) =>
    `<figure><img ${src(picture())}><figcaption>Figure 1 &ndash; caf&eacute;</figcaption></figure>`,
  ({ link }) => `<a title="x" ${href(link())} download>zip</a> <A>none</A>`,
  ({ link }) => `<a ${href(link())}>never closed`,
  ({ picture }) => {
    const first = picture();
    return `<img ${src(first)} srcset="${attribute(picture())} 2x">`;
  },
  ({ picture }) => {
    const [wide, large, small] = [picture(), picture(), picture()];
    return `<picture><source media="(min-width:800px)" srcset="${attribute(wide)} 800w, ${attribute(large)} 1600w"><img ${src(small)}></picture>`;
  },
  () => '&#60;img src="no.png"&#62; &lt;a href="no"&gt; &amp;lt;img&amp;gt;',
  () =>
    '{"html":"\\u003cimg src=no.png\\u003e"}\r\n\r\nplain text, C:\\temp\\image.png, \\\\server\\share\\a.png',
];

/** All parts of HTML texts. */
export const HTML_BLOCKS: readonly Block[] = [...editorBlocks, ...officeBlocks, ...roughBlocks];

/** Ends of HTML texts that swallow everything after them. */
export const HTML_ENDS: readonly Block[] = [
  ({ none }) => `<!-- forgotten <img ${src(none())}>`,
  ({ none }) => `<img alt="cut off" ${src(none()).slice(0, -1)}`,
  ({ none }) => `<a ${href(none())}`,
  ({ none }) => `<script>cut('<img ${src(none())}>');`,
  () => '<',
];

/** Elements around a part. */
export const HTML_FRAMES: readonly ((content: string) => string)[] = [
  (content) => `<div>${content}</div>\r\n`,
  (content) => `<blockquote>${content}</blockquote>`,
  (content) => `<ul><li>${content}</li></ul>\n`,
  (content) => `<span style="font-family:&quot;Segoe UI&quot;">${content}</span>`,
];
