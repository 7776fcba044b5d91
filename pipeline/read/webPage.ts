import { UnreadableFile } from './unreadable.ts';

/**
 * Throws where a file is a web page under a table's name: what a server answers when a login has expired, or a report
 * that Salesforce Classic exported as Excel, whose .xls is a page with the report as its table.
 */
export function refuseWebPage(path: string, sample: string): void {
  if (!/^\s*<(!doctype html|html|head|meta|table)\b/i.test(sample)) return;
  if (/<t[hd]\b/i.test(sample))
    throw new UnreadableFile(
      path,
      'This is a web page with a table in it, as Salesforce Classic writes a report exported as Excel. Export the report as CSV.',
      'If it is no report: was the login still valid when it was exported?',
    );
  throw new UnreadableFile(
    path,
    'This is a web page, not a table. Was the login still valid when it was exported?',
  );
}
