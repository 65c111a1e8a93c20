import { codes as compilerCodes } from "@omnibase/core";

/** What a code says, for whoever asks. */
export interface Explained {
  readonly says: string;
  readonly hint: string;
}

const row = (says: string, hint: string): Explained => ({ says, hint });

/** Every code that is not the compiler's own. Codes are stable, and never used for something else. */
const codes: Readonly<Record<string, Explained>> = {
  USAGE_UNKNOWN_OPTION: row("No such option.", "`--help` lists them"),
  USAGE_MISSING_VALUE: row("The option needs a value.", "write it behind the option"),
  USAGE_MISSING_OPTION: row("A required option is absent.", "`--help` says which are required"),
  USAGE_MISSING_ARGUMENT: row("A required argument is absent.", "`--help` says which are required"),
  USAGE_TOO_MANY_ARGUMENTS: row("More arguments than the command takes.", "put values with blanks in quotes"),
  USAGE_UNKNOWN_COMMAND: row("No such command.", "`omnibase --help` lists them"),
  USAGE_MISSING_COMMAND: row("No command was given.", "`omnibase --help` lists them"),
  COMMAND_UNKNOWN: row("No such command.", "`omnibase help` lists them"),
  USAGE_INVALID_VALUE: row("The value is none of those that are possible.", "`--help` lists them"),
  USAGE_AMBIGUOUS: row("A name stands for two things.", "write ./NAME for the file or folder"),
  USAGE_CONFLICT: row("Two options contradict each other.", "give one of them"),
  ACTOR_UNREADABLE: row("What --as says is no actor with attributes.", "write 'namespace::AC_CODE name=value'"),
  CONFIG_UNKNOWN_KEY: row("The project file has a key that nobody reads.", "correct its spelling, or take it out"),
  CONFIG_TYPE: row("A value in the project file has the wrong type.", "compare with the documentation"),
  CONFIG_VALUE: row("A setting has a value that cannot be meant.", "the message says what is possible"),
  CONFIG_ENV_EMPTY: row("A variable of ours is set to nothing.", "unset it, or give it a value"),
  CONFIG_KEY_PERMISSIONS: row("Others than its owner may use the private key.", "chmod 600 the key file"),
  CONFIG_KEY_MALFORMED: row("The key file is no Ed25519 private key.", "restore it, or remove it to make a new one"),
  CONFIG_KEY_MISSING: row("A trusted key is named, and its public half is nowhere.", "put it into keys/ as PEM"),
  KEY_MALFORMED: row("The file is no Ed25519 public key in PEM.", "name the file key.pub.pem of the receipt"),
  PROJECT_NOT_FOUND: row("There is no omnibase.yaml here or above.", "go into a project, or use --workspace"),
  TEMPLATE_UNKNOWN: row("There is no such template.", "`omnibase init --list` lists them"),
  INIT_IN_THE_WAY: row("What would be written is there already.", "name another folder, or move it away"),
  WORKSPACE_MISSING: row("The workspace is no folder.", "correct the path"),
  COMPILE_REFUSED: row("The compiler found problems, and compiled nothing.", "explain the code of each"),
  CASES_NOT_FOUND: row("No case is about this transform.", "`omnibase test` lists them"),
  KIND_UNKNOWN: row("There is no such kind of artifact.", "`omnibase schema` lists them"),
  WORKFLOW_NOT_FOUND: row("The project declares no such workflow.", "`omnibase check --json` lists what it declares"),
  INGRESS_NOT_FOUND: row("The project declares no such ingress.", "`omnibase authority` lists the routes"),
  EXECUTION_NOT_FOUND: row("The data root has no such execution.", "`omnibase history` lists them"),
  ARCHIVE_MISMATCH: row("A file of an archive is not what was archived.", "get the archive again from where it came"),
  RETENTION_NO_RULE: row(
    "Nothing says which executions may go.",
    "declare `retention:` in omnibase.yaml, or use flags",
  ),
  EXECUTION_REMOVED: row("The execution has ended and was removed.", "`omnibase show` says where its archive is"),
  IDEMPOTENCY_MISMATCH: row("The key was used for another workflow or payload.", "use a new key for new work"),
  SNAPSHOT_REFUSED: row("The snapshot of an execution does not verify.", "restore it, or compile again"),
  SNAPSHOT_TAMPERED: row("The snapshot is not what was signed.", "restore it from where it came"),
  SNAPSHOT_UNTRUSTED: row("No trusted key signed the snapshot.", "`trust` in omnibase.yaml names more keys"),
  SNAPSHOT_MALFORMED: row("The file is no snapshot of a known format.", "compile again"),
  SNAPSHOT_MISSING: row("The data root does not have the snapshot.", "restore .omnibase/snapshots from a copy"),
  SNAPSHOT_UNREACHABLE: row("The snapshots cannot be read or written.", "the message says what the disk met"),
  DATA_FILE_DRIFT: row("A data file was changed by hand.", "--accept-files imports it"),
  DATA_FILE_UNREADABLE: row("A data file is not what its store keeps.", "correct it, or move it away"),
  LOG_DAMAGED: row("The log of an execution does not hold.", "restore the data root from a copy"),
  MALFORMED: row("What was to be verified is not in its only form.", "get the file again from where it came"),
  CHAIN_BROKEN: row("A record does not follow from the one before.", "the log was changed; get it again"),
  WRONG_TYPE: row("What was signed was signed as something else.", "get the file again from where it came"),
  BAD_SIGNATURE: row("The signature does not fit.", "the file was changed, or another key signed it"),
  UNKNOWN_KEY: row("Another key signed it.", "use the public key of whoever is said to have signed"),
  RECEIPT_MISMATCH: row("The receipt says what the log does not.", "it is the receipt of another log"),
  NOT_ENDED: row("The execution has not ended, so there is no receipt yet.", "`omnibase resume` drives it on"),
  REPLAY_DIFFERENT: row("A record comes out otherwise than it was recorded.", "the log or sealed code was changed"),
  ENGINE_CHANGED: row("This engine lacks code that the snapshot seals.", "use the engine that executed it"),
  PNG_UNAVAILABLE: row("A PNG needs an optional package that is not there.", "install @resvg/resvg-js, or ask for svg"),
  PICTURE_TOO_LARGE: row("There is more to draw than anyone could look at.", "--open none, or ask for text"),
  NO_INCIDENT: row("No incident is open there.", "`omnibase incident list` says where one is"),
  NO_TASK: row("No task is open there.", "`omnibase task list` says where one is"),
  PLACE_AMBIGUOUS: row("More than one is open there.", "--place says which"),
  PLACE_NEEDED: row("The same was said of an incident before.", "--place says that the one that is open now is meant"),
  NOT_WAITING_FOR: row("Nothing is open at this place.", "`omnibase show` says what the execution waits for"),
  NOT_AN_ACTOR: row("The task is for others.", "--as says as which actor you speak"),
  SIGNAL_UNKNOWN: row("The workflow waits for no signal of this name.", "the message lists those that it waits for"),
  SIGNALS_FULL: row("Too much was said that nobody waits for yet.", "wait until the execution has come further"),
  VALUE_REFUSED: row("What was said is not as the workflow declares it.", "the message names every field"),
  VALUE_TOO_LARGE: row("What was said is too large.", "say where it is, instead of what it is"),
  UNDECLARED_OUTCOME: row("The place does not have this outcome.", "the message lists those that it has"),
  NOT_RUNNING: row("The execution has ended, or has not begun.", "`omnibase show` says how it ended"),
  ALREADY_CANCELLING: row("The execution is being cancelled already.", "wait for it"),
  ALREADY_ENDING: row("What the execution did is being undone, and then it ends.", "wait for it"),
  BUSY: row("Too many executions are under way.", "try again a little later"),
  OWNER_LEAVING: row("The process that owns the data root is leaving.", "the same command finds the next owner"),
  STORE_MISSING: row("The data root has no store yet.", "`omnibase run` makes one"),
  STORE_LOCKED: row("Another process owns the data root.", "wait for it, or end it"),
  STORE_FULL: row("The disk is full. Nothing acknowledged is lost.", "make room, then `omnibase resume`"),
  STORE_DAMAGED: row("The store is damaged.", "restore the data root from a copy"),
  STORE_NEWER: row("A newer version wrote the store.", "upgrade"),
  STORE_FAILED: row("The store does not work.", "the message says what it met"),
  CWD_MISSING: row("The folder that the process stands in is gone.", "go to one that is there"),
  PATH_DENIED: row("This user may not read or write there.", "choose another place, or change its permissions"),
  PATH_MISSING: row("A file or folder is not there.", "correct the path"),
  PATH_INVALID: row("A path leads through what is no folder, or to what is no file.", "correct the path"),
  DISK_FULL: row("The disk is full.", "make room"),
  TOO_MANY_FILES: row("This process may not open more files.", "raise the limit"),
  OUTPUT_FAILED: row("The result cannot be written where it should go.", "`omnibase show` prints it again"),
  TRACE_UNREADABLE: row("A file is no trace of ours.", "`omnibase trace ID` makes one"),
  TRACE_TAMPERED: row("A trace was changed since it was made.", "`omnibase trace ID` makes it again from the log"),
  PLATFORM_FAILED: row("The platform refused something.", "the message says what"),
  BUG: row("A mistake of ours.", "report it with what --debug prints"),
  CODE_UNKNOWN: row("No code is called so.", "copy it as it was printed"),
  REGISTRY_UNREADABLE: row("A declared file cannot be read.", "declared files are ordinary files in the project"),
  OUTCOME_UNKNOWN: row("Nobody knows whether an effect happened.", "find out, then `omnibase incident resolve`"),
  POISON_EFFECT: row("An effect ended its process five times in a row.", "find out why before you say --retry"),
  RETRIES_EXHAUSTED: row("Every declared attempt failed.", "mend the cause, then --retry; or route FAILED"),
  TRANSFORM_LIMIT: row(
    "A transform needed more time or memory than it is given.",
    "mend it, then resolve the incident; `retry` calls it again",
  ),
  TRANSFORM_ERROR: row("A transform threw, and no edge takes ERROR.", "mend it, or route ERROR"),
  INPUT_MISSING: row("A step lacks an input, and no edge takes that.", "bind it on every path"),
  EVENT_SCHEMA: row(
    "What an exit would emit is not what the event declares.",
    "`omnibase cancel`; correct the workflow",
  ),
  IMPLEMENTATION_CHANGED: row("The engine lacks code that the execution needs.", "use the engine that began it"),
  ...readerCodes(),
  ...doorCodes(),
};

/** The compiler's own come first: a word of its means what it says there. */
const known: Readonly<Record<string, Explained>> = { ...codes, ...compilerCodes };

export const codeNames: readonly string[] = Object.keys(known);

export const explanationOf = (code: string): Explained | undefined =>
  Object.hasOwn(known, code) ? known[code] : undefined;

/** What is said at the HTTP door. */
function doorCodes(): Readonly<Record<string, Explained>> {
  return {
    ADDRESS_TAKEN: row("Somebody listens at this address already.", "--listen says where else"),
    ADDRESS_UNKNOWN: row("This machine has no such address.", "--listen names one that it has"),
    TOKEN_REQUIRED: row("Whoever reaches the address could do everything.", "name a token, or listen at 127.0.0.1"),
    TOKEN_UNREADABLE: row("--token names a secret, and is none itself.", "write --token secret://NAME"),
    TOKEN_WEAK: row("The token is too short, too long, or holds a blank.", "for example: openssl rand -hex 32"),
    TOKEN_MISSING: row("The door asks for a token.", "send Authorization: Bearer TOKEN"),
    TOKEN_REFUSED: row("The door does not know the token.", "use the one that it was opened with"),
    PRINCIPAL_REFUSED: row("The token is not for whoever the header names.", "leave Omnibase-Principal out"),
    ROUTE_RESERVED: row("A declared route is one of the API.", "give it a path that does not begin with /v1/"),
    ROUTE_NOT_FOUND: row("Nothing is served at this path.", "/openapi.json lists what is"),
    METHOD_NOT_ALLOWED: row("The path is served by another method.", "the header Allow says which"),
    HOST_REFUSED: row("The request is for another host.", "ask for localhost or 127.0.0.1"),
    ORIGIN_REFUSED: row("A page of another origin may not ask here.", "ask from a program, or from the same origin"),
    TARGET_TOO_LONG: row("The address is too long.", "send less in the query"),
    MEDIA_TYPE_UNSUPPORTED: row("The body is not sent as JSON.", "send Content-Type: application/json"),
    NOT_ACCEPTABLE: row("It is not told in the form that was asked for.", "the message says in which it is"),
    QUERY_INVALID: row("A parameter is unknown, twice there, or out of bounds.", "the message names it"),
    HEADER_INVALID: row("A header cannot be read.", "the message says how it is written"),
    SCHEMA_UNKNOWN_FIELD: row("The body has a field that nobody reads.", "the hint lists those that are read"),
    BODY_INVALID: row("The body is not as the route declares it.", "the message names every field"),
    HTTP_BAD_FRAMING: row("What came is no request of HTTP/1.1.", "use a client that frames its requests"),
    HTTP_HEADERS_TOO_LARGE: row("The headers are too large.", "send fewer"),
    HTTP_TOO_SLOW: row("The request did not arrive in time.", "send it again, faster"),
    WATCH_LAGGED: row("A reader of a stream fell behind.", "come back with Last-Event-ID"),
  };
}

/** Both readers know these, for payloads and for artifacts. */
function readerCodes(): Readonly<Record<string, Explained>> {
  const both = {
    SYNTAX: row("It is no JSON.", "the position says where the reader stopped"),
    EMPTY: row("There is nothing in it.", "write a value"),
    ENCODING: row("It is no UTF-8, or holds half a character.", "save it as UTF-8"),
    DUPLICATE_KEY: row("An object has the same key twice.", "keep one of them"),
    KEY_RESERVED: row("The key would reach into the program that reads it.", "rename the key"),
    KEY_INVALID: row("The key is too long, or holds control characters.", "rename the key"),
    NUMBER_RANGE: row("The number is too large for a number.", "write it as a text"),
    NUMBER_PRECISION: row("The number would come back as another.", "write it as a text"),
    TOO_DEEP: row("Too many collections inside one another.", "make it flatter"),
    TOO_WIDE: row("An object has too many keys.", "use a list"),
    TOO_MANY_NODES: row("Too many values.", "divide it"),
    TOO_LARGE: row("Too many bytes.", "divide it, or hand over a reference"),
  };
  const named = Object.entries(both).flatMap(([name, explained]) =>
    ["PAYLOAD", "ARTIFACT"].map((family) => [`${family}_${name}`, explained] as const),
  );
  return {
    ...Object.fromEntries(named),
    PAYLOAD_UNREADABLE: row("The payload is no file that can be read.", "--payload names a file; - is stdin"),
    MACHINE_BLOCK_MISSING: row("The Markdown holds no artifact.", "write ## Machine, and a block of yaml under it"),
    MACHINE_BLOCK_TWICE: row("The Markdown holds two artifacts.", "keep one heading ## Machine"),
    MACHINE_BLOCK_OPEN: row("The block of the artifact does not end.", "end it with three backticks"),
    YAML_SYNTAX: row("It is no YAML that we read.", "the position says where the reader stopped"),
    YAML_DUPLICATE_KEY: row("A map has the same key twice.", "keep one of them"),
    YAML_KEY_TYPE: row("A key is no text.", "put it in quotes"),
    YAML_MULTI_DOC: row("The file holds several documents.", "one file holds one document"),
    YAML_TAG_FORBIDDEN: row("Tags are not part of our YAML.", "leave the tag out, or quote the text"),
    YAML_ALIAS_FORBIDDEN: row("Anchors and aliases are not part of our YAML.", "write the value out"),
  };
}
