// build.mjs - bundles each page into dist/<page>/ with hashed names; the same input gives the same bytes.
import { build } from "esbuild";
import { cp, mkdir, readFile, rm, writeFile, readdir } from "node:fs/promises";
import { createHash } from "node:crypto";
import path from "node:path";

const pages = ["wall"];
await rm("dist", { recursive: true, force: true });
for (const page of pages) {
  const out = `dist/${page}`;
  await mkdir(out, { recursive: true });
  const result = await build({
    entryPoints: { app: `${page}/main.tsx` },
    outdir: out,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    jsxImportSource: "preact",
    entryNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    loader: { ".woff2": "file", ".svg": "file" },
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
  });
  const names = Object.keys(result.metafile.outputs).map((p) => path.basename(p));
  const one = (ending) => names.find((n) => n.endsWith(ending));
  const mark = await readFile("shared/mark.svg");
  const markName = `mark-${createHash("sha256").update(mark).digest("hex").slice(0, 8)}.svg`;
  await writeFile(`${out}/${markName}`, mark);
  const html = (await readFile(`${page}/index.html`, "utf8"))
    .replaceAll("{script}", one(".js"))
    .replaceAll("{style}", one(".css"))
    .replaceAll("{font}", one(".woff2"))
    .replaceAll("{mark}", markName);
  await writeFile(`${out}/index.html`, html);
}
