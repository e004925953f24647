// merge.ts - RFC 7396: applies a merge patch and returns the new value; the old one is not touched.
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

function isObject(v: Json | undefined): v is { [name: string]: Json } {
  return typeof v === "object" && v !== null && !Array.isArray(v);
}

export function merge(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const out: { [name: string]: Json } = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete out[name];
    else out[name] = merge(out[name], value);
  }
  return out;
}
