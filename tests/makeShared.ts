// Makes the companies that tests share, for `tests/run.js` to do while another processor is at something else.

import { demoWarehouse } from './demoWarehouse.ts';
import { openCompany } from './smallCompany.ts';

await demoWarehouse();
(await openCompany()).warehouse.close();
