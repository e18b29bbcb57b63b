import { useEffect, useRef, useState } from 'preact/hooks';
import type { View } from '../../src/application/view.ts';
import type { Api } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';
import { Field } from '../design/form.tsx';
import { Announcement, Badge, Button, Spinner, Title } from '../design/parts.tsx';
import { ProblemNotice } from './problem.tsx';
import { Reconciliation } from './reconciliation.tsx';
import { address } from './route.ts';
import { turn, when } from './words.ts';

const STAGES: Record<View['stage'], string> = {
  resolved: 'Not onboarded yet',
  provisioning: 'Being set up',
  'awaiting-confirmation': 'Waiting for confirmation',
  confirmed: 'Ready to activate',
  activating: 'Activating',
  'activation-failed': 'Activation failed',
  active: 'Active',
  suspended: 'Suspended',
  cancelled: 'Unsubscribed',
  erased: 'Data deleted',
};

const shown = (count: number): string => `${count} ${count === 1 ? 'subscription' : 'subscriptions'} shown`;

type Filter = { stage: string; q: string };
type Page = { items: View[]; cursor?: string };

type Rows = { items: View[]; onOpen: (id: string) => void };

const Rows = ({ items, onOpen }: Rows) => (
  <table>
    <caption class="unseen">Subscriptions</caption>
    <thead>
      <tr>
        {['Name', 'Customer', 'Plan', 'Status', 'Whose turn', 'Since'].map((title) => (
          <th key={title} scope="col">
            {title}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {items.map((view) => (
        <tr key={view.id}>
          <td data-label="Name">
            <a
              href={address(view.id)}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onOpen(view.id);
              }}
            >
              {view.name || view.id}
            </a>
          </td>
          <td data-label="Customer">{view.beneficiaryEmail}</td>
          <td data-label="Plan">{view.planName ?? view.planId}</td>
          <td data-label="Status">
            <Badge stage={view.stage}>{view.badge}</Badge>
          </td>
          <td data-label="Whose turn">{turn(view)}</td>
          <td data-label="Since">{when(view.since)}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Filters = ({ onChange }: { onChange: (filter: Filter) => void }) => {
  const [filter, setFilter] = useState<Filter>({ stage: '', q: '' });
  return (
    <form
      class="row filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onChange({ ...filter, q: filter.q.trim() });
      }}
    >
      <Field
        name="q"
        label="Search"
        hint="Subscription ID, tenant ID, or the beginning of a name"
        value={filter.q}
        onChange={(q) => setFilter({ ...filter, q })}
      />
      <div class="field">
        <label for="stage">Stage</label>
        <select
          id="stage"
          class="input"
          value={filter.stage}
          onChange={(event) => {
            const next = { ...filter, stage: event.currentTarget.value };
            setFilter(next);
            onChange(next);
          }}
        >
          <option value="">All</option>
          {Object.entries(STAGES).map(([stage, label]) => (
            <option key={stage} value={stage}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <Button isSecond>Search</Button>
    </form>
  );
};

type List = { api: Api; onOpen: (id: string) => void; onProblem: (problem: Problem) => boolean };

/** All subscriptions, found by stage or by the beginning of a name. `onProblem` answers whether it took care of it. */
export const List = ({ api, onOpen, onProblem }: List) => {
  const [filter, setFilter] = useState<Filter>({ stage: '', q: '' });
  const [page, setPage] = useState<Page>();
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(true);
  const asked = useRef(0);

  const load = async (before?: Page): Promise<void> => {
    asked.current += 1;
    const mine = asked.current;
    setBusy(true);
    const wanted = { stage: filter.stage, q: filter.q, cursor: before?.cursor ?? '' };
    const query = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ''));
    const answer = await api.get<Page>(`/operator/subscriptions?${query}`);
    if (mine !== asked.current) return;
    setBusy(false);
    if (!answer.ok) {
      if (!onProblem(answer.problem)) setProblem(answer.problem);
      return;
    }
    setProblem(undefined);
    setPage({ ...answer.value, items: [...(before?.items ?? []), ...answer.value.items] });
  };
  useEffect(() => void load(), [filter]);

  return (
    <>
      <Title of="list">Subscriptions</Title>
      <Filters onChange={setFilter} />
      {problem && <ProblemNotice problem={problem} />}
      <Announcement text={page && !isBusy ? shown(page.items.length) : ''} />
      {page && page.items.length > 0 && (
        <div class="card list">
          <Rows items={page.items} onOpen={onOpen} />
        </div>
      )}
      {page && page.items.length === 0 && !isBusy && <p class="card">No subscription was found.</p>}
      {!page && isBusy && <Spinner />}
      {page?.cursor && (
        <p class="more">
          <Button isSecond isBusy={isBusy} onPress={() => void load(page)}>
            Load more
          </Button>
        </p>
      )}
      <Reconciliation api={api} onProblem={onProblem} />
    </>
  );
};
