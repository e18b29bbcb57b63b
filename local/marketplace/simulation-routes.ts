import { Hono } from 'hono';
import * as z from 'zod/mini';
import { clockSchema, faultSchema, switchesSchema } from './control-schema.ts';
import { FAULTS, simulationPage } from './simulation-page.ts';
import { SWITCHES, type SwitchKind } from './switches.ts';
import { turnSwitches, type World } from './world.ts';

type Form = Record<string, unknown>;

const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string');

/** A typed switch; what cannot be read is left for the schema to refuse. */
const valueOf = (kind: SwitchKind, typed: unknown): unknown => {
  const texts = textsOf(typed);
  if ('several' in kind) return texts;
  const text = texts[0] ?? '';
  if ('of' in kind) return kind.of.find((one) => String(one) === text) ?? text;
  return 'series' in kind ? text.split(',').map(Number) : Number(text);
};

const readSwitches = (form: Form): Form =>
  Object.fromEntries(Object.entries<SwitchKind>(SWITCHES).map(([name, kind]) => [name, valueOf(kind, form[name])]));

const readFault = ({ operation, what }: Form): Form => ({
  operation,
  ...Object.entries(FAULTS).find(([word]) => word === what)?.[1],
});

/** What a person behind the curtain does; scripts have the control API. */
export const simulationRoutes = (world: World) => {
  const routes = new Hono();

  /** Reads a form, does what it says, and shows the page again; with the reason if it says something impossible. */
  const onForm = <Schema extends z.ZodMiniType>(
    path: string,
    { schema, read }: { schema: Schema; read: (form: Form) => unknown },
    act: (value: z.infer<Schema>) => void | Promise<void>,
  ): void => {
    routes.post(path, async (context) => {
      const parsed = schema.safeParse(read(await context.req.parseBody({ all: true })));
      if (!parsed.success) return context.html(simulationPage(world, z.prettifyError(parsed.error)), 400);
      await act(parsed.data);
      return context.redirect('/simulation', 303);
    });
  };

  routes.get('/', (context) => context.html(simulationPage(world)));

  onForm('/clock', { schema: clockSchema, read: ({ seconds }) => ({ advanceSeconds: Number(seconds) }) }, (move) =>
    world.clock.advance(move.advanceSeconds),
  );

  onForm('/switches', { schema: switchesSchema, read: readSwitches }, (patch) => {
    turnSwitches(world, patch);
  });

  onForm('/faults', { schema: faultSchema, read: readFault }, (fault) => {
    world.faults.add(fault);
  });

  routes.post('/faults/clear', (context) => {
    world.faults.clear();
    return context.redirect('/simulation', 303);
  });

  return routes;
};
