import { expect, it } from 'vitest';
import { rawOf } from './rawOf.fixture.ts';

const lines = `Id;OpportunityId;Product2Id;Quantity;UnitPrice;ListPrice
l1;o1;p1;2;"1.234,50 €";1.500,00
l2;o1;p1;10;-;1.500,00
l3;o2;p1;1.000;0,25;0,50
l4;o2;p1;1;viel;1.500,00
`;

it('amounts that are worked out of cells in another locale are read as they are written', async () => {
  const { file, rows } = await rawOf({ 'OpportunityLineItem.csv': lines }, 'decimal_mark: comma');
  expect(file('OpportunityLineItem.csv')).toMatchObject({
    unread_reason: null,
    rows_in: 4,
    rows_rejected: 1,
  });
  const found = await rows(
    'select deal_line_id as id, net_amount, quantity from raw.deal_line_row order by all',
  );
  expect(found).toEqual([
    { id: 'l1', net_amount: '2469.0000', quantity: '2.0000' },
    { id: 'l2', net_amount: null, quantity: '10.0000' },
    { id: 'l3', net_amount: '250.0000', quantity: '1000.0000' },
  ]);
  expect(await rows('select source_line::integer as line, reason from raw.rejected_row')).toEqual([
    { line: 5, reason: expect.stringMatching(/net_amount is not a number/) },
  ]);
});

it('a number whose decimal mark is unclear is asked about before anything is worked out of it', async () => {
  const unclear = lines.replaceAll(/,\d\d|"| €/g, '');
  const { file } = await rawOf({ 'OpportunityLineItem.csv': unclear });
  expect(file('OpportunityLineItem.csv')).toMatchObject({ is_question: true });
});
