// Imported first, for its effect: stops with a clear sentence where Node is too old for the rest.

const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Holdfast needs Node 20.19 or later; this is ${process.versions.node}. Install a newer Node.`,
  );
  process.exit(2);
}
