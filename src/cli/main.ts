import { Command } from 'commander';
import { addCheck } from './commands/check.ts';
import { addDemo } from './commands/demo.ts';
import { addInspect } from './commands/inspect.ts';
import { addLoad } from './commands/load.ts';
import { addQuery } from './commands/query.ts';
import { addRead } from './commands/read.ts';
import { addRollback } from './commands/rollback.ts';
import { addServe } from './commands/serve.ts';
import { addStatus } from './commands/status.ts';
import { addTemplate } from './commands/template.ts';
import { fail } from './failure.ts';
import { version } from './version.ts';

/** Commander says `error: unknown option '--x'`; a person reads a sentence and what to do. */
function asSentence(text: string): string {
  const said = text.replace(/^error: /, '').trim();
  return `${said.charAt(0).toUpperCase()}${said.slice(1).replace(/\.?$/, '.')} See holdfast --help.\n`;
}

function holdfast(): Command {
  const program = new Command('holdfast')
    .description('Shows where a company gives price away, from its CRM and billing exports.')
    .version(version, '-v, --version')
    .option('--json', 'print one JSON object for machines')
    .option('--debug', 'print where a fault happened')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(asSentence(text)) })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 something of yours needs mending, 2 wrong usage, 3 a fault of ours.',
    );
  for (const add of [
    addLoad,
    addInspect,
    addRead,
    addCheck,
    addQuery,
    addServe,
    addDemo,
    addStatus,
    addTemplate,
    addRollback,
  ])
    add(program);
  return program;
}

// Whoever reads the output may have seen enough: `holdfast read FILE | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await holdfast().parseAsync();
} catch (error) {
  process.exitCode = fail(error, process.argv.includes('--debug'));
}
