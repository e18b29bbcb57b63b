import { type Context, Hono } from 'hono';
import * as z from 'zod/mini';
import { PEOPLE } from '../people.ts';
import { buy } from './buying.ts';
import { PLANS } from './catalogue.ts';
import { actSchema } from './control-schema.ts';
import { type Act, ActRefused, act } from './operations/act.ts';
import { type Order, OrderRefused } from './purchases.ts';
import { type ShopForm, shopPage } from './shop-page.ts';
import { missingPage, subscriptionListPage, subscriptionPage } from './subscription-pages.ts';
import { toLandingPage, type World } from './world.ts';

const FIRST_FORM: ShopForm = {
  plan: 'starter/P1M',
  name: 'Contoso quality',
  seats: '5',
  purchaser: 'buyer',
  beneficiary: '',
};

const readForm = async (context: Context): Promise<ShopForm> => {
  const form = await context.req.parseBody();
  const field = (name: keyof ShopForm): string => {
    const value = form[name];
    return typeof value === 'string' ? value.trim() : '';
  };
  return {
    plan: field('plan'),
    name: field('name'),
    seats: field('seats'),
    purchaser: field('purchaser'),
    beneficiary: field('beneficiary'),
  };
};

const checkPerson = (key: string): void => {
  if (!PEOPLE.some((one) => one.key === key)) throw new OrderRefused('Choose a buyer and who it is for.');
};

const orderOf = (form: ShopForm): Order => {
  const [planId = '', termUnit = ''] = form.plan.split('/');
  checkPerson(form.purchaser);
  if (form.beneficiary !== '') checkPerson(form.beneficiary);
  if (form.name === '') throw new OrderRefused('Give the subscription a name.');
  const isPerSeat = PLANS.some((plan) => plan.planId === planId && plan.seats);
  return {
    planId,
    termUnit,
    name: form.name,
    quantity: isPerSeat ? Number(form.seats) : undefined,
    purchaser: form.purchaser,
    beneficiary: form.beneficiary === '' ? undefined : form.beneficiary,
  };
};

/** @throws ActRefused */
const readAct = async (context: Context): Promise<Act> => {
  const { quantity, ...form } = await context.req.parseBody();
  const parsed = actSchema.safeParse(quantity === undefined ? form : { ...form, quantity: Number(quantity) });
  if (!parsed.success) throw new ActRefused(z.prettifyError(parsed.error));
  return parsed.data;
};

/** What a buyer sees in the marketplace and afterwards in the Azure portal. */
export const pageRoutes = (world: World) => {
  const routes = new Hono();

  routes.get('/', (context) => context.html(shopPage(FIRST_FORM)));

  routes.post('/subscriptions', async (context) => {
    const form = await readForm(context);
    try {
      const purchase = buy(world, orderOf(form));
      return context.redirect(`/subscriptions/${purchase.subscription.id}`, 303);
    } catch (error) {
      if (error instanceof OrderRefused) return context.html(shopPage(form, error.message), 400);
      throw error;
    }
  });

  routes.get('/subscriptions', (context) => context.html(subscriptionListPage(world.purchases.all())));

  routes.get('/subscriptions/:id', (context) => {
    const purchase = world.purchases.find(context.req.param('id'));
    return purchase ? context.html(subscriptionPage(world, purchase)) : context.html(missingPage(), 404);
  });

  routes.post('/subscriptions/:id/actions', async (context) => {
    const purchase = world.purchases.find(context.req.param('id'));
    if (!purchase) return context.html(missingPage(), 404);
    try {
      act(world, purchase, await readAct(context));
      return context.redirect(`/subscriptions/${purchase.subscription.id}`, 303);
    } catch (error) {
      if (error instanceof ActRefused) return context.html(subscriptionPage(world, purchase, error.message), 409);
      throw error;
    }
  });

  routes.post('/subscriptions/:id/configure', (context) => {
    const purchase = world.purchases.find(context.req.param('id'));
    if (!purchase) return context.html(missingPage(), 404);
    world.purchases.note(purchase, 'The buyer went to the landing page with a fresh purchase token');
    return context.redirect(toLandingPage(world, purchase).landingUrl, 303);
  });

  return routes;
};
