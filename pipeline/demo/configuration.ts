import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { World } from './world.ts';

/** Writes the folder's holdfast.yaml: calendar, currency, and the company's words in ours. */
export function writeConfiguration(world: World, to: string): void {
  const { company } = world.settings;
  const limits = company.approval_limits;
  const text = stringify({
    currency: 'USD',
    time_zone: 'America/New_York',
    fiscal_year_start: 2,
    fiscal_year_named_by: 'end',
    organisation_stage: [
      { stage: 2, from: '2023-02-01' },
      { stage: 3, from: '2025-02-01' },
    ],
    approval_limits: [
      { rate: limits.rate, binds: 'line' },
      { amount: limits.amount, binds: 'deal' },
    ],
    deal_types: Object.fromEntries(
      Object.entries(company.deal_types).map(([ours, type]) => [type.source, ours]),
    ),
    roles: {
      'Solutions Consultant': 'technology_manager',
      'Customer Success Manager': 'csm',
      'Account Manager': 'account_manager',
      'Partner Manager': 'partner_manager',
      'Delivery Manager': 'delivery_manager',
    },
  });
  writeFileSync(
    join(to, 'holdfast.yaml'),
    `# ${company.name}: an invented company. Its exports were made on ${company.export_date}.\n${text}`,
  );
}
