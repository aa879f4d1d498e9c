import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateDtsBundle } from 'dts-bundle-generator';

/**
 * Writes the types of the package into one file, `dist/index.d.ts`. With `--report`, it also updates `api-report.md`: a
 * change of the public functions needs this, so that it is seen in a review.
 */
const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url));

const [text] = generateDtsBundle(
  [
    {
      filePath: pathOf('../../src/entries/cli/index.ts'),
      output: { noBanner: true, exportReferencedTypes: false },
    },
  ],
  { preferredConfigPath: pathOf('tsconfig.json') },
);
const types = text.replaceAll('\r\n', '\n');
writeFileSync(pathOf('dist/index.d.ts'), types);

if (process.argv.includes('--report'))
  writeFileSync(
    pathOf('api-report.md'),
    `# API of stapler-cli

All that the package exports. A test compares it with the types. After a change, run \`npm run report\` in \`packages/cli\`.

\`\`\`ts
${types.trimEnd()}
\`\`\`
`,
  );
