export type Parameters = Record<string, string>;

/** The named parts of a path such as `/git/:repository/:sha`, or undefined when it does not fit the pattern. */
export function match(pattern: string, path: string): Parameters | undefined {
  const wanted = pattern.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  if (wanted.length !== given.length) return undefined;
  const parameters: Parameters = {};
  for (const [index, name] of wanted.entries()) {
    const part = decode(given[index]!);
    if (name.startsWith(":")) parameters[name.slice(1)] = part;
    else if (name !== part) return undefined;
  }
  return parameters;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
