import { Command } from 'commander';
import { fail } from './failure.ts';
import { version } from './version.ts';

/** Every command in the order of the help; its code is read when it is asked for. */
const commands: Record<string, () => Promise<(program: Command) => void>> = {
  load: async () => (await import('./commands/load.ts')).addLoad,
  inspect: async () => (await import('./commands/inspect.ts')).addInspect,
  read: async () => (await import('./commands/read.ts')).addRead,
  check: async () => (await import('./commands/check.ts')).addCheck,
  query: async () => (await import('./commands/query.ts')).addQuery,
  method: async () => (await import('./commands/method.ts')).addMethod,
  serve: async () => (await import('./commands/serve.ts')).addServe,
  demo: async () => (await import('./commands/demo.ts')).addDemo,
  status: async () => (await import('./commands/status.ts')).addStatus,
  template: async () => (await import('./commands/template.ts')).addTemplate,
  rollback: async () => (await import('./commands/rollback.ts')).addRollback,
};

/** Commander says `error: unknown option '--x'`; a person reads a sentence and what to do. */
function asSentence(text: string, command: string): string {
  const said = text.replace(/^error: /, '').trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.?$/, '.')} See holdfast ${command}--help.\n`;
}

async function holdfast(args: string[]): Promise<Command> {
  const name = args.find((arg) => !arg.startsWith('-')) ?? '';
  const asked = commands[name];
  const program = new Command('holdfast')
    .description('Shows where a company gives price away, from its CRM and billing exports.')
    .version(version, '-v, --version')
    .option('--json', 'print one JSON object for machines')
    .option('--debug', 'print where a fault happened')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(asSentence(text, asked ? `${name} ` : '')) })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 something of yours needs mending, 2 wrong usage, 3 a fault of ours.',
    );
  for (const add of asked ? [asked] : Object.values(commands)) (await add())(program);
  return program;
}

// Whoever reads the output may have seen enough: `holdfast read FILE | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await (await holdfast(process.argv.slice(2))).parseAsync();
} catch (error) {
  process.exitCode = fail(error, process.argv.includes('--debug'));
}
