import { describeSuite } from './testing/describe-suite.ts';

describeSuite('vertex');
