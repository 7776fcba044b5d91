import type { Dimension } from '../definition.ts';
import { text } from './columns.ts';

const day = (id: string, label: string, definition: string, sql = id): Dimension => ({
  id,
  label,
  definition,
  type: 'date',
  sql: { finding: sql },
});

const ofFinding = (id: string, label: string, definition: string, sql = id): Dimension => ({
  ...text(id, label, definition, []),
  sql: { finding: sql },
});

/** What there is to act on, since when, and what was decided about it. */
export const findings: readonly Dimension[] = [
  ofFinding(
    'finding_id',
    'Finding (id)',
    'The finding: its kind and what it is about, the same in every build.',
  ),
  ofFinding('finding_kind', 'Kind of finding', 'By which rule the finding was found.', 'kind'),
  ofFinding(
    'finding_state',
    'State of the finding',
    'new (not there at the end of the week before), still open, recovered, lapsed, gone; first week where no week before is known.',
    'state',
  ),
  ofFinding(
    'finding_outcome',
    'Outcome of the finding',
    'What became of a finding that is gone, as far as the data tell.',
    'outcome',
  ),
  ofFinding(
    'finding_status',
    'Status of the finding',
    'What people decided about it: open, accepted, done or not_a_problem.',
    'status',
  ),
  ofFinding('finding_note', 'Note on the finding', 'Why it was decided so.', 'note'),
  day('happened_on', 'Happened on', 'The day on which what was found happened, or began.'),
  day('act_by', 'Act by', 'The last day on which something can be done about it; missing means any time.'),
  day(
    'first_seen_on',
    'First seen on',
    'The export day on which the finding was first there, of the last weeks.',
  ),
  day('last_seen_on', 'Last seen on', 'The last export day on which the finding was there.'),
];
