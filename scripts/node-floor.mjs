// Imported first by every script. Written for old parsers, so that an old Node reaches this line and says it.
const [major, minor] = process.versions.node.split(".").map(Number);

if (major < 20 || (major === 20 && minor < 20)) {
  process.stderr.write("OmniBase needs Node >= 20.20; this is " + process.versions.node + "\n");
  process.exit(2);
}
