import './health.ts';
import './resolve.ts';
import './onboard.ts';
import './subscription.ts';
import './operator.ts';
import './provisioning.ts';
import './notifications.ts';
import './sweep.ts';
