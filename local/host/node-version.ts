/** Why this version of Node cannot run the host, or undefined when it can. From 22.18 on Node runs TypeScript itself. */
export const nodeProblem = (version: string): string | undefined => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return undefined;
  return `Node ${version} cannot run this. Use npm run host, which brings its own Node, or Node 22.18 or later.`;
};
