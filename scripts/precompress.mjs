// Trunk's post_build hook: writes a .br and a .gz twin beside each text asset, so that the server
// compresses nothing at run time. Release builds only; says what the first load weighs (`cargo xtask test` fails over budget).
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

if (process.env.TRUNK_PROFILE !== "release") process.exit(0);

const BUDGET = 350_000;
const folder = process.env.TRUNK_STAGING_DIR;
const lazy = /^map-/; // fetched only when somebody opens it
let first = 0;

for (const path of readdirSync(folder, { recursive: true })) {
  const file = join(folder, path);
  if (!/\.(wasm|js|css|html|svg|json)$/.test(path) || !statSync(file).isFile()) continue;
  const bytes = readFileSync(file);
  const br = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  writeFileSync(`${file}.br`, br);
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  if (!lazy.test(path)) first += br.length;
  console.log(`${path}: ${bytes.length} bytes, ${br.length} as brotli`);
}
console.log(`first load: ${first} bytes as brotli, of ${BUDGET} allowed`);
